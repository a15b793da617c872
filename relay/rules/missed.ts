import type { ConversationState } from "../../shared/words/nouns.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"

/** *left*: this long after the visitor's last tab closed, without a return. */
const LEFT_AFTER: Millis = MINUTE

/** What it depends on whether, and when, a conversation counts as missed (rules.md, "Missed conversation"). */
export interface MissedFacts {
  state: ConversationState
  /** When the oldest chat message came that nobody has joined for, and that was neither mailed nor withheld. */
  unjoinedAt: Millis | null
  handedBackAt: Millis | null
  /** When the visitor's last tab closed; null while one is open. */
  closedAt: Millis | null
  wait: Millis
  /** Not due before: what a gap of the relay moved. */
  notBefore: Millis | null
}

/**
 * When it is to be judged whether the conversation was missed; null if it cannot be. A hand-back gives the
 * colleagues their wait anew. Whether somebody is there is asked at that moment.
 */
export const missedDueAt = (facts: MissedFacts): Millis | null => {
  if (facts.state !== "unserved" || facts.unjoinedAt === null || facts.closedAt === null) return null
  const first = Math.max(facts.unjoinedAt, facts.handedBackAt ?? facts.unjoinedAt)
  const due = Math.max(first + facts.wait, facts.closedAt + LEFT_AFTER)
  return Math.max(due, facts.notBefore ?? due)
}

/** Whether the visitor has left at this moment, and not only changed pages. */
export const hasLeft = (closedAt: Millis | null, now: Millis): boolean =>
  closedAt !== null && now >= closedAt + LEFT_AFTER
