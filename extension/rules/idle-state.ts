import type { IdleState } from "../../shared/words/nouns.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"

/** What was heard last, and when. */
export interface Heard {
  state: IdleState
  at: Millis
}

/** Minutes without input after which a person counts as idle: the least, the most, and to begin with. */
export const IDLE_MINUTES = { least: 1, most: 15, first: 3 } as const

/** What was chosen, of any version of the extension; what is no whole number within the limits is none. */
export const readIdleMinutes = (raw: unknown): number =>
  Number.isInteger(raw) && Number(raw) >= IDLE_MINUTES.least && Number(raw) <= IDLE_MINUTES.most
    ? Number(raw)
    : IDLE_MINUTES.first

/** After sleep an event may be lost; what was heard longer ago than this is asked again at the next alarm. */
const TRUSTED = 1 * MINUTE

/** Whether the browser is asked for the state instead of believing what it said last. */
export const mustAsk = (heard: Heard | null, now: Millis): boolean =>
  heard === null || heard.at > now || now - heard.at > TRUSTED

/** Systems where it depends on the session whether a browser learns of idle: with X11 it does, with Wayland it may not. */
const UNSURE: readonly string[] = ["linux", "openbsd"]

/**
 * Whether this browser can tell that its person is idle. It does not say so itself: where it cannot, it calls
 * everybody active for ever. So on Linux it counts as unable until it has reported `idle` once, since it was
 * installed. (`locked` proves nothing: a lock is announced where idling is not.) `os` is that of
 * `runtime.getPlatformInfo()`.
 */
export const canTellIdle = (os: string, toldIdle: boolean): boolean => toldIdle || !UNSURE.includes(os)

/**
 * What a report of the browser means: null when it says nothing new. Firefox repeats `idle` at each wake,
 * and a beat for each would be a wake-up for nothing.
 */
export const changeOf = (heard: Heard | null, state: IdleState): IdleState | null =>
  heard?.state === state ? null : state
