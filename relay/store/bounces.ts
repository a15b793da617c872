import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { BounceRow, DeliveryRow } from "./tables-mail.ts"

/** Reports about our mails, as they came. */

/** How many reports of a mail are kept already, and which of them did something. */
export const bouncesOf = (
  tx: Tx,
  accountId: AccountId,
  deliveryId: DeliveryId,
): Promise<Omit<BounceRow, "raw">[]> =>
  tx.db
    .selectFrom("bounces")
    .select(["account_id", "id", "delivery_id", "action", "effect", "outcome", "answer", "at"])
    .where("account_id", "=", accountId)
    .where("delivery_id", "=", deliveryId)
    .orderBy("at")
    .execute()

export const insertBounce = async (tx: Tx, row: BounceRow): Promise<void> => {
  await tx.db.insertInto("bounces").values(row).execute()
}

/** Removes at most `limit` reports that came before a moment, oldest first. Gives how many went. */
export const removeBouncesBefore = async (tx: Tx, before: Millis, limit: number): Promise<number> => {
  const old = await tx.db
    .selectFrom("bounces")
    .select(["account_id", "id"])
    .where("at", "<", before)
    .orderBy("at")
    .limit(limit)
    .execute()
  for (const { account_id, id } of old)
    await tx.db.deleteFrom("bounces").where("account_id", "=", account_id).where("id", "=", id).execute()
  return old.length
}

/** A mail that the next server had taken, or was still offered, comes back: it is over. */
export const failBounced = async (
  tx: Tx,
  accountId: AccountId,
  id: DeliveryId,
  why: Pick<DeliveryRow, "outcome" | "answer" | "server">,
): Promise<void> => {
  await tx.db
    .updateTable("deliveries")
    .set({
      ...why,
      state: "failed",
      next_at: null,
      claimed_by: null,
      claimed_until: null,
      bounced_at: tx.now,
      settled_at: tx.now,
    })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}
