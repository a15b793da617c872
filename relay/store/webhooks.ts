import type { AccountId, WebhookId } from "../../shared/words/ids.ts"
import { isEmpty } from "./accounts.ts"
import type { Tx } from "./store.ts"
import type { WebhookRow } from "./tables-record.ts"

/** Where accounts are told of what happens. An account has a few; the relay as many as accounts have together. */

export const webhooksOf = (tx: Tx, accountId: AccountId): Promise<WebhookRow[]> =>
  tx.db
    .selectFrom("webhooks")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute()

export const findWebhook = (tx: Tx, accountId: AccountId, id: WebhookId): Promise<WebhookRow | undefined> =>
  tx.db
    .selectFrom("webhooks")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

export const insertWebhook = async (tx: Tx, row: WebhookRow): Promise<void> => {
  await tx.db.insertInto("webhooks").values(row).execute()
}

export const saveWebhook = async (
  tx: Tx,
  accountId: AccountId,
  id: WebhookId,
  change: Partial<Omit<WebhookRow, "account_id" | "id">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db
    .updateTable("webhooks")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const deleteWebhook = async (tx: Tx, accountId: AccountId, id: WebhookId): Promise<void> => {
  await tx.db.deleteFrom("webhooks").where("account_id", "=", accountId).where("id", "=", id).execute()
}

/** Accounts with webhooks that have not been told of everything that happened. */
export const accountsToTell = async (tx: Tx, limit: number): Promise<AccountId[]> => {
  const rows = await tx.db
    .selectFrom("webhooks")
    .innerJoin("accounts", "accounts.id", "webhooks.account_id")
    .select("webhooks.account_id")
    .distinct()
    .whereRef("webhooks.cursor", "<", "accounts.event_seq")
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}
