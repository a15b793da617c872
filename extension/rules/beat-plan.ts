import type { IdleState } from "../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/** Over the socket. Also what keeps a Chromium worker alive, which is stopped after 30 s without a data frame. */
export const SOCKET_BEAT = 20 * SECOND
/** By alarm, over HTTP: 30 s is the shortest period that Chromium allows an alarm. */
export const ALARM_BEAT = 30 * SECOND

/** A timer may ring a little early. Skipping that beat would make the next one a whole interval late. */
const EARLY_TIMER = 1 * SECOND
/** Alarms are kept to the second and drift; the alarm of a new worker starts when the worker does. */
const EARLY_ALARM = 5 * SECOND

export type Via = "socket" | "http"

export interface BeatFacts {
  signedIn: boolean
  /** The socket is up: the relay has said welcome. */
  socketUp: boolean
  /** What the browser says of the person now. */
  state: IdleState
  /** There was input in our own pages since the last beat. */
  used: boolean
  /** The browser can tell idle; where it cannot, the relay may have taken the person for idle until used. */
  tellsIdle: boolean
  /** The last beat that was sent on this connection; null when there was none on this socket. */
  last: { at: Millis; state: IdleState; via: Via } | null
  now: Millis
}

export type BeatPlan =
  | { kind: "none" }
  | { kind: "beat"; via: Via; intervalMs: Millis }
  | { kind: "wait"; untilAt: Millis }

/**
 * Whether this device beats now, which way, and with which interval; called at every timer, alarm and change.
 * A change of state, a new way, and use that only we can see, beat at once; otherwise each way has its interval. `now` and `last.at`
 * are of the same clock, which may jump: a last beat in the future counts as none.
 */
export const planBeat = ({ signedIn, socketUp, state, used, tellsIdle, last, now }: BeatFacts): BeatPlan => {
  if (!signedIn) return { kind: "none" }
  const via: Via = socketUp ? "socket" : "http"
  const intervalMs = socketUp ? SOCKET_BEAT : ALARM_BEAT
  const early = socketUp ? EARLY_TIMER : EARLY_ALARM
  const beat: BeatPlan = { kind: "beat", via, intervalMs }
  if (last === null || last.via !== via || last.state !== state || last.at > now) return beat
  if (used && !tellsIdle) return beat
  const dueAt = last.at + intervalMs
  return now >= dueAt - early ? beat : { kind: "wait", untilAt: dueAt }
}
