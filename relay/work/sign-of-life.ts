import { SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { type Loop, startLoop } from "./loops.ts"

/** Well under the 45 s without any relay that count as a gap: a few late ones change nothing. */
const EVERY = 5 * SECOND

/** Says every 5 s that this relay is up, so that a gap of all relays is known by its length afterwards. */
export const startSigning = ({ store, clock, log, relayId }: House): Loop =>
  startLoop({
    name: "sign-of-life",
    step: async () => {
      await store.run("signRelay", { relayId }, clock.now())
      return clock.now() + EVERY
    },
    clock,
    log,
    longestSleep: EVERY,
  })
