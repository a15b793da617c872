import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { tell } from "../kit/naive/tell.ts"
import type { Model } from "../kit/naive/words.ts"
import { type Bench, openMemory } from "../kit/timelines/bench.ts"
import type { Timeline } from "../kit/timelines/generate.ts"
import { holdTimelines, type Suite } from "../kit/timelines/suite.ts"

/** A few random timelines for everybody's minute; 20,000 run with the other parts (test/actions). */
let bench: Bench
beforeAll(async () => {
  bench = await openMemory()
})
afterAll(() => bench.close())

test.each([
  ["with a loop that is on time", { runs: 60, blind: true }],
  ["however late the loop is", { runs: 60, late: true }],
  ["with relays that go down and come back", { runs: 40, gaps: true }],
] satisfies [string, Suite][])(
  "random timelines agree with the naive rules, %s",
  {
    timeout: 60_000,
  },
  async (_, suite) => {
    await holdTimelines(bench, suite)
  },
)

describe("negative control: rules that are told otherwise are found out", () => {
  const told =
    (change: (model: Model) => Partial<Model>) =>
    ({ steps, until, model }: Timeline) =>
      tell(steps, until, { ...model, ...change(model) })

  test.each([
    ["another grace", told(({ grace }) => ({ grace: grace + 20 }))],
    ["another wait", told(({ wait }) => ({ wait: wait + 1 }))],
    ["no hours", told(({ groups }) => ({ hours: null, groups: groups.map(() => ({ hours: null })) }))],
    [
      "everybody in no group",
      told(({ agents }) => ({ agents: agents.map((agent) => ({ ...agent, groups: [] })) })),
    ],
    [
      "no phones",
      told(({ agents }) => ({
        agents: agents.map((agent) => ({ ...agent, devices: agent.devices.map(() => ({ phone: false })) })),
      })),
    ],
    ["another plan", told(({ plan }) => ({ plan: plan === "free" ? "pro" : "free" }))],
  ])("%s", async (_, rules) => {
    await expect(holdTimelines(bench, { runs: 300, rules, quick: true })).rejects.toThrow(/Property failed/)
  })
})
