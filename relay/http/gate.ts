import type { MiddlewareHandler } from "hono"
import { Refusal } from "../../shared/words/refusals.ts"

/**
 * Requests that are worked on at a time. What comes beyond is told at once to come back: a relay that is behind gets
 * no better by taking more, and what it took it still answers in time. Ten to twenty wait for the store at full work;
 * so many are only there when it stands still.
 */
const MOST = 400

/** Refuses what comes while too much is under way (429, RFC 6585, with Retry-After). */
export const gate = (most = MOST): MiddlewareHandler => {
  let underWay = 0
  return async (c, next) => {
    if (underWay >= most) {
      c.header("Retry-After", "2")
      throw new Refusal("too-many", "the relay has too much to do just now: try again in a few seconds", {
        limit: "relay",
      })
    }
    underWay += 1
    try {
      await next()
    } finally {
      underWay -= 1
    }
  }
}
