import { describe, expect, test } from "vitest"
import { checkHours } from "../../relay/rules/hours.ts"
import type { OfficeHours, Span, Weekday } from "../../shared/words/hours.ts"
import { Refusal } from "../../shared/words/refusals.ts"

const daily = (zone: string, ...spans: Span[]): OfficeHours => ({
  zone,
  week: ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((day) => spans.map((span) => ({ day, ...span }))),
  exceptions: [],
})

describe("what is wrong with hours is said", () => {
  const good = daily("Europe/Prague", { from: "09:00", to: "17:00" })
  const exception = (day: string, ...list: Span[]) => ({ date: day, name: null, spans: list })
  const monday = (...list: Span[]) => ({ ...good, week: list.map((span) => ({ day: 1 as const, ...span })) })

  const wrong: [string, OfficeHours, string, string[]][] = [
    ["an unknown zone", { ...good, zone: "Mars/Base" }, "unknown-zone", ["Mars/Base", "Europe/Prague"]],
    ["an offset for a zone", { ...good, zone: "+02:00" }, "unknown-zone", ["+02:00"]],
    [
      "spans that overlap",
      monday({ from: "13:00", to: "17:00" }, { from: "09:00", to: "13:01" }),
      "overlap",
      ["Monday 09:00–13:01", "Monday 13:00–17:00"],
    ],
    [
      "a span twice",
      monday({ from: "09:00", to: "10:00" }, { from: "09:00", to: "10:00" }),
      "overlap",
      ["Monday 09:00–10:00"],
    ],
    [
      "past midnight into the next day",
      { ...good, week: [...good.week.slice(0, 2), { day: 1, from: "20:00", to: "09:30" }] },
      "overlap",
      ["Monday 20:00–09:30", "Tuesday 09:00–17:00"],
    ],
    [
      "past midnight from Sunday into Monday",
      { ...good, week: [good.week[0]!, { day: 7, from: "20:00", to: "09:30" }] },
      "overlap",
      ["Sunday 20:00–09:30", "Monday 09:00–17:00"],
    ],
    [
      "an exception within itself",
      {
        ...good,
        exceptions: [exception("2026-12-24", { from: "09:00", to: "12:00" }, { from: "11:00", to: "13:00" })],
      },
      "overlap",
      ["2026-12-24 09:00–12:00", "2026-12-24 11:00–13:00"],
    ],
    [
      "an exception past midnight into the next",
      {
        ...good,
        exceptions: [
          exception("2028-02-29", { from: "06:00", to: "08:00" }),
          exception("2028-02-28", { from: "22:00", to: "07:00" }),
        ],
      },
      "overlap",
      ["2028-02-28 22:00–07:00", "2028-02-29 06:00–08:00"],
    ],
    ["an empty span", monday({ from: "09:00", to: "09:00" }), "empty-span", ["Monday", "09:00–09:00"]],
    ["a time that is none", monday({ from: "9:00", to: "25:00" }), "bad-time", ["9:00–25:00"]],
    ["24:00 as a beginning", monday({ from: "24:00", to: "01:00" }), "bad-time", ["24:00–01:00"]],
    ["a day that is none", { ...good, week: [{ ...good.week[0]!, day: 8 as Weekday }] }, "bad-day", ["8"]],
    ["a date that is none", { ...good, exceptions: [exception("2026-02-29")] }, "bad-date", ["2026-02-29"]],
    [
      "a date that looks otherwise",
      { ...good, exceptions: [exception("24.12.2026")] },
      "bad-date",
      ["24.12.2026"],
    ],
    [
      "a date twice",
      { ...good, exceptions: [exception("2026-12-24"), exception("2026-12-24")] },
      "date-twice",
      ["2026-12-24"],
    ],
  ]

  test.each(wrong)("%s", (_, hours, problem, named) => {
    const thrown = (() => {
      try {
        checkHours(hours, "The hours of Lamps Ltd")
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(Refusal)
    const refusal = thrown as Refusal
    expect(refusal).toMatchObject({ code: "bad-input", facts: { problem } })
    for (const text of ["The hours of Lamps Ltd: ", ...named]) expect(refusal.message).toContain(text)
    // What is wrong, and then what to do.
    expect(refusal.message.match(/\.(\s|$)/g)?.length).toBeGreaterThanOrEqual(2)
  })

  test("negative control: what only looks like it is taken", () => {
    const taken: OfficeHours[] = [
      monday({ from: "09:00", to: "13:00" }, { from: "13:00", to: "17:00" }),
      monday({ from: "00:00", to: "00:00" }),
      { ...good, week: [...good.week, { day: 7, from: "20:00", to: "09:00" }] },
      // The day before runs into an exception.
      {
        ...daily("UTC", { from: "22:00", to: "06:00" }),
        exceptions: [exception("2026-12-24", { from: "05:00", to: "07:00" })],
      },
      { ...good, exceptions: [exception("2028-02-29")] },
    ]
    for (const hours of taken) expect(() => checkHours(hours, "Hours")).not.toThrow()
  })

  test("what is right comes back in one form", () => {
    expect(
      checkHours(
        {
          zone: "europe/PRAGUE",
          week: [
            { day: 2, from: "18:00", to: "00:00" },
            { day: 1, from: "13:00", to: "17:00" },
            { day: 1, from: "09:00", to: "12:00" },
            { day: 3, from: "00:00", to: "00:00" },
          ],
          exceptions: [
            exception("2026-12-25"),
            {
              date: "2026-12-24",
              name: "  ",
              spans: [
                { from: "12:00", to: "13:00" },
                { from: "09:00", to: "10:00" },
              ],
            },
          ],
        },
        "Hours",
      ),
    ).toEqual({
      zone: "Europe/Prague",
      week: [
        { day: 1, from: "09:00", to: "12:00" },
        { day: 1, from: "13:00", to: "17:00" },
        { day: 2, from: "18:00", to: "24:00" },
        { day: 3, from: "00:00", to: "24:00" },
      ],
      exceptions: [
        {
          date: "2026-12-24",
          name: null,
          spans: [
            { from: "09:00", to: "10:00" },
            { from: "12:00", to: "13:00" },
          ],
        },
        { date: "2026-12-25", name: null, spans: [] },
      ],
    })
  })
})
