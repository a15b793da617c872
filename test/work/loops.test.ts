import { afterEach, describe, expect, it } from "vitest"
import { handClock } from "../../relay/clock.ts"
import { silentLog } from "../../relay/log.ts"
import { type Loop, type LoopOptions, startLoop } from "../../relay/work/loops.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"

const START = Date.UTC(2026, 10, 21, 12)

/** A loop whose steps end when the test says so. */
const underTest = (options: Partial<LoopOptions> = {}) => {
  const clock = handClock(START)
  const begun: { at: number; end: (nextAt: number | null) => void; fail: (error: Error) => void }[] = []
  let beganAnother = (): void => undefined
  const loop: Loop = startLoop({
    name: "test",
    step: () => {
      const { promise, resolve, reject } = Promise.withResolvers<number | null>()
      begun.push({ at: clock.now() - START, end: resolve, fail: reject })
      beganAnother()
      return promise
    },
    clock,
    log: silentLog(),
    longestSleep: MINUTE,
    ...options,
  })
  /** Resolves when step number `count` has begun. */
  const step = async (count: number) => {
    while (begun.length < count) {
      await new Promise<void>((resolve) => {
        beganAnother = resolve
      })
    }
    return begun[count - 1]!
  }
  /** Resolves when the loop sleeps: it has asked the clock to be woken. */
  const asleep = async (): Promise<number | null> => {
    for (let turn = 0; turn < 100 && clock.nextWake() === null; turn++) await new Promise(setImmediate)
    const at = clock.nextWake()
    return at === null ? null : at - START
  }
  return { clock, loop, begun, step, asleep }
}

let running: ReturnType<typeof underTest>
afterEach(async () => {
  for (const one of running.begun) one.end(null)
  await running.loop.stop()
  expect(running.clock.nextWake()).toBeNull()
})

describe("a working loop", () => {
  it("works at once, then when its step said", async () => {
    running = underTest()
    const { clock, begun, step, asleep } = running
    begun[0]!.end(START + 10 * SECOND)
    expect(await asleep()).toBe(10 * SECOND)
    clock.advance(9_999)
    expect(begun).toHaveLength(1)
    clock.advance(1)
    expect((await step(2)).at).toBe(10 * SECOND)
  })

  it("looks again after its longest sleep, whatever the step said", async () => {
    running = underTest({ longestSleep: 5 * SECOND })
    running.begun[0]!.end(null)
    expect(await running.asleep()).toBe(5 * SECOND)
    running.clock.advance(5 * SECOND)
    ;(await running.step(2)).end(START + MINUTE)
    expect(await running.asleep()).toBe(10 * SECOND)
  })

  it("works when woken, once for many calls", async () => {
    running = underTest()
    const { loop, begun, step, asleep } = running
    begun[0]!.end(START + MINUTE)
    await asleep()
    for (let call = 0; call < 5; call++) loop.wake()
    ;(await step(2)).end(START + MINUTE)
    expect(await asleep()).toBe(MINUTE)
    expect(begun).toHaveLength(2)
  })

  it("never overlaps: woken at work, it does one more step afterwards", async () => {
    running = underTest()
    const { loop, begun, step } = running
    loop.wake()
    loop.wake()
    await new Promise(setImmediate)
    expect(begun).toHaveLength(1)
    begun[0]!.end(START + MINUTE)
    expect((await step(2)).at).toBe(0)
  })

  it("gathers a burst before it works", async () => {
    running = underTest({ gather: 20 })
    const { clock, loop, begun, step, asleep } = running
    begun[0]!.end(null)
    await asleep()
    loop.wake()
    expect(await asleep()).toBe(20)
    clock.advance(19)
    loop.wake()
    expect(begun).toHaveLength(1)
    clock.advance(20)
    await step(2)
  })

  it("is not put off by nudges that never stop, nor past the moment its step gave", async () => {
    running = underTest({ gather: 20 })
    const { clock, loop, begun, step, asleep } = running
    begun[0]!.end(null)
    await asleep()
    loop.wake()
    for (let nudge = 0; nudge < 3; nudge++) {
      clock.advance(6)
      loop.wake()
    }
    expect(await asleep()).toBe(20)
    clock.advance(2)
    ;(await step(2)).end(clock.now() + 5)
    expect(await asleep()).toBe(25)
    loop.wake()
    expect(await asleep()).toBe(25)
  })

  it("pauses longer and longer when its step fails, and not again after it worked", async () => {
    running = underTest()
    const { clock, loop, step, asleep } = running
    const pauses: number[] = []
    for (let count = 1; count <= 7; count++) {
      ;(await step(count)).fail(new Error("the store is away"))
      const until = await asleep()
      pauses.push(START + until! - clock.now())
      loop.wake()
      expect(await asleep()).toBe(until)
      clock.set(START + until!)
    }
    expect(pauses.map((pause) => pause / SECOND)).toEqual([1, 2, 4, 8, 16, 30, 30])
    ;(await step(8)).end(clock.now())
    ;(await step(9)).fail(new Error("away again"))
    expect(START + (await asleep())! - clock.now()).toBe(SECOND)
  })

  it("stops when the step in hand is done, and begins no other", async () => {
    running = underTest()
    const { clock, loop, begun } = running
    loop.wake()
    let stopped = false
    const stop = loop.stop().then(() => {
      stopped = true
    })
    await new Promise(setImmediate)
    expect(stopped).toBe(false)
    begun[0]!.end(START)
    await stop
    clock.advance(10 * MINUTE)
    loop.wake()
    expect(begun).toHaveLength(1)
  })
})
