import type { AccountId, ConversationId, WebhookDeliveryId, WebhookId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import type { ClaimTerms } from "./claims.ts"
import type { Tx } from "./store.ts"
import type { WebhookDeliveryRow } from "./tables-record.ts"

/** What is on its way to webhooks. States: WEBHOOK_STATES in shared/words/webhooks.ts. */

export type NewWebhookDelivery = Pick<
  WebhookDeliveryRow,
  "account_id" | "id" | "webhook_id" | "event" | "conversation_id" | "body" | "gives_up_at"
>

/** Queues messages, due at once. */
export const queueWebhooks = async (tx: Tx, messages: readonly NewWebhookDelivery[]): Promise<void> => {
  const rows = messages.map(
    (message): WebhookDeliveryRow => ({
      ...message,
      state: "queued",
      attempts: 0,
      next_at: tx.now,
      claimed_by: null,
      claimed_until: null,
      status: null,
      answer: null,
      took_ms: null,
      created_at: tx.now,
      settled_at: null,
    }),
  )
  for (const some of inChunks(rows)) await tx.db.insertInto("webhook_deliveries").values(some).execute()
}

/** Claims messages that are due, for an owner until the lease ends; those whose lease ended are due again. */
export const claimWebhooks = async (
  tx: Tx,
  { owner, until }: ClaimTerms,
  limit: number,
): Promise<WebhookDeliveryRow[]> => {
  const due = tx.db
    .selectFrom("webhook_deliveries")
    .select(["account_id", "id"])
    .where("next_at", "<=", tx.now)
    .orderBy("next_at")
    .limit(limit)
  const keys = await (tx.dialect === "postgres" ? due.forUpdate().skipLocked() : due).execute()
  const claimed: WebhookDeliveryRow[] = []
  for (const { account_id, id } of keys) {
    const row = await tx.db
      .updateTable("webhook_deliveries")
      .set((eb) => ({
        state: "sending",
        claimed_by: owner,
        claimed_until: until,
        next_at: until,
        attempts: eb("attempts", "+", 1),
      }))
      .where("account_id", "=", account_id)
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirst()
    if (row) claimed.push(row)
  }
  return claimed
}

/** When the next message is due or the next lease ends. */
export const nextWebhookAt = async (tx: Tx): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("webhook_deliveries")
    .select("next_at")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? null
}

export const findWebhookDelivery = (
  tx: Tx,
  accountId: AccountId,
  id: WebhookDeliveryId,
): Promise<WebhookDeliveryRow | undefined> =>
  tx.db
    .selectFrom("webhook_deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** The only way a message changes once it is claimed. */
export const stepWebhook = async (
  tx: Tx,
  accountId: AccountId,
  id: WebhookDeliveryId,
  change: Partial<
    Pick<
      WebhookDeliveryRow,
      "state" | "next_at" | "gives_up_at" | "status" | "answer" | "took_ms" | "settled_at"
    >
  >,
): Promise<void> => {
  await tx.db
    .updateTable("webhook_deliveries")
    .set({ ...change, claimed_by: null, claimed_until: null })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** What went or goes to a webhook, newest first. */
export const webhookDeliveriesOf = (
  tx: Tx,
  accountId: AccountId,
  webhookId: WebhookId,
  limit: number,
): Promise<WebhookDeliveryRow[]> =>
  tx.db
    .selectFrom("webhook_deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("webhook_id", "=", webhookId)
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute()

/** Takes back what waits for a webhook that is stopped. */
export const dropWaiting = async (tx: Tx, accountId: AccountId, webhookId: WebhookId): Promise<void> => {
  await tx.db
    .updateTable("webhook_deliveries")
    .set({ state: "dropped", next_at: null, claimed_by: null, claimed_until: null, settled_at: tx.now })
    .where("account_id", "=", accountId)
    .where("webhook_id", "=", webhookId)
    .where("next_at", "is not", null)
    .execute()
}

/** What waits for a webhook waits until a moment at least. */
export const delayWaiting = async (
  tx: Tx,
  accountId: AccountId,
  webhookId: WebhookId,
  until: Millis,
): Promise<void> => {
  await tx.db
    .updateTable("webhook_deliveries")
    .set({ next_at: until })
    .where("account_id", "=", accountId)
    .where("webhook_id", "=", webhookId)
    .where("state", "=", "queued")
    .where("next_at", "<", until)
    .execute()
}

export const removeWebhookDeliveries = async (
  tx: Tx,
  accountId: AccountId,
  of: { webhookId: WebhookId } | { conversationId: ConversationId },
): Promise<void> => {
  const query = tx.db.deleteFrom("webhook_deliveries").where("account_id", "=", accountId)
  await ("webhookId" in of
    ? query.where("webhook_id", "=", of.webhookId)
    : query.where("conversation_id", "=", of.conversationId)
  ).execute()
}

/** Removes what was settled before a moment, webhook by webhook. */
export const removeSettledBefore = async (tx: Tx, accountId: AccountId, before: Millis): Promise<void> => {
  const webhooks = await tx.db
    .selectFrom("webhooks")
    .select("id")
    .where("account_id", "=", accountId)
    .execute()
  for (const { id } of webhooks)
    await tx.db
      .deleteFrom("webhook_deliveries")
      .where("account_id", "=", accountId)
      .where("webhook_id", "=", id)
      .where("created_at", "<", before)
      .where("next_at", "is", null)
      .execute()
}
