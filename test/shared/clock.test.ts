import { expect, test } from "vitest"
import { handClock, steadyClock, systemClock } from "../../relay/clock.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test("what falls due on the way is called in order, each at its own moment", () => {
  const clock = handClock(1000)
  const called: [string, number][] = []
  const at = (name: string, when: number): (() => void) =>
    clock.wake(when, () => called.push([name, clock.now()]))
  at("later", 1300)
  at("sooner", 1100)
  const given = at("given up", 1200)
  at("beyond", 2000)
  given()
  clock.set(1500)
  expect(called).toEqual([
    ["sooner", 1100],
    ["later", 1300],
  ])
  expect([clock.now(), clock.nextWake()]).toEqual([1500, 2000])
})

test("what is asked for while time passes is called in the same passing", () => {
  const clock = handClock(0)
  const ticks: number[] = []
  const tick = (): void => {
    ticks.push(clock.now())
    clock.wake(clock.now() + 10, tick)
  }
  clock.wake(10, tick)
  clock.advance(35)
  expect(ticks).toEqual([10, 20, 30])
})

test("what is due already comes in the next turn, never inside the call", async () => {
  const clock = handClock(0)
  let called = false
  clock.wake(0, () => {
    called = true
  })
  expect(called).toBe(false)
  await turn()
  expect(called).toBe(true)
})

test("it does not go back", () => {
  expect(() => handClock(1000).set(999)).toThrow("does not go back")
})

test("the system's clock is moved by the offset, and a wake can be given up", async () => {
  const clock = systemClock(() => 3_600_000)
  expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000)
  let called = false
  const cancel = clock.wake(clock.now() + 1, () => {
    called = true
  })
  cancel()
  await new Promise<void>((resolve) => clock.wake(clock.now() + 5, resolve))
  expect(called).toBe(false)
})

test("a wake that comes early sleeps on", async () => {
  let offset = 50
  const clock = systemClock(() => offset)
  const start = clock.now()
  const woken = new Promise<number>((resolve) => clock.wake(start + 10, () => resolve(clock.now())))
  offset = 0
  expect(await woken).toBeGreaterThanOrEqual(start + 10)
})

/** A machine whose clock can be set, and which runs on whatever it says. */
const machineAt = (start: number) => {
  let [said, ran] = [start, 0]
  return {
    says: () => said,
    runs: () => ran,
    pass: (ms: number) => {
      said += ms
      ran += ms
    },
    /** Somebody sets the clock; or it slept, and nothing ran meanwhile. */
    set: (by: number) => {
      said += by
    },
  }
}

test("a steady clock is the machine's, forward at once: it slept, or was set", () => {
  const machine = machineAt(1_000)
  const clock = steadyClock({}, machine)
  machine.pass(500)
  expect(clock.now()).toBe(1_500)
  machine.set(DAY)
  expect(clock.now()).toBe(1_500 + DAY)
  machine.pass(20)
  expect(clock.now()).toBe(1_520 + DAY)
})

test.each([SECOND, HOUR, DAY])(
  "set back by %i ms it goes on, a twentieth slower, until both agree",
  (back) => {
    const machine = machineAt(10 * DAY)
    const clock = steadyClock({}, machine)
    machine.pass(MINUTE)
    const before = clock.now()
    machine.set(-back)
    expect(clock.now()).toBe(before)
    // Two minutes are two minutes, but for a few seconds.
    machine.pass(2 * MINUTE)
    const later = clock.now() - before
    expect(later).toBeGreaterThanOrEqual(2 * MINUTE * 0.95 - 1)
    expect(later).toBeLessThanOrEqual(2 * MINUTE)
    let last = clock.now()
    for (let passed = 0; passed < 21 * back; passed += MINUTE) {
      machine.pass(MINUTE)
      expect(clock.now()).toBeGreaterThan(last)
      last = clock.now()
    }
    expect(last).toBe(Math.floor(machine.says()))
  },
)

test("after a restart it goes on from what is stored", () => {
  const machine = machineAt(10 * DAY)
  expect(steadyClock({ after: 10 * DAY + HOUR }, machine).now()).toBe(10 * DAY + HOUR)
  expect(steadyClock({ after: 9 * DAY }, machine).now()).toBe(10 * DAY)
  expect(steadyClock({ offset: () => MINUTE }, machine).now()).toBe(10 * DAY + MINUTE)
})
