import { missedPlanned } from "../store/conversations.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables.ts"
import { findAccountRow, resetAudiences } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"
import { refreshAll } from "./batch.ts"
import { planMissed } from "./missed.ts"
import { loadPeople } from "./people.ts"
import { settleAccount } from "./settle.ts"

/**
 * Settles an account after settings changed that all its open conversations depend on: waiting times, groups,
 * the plan. `regrouped`: groups count now that did not before, or the other way round.
 */
export const settleAll = async (
  tx: Tx,
  { id }: Pick<AccountRow, "id">,
  { regrouped = false } = {},
): Promise<void> => {
  if (regrouped) await resetAudiences(tx, id)
  await settleAccount(tx, id)
  const account = await findAccountRow(tx, id)
  if (!account) return
  await refreshAll(tx, await loadPeople(tx, account))
  for (const conversation of await missedPlanned(tx, id)) {
    const visitor = await findVisitor(tx, id, conversation.visitor_id)
    if (visitor) await planMissed(tx, account, conversation, visitor)
  }
}
