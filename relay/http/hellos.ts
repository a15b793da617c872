import { MINUTE, type Millis } from "../../shared/words/time.ts"
import type { House } from "../house.ts"

/** Written down at most so often for each site and origin: a busy site loads its box all the time. */
const EVERY: Millis = MINUTE
/** Sites and origins remembered; past it all are written down anew. */
const MOST = 10_000

/** Notes where chat boxes are loaded. `referer`: as the browser says it, which for frames is the page's origin. */
export const createHellos = ({ store, clock, log }: Pick<House, "store" | "clock" | "log">) => {
  const noted = new Map<string, Millis>()
  return (siteKey: string, referer: string | undefined): void => {
    if (referer === undefined || !URL.canParse(referer)) return
    const { origin } = new URL(referer)
    if (!/^https?:/.test(origin) || origin.length > 300) return
    const which = `${siteKey} ${origin}`
    const now = clock.now()
    if ((noted.get(which) ?? Number.NEGATIVE_INFINITY) + EVERY > now) return
    if (noted.size >= MOST) noted.clear()
    noted.set(which, now)
    // Nobody waits for it, and a box is shown whether or not it could be written down.
    store
      .run("noteHello", { siteKey, origin }, now, "patient")
      .catch((err: unknown) => log.warn({ err }, "where a chat box was loaded could not be stored"))
  }
}
