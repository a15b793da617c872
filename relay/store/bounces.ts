import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { BounceRow, DeliveryRow } from "./tables.ts"

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
