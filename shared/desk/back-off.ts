import { type Millis, SECOND } from "../words/time.ts"

/** The longest pause between two tries: short enough that a desk is live again soon after its relay is. */
const LONGEST = 30 * SECOND

/**
 * Pause before try number `tries` (1, 2, …): 0.5 s, doubled each time, at most 30 s, of which a random
 * half (`random` in 0..1) is left away, so that a thousand desks do not come back in the same moment.
 */
export const backOff = (tries: number, random: number): Millis => {
  const full = Math.min(LONGEST, 500 * 2 ** Math.min(tries - 1, 10))
  return Math.round(full * (1 - random / 2))
}
