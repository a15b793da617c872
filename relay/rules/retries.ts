import { HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

/** How long after the first, second … try the next one is; past the end, the last (mail.md, Sending). */
const PAUSES: readonly Millis[] = [
  1 * MINUTE,
  5 * MINUTE,
  12 * MINUTE,
  20 * MINUTE,
  45 * MINUTE,
  2 * HOUR,
  4 * HOUR,
]

/** When a mail is tried again after `attempts` tries (at least 1), the last of them now. */
export const nextTry = (attempts: number, now: Millis): Millis =>
  now + PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1]!
