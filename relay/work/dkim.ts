import { MINUTE } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { type DkimKeys, keysOrFirst } from "../mail/dkim-keys.ts"
import { type Loop, startLoop } from "./loops.ts"

/** Keys that are exchanged while relays run are signed with from the next minute on; both are published by then. */
const EVERY = MINUTE

/** The keys to sign with, as they are now. */
interface KeyRing {
  keys(): DkimKeys
  stop(): Promise<void>
}

/** Reads the relay's DKIM keys, made here on first run, and again every minute. */
export const openKeyRing = async ({ store, clock, log }: House): Promise<KeyRing> => {
  const read = (make: string | null) => store.run("readSigningKeys", { make }, clock.now())
  let keys = await keysOrFirst(read, clock.now())
  let readAt = clock.now()
  const loop: Loop = startLoop({
    name: "dkim-keys",
    step: async () => {
      if (clock.now() >= readAt + EVERY) {
        keys = await read(null)
        readAt = clock.now()
      }
      return readAt + EVERY
    },
    clock,
    log,
    longestSleep: EVERY,
  })
  return { keys: () => keys, stop: loop.stop }
}
