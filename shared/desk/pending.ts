import type { AttachmentView, MessageView } from "../protocol/views.ts"
import type { ConversationId } from "../words/ids.ts"
import type { KnownState, Meanwhile } from "../words/meanwhile.ts"
import { MINUTE, type Millis } from "../words/time.ts"
import type { Problem } from "./problem.ts"

/**
 * An answer that the relay has not acknowledged. `waiting` → `sending` → gone when acknowledged;
 * back to `waiting` when the relay was not reached (it goes by itself once it is), `refused` when the relay
 * said no, `held` when it lay so long, or so much has happened, that the person is asked first. All but `sending` can be edited or
 * thrown away. `seen`: a live message already shows it, while its own answer is still on the way.
 */
export interface PendingAnswer {
  /** Idempotency key: however often it is sent, it is posted once. */
  key: string
  conversationId: ConversationId
  text: string
  /** What goes with it, which the relay has already; left out: nothing. */
  files?: readonly AttachmentView[]
  /** When it was written (this machine's clock). */
  at: Millis
  state: "waiting" | "sending" | "refused" | "held"
  problem: Problem | null
  seen: boolean
  /** How the conversation stood when it was written. */
  known?: KnownState
  /** What has happened there since: the person is asked whether it still fits. */
  meanwhile?: Meanwhile
  /** They said that it does. */
  sure?: boolean
}

/** An answer that waited longer than this is posted only if nothing has happened that its writer did not see. */
const ASK_AFTER: Millis = MINUTE

/** What the relay is to compare an answer with; undefined where it goes as it is. */
export const knownFor = (answer: PendingAnswer, now: Millis): KnownState | undefined =>
  answer.sure || now - answer.at <= ASK_AFTER ? undefined : answer.known

/** What a refusal says has happened meanwhile; null for any other problem. */
export const meanwhileOf = (problem: Problem): Meanwhile | null =>
  problem.kind === "refused" && problem.code === "stale" && typeof problem.facts?.what === "string"
    ? (problem.facts as unknown as Meanwhile)
    : null

/** Older than this, an answer may no longer fit what was said since: it is not sent unasked. */
const HOLD_AFTER = 10 * MINUTE

const isHeld = (answer: PendingAnswer, now: Millis): boolean =>
  answer.meanwhile !== undefined || now - answer.at > HOLD_AFTER

/** An answer from an earlier life of this page. */
export const revive = (answer: PendingAnswer, now: Millis): PendingAnswer => ({
  ...answer,
  seen: false,
  state: answer.state === "refused" ? "refused" : isHeld(answer, now) ? "held" : "waiting",
})

/**
 * The answers to send now: of each conversation the oldest, if it waits. One after the other, so that
 * they are posted in the order they were written.
 */
export const nextToSend = (pending: readonly PendingAnswer[]): PendingAnswer[] => {
  const first = new Map<ConversationId, PendingAnswer>()
  for (const answer of pending) {
    if (answer.state === "refused" || answer.state === "held") continue
    if (!first.has(answer.conversationId)) first.set(answer.conversationId, answer)
  }
  return [...first.values()].filter((answer) => answer.state === "waiting")
}

/** A live message came: the pending answer that it is, if any, need not be shown beside it. */
export const markSeen = (
  pending: readonly PendingAnswer[],
  conversationId: ConversationId,
  message: MessageView,
): PendingAnswer[] => {
  if (message.author !== "agent") return [...pending]
  const found = pending.find(
    (answer) =>
      answer.conversationId === conversationId &&
      answer.state === "sending" &&
      !answer.seen &&
      answer.text === message.text,
  )
  return pending.map((answer) => (answer === found ? { ...answer, seen: true } : answer))
}
