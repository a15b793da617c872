import type { ConversationState } from "../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/** The "we're busy" bot waits this long for somebody to answer. */
const PATIENCE: Millis = 20 * SECOND

/** What the bot goes by (rules.md, "Intent"). */
export interface BotFacts {
  state: ConversationState
  /** First chat message of the visitor that nobody has answered. */
  unansweredAt: Millis | null
  /** When it spoke in this conversation: it does so once. */
  spokeAt: Millis | null
  /** A tab of the visitor is open: to somebody who is gone there is nothing to say. */
  visitorHere: boolean
  /** Everybody who is there is busy. */
  busy: boolean
}

/**
 * When the bot speaks if all stays as it is; null if it has nothing to say. A conversation that an agent has
 * joined is served: the bot stays out of it.
 */
export const botDueAt = ({ state, unansweredAt, spokeAt, visitorHere, busy }: BotFacts): Millis | null =>
  state !== "unserved" || unansweredAt === null || spokeAt !== null || !visitorHere || !busy
    ? null
    : unansweredAt + PATIENCE
