import { randomBytes } from "node:crypto"
import type { WebhookView } from "../../shared/protocol/record-views.ts"
import { type AccountId, newId, type WebhookId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { WebhookEvent } from "../../shared/words/webhooks.ts"
import { lastEvent } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { WebhookRow } from "../store/tables-record.ts"
import { dropWaiting, removeWebhookDeliveries } from "../store/webhook-queue.ts"
import { deleteWebhook, findWebhook, insertWebhook, saveWebhook, webhooksOf } from "../store/webhooks.ts"
import { enter } from "./enter.ts"
import { bumpSettings } from "./settings-version.ts"

/** Where an account is told of what happens, and what signs that. */

/** Of an account: each is told of everything once more. */
const MOST_WEBHOOKS = 20

/** A key of 24 bytes at least, in base64 after its prefix (Standard Webhooks). */
const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`

const viewOf = (row: WebhookRow, now: Millis): WebhookView => ({
  id: row.id,
  name: row.name,
  url: row.url,
  events: JSON.parse(row.events) as WebhookEvent[],
  active: row.active === 1,
  stoppedAt: row.stopped_at,
  stoppedWhy: row.stopped_why,
  failingSince: row.failing_since,
  secretAt: row.secret_at,
  oldSecretUntil: row.old_until !== null && row.old_until > now ? row.old_until : null,
  createdAt: row.created_at,
})

/** The webhook of an account. Refusal `not-found`. */
export const ownWebhook = async (tx: Tx, accountId: AccountId, id: WebhookId): Promise<WebhookRow> => {
  const row = await findWebhook(tx, accountId, id)
  if (!row) throw new Refusal("not-found", `there is no webhook ${id}`)
  return row
}

const checkEvents = (events: readonly WebhookEvent[]): string => {
  if (events.length === 0) throw new Refusal("bad-input", "choose at least one event to be told of")
  return JSON.stringify([...new Set(events)])
}

/** The webhooks of an account, the oldest first; without their secrets. */
export const listWebhooks = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<WebhookView[]> => {
  await enter(tx, accountId)
  return (await webhooksOf(tx, accountId)).map((row) => viewOf(row, tx.now))
}

/**
 * Adds a webhook: it is told of what happens from now on. Whether the relay may speak to `url` is looked at by who
 * calls this, and again at each delivery. `secret` is given here and never again.
 */
export const createWebhook = async (
  tx: Tx,
  given: { accountId: AccountId; name: string; url: string; events: WebhookEvent[] },
): Promise<{ webhookId: WebhookId; secret: string; version: number }> => {
  const { accountId, name, url } = given
  const events = checkEvents(given.events)
  await enter(tx, accountId)
  if ((await webhooksOf(tx, accountId)).length >= MOST_WEBHOOKS)
    throw new Refusal("too-many", `an account can have ${MOST_WEBHOOKS} webhooks: remove one first`)
  const version = await bumpSettings(tx, accountId)
  const id = newId("webhook")
  const secret = newSecret()
  await insertWebhook(tx, {
    account_id: accountId,
    id,
    name,
    url,
    events,
    active: 1,
    stopped_at: null,
    stopped_why: null,
    failing_since: null,
    cursor: (await lastEvent(tx, accountId)) ?? 0,
    secret,
    secret_at: tx.now,
    old_secret: null,
    old_until: null,
    created_at: tx.now,
  })
  return { webhookId: id, secret, version }
}

/**
 * Changes what is given of a webhook. Switched off, what waits for it is dropped; switched on (also one that the
 * relay had stopped) it is told of what happens from then on.
 */
export const setWebhook = async (
  tx: Tx,
  given: {
    accountId: AccountId
    webhookId: WebhookId
    name?: string
    url?: string
    events?: WebhookEvent[]
    active?: boolean
  },
): Promise<{ version: number }> => {
  const { accountId, webhookId, name, url, active } = given
  const events = given.events && checkEvents(given.events)
  await enter(tx, accountId)
  const before = await ownWebhook(tx, accountId, webhookId)
  const version = await bumpSettings(tx, accountId)
  await saveWebhook(tx, accountId, webhookId, {
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(events !== undefined && { events }),
    ...(active !== undefined && { active: active ? 1 : 0 }),
    ...(active === true && { stopped_at: null, stopped_why: null, failing_since: null }),
    ...(active === true && before.active === 0 && { cursor: (await lastEvent(tx, accountId)) ?? 0 }),
  })
  if (active === false) await dropWaiting(tx, accountId, webhookId)
  return { version }
}

/** Removes a webhook, and what went and was to go to it. */
export const removeWebhook = async (
  tx: Tx,
  { accountId, webhookId }: { accountId: AccountId; webhookId: WebhookId },
): Promise<{ version: number }> => {
  await enter(tx, accountId)
  await ownWebhook(tx, accountId, webhookId)
  const version = await bumpSettings(tx, accountId)
  await removeWebhookDeliveries(tx, accountId, { webhookId })
  await deleteWebhook(tx, accountId, webhookId)
  return { version }
}

/** A new secret, given here and never again; for `overlapMs` the old one signs along. */
export const rotateWebhookSecret = async (
  tx: Tx,
  given: { accountId: AccountId; webhookId: WebhookId; overlapMs: Millis },
): Promise<{ secret: string; oldUntil: Millis | null }> => {
  const { accountId, webhookId, overlapMs } = given
  await enter(tx, accountId)
  const row = await ownWebhook(tx, accountId, webhookId)
  await bumpSettings(tx, accountId)
  const secret = newSecret()
  const oldUntil = overlapMs > 0 ? tx.now + overlapMs : null
  await saveWebhook(tx, accountId, webhookId, {
    secret,
    secret_at: tx.now,
    old_secret: oldUntil === null ? null : row.secret,
    old_until: oldUntil,
  })
  return { secret, oldUntil }
}
