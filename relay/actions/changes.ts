import type { ChangeView } from "../../shared/protocol/record-views.ts"
import type { ChangedField, ChangeKind } from "../../shared/words/changes.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { changesOf, namesOfPeople } from "../store/changes.ts"
import type { Tx } from "../store/store.ts"
import type { ChangeRow } from "../store/tables-record.ts"
import { enter } from "./enter.ts"

const viewOf = (row: ChangeRow): ChangeView => ({
  seq: row.seq,
  at: row.at,
  way: row.way,
  byAgent: row.by_agent,
  byName: row.by_name,
  kind: row.kind,
  thing: row.thing,
  name: row.name,
  deed: row.deed,
  fields: JSON.parse(row.fields) as ChangedField[],
})

/**
 * Who set what, when, newest first: all of an account, or by one agent, or of one kind of thing. `before`: the
 * number of the last one of the page before. `names`: what agents and groups are called now, by their ids; `next`:
 * where the next page goes on, null at the end.
 */
export const listChanges = async (
  tx: Tx,
  given: { accountId: AccountId; agentId?: AgentId; kind?: ChangeKind; before?: number; limit: number },
): Promise<{ changes: ChangeView[]; names: Record<string, string>; next: number | null }> => {
  const { accountId, limit, ...filter } = given
  const account = await enter(tx, accountId)
  const rows = await changesOf(tx, accountId, { ...filter, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const called = (await namesOfPeople(tx, accountId)).set(account.id, account.name)
  const text = JSON.stringify(page)
  const names = Object.fromEntries([...called].filter(([id]) => text.includes(id)))
  return { changes: page.map(viewOf), names, next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null }
}
