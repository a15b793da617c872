import fc from "fast-check"
import type { Hours, Model } from "../naive/words.ts"
import { DAY_ENDS } from "./play.ts"

const LENGTHS = fc.constantFrom(0, 30, 60, 120, 300)

const openings = (length: number): fc.Arbitrary<Hours> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc
        .uniqueArray(fc.integer({ min: 0, max: length / 60 + 10 }), { maxLength: 6 })
        .map((minutes) => {
          const inOrder = minutes.sort((a, b) => a - b).map((minute) => minute * 60)
          return inOrder.flatMap((from, n) =>
            n % 2 === 0 && inOrder[n + 1] !== undefined ? [{ from, to: inOrder[n + 1]! }] : [],
          )
        }),
    },
  )

/** Agents in groups with devices, visitors with a conversation each, hours within so many seconds. */
export const modelOf = (length: number): fc.Arbitrary<Model> =>
  fc
    .record({
      groups: fc.nat({ max: 2 }),
      agents: fc.integer({ min: 1, max: 3 }),
      visitors: fc.integer({ min: 1, max: 2 }),
    })
    .chain(({ groups, agents, visitors }) =>
      fc.record({
        grace: LENGTHS,
        wait: LENGTHS,
        plan: fc.oneof(
          { weight: 6, arbitrary: fc.constant("pro" as const) },
          { weight: 1, arbitrary: fc.constantFrom("free" as const, "standard" as const) },
        ),
        hours: openings(length),
        groups: fc.array(fc.record({ hours: openings(length) }), { minLength: groups, maxLength: groups }),
        agents: fc
          .array(
            fc.record({
              groups: fc.subarray([...Array(groups).keys()]),
              devices: fc.array(
                fc.record({
                  phone: fc.oneof(
                    { weight: 3, arbitrary: fc.constant(false) },
                    { weight: 1, arbitrary: fc.constant(true) },
                  ),
                }),
                { minLength: 1, maxLength: 2 },
              ),
            }),
            { minLength: agents, maxLength: agents },
          )
          .map((list) => list.map((agent, n) => ({ ...agent, admin: n === 0 }))),
        conversations: fc.array(
          fc.record({
            group: groups === 0 ? fc.constant(null) : fc.constantFrom(null, ...Array(groups).keys()),
          }),
          { minLength: visitors, maxLength: visitors },
        ),
        dayEnds: fc.constant(DAY_ENDS),
      }),
    )
