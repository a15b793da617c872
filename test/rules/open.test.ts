import { describe, expect, test } from "vitest"
import { checkHours } from "../../relay/rules/hours.ts"
import { hoursState } from "../../relay/rules/open.ts"
import type { GroupId } from "../../shared/words/ids.ts"
import { HOUR } from "../../shared/words/time.ts"

/** A Monday. */
const MIDNIGHT = Date.UTC(2026, 0, 5)
const SALES = "gr_sales" as GroupId
const RETURNS = "gr_returns" as GroupId

const daily = (from: string, to: string): string =>
  JSON.stringify(
    checkHours(
      {
        zone: "UTC",
        week: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ day, from, to })),
        exceptions: [],
      },
      "Hours",
    ),
  )

const stateAt = (hour: number, sales: string, returns: string) =>
  hoursState(
    {
      account: null,
      groups: new Map([
        [SALES, sales],
        [RETURNS, returns],
      ]),
    },
    { groups: [SALES, RETURNS], overrideUntil: null },
    MIDNIGHT + hour * HOUR,
  )

describe("the hours of an agent in two groups", () => {
  test("end when no group's are open any more, also where one opens before the other closes", () => {
    const [early, late] = [daily("08:00", "12:00"), daily("11:00", "17:00")]
    expect(stateAt(9, early, late)).toEqual({ open: true, until: MIDNIGHT + 17 * HOUR })
    expect(stateAt(9, late, early)).toEqual({ open: true, until: MIDNIGHT + 17 * HOUR })
    expect(stateAt(13, early, late)).toEqual({ open: true, until: MIDNIGHT + 17 * HOUR })
  })

  test("end at the first pause", () => {
    const [early, late] = [daily("08:00", "12:00"), daily("13:00", "17:00")]
    expect(stateAt(9, early, late)).toEqual({ open: true, until: MIDNIGHT + 12 * HOUR })
    expect(stateAt(12, early, late)).toEqual({ open: false, until: MIDNIGHT + 13 * HOUR })
  })

  test("have no end where they take turns without a pause", () => {
    expect(stateAt(9, daily("00:00", "12:00"), daily("12:00", "24:00"))).toEqual({ open: true, until: null })
  })
})
