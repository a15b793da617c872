import { expect, test } from "vitest"
import type { Actions } from "../../relay/actions/index.ts"
import { handClock } from "../../relay/clock.ts"
import type { House } from "../../relay/house.ts"
import { silentLog } from "../../relay/log.ts"
import { makeDkimPair, signingKeys } from "../../relay/mail/dkim-keys.ts"
import { openKeyRing } from "../../relay/work/dkim.ts"
import { HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { openTestStore, STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"

const START = Date.UTC(2026, 10, 21, 12)

test.each(STORES)(
  "a relay on %s makes the first keys, and signs with new ones within a minute",
  async (kind) => {
    const store = await openTestStore<Actions>(kind)
    const clock = handClock(START)
    const house = { store, clock, log: silentLog(), relayId: "re_one" } as unknown as House
    const ring = await openKeyRing(house)
    const other = await openKeyRing(house)
    const signs = (one = ring) => signingKeys(one.keys(), clock.now()).map(({ selector }) => selector)
    expect(signs()).toEqual(["pl-2026-11-r", "pl-2026-11-e"])
    expect(other.keys()).toEqual(ring.keys())

    await store.run("rotateDkimKeys", { pair: await makeDkimPair(), overlapMs: HOUR }, clock.now())
    clock.advance(MINUTE - SECOND)
    expect(ring.keys().keys).toHaveLength(2)
    clock.advance(SECOND)
    await until("both have read the new keys", async () =>
      [ring, other].every((one) => one.keys().keys.length === 4),
    )
    // They are published and wait; at their hour they sign without being read again.
    expect(signs()).toEqual(["pl-2026-11-r", "pl-2026-11-e"])
    expect(signingKeys(ring.keys(), START + HOUR).map(({ selector }) => selector)).toEqual([
      "pl-2026-11-2-r",
      "pl-2026-11-2-e",
    ])
    await Promise.all([ring.stop(), other.stop()])
    await store.close()
    expect(clock.nextWake()).toBeNull()
  },
)
