import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"

/** How many reports the senders of forwarded mail have had of late: one row a sender. */

export const senderTold = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
): Promise<{ since: Millis; count: number } | null> => {
  const row = await tx.db
    .selectFrom("senders_told")
    .select(["since", "count"])
    .where("account_id", "=", accountId)
    .where("address", "=", address.toLowerCase())
    .executeTakeFirst()
  return row ?? null
}

export const saveSenderTold = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
  count: { since: Millis; count: number },
): Promise<void> => {
  await tx.db
    .insertInto("senders_told")
    .values({ account_id: accountId, address: address.toLowerCase(), ...count })
    .onConflict((conflict) => conflict.columns(["account_id", "address"]).doUpdateSet(count))
    .execute()
}

/** Removes at most `limit` counts that began before a moment. Gives how many went. */
export const removeSendersToldBefore = async (tx: Tx, before: Millis, limit: number): Promise<number> => {
  const old = await tx.db
    .selectFrom("senders_told")
    .select(["account_id", "address"])
    .where("since", "<", before)
    .orderBy("since")
    .limit(limit)
    .execute()
  for (const { account_id, address } of old)
    await tx.db
      .deleteFrom("senders_told")
      .where("account_id", "=", account_id)
      .where("address", "=", address)
      .where("since", "<", before)
      .execute()
  return old.length
}
