import { describe, expect, it } from "vitest"
import {
  ELSEWHERE_FIRST,
  mayClose,
  nextPushTry,
  type PushFacts,
  pushDelay,
  READING,
} from "../../relay/rules/push.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"

const phone: PushFacts = {
  intent: "available",
  online: true,
  open: true,
  device: { kind: "phone", presence: "reachable" },
  present: false,
  besideExtension: false,
}

describe("when a device is told by push", () => {
  it("a phone in the background, once nobody can be reading it already", () => {
    expect(pushDelay(phone)).toBe(READING)
  })

  it("later, while its agent sits at another device", () => {
    expect(pushDelay({ ...phone, present: true })).toBe(ELSEWHERE_FIRST)
  })

  it("never while they chose unavailable, are not online, or have no hours for it", () => {
    expect(pushDelay({ ...phone, intent: "unavailable" })).toBeNull()
    expect(pushDelay({ ...phone, online: false })).toBeNull()
    expect(pushDelay({ ...phone, open: false })).toBeNull()
    expect(pushDelay({ ...phone, intent: "busy" })).toBe(READING)
  })

  it("a phone no longer once it is gone; a tab that is closed still, but not beside the extension", () => {
    const gone = { kind: "phone", presence: "gone" } as const
    const tab = { kind: "tab", presence: "gone" } as const
    expect(pushDelay({ ...phone, device: gone })).toBeNull()
    expect(pushDelay({ ...phone, device: tab })).toBe(READING)
    expect(pushDelay({ ...phone, device: tab, besideExtension: true })).toBeNull()
    expect(pushDelay({ ...phone, besideExtension: true })).toBe(READING)
  })
})

describe("when a push that failed is tried again", () => {
  it("after growing pauses, as long as it is of use", () => {
    const tries = [1, 2, 3, 4, 9].map((attempts) => nextPushTry(attempts, 10 * MINUTE, 0))
    expect(tries).toEqual([5 * SECOND, 20 * SECOND, MINUTE, 2 * MINUTE, 2 * MINUTE])
    expect(nextPushTry(4, 2 * MINUTE, 0)).toBeNull()
  })
})

describe("taking a notification away by a push that shows nothing", () => {
  it("is not tried with Apple's push service, which ends the subscription for it", () => {
    expect(mayClose("https://fcm.googleapis.com/fcm/send/x")).toBe(true)
    expect(mayClose("https://updates.push.services.mozilla.com/wpush/v2/x")).toBe(true)
    expect(mayClose("https://web.push.apple.com/x")).toBe(false)
    expect(mayClose("https://evil.example/web.push.apple.com")).toBe(true)
  })
})
