import { performance } from "node:perf_hooks"
import { getHeapStatistics, setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { type Millis, SECOND } from "../shared/words/time.ts"

/**
 * Memory that a thread took while it had much to do, or while it started, is given back once it has nothing to do. V8
 * collects only while something is allocated: a relay that started and then waits keeps the 60 MB that starting took.
 */

const LOOK_EVERY: Millis = 20 * SECOND
/** A thread that was busy for less than this share of the time has nothing to do. */
const IDLE = 0.02
/** Less than this more than after the last time is not worth the 30 ms, bytes. */
const WORTH = 4_000_000

/** V8 has no other way for it; the name is there in contexts that are made after the flag was set. */
const collector = (): (() => void) => {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc") as () => void
}

/** The share of the time since it was asked last, 0 to 1, that this thread was busy. */
const busyShare = (): (() => number) => {
  let before = performance.eventLoopUtilization()
  return () => {
    const { utilization } = performance.eventLoopUtilization(before)
    before = performance.eventLoopUtilization()
    return utilization
  }
}

const heap = (): number => getHeapStatistics().total_physical_size

/**
 * Begins to look, in the thread that calls it; `also` gives back what is not V8's. `held`: bytes of memory that may be
 * given back. Returns how to stop.
 */
export const giveBackWhenIdle = (
  also: () => void = () => undefined,
  busy: () => number = busyShare(),
  held: () => number = heap,
): (() => void) => {
  const collect = collector()
  let left = 0

  const look = setInterval(() => {
    if (busy() > IDLE || held() - left < WORTH) return
    collect()
    also()
    left = held()
  }, LOOK_EVERY)
  look.unref()
  return () => clearInterval(look)
}
