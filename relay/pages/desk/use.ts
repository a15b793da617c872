import type { IdleState } from "../../../shared/words/nouns.ts"
import { MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"

/** How long after the last input somebody counts as sitting there; as for the extension's idle state. */
export const IDLE_AFTER = 3 * MINUTE
/** A beat says that nothing has changed; a change is said at once. */
export const BEAT_EVERY = 20 * SECOND

/**
 * What a tab can say of its person. It sees input in its own pages only: without any for three minutes they
 * count as away, also when they are at work elsewhere. That errs on the side of a mail too many. `inBackground`: on a
 * phone the desk is not what is looked at; there nobody is before it, and push is what reaches them.
 */
export const stateOf = (usedAt: Millis | null, now: Millis, inBackground = false): IdleState =>
  !inBackground && usedAt !== null && now - usedAt < IDLE_AFTER ? "active" : "idle"

/** Whether there was input since the last beat. */
export const isUsedSince = (last: { at: Millis } | null, usedAt: Millis | null): boolean =>
  usedAt !== null && (last === null || usedAt > last.at)

/** Whether a beat is to go now: something changed, or it is time. */
export const isBeatDue = (
  last: { state: IdleState; at: Millis } | null,
  state: IdleState,
  now: Millis,
): boolean => last === null || last.state !== state || now - last.at >= BEAT_EVERY
