import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { checkHours, endOfDay, nextOpening, spellAt } from "../../relay/rules/hours.ts"
import type { OfficeHours, Span, Weekday } from "../../shared/words/hours.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"
import { clockChanges, clockOf, isOpenOnWall } from "./wall-clock.ts"

/**
 * Zones that change at 2, at 3, by half an hour, at midnight, and around Ramadan; and one that never does.
 */
const ZONES = [
  "Europe/Prague",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Casablanca",
  "Asia/Kolkata",
]
const FROM = Date.UTC(2026, 0, 1)
const TO = Date.UTC(2028, 0, 1)
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7] as const

const daily = (zone: string, ...spans: Span[]): OfficeHours => ({
  zone,
  week: ALL_DAYS.flatMap((day) => spans.map((span) => ({ day, ...span }))),
  exceptions: [],
})

const stored = (hours: OfficeHours): string => JSON.stringify(checkHours(hours, "Hours"))

/** Hours that meet a change of clock in every way: within it, across it, from its skipped or repeated hour. */
const shapes = (zone: string): OfficeHours[] => [
  daily(zone, { from: "09:00", to: "12:30" }, { from: "13:00", to: "17:00" }),
  daily(zone, { from: "22:00", to: "06:00" }),
  daily(zone, { from: "02:15", to: "02:45" }, { from: "23:30", to: "00:30" }),
  daily(zone, { from: "01:45", to: "02:15" }, { from: "02:20", to: "03:10" }),
  daily(zone, { from: "00:00", to: "24:00" }),
]

const minutesAround = (change: Millis): Millis[] =>
  Array.from({ length: (30 * HOUR) / MINUTE }, (_, n) => change - 15 * HOUR + n * MINUTE)

describe("every change of clock in two years", () => {
  test.each(ZONES)("in %s, minute by minute", (zone) => {
    const changes = clockChanges(zone, FROM, TO)
    if (zone !== "Asia/Kolkata") expect(changes.length).toBeGreaterThanOrEqual(3)
    const clock = clockOf(zone)
    for (const change of changes) {
      const minutes = minutesAround(change)
      const walls = minutes.map(clock)
      for (const hours of shapes(zone)) {
        const json = stored(hours)
        let last: boolean | null = null
        for (const [index, at] of minutes.entries()) {
          const open = isOpenOnWall(hours, walls[index]!)
          const spell = spellAt(json, at)
          if (spell.open !== open) expect({ zone, at: new Date(at), spell }).toMatchObject({ open })
          if (last !== null && last !== open) {
            expect(spell.since).toBe(at)
            expect(spellAt(json, at - 1)).toMatchObject({ open: last, until: at })
          }
          last = open
        }
      }
    }
  })

  test.each(ZONES)("in %s, and on all days between", (zone) => {
    const clock = clockOf(zone)
    const all = shapes(zone).map((hours) => ({ hours, json: stored(hours) }))
    for (let at = FROM; at < TO; at += 97 * MINUTE) {
      const wall = clock(at)
      for (const { hours, json } of all) {
        const open = isOpenOnWall(hours, wall)
        if (spellAt(json, at).open !== open) expect({ zone, wall, open }).toBe("as the wall says")
      }
    }
  })

  test("negative control: hours read with the offset of the other half of the year disagree", () => {
    const [change] = clockChanges("Europe/Prague", FROM, TO)
    const right = daily("Europe/Prague", { from: "09:00", to: "17:00" })
    const wrong = stored({ ...right, zone: "Etc/GMT-1" })
    const clock = clockOf("Europe/Prague")
    const disagree = (at: Millis) => spellAt(wrong, at).open !== isOpenOnWall(right, clock(at))
    expect(minutesAround(change! - DAY).some(disagree)).toBe(false)
    expect(minutesAround(change! + DAY).some(disagree)).toBe(true)
  })
})

