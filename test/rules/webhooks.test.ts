import { describe, expect, test } from "vitest"
import { isTaken, namesOf, stoppedBy, TRIED_FOR, triedNext } from "../../relay/rules/webhooks.ts"
import type { AgentEvent } from "../../shared/protocol/views.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"

const NOW = Date.UTC(2026, 0, 5, 9)
const answered = (status: number) => ({ kind: "answered", status, text: "", tookMs: 5 }) as const
const silent = { kind: "silent", why: "ECONNREFUSED", tookMs: 5 } as const

test("a message is tried again after longer and longer pauses, for a day", () => {
  const pauses: number[] = []
  let now = NOW
  for (let attempt = 1; ; attempt += 1) {
    const next = triedNext(attempt, now, NOW + TRIED_FOR)
    if (next === null) break
    pauses.push(next - now)
    now = next
  }
  expect(pauses.slice(0, 9)).toEqual([
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    6 * HOUR,
  ])
  expect(now - NOW).toBeLessThan(DAY)
  expect(now - NOW).toBeGreaterThan(DAY / 2)
})

describe("a webhook", () => {
  test("is stopped after five days of nothing but failures, not before", () => {
    expect(stoppedBy(answered(503), NOW, NOW + 5 * DAY - 1)).toBeNull()
    expect(stoppedBy(answered(503), NOW, NOW + 5 * DAY)).toBe("503")
    expect(stoppedBy(silent, NOW, NOW + 5 * DAY)).toBe("ECONNREFUSED")
  })

  test("is stopped at once where it is gone for good", () => {
    expect(stoppedBy(answered(410), NOW, NOW)).toBe("410")
    expect(stoppedBy(answered(404), NOW, NOW)).toBeNull()
  })

  test.each([
    [200, true],
    [204, true],
    [299, true],
    [199, false],
    [301, false],
    [400, false],
    [500, false],
  ])("that answers %i has taken it: %s", (status, taken) => expect(isTaken(answered(status))).toBe(taken))
  test("that does not answer has not", () => expect(isTaken(silent)).toBe(false))
})

test("what is of the desk alone is told to nobody", () => {
  const at = { cursor: 1, at: NOW }
  const events = [
    { ...at, kind: "settings", version: 2 },
    { ...at, kind: "presence", agentId: "ag", deviceId: "de", presence: "gone" },
    { ...at, kind: "delivery", deliveryId: "dl", conversationId: "co", state: "queued" },
    { ...at, kind: "conversation", conversationId: "co", state: "closed", why: "erased" },
    { ...at, kind: "conversation", conversationId: "co", state: "closed", why: "batch" },
  ] as unknown as AgentEvent[]
  expect(events.flatMap(namesOf)).toEqual([])
})
