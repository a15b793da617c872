import { afterAll, beforeAll, test } from "vitest"
import { type Bench, openServer } from "../kit/timelines/bench.ts"
import { holdTimelines } from "../kit/timelines/suite.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openServer()
})
afterAll(() => bench.close())

test("random timelines on PostgreSQL agree with the naive rules", { timeout: 600_000 }, async () => {
  await holdTimelines(bench, { runs: 200, blind: true })
  await holdTimelines(bench, { runs: 50, late: true })
  await holdTimelines(bench, { runs: 50, gaps: true })
})
