import { expect, test } from "vitest"
import { COSTS } from "../../scripts/capacity/costs.ts"
import { needOf, relaysFor, USABLE } from "../../scripts/capacity/model.ts"
import { simulate } from "../../scripts/capacity/simulate.ts"

/** The capacity model of docs/scale.md against a simulation in which things come as they come. */

test.each([1, 100, 1_000, 1_000_000])(
  "for %i teams the relays that the model asks for are enough",
  (teams) => {
    const costs = COSTS.PostgreSQL
    const need = needOf(teams, costs)
    const relays = relaysFor(need)
    const found = simulate(teams, costs)
    expect(found.events).toBeGreaterThan(0)
    // What the model multiplies is what comes, but for chance: a few teams have few events in a minute.
    const expected = need.relayCores / relays
    expect(Math.abs(found.busy - expected)).toBeLessThan(Math.max(0.02, expected * 0.15))
    expect(found.busy).toBeLessThan(USABLE * 1.15)
    expect(found.waitP99).toBeLessThan(50)
  },
)

test("with a quarter of them all would wait", () => {
  const costs = COSTS.PostgreSQL
  const teams = 20_000
  const relays = Math.ceil(needOf(teams, costs).relayCores / USABLE)
  const enough = simulate(teams, costs, { relays })
  const few = simulate(teams, costs, { relays: Math.max(1, Math.floor(relays / 4)) })
  expect(few.waitP99).toBeGreaterThan(20 * enough.waitP99)
})
