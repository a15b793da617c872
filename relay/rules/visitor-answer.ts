import { type Millis, SECOND } from "../../shared/words/time.ts"

/** How long a visitor who left may take to come back and see an answer before it goes out by mail. */
const UNSEEN: Millis = 60 * SECOND

/**
 * When answers that no tab of the visitor has shown go out by mail: 60 s after the last tab closed, or
 * after the oldest of them if it came later; never while a tab is open, or without an address.
 */
export const answerDueAt = (facts: {
  oldestUnseenAt: Millis | null
  /** When the last tab closed; null while one is open. */
  closedAt: Millis | null
  hasAddress: boolean
}): Millis | null =>
  facts.oldestUnseenAt === null || facts.closedAt === null || !facts.hasAddress
    ? null
    : Math.max(facts.closedAt, facts.oldestUnseenAt) + UNSEEN
