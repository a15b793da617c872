import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { type Loop, startLoop } from "./loops.ts"

/** Accounts, or conversations, that one step takes on; what is over is next. */
const LIMIT = 500

/** For what nobody nudged about. */
const LONGEST_SLEEP = 15 * SECOND

/** A burst of messages is one look: well under the quarter of a second that a decision may be late. */
const GATHER: Millis = 20

/** When an action left something due undone, it is not asked again at once: that would be a busy loop. */
const STUCK_PAUSE = SECOND

/**
 * The decision loop: presences that change by themselves, batches that are due, answers whose visitor has
 * left. In this order, as a batch's due time depends on who was there.
 */
export const startDeciding = ({ store, clock, log }: House): Loop => {
  const step = async (): Promise<Millis | null> => {
    const asked = clock.now()
    const later = (nextAt: Millis | null, done: number): Millis | null =>
      nextAt !== null && nextAt <= asked && done === 0 ? clock.now() + STUCK_PAUSE : nextAt
    const presences = await store.run("changePresences", { limit: LIMIT }, asked)
    const batches = await store.run("judgeDue", { limit: LIMIT }, asked)
    const answers = await store.run("mailDueAnswers", { limit: LIMIT }, asked)
    return earliest([
      later(presences.nextAt, presences.changed),
      later(batches.nextAt, batches.judged),
      later(answers.nextAt, answers.mailed),
    ])
  }

  const loop = startLoop({ name: "decide", step, clock, log, longestSleep: LONGEST_SLEEP, gather: GATHER })
  const stopListening = store.onNudge(loop.wake)
  return {
    wake: loop.wake,
    stop: () => {
      stopListening()
      return loop.stop()
    },
  }
}

const earliest = (moments: (Millis | null)[]): Millis | null =>
  moments.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null)
