import type { IdleState } from "../../shared/words/nouns.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"

/** What was heard last, and when. */
export interface Heard {
  state: IdleState
  at: Millis
}

/** After sleep an event may be lost; what was heard longer ago than this is asked again at the next alarm. */
const TRUSTED = 1 * MINUTE

/** Whether the browser is asked for the state instead of believing what it said last. */
export const mustAsk = (heard: Heard | null, now: Millis): boolean =>
  heard === null || heard.at > now || now - heard.at > TRUSTED

/**
 * What a report of the browser means: null when it says nothing new. Firefox repeats `idle` at each wake,
 * and a beat for each would be a wake-up for nothing.
 */
export const changeOf = (heard: Heard | null, state: IdleState): IdleState | null =>
  heard?.state === state ? null : state
