import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import type { DeliveryState, MailKind } from "../../shared/words/nouns.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import type { MailFacts, Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { QueuedMail } from "../mail/content.ts"
import { mailFactsOf } from "../mail/facts.ts"
import { nextTry, reasonOf } from "../rules/delivery.ts"
import { claimDue, giveBack, giveBackStale, nextMailAt } from "../store/claims.ts"
import { findConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { emptyDelivered, rawOfMail } from "../store/mails.ts"
import { findDelivery, holdDelivery, saveCaptured, saveContent, stepDelivery } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import { saveDeliveryVerdict } from "../store/verdicts.ts"
import { domainsOfAccounts } from "./mail-domains.ts"
import { noteResult } from "./results.ts"
import { bounceKeys } from "./secrets.ts"

/** A mail that its claimer, and nobody else, may send until the lease ends. */
export interface Claim {
  accountId: AccountId
  id: DeliveryId
  kind: MailKind
  toAddress: string
  messageId: string
  content: QueuedMail
  /** Mail domain that it goes out from: the account's own, or the relay's. */
  domain: string
  /** The mail that is only passed on, as it goes out; null for what the relay writes itself. */
  raw: Uint8Array | null
  /** This try included. */
  attempts: number
  createdAt: Millis
  givesUpAt: Millis
}

/** Bytes of mails that one claim takes into memory, at least one mail. */
const CLAIMED_BYTES = 32 * 1024 * 1024

/** Claims mails that are due for a relay; what an owner never settled is given back first. */
export const claimDeliveries = async (
  tx: Tx,
  { relayId, limit, leaseMs }: { relayId: string; limit: number; leaseMs: Millis },
): Promise<{ claims: Claim[]; nextAt: Millis | null }> => {
  let bytes = 0
  await giveBackStale(tx)
  const rows = limit > 0 ? await claimDue(tx, relayId, tx.now + leaseMs, limit) : []
  const claims: Claim[] = []
  const domainOf = await domainsOfAccounts(
    tx,
    rows.map((row) => row.account_id),
  )
  for (const row of rows) {
    if (bytes > CLAIMED_BYTES) {
      await giveBack(tx, relayId, { accountId: row.account_id, id: row.id, attempt: row.attempts }, tx.now)
      continue
    }
    if (bringsCode(row) && row.gives_up_at <= tx.now) {
      await setAside(tx, row, "the code in this mail is over: it was not sent")
      continue
    }
    const content = readContent(row.content)
    const raw =
      row.kind !== "forward" || row.mail_id === null ? null : await rawOfMail(tx, row.account_id, row.mail_id)
    if (content === null || (row.kind === "forward" && raw === null)) {
      await setAside(tx, row, "what the queue holds for this mail cannot be read")
      continue
    }
    bytes += raw?.length ?? 0
    claims.push({
      accountId: row.account_id,
      id: row.id,
      kind: row.kind,
      toAddress: row.to_address,
      messageId: row.message_id,
      content,
      domain: domainOf(row.account_id),
      raw,
      attempts: row.attempts,
      createdAt: row.created_at,
      givesUpAt: row.gives_up_at,
    })
  }
  return { claims, nextAt: await nextMailAt(tx) }
}

const readContent = (kept: string): QueuedMail | null => {
  try {
    return JSON.parse(kept) as QueuedMail
  } catch {
    return null
  }
}

/** A row that cannot be sent, or is not worth it any more, is set aside with its reason; the others go on. */
const setAside = async (tx: Tx, row: DeliveryRow, answer: string): Promise<void> => {
  await stepDelivery(tx, row.account_id, row.id, {
    state: "failed",
    next_at: null,
    outcome: "unknown",
    answer,
    settled_at: tx.now,
    ...withoutCode(row),
  })
  await tell(tx, row, "failed", {
    code: "refused",
    address: row.to_address,
    at: tx.now,
    answer,
    kind: "unknown",
  })
}

/** Tells of a delivery's new state, and of the verdicts that hang on it. */
export const tell = async (
  tx: Tx,
  row: DeliveryRow,
  state: DeliveryState,
  reason: Reason | null,
): Promise<void> => {
  const told = reason ? await saveDeliveryVerdict(tx, row.account_id, row.id, reason) : []
  await emit(tx, row.account_id, {
    kind: "delivery",
    deliveryId: row.id,
    conversationId: row.conversation_id,
    state,
  })
  for (const conversationId of told) {
    const conversation = await findConversation(tx, row.account_id, conversationId)
    if (!conversation) continue
    await emit(tx, row.account_id, {
      kind: "conversation",
      conversationId,
      state: conversation.state,
      why: "covered",
    })
  }
}

/** What the mail is found by, for the verdicts told of it. */
export const factsOf = async (tx: Tx, row: DeliveryRow): Promise<{ mail?: MailFacts }> => {
  const content = row.conversation_id === null ? null : readContent(row.content)
  if (!content) return {}
  const named = { id: row.id, messageId: row.message_id }
  const domainOf = await domainsOfAccounts(tx, [row.account_id])
  const mail = mailFactsOf(content, named, domainOf(row.account_id), await bounceKeys(tx))
  return mail ? { mail } : {}
}

/** What a try's result makes of the delivery: its next state, and the reason people read. */
const judgeResult = (
  row: DeliveryRow,
  result: DeliveryResult,
  facts: { mail?: MailFacts },
  now: Millis,
): { state: DeliveryState; nextAt: Millis | null; reason: Reason } => {
  const next = result.kind === "deferred" ? nextTry(row.attempts, now) : null
  const nextAt = next !== null && next < row.gives_up_at ? next : null
  const { to_address: address, gives_up_at: givesUpAt } = row
  const reason = reasonOf(result, { address, at: now, nextAt, givesUpAt, ...facts })
  switch (result.kind) {
    case "delivered":
    case "captured":
      return { state: result.kind, nextAt, reason }
    case "deferred":
    case "failed":
      return { state: nextAt === null ? "failed" : "queued", nextAt, reason }
  }
}

/** Stands where a code was. */
const HIDDEN = "······"

export const bringsCode = ({ kind }: DeliveryRow): boolean =>
  kind === "sign-in-code" || kind === "address-code"

/** A code is of no use any more, or on its way: it is not kept in clear. */
export const withoutCode = (row: DeliveryRow): { content?: string } => {
  const content = bringsCode(row) ? readContent(row.content) : null
  return content ? { content: JSON.stringify({ ...content, code: HIDDEN }) } : {}
}

/** Takes a code that was used out of the captured mail that brought it. */
export const forgetCode = async (tx: Tx, accountId: AccountId, id: DeliveryId): Promise<void> => {
  const row = await findDelivery(tx, accountId, id)
  // What is still to go out is written from it.
  if (!row || row.settled_at === null) return
  const { content } = withoutCode(row)
  if (content) await saveContent(tx, accountId, id, content)
}

/**
 * Settles a try under the claim it was made with. `settled` is false, and nothing is changed, if the claim
 * is not the owner's any more: its lease ended and another has it.
 */
export const settleDelivery = async (
  tx: Tx,
  given: {
    accountId: AccountId
    id: DeliveryId
    claimedBy: string
    /** Number of the try: a relay may have claimed the same mail again after its lease had ended. */
    attempt: number
    result: DeliveryResult
  },
): Promise<{ settled: boolean }> => {
  await tx.lock(given.accountId)
  const row = await holdDelivery(tx, given.accountId, given.id)
  if (row?.state !== "sending" || row.claimed_by !== given.claimedBy || row.attempts !== given.attempt)
    return { settled: false }
  const { result } = given
  const { state, nextAt, reason } = judgeResult(row, result, await factsOf(tx, row), tx.now)
  if (result.kind === "captured") await saveCaptured(tx, row.account_id, row.id, Buffer.from(result.raw))
  await stepDelivery(tx, row.account_id, row.id, {
    state,
    next_at: nextAt,
    outcome: "outcome" in result ? result.outcome : null,
    answer: "answer" in result ? result.answer : null,
    server: "server" in result ? result.server : null,
    settled_at: nextAt === null ? tx.now : null,
    ...(nextAt === null && state !== "captured" ? withoutCode(row) : {}),
  })
  if (state === "delivered" && row.mail_id !== null) await emptyDelivered(tx, row.account_id, row.mail_id)
  await tell(tx, row, state, reason)
  await noteResult(tx, row, result, state === "failed")
  return { settled: true }
}
