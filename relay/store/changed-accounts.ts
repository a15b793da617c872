import type { AccountId } from "../../shared/words/ids.ts"

/**
 * Finds the accounts that got events since the last look, from their numbering: for when something was
 * written elsewhere and nobody said by whom. One that is looked at for the first time counts as changed: what
 * happened since somebody took an interest in it may have been missed.
 */
export const watchChanges = (): ((rows: readonly { id: AccountId; event_seq: number }[]) => AccountId[]) => {
  let known = new Map<AccountId, number>()
  return (rows) => {
    const before = known
    known = new Map(rows.map((row) => [row.id, row.event_seq]))
    return rows.filter((row) => before.get(row.id) !== row.event_seq).map((row) => row.id)
  }
}