const two = (n: number) => String(n).padStart(2, "0")
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 10, 30, 59))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`)

/** Spans of one day one after the other: pairs of different times in order, the last perhaps past midnight. */
const spans = fc
  .tuple(fc.uniqueArray(time, { minLength: 2, maxLength: 6 }), fc.boolean())
  .map(([times, late]): Span[] => {
    const inOrder = times.sort()
    const pairs: Span[] = []
    for (let n = 0; n + 1 < inOrder.length; n += 2) pairs.push({ from: inOrder[n]!, to: inOrder[n + 1]! })
    // Past midnight, but not into what the next day may begin with.
    return late && inOrder[0]! > "00:00" ? [{ from: inOrder[0]!, to: "00:00" }] : pairs
  })

const date = fc
  .integer({ min: 0, max: 729 })
  .map((day) => new Date(FROM + day * DAY).toISOString().slice(0, 10))

const randomHours: fc.Arbitrary<OfficeHours> = fc.record({
  zone: fc.constantFrom(...ZONES),
  week: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...ALL_DAYS), spans), { selector: ([day]) => day, maxLength: 7 })
    .map((days) => days.flatMap(([day, list]) => list.map((span) => ({ day: day as Weekday, ...span })))),
  exceptions: fc.uniqueArray(
    fc.record({
      date,
      name: fc.constantFrom(null, "Holiday"),
      spans: fc.oneof(fc.constant<Span[]>([]), spans),
    }),
    { selector: (exception) => exception.date, maxLength: 5 },
  ),
})

describe("random hours", () => {
  test("open as the wall says, from exactly when to exactly when", () => {
    fc.assert(
      fc.property(randomHours, fc.integer({ min: 0, max: (TO - FROM) / MINUTE }), (hours, minute) => {
        const at = FROM + minute * MINUTE
        const clock = clockOf(hours.zone)
        const open = (moment: Millis) =>
          isOpenOnWall({ ...hours, week: checked.week, exceptions: checked.exceptions }, clock(moment))
        const checked = checkHours(hours, "Hours")
        const json = JSON.stringify(checked)
        const spell = spellAt(json, at)
        expect(spell.open).toBe(open(at))
        const from = spell.since ?? at - 400 * DAY
        const to = spell.until ?? at + 400 * DAY
        expect(from <= at && at < to).toBe(true)
        if (spell.since !== null) expect(open(spell.since - MINUTE)).toBe(!spell.open)
        if (spell.until !== null) expect(open(spell.until)).toBe(!spell.open)
        // Nothing changes between; each whole hour on the wall, and each minute near the ends.
        const step = Math.max(MINUTE, Math.floor((to - from) / 200 / MINUTE) * MINUTE)
        for (let moment = from; moment < to; moment += step) expect(open(moment)).toBe(spell.open)
        for (const inside of [from, to - MINUTE])
          expect(spellAt(json, inside)).toMatchObject({ open: spell.open })
        expect(nextOpening(json, at)).toBe(spell.open ? at : spell.until)
      }),
      { numRuns: 150 },
    )
  })

  test("are put into one form, which checks to itself", () => {
    fc.assert(
      fc.property(randomHours, (hours) => {
        const before = JSON.stringify(hours)
        const checked = checkHours(hours, "Hours")
        expect(checkHours(checked, "Hours")).toEqual(checked)
        expect(JSON.stringify(hours)).toBe(before)
        const keys = checked.week.map((span) => `${span.day} ${span.from}`)
        expect(keys).toEqual([...keys].sort())
      }),
      { numRuns: 200 },
    )
  })
})

const utc = (text: string) => Date.parse(`${text}Z`)

describe("what hours mean", () => {
  const office = daily("Europe/Prague", { from: "09:00", to: "17:00" })

  test("from its first minute, until its last is over", () => {
    const json = stored(office)
    expect(spellAt(json, utc("2026-11-23T07:59:59.999")).open).toBe(false)
    expect(spellAt(json, utc("2026-11-23T08:00:00"))).toEqual({
      open: true,
      since: utc("2026-11-23T08:00:00"),
      until: utc("2026-11-23T16:00:00"),
    })
    expect(spellAt(json, utc("2026-11-23T16:00:00")).open).toBe(false)
  })

  test("a night with the hour that clocks skip is an hour short, one with the hour they repeat an hour long", () => {
    const night = stored(daily("Europe/Prague", { from: "22:00", to: "06:00" }))
    const length = (at: Millis) => {
      const { since, until } = spellAt(night, at)
      return (until! - since!) / HOUR
    }
    expect(length(utc("2026-03-29T00:30:00"))).toBe(7)
    expect(length(utc("2026-10-25T00:30:00"))).toBe(9)
    expect(length(utc("2026-11-25T00:30:00"))).toBe(8)
  })

  test("an hour that clocks repeat is open twice, one that they skip not at all", () => {
    const json = stored(daily("Europe/Prague", { from: "02:00", to: "02:30" }))
    expect(spellAt(json, utc("2026-10-25T00:10:00")).until).toBe(utc("2026-10-25T00:30:00"))
    expect(nextOpening(json, utc("2026-10-25T00:30:00"))).toBe(utc("2026-10-25T01:00:00"))
    expect(nextOpening(json, utc("2026-03-28T12:00:00"))).toBe(utc("2026-03-30T00:00:00"))
  })

  test("a dated exception replaces what begins on its date, and not what began the day before", () => {
    const json = stored({
      ...daily("UTC", { from: "20:00", to: "04:00" }),
      exceptions: [
        { date: "2026-12-24", name: "Christmas Eve", spans: [] },
        { date: "2026-12-25", name: null, spans: [{ from: "10:00", to: "12:00" }] },
      ],
    })
    expect(spellAt(json, utc("2026-12-24T03:00:00"))).toMatchObject({
      open: true,
      until: utc("2026-12-24T04:00"),
    })
    expect(nextOpening(json, utc("2026-12-24T20:00:00"))).toBe(utc("2026-12-25T10:00:00"))
    expect(nextOpening(json, utc("2026-12-25T12:00:00"))).toBe(utc("2026-12-26T20:00:00"))
  })

  test("spans that touch are one opening, also at midnight", () => {
    const json = stored({
      zone: "UTC",
      week: [
        { day: 1, from: "18:00", to: "00:00" },
        { day: 2, from: "00:00", to: "03:00" },
        { day: 2, from: "03:00", to: "05:00" },
      ],
      exceptions: [],
    })
    expect(spellAt(json, utc("2026-11-24T01:00:00"))).toEqual({
      open: true,
      since: utc("2026-11-23T18:00:00"),
      until: utc("2026-11-24T05:00:00"),
    })
  })

  test("without a change within 400 days there is none: always closed, always open, an exception far away", () => {
    const at = utc("2026-11-21T12:00:00")
    const closed = { zone: "UTC", week: [], exceptions: [] }
    expect(spellAt(stored(closed), at)).toEqual({ open: false, since: null, until: null })
    expect(nextOpening(stored(closed), at)).toBeNull()
    expect(spellAt(stored(daily("Europe/Prague", { from: "00:00", to: "24:00" })), at)).toEqual({
      open: true,
      since: null,
      until: null,
    })
    const far = stored({
      ...closed,
      exceptions: [{ date: "2028-01-01", name: null, spans: [{ from: "10:00", to: "11:00" }] }],
    })
    const opening = utc("2028-01-01T10:00:00")
    expect(nextOpening(far, opening - 400 * DAY - 1)).toBeNull()
    expect(nextOpening(far, opening - 400 * DAY)).toBe(opening)
    expect(spellAt(far, opening + 400 * DAY + HOUR).since).toBe(opening + HOUR)
    expect(spellAt(far, opening + 400 * DAY + HOUR + 1).since).toBeNull()
  })

  test("what is asked in between changes no answer", () => {
    const json = stored(office)
    const at = utc("2026-11-21T12:00:00")
    const first = spellAt(json, at)
    for (let year = -3; year <= 3; year++) spellAt(json, at + year * 365 * DAY)
    for (let n = 0; n < 700; n++)
      spellAt(stored({ ...office, exceptions: [{ date: "2026-11-30", name: `${n}`, spans: [] }] }), at)
    expect(spellAt(json, at)).toEqual(first)
  })

  test("asking again costs next to nothing", () => {
    const json = stored(office)
    const at = utc("2026-11-21T12:00:00")
    spellAt(json, at)
    const rounds = Array.from({ length: 5 }, () => {
      const start = performance.now()
      for (let n = 0; n < 2_000; n++) spellAt(json, at + n * MINUTE)
      return ((performance.now() - start) * 1_000) / 2_000
    })
    expect(Math.min(...rounds)).toBeLessThan(5)
  })

  test("a day ends when the next date begins, however its midnight is", () => {
    expect(endOfDay("Europe/Prague", utc("2026-11-21T12:00:00"))).toBe(utc("2026-11-21T23:00:00"))
    expect(endOfDay("Europe/Prague", utc("2026-11-21T23:00:00"))).toBe(utc("2026-11-22T23:00:00"))
    // Santiago skips the midnight of 2026-09-06.
    expect(endOfDay("America/Santiago", utc("2026-09-05T12:00:00"))).toBe(utc("2026-09-06T04:00:00"))
  })
})
