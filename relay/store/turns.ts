import type { Millis } from "../../shared/words/time.ts"

/**
 * A number of places and whoever waits for one: first those who keep what was promised, then all others in the order
 * they came. Where there is more to do than can be done, what was taken on is finished, and what is new is refused.
 */
export interface Turns {
  /** Resolves with a place; an `others` who has waited `within` is rejected with an Error. */
  take(who: "first" | "others"): Promise<void>
  /** To be called once for each place taken. */
  free(): void
}

export const createTurns = (places: number, within: Millis): Turns => {
  let left = places
  const first: (() => void)[] = []
  /** A Set, so that who has waited too long leaves from wherever they stand. */
  const others = new Set<() => void>()

  const queue = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        others.delete(go)
        reject(new Error(WAITED))
      }, within)
      const go = (): void => {
        clearTimeout(timer)
        resolve()
      }
      others.add(go)
    })

  return {
    take: (who) => {
      if (left > 0) {
        left -= 1
        return Promise.resolve()
      }
      return who === "others" ? queue() : new Promise((resolve) => first.push(resolve))
    },
    free: () => {
      const next = first.shift() ?? others.values().next().value
      if (next === undefined) left += 1
      else {
        others.delete(next)
        next()
      }
    },
  }
}

/** As the pool says it of its own queue. */
const WAITED = "timeout exceeded when trying to connect: all connections to the database are busy"
