import type { AgentEvent, DeliveryView } from "../../shared/protocol/views.ts"
import type { AccountId, DeliveryId, InboundMailId } from "../../shared/words/ids.ts"
import type { DeliveryState } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { QueuedMail } from "../mail/content.ts"
import { bouncesOf } from "../store/bounces.ts"
import { eventsAfter, lastEvent } from "../store/events.ts"
import { originalOf } from "../store/inbound-mails.ts"
import { oldestDueAt } from "../store/moments.ts"
import { capturedRaw, findDeliveryAnywhere, newestDeliveries, queueAge } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import { sweptTo } from "../store/sweeps.ts"
import type { BounceRow } from "../store/tables-mail.ts"
import { deliveryView } from "./read-conversations.ts"

/** What was decided is for the timeline: screens read verdicts anew. */
const forScreens = (event: AgentEvent): AgentEvent => {
  if (event.kind !== "conversation" || event.decided === undefined) return event
  const { decided: _, ...rest } = event
  return rest
}

/**
 * Events after a cursor, oldest first. `cursor`: of the last one given; of the account's last, if none is.
 * `sweptTo`: up to there events are gone, as they were older than history is kept.
 */
export const readEvents = async (
  tx: Tx,
  { accountId, after, limit }: { accountId: AccountId; after: number; limit: number },
): Promise<{ events: AgentEvent[]; cursor: number; sweptTo: number }> => {
  const events = (await eventsAfter(tx, accountId, after, limit)).map(forScreens)
  const cursor = events.at(-1)?.cursor ?? (await lastEvent(tx, accountId)) ?? 0
  return { events, cursor, sweptTo: await sweptTo(tx, accountId) }
}

/** The complete mail of an answer, as it came. */
export const readOriginal = async (
  tx: Tx,
  { accountId, inboundMailId }: { accountId: AccountId; inboundMailId: InboundMailId },
): Promise<{ raw: Uint8Array; subject: string }> => {
  const mail = await originalOf(tx, accountId, inboundMailId)
  if (!mail) throw new Refusal("not-found", `there is no mail ${inboundMailId}`)
  return { raw: mail.raw, subject: mail.subject }
}

/** Mails of the queue, newest first; of all accounts with `accountId: null`. */
export const listDeliveries = async (
  tx: Tx,
  given: { accountId: AccountId | null; limit: number; state?: DeliveryState },
): Promise<(DeliveryView & { accountId: AccountId })[]> => {
  const rows = await newestDeliveries(tx, { ...given, state: given.state ?? null })
  return rows.map((row) => ({ ...deliveryView(row), accountId: row.account_id }))
}

/** A report that came about a mail, without its bytes. */
export type ReportView = Pick<BounceRow, "action" | "effect" | "outcome" | "answer" | "at">

/** One mail with what it is written from, what was reported of it and, if it was captured, as it would have gone out. */
export const readDelivery = async (
  tx: Tx,
  { id }: { id: DeliveryId },
): Promise<
  DeliveryView & {
    accountId: AccountId
    content: QueuedMail
    reports: ReportView[]
    raw: Uint8Array | null
  }
> => {
  const row = await findDeliveryAnywhere(tx, id)
  if (!row) throw new Refusal("not-found", `there is no mail ${id} in the queue`)
  return {
    ...deliveryView(row),
    accountId: row.account_id,
    content: JSON.parse(row.content) as QueuedMail,
    reports: (await bouncesOf(tx, row.account_id, row.id)).map(({ action, effect, outcome, answer, at }) => ({
      action,
      effect,
      outcome,
      answer,
      at,
    })),
    raw: await capturedRaw(tx, row.account_id, row.id),
  }
}

/** How old the queue is, and the oldest due batch, for /health and operators. */
export const readHealth = async (
  tx: Tx,
): Promise<{ oldestQueuedAt: Millis | null; queued: number; oldestDueAt: Millis | null }> => ({
  ...(await queueAge(tx)),
  oldestDueAt: await oldestDueAt(tx),
})
