import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"

/** Events that are older than history is kept: where an account's were swept to, and the sweeping. */

/** Up to this number the events of an account were swept; 0: none were. */
export const sweptTo = async (tx: Tx, accountId: AccountId): Promise<number> => {
  const row = await tx.db
    .selectFrom("event_sweeps")
    .select("seq")
    .where("account_id", "=", accountId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** The first events after number `after`, at most `limit`: what is next to be swept. */
export const oldestEvents = (
  tx: Tx,
  accountId: AccountId,
  after: number,
  limit: number,
): Promise<{ seq: number; subject: string | null; at: Millis }[]> =>
  tx.db
    .selectFrom("events")
    .select(["seq", "subject", "at"])
    .where("account_id", "=", accountId)
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute()

/**
 * Removes the events up to number `to`, but for the last about each subject: it says how things stood where
 * what is kept begins. `after`: up to where this was done before. Gives how many were removed.
 */
export const sweepEvents = async (
  tx: Tx,
  accountId: AccountId,
  { after, to }: { after: number; to: number },
  last: ReadonlyMap<string, number>,
): Promise<number> => {
  const kept = [...last.values()]
  let query = tx.db
    .deleteFrom("events")
    .where("account_id", "=", accountId)
    .where("seq", ">", after)
    .where("seq", "<=", to)
  if (kept.length > 0) query = query.where("seq", "not in", kept)
  let removed = Number((await query.executeTakeFirst()).numDeletedRows)
  for (const subjects of inChunks([...last.keys()])) {
    const replaced = await tx.db
      .deleteFrom("events")
      .where("account_id", "=", accountId)
      .where("subject", "in", subjects)
      .where("seq", "<=", after)
      .executeTakeFirst()
    removed += Number(replaced.numDeletedRows)
  }
  await tx.db
    .insertInto("event_sweeps")
    .values({ account_id: accountId, seq: to, swept_at: tx.now })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet({ seq: to, swept_at: tx.now }))
    .execute()
  return removed
}
