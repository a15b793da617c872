import type { AccountId } from "../../shared/words/ids.ts"
import { HOUR, type Millis } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { type Loop, startLoop } from "./loops.ts"

/** Events, or mails, that one turn removes at most: some milliseconds of the store's time. */
const LIMIT = 500

/** Between turns, so that others come in between. */
const PAUSE: Millis = 100

/** Once everything old is gone; history is kept for days. */
const EVERY = HOUR

/** Removes events that are older than history is kept, and what mails leave behind, in small pieces. */
export const startSweeping = ({ store, clock, log, config }: House): Loop => {
  let place: AccountId | "" = ""
  const step = async (): Promise<Millis> => {
    const { next } = await store.run(
      "sweepHistory",
      { keepMs: config.historyMs, after: place, limit: LIMIT },
      clock.now(),
    )
    place = next ?? ""
    if (next !== null) return clock.now() + PAUSE
    const { more } = await store.run("sweepMails", { limit: LIMIT }, clock.now())
    return clock.now() + (more ? PAUSE : EVERY)
  }
  return startLoop({ name: "sweep", step, clock, log, longestSleep: EVERY })
}
