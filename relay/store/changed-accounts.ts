import type { AccountId } from "../../shared/words/ids.ts"

/**
 * Finds the accounts that got events since the last look, from their numbering: for when something was
 * written elsewhere and nobody said by whom. The first look only remembers.
 */
export const watchChanges = (): ((rows: readonly { id: AccountId; event_seq: number }[]) => AccountId[]) => {
  let known: Map<AccountId, number> | null = null
  return (rows) => {
    const before = known
    known = new Map(rows.map((row) => [row.id, row.event_seq]))
    return before ? rows.filter((row) => before.get(row.id) !== row.event_seq).map((row) => row.id) : []
  }
}
