import type { OfficeHours, Span, Weekday } from "../../../../shared/words/hours.ts"
import { wrongIn } from "./week.ts"

export type Exception = OfficeHours["exceptions"][number]

export const byDate = (exceptions: readonly Exception[]): Exception[] =>
  [...exceptions].sort((a, b) => a.date.localeCompare(b.date))

/** Puts a day into the list, in the place of the one of the date `instead`, where there is one. */
export const withException = (
  exceptions: readonly Exception[],
  day: Exception,
  instead: string | null,
): Exception[] => byDate([...exceptions.filter(({ date }) => date !== instead), day])

/** Which spans of one day cannot stand. */
export const wrongSpans = (spans: readonly Span[]): Map<number, "empty" | "overlap"> => {
  const day: Weekday = 1
  return wrongIn(spans.map((span) => ({ ...span, day })))
}

/** The date of a moment in a zone, `YYYY-MM-DD`. */
export const dateInZone = (at: number, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at)
