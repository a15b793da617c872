import { Temporal } from "temporal-polyfill"
import type { OfficeHours, Span } from "../../shared/words/hours.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { zoneName } from "./zone.ts"

const MINUTES_A_DAY = 24 * 60
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/** A span on a line of minutes, and what to call it in an error. */
interface Placed {
  from: number
  to: number
  name: string
}

const text = ({ from, to }: Span): string => `${from}–${to}`

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/**
 * Checks office hours and puts them into one form: zone as the IANA writes it, spans and exceptions in order,
 * an end at midnight as 24:00. `whose` begins the error ("The hours of Lamps Ltd").
 * @throws Refusal `bad-input`, naming what is wrong, where and what to do; `facts.problem` is one of
 *   `unknown-zone`, `bad-time`, `empty-span`, `bad-day`, `bad-date`, `date-twice`, `overlap`.
 */
export const checkHours = (hours: OfficeHours, whose: string): OfficeHours => {
  const refuse = (problem: string, message: string, facts: Record<string, unknown>): never => {
    throw new Refusal("bad-input", `${whose}: ${message}`, { problem, ...facts })
  }

  const checkSpan = (given: Span, where: string): Span => {
    const span = { from: given.from, to: given.to === "00:00" ? "24:00" : given.to }
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(span.from) || !/^([01]\d|2[0-3]|24(?=:00)):[0-5]\d$/.test(span.to))
      refuse(
        "bad-time",
        `${where}, "${text(given)}" is no span of time. Times look like 09:00; the end may be 24:00.`,
        { where, span: given },
      )
    if (span.from === span.to)
      refuse(
        "empty-span",
        `${where}, ${text(given)} is empty. Give it another end, or 00:00–24:00 for the whole day.`,
        { where, span: given },
      )
    return span
  }

  const place = (day: number, span: Span, where: string): Placed => {
    const from = day * MINUTES_A_DAY + minutes(span.from)
    const to = day * MINUTES_A_DAY + minutes(span.to)
    return { from, to: to > from ? to : to + MINUTES_A_DAY, name: `${where} ${text(span)}` }
  }

  const refuseOverlap = (placed: readonly Placed[]): void => {
    const inOrder = [...placed].sort((a, b) => a.from - b.from)
    for (const [index, later] of inOrder.entries()) {
      const earlier = inOrder[index - 1]
      if (earlier && later.from < earlier.to)
        refuse(
          "overlap",
          `${earlier.name} and ${later.name} overlap. Let the first end by the time the second begins, or make one of them.`,
          { spans: [earlier.name, later.name] },
        )
    }
  }

  const checkWeek = (): OfficeHours["week"] => {
    const week = hours.week.map(({ day, ...span }) => {
      if (DAYS[day - 1] === undefined)
        refuse("bad-day", `there is no day ${day} of the week. Use 1 for Monday to 7 for Sunday.`, { day })
      return { day, ...checkSpan(span, `on ${DAYS[day - 1]}`) }
    })
    const placed = week.map((span) => place(span.day - 1, span, DAYS[span.day - 1]!))
    // The same a week on: what begins on Sunday may run into Monday.
    const again = placed
      .filter((one) => one.from < MINUTES_A_DAY)
      .map((one) => ({ ...one, from: one.from + 7 * MINUTES_A_DAY, to: one.to + 7 * MINUTES_A_DAY }))
    refuseOverlap([...placed, ...again])
    return week.sort((a, b) => a.day - b.day || a.from.localeCompare(b.from))
  }

  const dayNumber = (date: string): number => {
    try {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(date)
      return Temporal.PlainDate.from("1970-01-01").until(Temporal.PlainDate.from(date)).days
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return refuse("bad-date", `there is no date "${date}". Dates look like 2026-12-24.`, { date })
    }
  }

  const checkExceptions = (): OfficeHours["exceptions"] => {
    const exceptions = hours.exceptions.map(({ date, name, spans }) => ({
      date,
      number: dayNumber(date),
      name: name?.trim() || null,
      spans: spans.map((span) => checkSpan(span, `on ${date}`)),
    }))
    const dates = new Set<string>()
    for (const { date } of exceptions) {
      if (dates.has(date))
        refuse("date-twice", `${date} is there twice. Put all spans of the day into one exception.`, { date })
      dates.add(date)
    }
    refuseOverlap(
      exceptions.flatMap(({ date, number, spans }) => spans.map((span) => place(number, span, date))),
    )
    return exceptions
      .sort((a, b) => a.number - b.number)
      .map(({ date, name, spans }) => ({
        date,
        name,
        spans: spans.sort((a, b) => a.from.localeCompare(b.from)),
      }))
  }

  const zone =
    zoneName(hours.zone) ??
    refuse(
      "unknown-zone",
      `there is no time zone "${hours.zone}". Use a name like Europe/Prague or America/New_York.`,
      { zone: hours.zone },
    )
  return { zone, week: checkWeek(), exceptions: checkExceptions() }
}
