import type { Millis } from "../shared/words/time.ts"

/** What the relay calls now, and how it waits for a moment. The only place that reads the machine's clock. */
export interface Clock {
  now(): Millis
  /** Calls `then` once, not before `at` and never inside this call. Returns how to give it up. */
  wake(at: Millis, then: () => void): () => void
}

/** setTimeout counts in a signed 32-bit number and fires at once past it; a day is far enough to look again. */
const LONGEST_SLEEP: Millis = 24 * 60 * 60 * 1000

/**
 * The machine's clock, moved by `offset` ms (several relays follow the database's clock; it may change).
 * A wake that comes early, because the clock was set back or the offset moved, sleeps on.
 */
export const systemClock = (offset: () => Millis = () => 0): Clock => waking(() => Date.now() + offset())

const waking = (now: () => Millis): Clock => ({
  now,
  wake: (at, then) => {
    let timer: ReturnType<typeof setTimeout>
    const sleep = (): void => {
      timer = setTimeout(look, Math.min(Math.max(0, at - now()), LONGEST_SLEEP))
    }
    const look = (): void => {
      if (now() < at) sleep()
      else then()
    }
    sleep()
    return () => clearTimeout(timer)
  },
})

/** What comes back to the machine's clock goes so much slower than time meanwhile: an hour takes twenty. */
const SLOWER = 0.05

/** Times of a machine, ms: what its clock says, and how long it has been running, which only grows. */
interface Machine {
  says: () => Millis
  runs: () => Millis
}

const MACHINE: Machine = { says: () => Date.now(), runs: () => performance.now() }

/**
 * The clock of a relay that serves: the machine's, moved by `offset`, but it never goes back. What is stored has
 * its order by it, and a mail that is due in two minutes must not be due in an hour because somebody set the clock.
 * Where the machine's has gone back, this one goes on from where it was, a little slower, until they agree again;
 * `after`: the last moment that is stored, from before a restart. Forward it follows at once: a machine that slept has
 * to, and a clock that was set forward looks the same (relay/actions/relay.ts makes good for either).
 */
export const steadyClock = (
  { offset = () => 0, after = null }: { offset?: () => Millis; after?: Millis | null } = {},
  { says, runs }: Machine = MACHINE,
): Clock => {
  let ran = runs()
  let time = Math.max(says() + offset(), after ?? 0)
  return waking(() => {
    const passed = runs() - ran
    ran += passed
    const ahead = time + passed - (says() + offset())
    time += passed - (ahead > 0 ? Math.min(ahead, passed * SLOWER) : ahead)
    return Math.floor(time)
  })
}

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /** Goes to `at` (never back); what falls due on the way is called in order, each at its own moment. */
  set(at: Millis): void
  advance(ms: Millis): void
  /** The earliest moment somebody waits for; null when nobody waits. */
  nextWake(): Millis | null
}

interface Wake {
  at: Millis
  then: () => void
}

/** Starts at `start`. What is due already when it is asked for is called in the next turn of the event loop. */
export const handClock = (start: Millis): HandClock => {
  let current = start
  const wakes = new Set<Wake>()

  const earliest = (): Wake | null => {
    let first: Wake | null = null
    for (const wake of wakes) if (first === null || wake.at < first.at) first = wake
    return first
  }

  const fireUntil = (end: Millis): void => {
    for (let wake = earliest(); wake !== null && wake.at <= end; wake = earliest()) {
      wakes.delete(wake)
      current = Math.max(current, wake.at)
      wake.then()
    }
  }

  const set = (at: Millis): void => {
    if (at < current) throw new Error(`a clock does not go back: it is ${current}, asked for ${at}`)
    fireUntil(at)
    current = at
  }

  return {
    now: () => current,
    wake: (at, then) => {
      const wake = { at, then }
      wakes.add(wake)
      if (at <= current) setImmediate(() => fireUntil(current))
      return () => {
        wakes.delete(wake)
      }
    },
    set,
    advance: (ms) => set(current + ms),
    nextWake: () => earliest()?.at ?? null,
  }
}
