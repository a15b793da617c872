import type { WebhookDeliveryView } from "../../shared/protocol/record-views.ts"
import { type AccountId, newId, type WebhookDeliveryId, type WebhookId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { WebhookEvent } from "../../shared/words/webhooks.ts"
import { isTaken, namesOf, stoppedBy, TRIED_FOR, triedNext, type WebhookResult } from "../rules/webhooks.ts"
import { eventsAfter } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { WebhookDeliveryRow, WebhookRow } from "../store/tables-record.ts"
import { findAccountRow } from "../store/team.ts"
import {
  claimWebhooks as claimRows,
  delayWaiting,
  dropWaiting,
  findWebhookDelivery,
  type NewWebhookDelivery,
  nextWebhookAt,
  queueWebhooks,
  stepWebhook,
  webhookDeliveriesOf,
} from "../store/webhook-queue.ts"
import { accountsToTell, findWebhook, saveWebhook, webhooksOf } from "../store/webhooks.ts"
import { enter } from "./enter.ts"
import { recording } from "./record.ts"
import { bumpSettings } from "./settings-version.ts"
import { bodyOf, openBodies } from "./webhook-body.ts"
import { ownWebhook } from "./webhooks.ts"

/**
 * What goes to webhooks. What happened is in `events`, written in the transaction in which it happened; each webhook
 * has a cursor in them, and what it is told is queued in the same transaction that moves the cursor: so it is told of
 * everything once, whoever is killed when.
 */

/** Events read in one turn. */
const PAGE = 200
/** Of an answer. */
const KEPT_ANSWER = 500

const wants = (row: WebhookRow): Set<WebhookEvent> =>
  new Set(row.active === 1 ? (JSON.parse(row.events) as WebhookEvent[]) : [])

/**
 * Which accounts' webhooks are to be told of something, and when a message is due: so that who only asks waits for no
 * disk. `among`: the accounts in which something happened; null: any.
 */
export const nextWebhooks = async (
  tx: Tx,
  { among }: { among: AccountId[] | null },
): Promise<{ behind: AccountId[]; nextAt: Millis | null }> => ({
  behind: await accountsToTell(tx, among),
  nextAt: await nextWebhookAt(tx),
})

/** Queues what webhooks of an account are to be told of. `more`: there may be more to be told. */
export const feedWebhooks = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ more: boolean }> => {
  await tx.lock(accountId)
  const account = await findAccountRow(tx, accountId)
  const behind = (await webhooksOf(tx, accountId)).filter((row) => row.cursor < (account?.event_seq ?? 0))
  const [first] = behind
  if (first === undefined) return { more: false }
  const from = behind.reduce((least, row) => Math.min(least, row.cursor), first.cursor)
  const events = await eventsAfter(tx, accountId, from, PAGE)
  // What was swept is not there to be told of.
  const last = events.at(-1)?.cursor ?? account?.event_seq ?? from
  const bodies = await openBodies(tx, accountId)
  const messages: NewWebhookDelivery[] = []
  for (const event of events) {
    for (const name of namesOf(event)) {
      const told = behind.filter((row) => row.cursor < event.cursor && wants(row).has(name))
      const data = told.length === 0 ? null : await bodies.dataOf(name, event)
      if (data === null) continue
      const body = bodyOf(name, event.at, accountId, data)
      const conversationId = "conversationId" in event ? event.conversationId : null
      messages.push(...told.map((row) => newMessage(tx, row, name, body, conversationId)))
    }
  }
  await queueWebhooks(tx, messages)
  for (const row of behind.filter((one) => one.cursor < last))
    await saveWebhook(tx, accountId, row.id, { cursor: last })
  return { more: events.length === PAGE }
}

const newMessage = (
  tx: Tx,
  webhook: WebhookRow,
  event: WebhookEvent,
  body: string,
  conversationId: WebhookDeliveryRow["conversation_id"],
): NewWebhookDelivery => ({
  account_id: webhook.account_id,
  id: newId("webhook-delivery"),
  webhook_id: webhook.id,
  event,
  conversation_id: conversationId,
  body,
  gives_up_at: tx.now + TRIED_FOR,
})

/** Tells the webhooks of an account of something that is in no event. */
export const tellWebhooks = async (
  tx: Tx,
  accountId: AccountId,
  event: WebhookEvent,
  data: object,
): Promise<void> => {
  const told = (await webhooksOf(tx, accountId)).filter((row) => wants(row).has(event))
  const body = bodyOf(event, tx.now, accountId, data)
  await queueWebhooks(
    tx,
    told.map((row) => newMessage(tx, row, event, body, null)),
  )
}

/** A message to be posted now, and what signs it: the newest secret first. */
export interface WebhookClaim {
  accountId: AccountId
  id: WebhookDeliveryId
  webhookId: WebhookId
  attempt: number
  url: string
  secrets: string[]
  body: string
}

/** Claims what is due for a relay; `nextAt`: when there is something to be done again. */
export const claimWebhooks = async (
  tx: Tx,
  { relayId, limit, leaseMs }: { relayId: string; limit: number; leaseMs: Millis },
): Promise<{ claims: WebhookClaim[]; nextAt: Millis | null }> => {
  const rows = await claimRows(tx, { owner: relayId, until: tx.now + leaseMs }, limit)
  const claims: WebhookClaim[] = []
  for (const row of rows) {
    const webhook = await findWebhook(tx, row.account_id, row.webhook_id)
    if (webhook?.active !== 1 && row.event !== "webhook.test") {
      await stepWebhook(tx, row.account_id, row.id, { state: "dropped", next_at: null, settled_at: tx.now })
      continue
    }
    if (webhook) claims.push(claimOf(row, webhook, tx.now))
  }
  return { claims, nextAt: await nextWebhookAt(tx) }
}

