import { describe, expect, test } from "vitest"
import {
  afterBeat,
  afterEnd,
  afterGap,
  changesAt,
  type DeviceFacts,
  gapEndsAt,
  isOldBeat,
  presenceOf,
  presumedIdleFrom,
} from "../../relay/rules/presence.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"

const GRACE = 120 * SECOND
const fresh: DeviceFacts = {
  state: null,
  intervalMs: 20 * SECOND,
  beatAt: null,
  seenAt: null,
  endedAt: null,
  heldUntil: null,
  push: false,
  leaseEndedAt: null,
  tellsIdle: true,
  usedAt: null,
  presumedIdleAt: null,
}
const beat = (state: "active" | "idle" | "locked", intervalMs = 20 * SECOND) => ({ state, intervalMs })
const active = afterBeat(fresh, beat("active"), 0)
const at = (device: DeviceFacts, seconds: number) => presenceOf(device, seconds * SECOND, GRACE)

describe("presence of a device", () => {
  test("never heard of: gone", () => expect(at(fresh, 0)).toBe("gone"))

  test("one lost beat changes nothing: 45 s on a socket, 65 s by alarm", () => {
    expect([at(active, 45), at(active, 46)]).toEqual(["present", "fading"])
    const byAlarm = afterBeat(fresh, beat("active", 30 * SECOND), 0)
    expect([at(byAlarm, 65), at(byAlarm, 66)]).toEqual(["present", "fading"])
  })

  test("silent: fading until seen at + grace, then gone", () => {
    expect([at(active, 119), at(active, 120)]).toEqual(["fading", "gone"])
  })

  test.each(["idle", "locked"] as const)("%s: fading at once, counted from the last active beat", (state) => {
    const device = afterBeat(active, beat(state), 60 * SECOND)
    expect([at(device, 60), at(device, 119), at(device, 120)]).toEqual(["fading", "fading", "gone"])
  })

  test("negative control: the same beat, active, keeps it present", () => {
    expect(at(afterBeat(active, beat("active"), 60 * SECOND), 100)).toBe("present")
  })

  test("quit while present: seen until then", () => {
    const device = afterEnd(active, 40 * SECOND)
    expect([at(device, 40), at(device, 159), at(device, 160)]).toEqual(["fading", "fading", "gone"])
  })

  test("quit after falling silent or idle: seen at stays the last active beat", () => {
    expect(afterEnd(active, 60 * SECOND).seenAt).toBe(0)
    expect(afterEnd(afterBeat(active, beat("idle"), 20 * SECOND), 30 * SECOND).seenAt).toBe(0)
  })

  test("ending twice ends once", () => {
    const once = afterEnd(active, 10 * SECOND)
    expect(afterEnd(once, 50 * SECOND)).toEqual(once)
  })

  test("it says when it changes by itself", () => {
    expect(changesAt(active, 0, GRACE)).toBe(45 * SECOND + 1)
    expect(changesAt(active, 60 * SECOND, GRACE)).toBe(GRACE)
    expect(changesAt(active, 300 * SECOND, GRACE)).toBeNull()
  })

  test("older numbers of the same boot are old; a new boot starts anew", () => {
    expect(isOldBeat({ bootId: "a", seq: 5 }, { bootId: "a", seq: 5 })).toBe(true)
    expect(isOldBeat({ bootId: "a", seq: 5 }, { bootId: "a", seq: 6 })).toBe(false)
    expect(isOldBeat({ bootId: "a", seq: 5 }, { bootId: "b", seq: 0 })).toBe(false)
  })
})

describe("a time without a relay", () => {
  const back = 10 * MINUTE

  test("who was present at the last sign is fading until start + max(grace, 60 s)", () => {
    const held = afterGap(active, 30 * SECOND, back, GRACE)
    expect(presenceOf(held, back, GRACE)).toBe("fading")
    expect(presenceOf(held, back + GRACE - 1, GRACE)).toBe("fading")
    expect(presenceOf(held, back + GRACE, GRACE)).toBe("gone")
    expect(gapEndsAt(back, 0)).toBe(back + 60 * SECOND)
  })

  test("who was gone at the last sign stays gone", () => {
    expect(presenceOf(afterGap(active, 3 * MINUTE, back, GRACE), back, GRACE)).toBe("gone")
  })

  test("who has beaten again already stays present", () => {
    const device = afterBeat(active, beat("active"), back - 1)
    expect(presenceOf(afterGap(device, 30 * SECOND, back, GRACE), back, GRACE)).toBe("present")
  })
})

describe("a browser that cannot tell idle", () => {
  const blind = (device: DeviceFacts, seconds: number, used = false) =>
    afterBeat(device, { ...beat("active"), tellsIdle: false, used }, seconds * SECOND)
  const from = (device: DeviceFacts, unopened: number) =>
    presumedIdleFrom(device, unopened * SECOND, null)! / SECOND

  test("is presumed idle 15 min after a message that nobody opened", () => {
    expect(from(blind(blind(fresh, 0), 20), 10)).toBe(10 + 15 * 60)
  })

  test("who comes back to an old message has 15 min from then", () => {
    const left = afterEnd(blind(fresh, 0), 10 * SECOND)
    expect(from(blind(left, 5000), 5)).toBe(5000 + 15 * 60)
    expect(from(blind(blind(fresh, 0), 5000), 5)).toBe(5000 + 15 * 60)
  })

  test("who was presumed idle is not any more once used, or back", () => {
    const presumed = { ...blind(fresh, 0), presumedIdleAt: 10 * SECOND }
    expect(blind(presumed, 20).presumedIdleAt).toBe(10 * SECOND)
    expect(blind(presumed, 20, true).presumedIdleAt).toBeNull()
    expect(blind(presumed, 200).presumedIdleAt).toBeNull()
  })
})
