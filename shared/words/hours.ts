/** Monday is 1, Sunday 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** From and to on a clock on the wall, `HH:MM`; `to` may be `24:00`, and at or before `from` it is of the next day. */
export interface Span {
  from: string
  to: string
}

/**
 * When an account or a group is open. A moment is open when a clock on the wall of the zone shows a time
 * within a span; a span belongs to the day on which it begins. An exception replaces the spans that begin
 * on its date; without spans the day is closed.
 */
export interface OfficeHours {
  /** IANA time zone. */
  zone: string
  week: (Span & { day: Weekday })[]
  exceptions: { /** `YYYY-MM-DD` */ date: string; name: string | null; spans: Span[] }[]
}