const claimOf = (row: WebhookDeliveryRow, webhook: WebhookRow, now: Millis): WebhookClaim => ({
  accountId: row.account_id,
  id: row.id,
  webhookId: row.webhook_id,
  attempt: row.attempts,
  url: webhook.url,
  secrets:
    webhook.old_secret !== null && (webhook.old_until ?? 0) > now
      ? [webhook.secret, webhook.old_secret]
      : [webhook.secret],
  body: row.body,
})

/** Puts down what became of a try, if it was still this relay's. */
export const settleWebhook = async (
  tx: Tx,
  given: {
    accountId: AccountId
    id: WebhookDeliveryId
    relayId: string
    attempt: number
    result: WebhookResult
  },
): Promise<{ settled: boolean }> => {
  const { accountId, id, result } = given
  await tx.lock(accountId)
  const row = await findWebhookDelivery(tx, accountId, id)
  if (row?.state !== "sending" || row.claimed_by !== given.relayId || row.attempts !== given.attempt)
    return { settled: false }
  const webhook = await findWebhook(tx, accountId, row.webhook_id)
  const answer = {
    status: result.kind === "answered" ? result.status : null,
    answer: (result.kind === "answered" ? result.text : result.why).slice(0, KEPT_ANSWER),
    took_ms: result.tookMs,
  }
  if (isTaken(result)) {
    await stepWebhook(tx, accountId, id, {
      ...answer,
      state: "delivered",
      next_at: null,
      settled_at: tx.now,
      // Whoever was to forget a person knows it now, and so does nobody here.
      ...(row.event === "visitor.erased" && { body: "{}" }),
    })
    if (webhook && webhook.failing_since !== null)
      await saveWebhook(tx, accountId, webhook.id, { failing_since: null })
    return { settled: true }
  }
  const next = row.event === "webhook.test" ? null : triedNext(row.attempts, tx.now, row.gives_up_at)
  await stepWebhook(tx, accountId, id, {
    ...answer,
    state: next === null ? "failed" : "queued",
    next_at: next,
    settled_at: next === null ? tx.now : null,
  })
  // A test says nothing about what happens by itself.
  if (webhook && row.event !== "webhook.test") await noteFailure(tx, webhook, result, next)
  return { settled: true }
}

const noteFailure = async (
  tx: Tx,
  webhook: WebhookRow,
  result: WebhookResult,
  next: Millis | null,
): Promise<void> => {
  const { account_id: accountId, id } = webhook
  const failingSince = webhook.failing_since ?? tx.now
  const why = stoppedBy(result, failingSince, tx.now)
  if (why === null) {
    await saveWebhook(tx, accountId, id, { failing_since: failingSince })
    // What else waits for it waits as long: a place that is down is asked once, not a thousand times.
    if (next !== null) await delayWaiting(tx, accountId, id, next)
    return
  }
  await recording(tx, accountId, { way: "relay" }, async () => {
    const stopped = { active: 0, stopped_at: tx.now, stopped_why: why, failing_since: failingSince } as const
    await saveWebhook(tx, accountId, id, stopped)
    await dropWaiting(tx, accountId, id)
    await bumpSettings(tx, accountId)
  })
}

/** What went or goes to a webhook, newest first. */
export const listWebhookDeliveries = async (
  tx: Tx,
  given: { accountId: AccountId; webhookId: WebhookId; limit: number },
): Promise<WebhookDeliveryView[]> => {
  const { accountId, webhookId, limit } = given
  await ownWebhook(tx, accountId, webhookId)
  return (await webhookDeliveriesOf(tx, accountId, webhookId, limit)).map((row) => ({
    id: row.id,
    event: row.event,
    conversationId: row.conversation_id,
    body: row.body,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    status: row.status,
    answer: row.answer,
    tookMs: row.took_ms,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  }))
}

/** Sends a message once more, now, as the same: its `webhook-id` stays. Refusal `not-found`. */
export const sendWebhookAgain = async (
  tx: Tx,
  given: { accountId: AccountId; webhookId: WebhookId; id: WebhookDeliveryId },
): Promise<void> => {
  const { accountId, webhookId, id } = given
  await enter(tx, accountId)
  const webhook = await ownWebhook(tx, accountId, webhookId)
  const row = await findWebhookDelivery(tx, accountId, id)
  if (row?.webhook_id !== webhookId) throw new Refusal("not-found", `nothing ${id} went to this webhook`)
  if (webhook.active !== 1 && row.event !== "webhook.test")
    throw new Refusal("bad-input", `“${webhook.name}” is switched off: switch it on before sending again`)
  if (row.event === "visitor.erased" && row.state === "delivered")
    throw new Refusal("bad-input", "what was told of an erased person is not kept: nothing is left to send")
  await stepWebhook(tx, accountId, id, {
    state: "queued",
    next_at: tx.now,
    gives_up_at: tx.now + TRIED_FOR,
    settled_at: null,
  })
}

/** Sends a webhook something to try it with, also while it is switched off. */
export const testWebhook = async (
  tx: Tx,
  { accountId, webhookId }: { accountId: AccountId; webhookId: WebhookId },
): Promise<{ id: WebhookDeliveryId }> => {
  const account = await enter(tx, accountId)
  const webhook = await ownWebhook(tx, accountId, webhookId)
  const body = bodyOf("webhook.test", tx.now, accountId, { webhook: webhook.name, account: account.name })
  const message = newMessage(tx, webhook, "webhook.test", body, null)
  await queueWebhooks(tx, [message])
  return { id: message.id }
}
