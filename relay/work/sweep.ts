import type { AccountId } from "../../shared/words/ids.ts"
import { HOUR, type Millis } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { type Loop, startLoop } from "./loops.ts"

/** Events, or mails, that one turn removes at most: some milliseconds of the store's time. */
const LIMIT = 500

/** Files that nobody sent with a message, of one account and turn: they may be megabytes each. */
const FILES = 20

/** Between turns, so that others come in between. */
const PAUSE: Millis = 100

/** Once everything old is gone; history is kept for days. */
const EVERY = HOUR

/** Removes what is older than it is kept (events, changes, what mails and webhooks leave behind), in small pieces. */
export const startSweeping = ({ store, clock, log, config }: House): Loop => {
  let place: AccountId | "" = ""
  let uploadsPlace: AccountId | "" = ""
  let recordPlace: AccountId | "" = ""
  const step = async (): Promise<Millis> => {
    const { next } = await store.run(
      "sweepHistory",
      { keepMs: config.historyMs, after: place, limit: LIMIT },
      clock.now(),
    )
    place = next ?? ""
    if (next !== null) return clock.now() + PAUSE
    const { more } = await store.run("sweepMails", { limit: LIMIT }, clock.now())
    if (more) return clock.now() + PAUSE
    const unsent = await store.run("sweepUploads", { after: uploadsPlace, limit: FILES }, clock.now())
    uploadsPlace = unsent.next ?? ""
    if (unsent.next !== null || unsent.removed > 0) return clock.now() + PAUSE
    const { changesMs } = config
    const swept = await store.run("sweepRecord", { changesMs, after: recordPlace }, clock.now())
    recordPlace = swept.next ?? ""
    return clock.now() + (swept.next === null ? EVERY : PAUSE)
  }
  return startLoop({ name: "sweep", step, clock, log, longestSleep: EVERY })
}
