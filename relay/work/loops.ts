import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Clock } from "../clock.ts"
import type { Log } from "../log.ts"

/**
 * A working loop: does a step, sleeps until the step's next moment or until woken, does the next. Steps of
 * one loop never overlap. A step that throws is logged and tried again after a growing pause.
 *
 *   sleeping ──(moment come, or woken)──▶ at work ──(done)──▶ sleeping
 *                                            └──(threw)──▶ pausing 1 s … 30 s ──▶ at work
 */
export interface Loop {
  /** There may be something to do. While at work: one more step follows this one. */
  wake(): void
  /** Begins no further step; resolves when the one in hand is done. */
  stop(): Promise<void>
}

export interface LoopOptions {
  /** For the log. */
  name: string
  /** Does what is due; gives the next moment something will be, null if none is known. */
  step: () => Promise<Millis | null>
  clock: Clock
  log: Log
  /** Looks again after this long, whatever the step said: nudges are a help, not a promise. */
  longestSleep: Millis
  /** Waits this long after being woken first, so that a burst of nudges makes one step. Default 0. */
  gather?: Millis
}

const FIRST_PAUSE = SECOND
const LONGEST_PAUSE = 30 * SECOND

/** Starts with a step at once. */
export const startLoop = ({ name, step, clock, log, longestSleep, gather = 0 }: LoopOptions): Loop => {
  let state: "sleeping" | "at-work" | "pausing" | "stopped" = "at-work"
  let wokenAtWork = false
  let pause = FIRST_PAUSE
  let cancel = (): void => undefined
  let sleepsUntil: Millis = 0
  let atWork: Promise<void> = Promise.resolve()

  const sleepUntil = (next: "sleeping" | "pausing", at: Millis): void => {
    state = next
    sleepsUntil = at
    cancel = clock.wake(at, work)
  }

  const work = (): void => {
    state = "at-work"
    wokenAtWork = false
    cancel = () => undefined
    atWork = step().then(rest, recover)
  }

  const rest = (nextAt: Millis | null): void => {
    pause = FIRST_PAUSE
    if (state === "stopped") return
    const now = clock.now()
    const latest = now + longestSleep
    sleepUntil("sleeping", wokenAtWork ? now + gather : Math.min(nextAt ?? latest, latest))
  }

  const recover = (err: unknown): void => {
    if (state === "stopped") return
    log.error({ err, loop: name, againInMs: pause }, "a step of a working loop failed")
    sleepUntil("pausing", clock.now() + pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }

  work()
  return {
    wake: () => {
      if (state === "at-work") wokenAtWork = true
      if (state !== "sleeping") return
      const soon = clock.now() + gather
      // Wherever nudges never stop, each would put off what the one before had asked for.
      if (soon >= sleepsUntil) return
      cancel()
      sleepUntil("sleeping", soon)
    },
    stop: async () => {
      cancel()
      state = "stopped"
      await atWork
    },
  }
}
