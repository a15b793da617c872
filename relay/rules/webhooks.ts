import type { AgentEvent } from "../../shared/protocol/views.ts"
import { DAY, HOUR, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import type { WebhookEvent } from "../../shared/words/webhooks.ts"

/** What webhooks are told of, when a message is tried again, and when a webhook is given up. */

/** A message is tried for a day. */
export const TRIED_FOR: Millis = DAY

/** Pauses after the first, second … failure of a message. */
const PAUSES: readonly Millis[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
]

/** A webhook that has answered nothing but errors for so long is stopped. */
const STOPPED_AFTER: Millis = 5 * DAY

/** When a message is tried again after its `attempts`th try; null: not any more. */
export const triedNext = (attempts: number, now: Millis, givesUpAt: Millis): Millis | null => {
  const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? SECOND
  return now + pause < givesUpAt ? now + pause : null
}

/** What became of a try. */
export type WebhookResult =
  | { kind: "answered"; status: number; text: string; tookMs: Millis }
  /** `why`: the network's words, or why the relay does not speak to that place. */
  | { kind: "silent"; why: string; tookMs: Millis }

export const isTaken = (result: WebhookResult): boolean =>
  result.kind === "answered" && result.status >= 200 && result.status < 300

/**
 * Why a webhook is to be stopped after a failure; null: it is not. 410 means that it is gone for good
 * (Standard Webhooks).
 */
export const stoppedBy = (result: WebhookResult, failingSince: Millis, now: Millis): string | null => {
  if (result.kind === "answered" && result.status === 410) return "410"
  if (now - failingSince < STOPPED_AFTER) return null
  return result.kind === "answered" ? String(result.status) : result.why
}

const OF_CONVERSATION: Partial<Record<Extract<AgentEvent, { kind: "conversation" }>["why"], WebhookEvent>> = {
  new: "conversation.started",
  reopened: "conversation.reopened",
  opened: "conversation.opened",
  joined: "conversation.joined",
  "handed-back": "conversation.handed-back",
  "handed-over": "conversation.handed-back",
  closed: "conversation.closed",
  missed: "conversation.missed",
  rated: "conversation.rated",
}

/** What webhooks call what happened; none for what is no business of theirs. */
export const namesOf = (event: AgentEvent): WebhookEvent[] => {
  switch (event.kind) {
    case "conversation": {
      const name = OF_CONVERSATION[event.why]
      const decided = event.decided !== undefined && event.decided.seqs.length > 0
      return [...(name === undefined ? [] : [name]), ...(decided ? (["verdict.decided"] as const) : [])]
    }
    case "message":
      return [event.message.author === "agent" ? "conversation.answered" : "message.created"]
    case "light":
      return ["light.changed"]
    case "delivery":
      return event.state === "delivered" || event.state === "captured" ? ["notice.sent"] : []
    default:
      return []
  }
}
