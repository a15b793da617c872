import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { giveBackWhenIdle } from "../relay/give-back.ts"
import { SECOND } from "../shared/words/time.ts"

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }))
afterEach(() => void vi.useRealTimers())

test("memory is given back by who is idle, once, and again when there is more of it", () => {
  let busy = 1
  let held = 60_000_000
  let given = 0
  const stop = giveBackWhenIdle(
    () => given++,
    () => busy,
    () => held,
  )
  vi.advanceTimersByTime(60 * SECOND)
  expect(given).toBe(0)
  busy = 0.01
  vi.advanceTimersByTime(20 * SECOND)
  expect(given).toBe(1)
  vi.advanceTimersByTime(60 * SECOND)
  expect(given).toBe(1)
  held += 3_000_000
  vi.advanceTimersByTime(60 * SECOND)
  expect(given).toBe(1)
  held += 2_000_000
  vi.advanceTimersByTime(20 * SECOND)
  expect(given).toBe(2)
  stop()
  vi.advanceTimersByTime(60 * SECOND)
  expect(given).toBe(2)
})
