import { afterAll, beforeAll, test } from "vitest"
import { type Bench, openMemory } from "../kit/timelines/bench.ts"
import { holdTimelines } from "../kit/timelines/suite.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openMemory()
})
afterAll(() => bench.close())

test("random timelines agree with the naive rules, with relays that go down and come back", {
  timeout: 600_000,
}, async () => {
  await holdTimelines(bench, { runs: 4_000, gaps: true })
})
