import { afterAll, beforeAll, test } from "vitest"
import { type Bench, openMemory } from "../kit/timelines/bench.ts"
import { holdTimelines } from "../kit/timelines/suite.ts"

/**
 * Random timelines against the invariant of the product and against the naive rules, second by second: the
 * light of each audience, who is there, what becomes of each message, when, which mails go to whom, the bot,
 * and the verdicts. More of them run beside this file (late, gaps, postgres): 20,000 on SQLite in all, 300 on PostgreSQL.
 */
let bench: Bench
beforeAll(async () => {
  bench = await openMemory()
})
afterAll(() => bench.close())

test("agree with the naive rules, with a loop that is on time", { timeout: 600_000 }, async () => {
  await holdTimelines(bench, { runs: 8_000, blind: true })
})
