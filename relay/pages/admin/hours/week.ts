import type { OfficeHours, Span, Weekday } from "../../../../shared/words/hours.ts"

/** The week as it is drawn and edited: minutes of a day, rows and bars. What hours mean is the relay's business. */
export type Week = OfficeHours["week"]

export const DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
export const DAY_MINUTES = 24 * 60
/** What dragging snaps to; finer times are typed. */
export const STEP = 15

/** Where nothing is set yet, the picture begins with this; Monday to Friday. */
export const USUAL: Week = DAYS.slice(0, 5).map((day) => ({ day, from: "09:00", to: "17:00" }))

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** In minutes of the day on which it begins; past midnight it is more than a day has. */
export const endOf = ({ from, to }: Span): number =>
  minutesOf(to) > minutesOf(from) ? minutesOf(to) : minutesOf(to) + DAY_MINUTES

export const isPastMidnight = (span: Span): boolean => endOf(span) > DAY_MINUTES

export const dayBefore = (day: Weekday): Weekday => (day === 1 ? 7 : day - 1) as Weekday

/** A part of a day's row that is filled. */
export interface Bar {
  from: number
  to: number
  /** Place of its span in the week; null: it goes on from the day before. */
  index: number | null
}

/** What a day's row shows, in order. */
export const barsOn = (week: Week, day: Weekday): Bar[] => {
  const own = week.flatMap((span, index) =>
    span.day === day ? [{ from: minutesOf(span.from), to: Math.min(endOf(span), DAY_MINUTES), index }] : [],
  )
  const carried = week.flatMap((span) =>
    span.day === dayBefore(day) && isPastMidnight(span)
      ? [{ from: 0, to: endOf(span) - DAY_MINUTES, index: null }]
      : [],
  )
  return [...carried, ...own].sort((a, b) => a.from - b.from)
}

/** The free time around a minute of a day, besides the span `except`; null where it is taken. */
export const roomAt = (
  week: Week,
  day: Weekday,
  minute: number,
  except: number | null = null,
): { from: number; to: number } | null => {
  const others = barsOn(week, day).filter(({ index }) => index === null || index !== except)
  if (others.some(({ from, to }) => minute >= from && minute < to)) return null
  return {
    from: Math.max(0, ...others.filter(({ to }) => to <= minute).map(({ to }) => to)),
    to: Math.min(DAY_MINUTES, ...others.filter(({ from }) => from > minute).map(({ from }) => from)),
  }
}

const change = (week: Week, index: number, span: Partial<Span>): Week =>
  week.map((one, at) => (at === index ? { ...one, ...span } : one))

/** A new span between two minutes of a day, in either order, as far as there is room. */
export const draw = (week: Week, day: Weekday, start: number, now: number): Week => {
  const room = roomAt(week, day, start)
  if (room === null) return week
  const [from, to] = [Math.max(room.from, Math.min(start, now)), Math.min(room.to, Math.max(start, now))]
  return to - from < STEP ? week : [...week, { day, from: clockOf(from), to: clockOf(to) }]
}

/** Moves one end of a span within its day. */
export const resize = (week: Week, index: number, edge: "from" | "to", minute: number): Week => {
  const span = week[index]
  if (span === undefined) return week
  const start = minutesOf(span.from)
  const room = roomAt(week, span.day, start, index)
  if (room === null) return week
  if (edge === "to") {
    const to = Math.min(room.to, Math.max(start + STEP, minute))
    return change(week, index, { to: clockOf(to) })
  }
  const latest = Math.min(endOf(span), DAY_MINUTES) - STEP
  return change(week, index, { from: clockOf(Math.max(room.from, Math.min(latest, minute))) })
}

/** Moves a whole span by some minutes within its day; what passes midnight stays. */
export const move = (week: Week, index: number, by: number): Week => {
  const span = week[index]
  if (span === undefined || isPastMidnight(span)) return week
  const start = minutesOf(span.from)
  const length = endOf(span) - start
  const room = roomAt(week, span.day, start, index)
  if (room === null) return week
  const from = Math.max(room.from, Math.min(room.to - length, start + by))
  return change(week, index, { from: clockOf(from), to: clockOf(from + length) })
}

/** Moves a span, or its end alone, by some minutes: what keys do. */
export const nudge = (week: Week, index: number, what: "span" | "end", by: number): Week => {
  const span = week[index]
  if (span === undefined || isPastMidnight(span)) return week
  return what === "span" ? move(week, index, by) : resize(week, index, "to", endOf(span) + by)
}

export const setSpan = change

export const withoutSpan = (week: Week, index: number): Week => week.filter((_, at) => at !== index)

/** A span for a day that is asked for by a button: the usual hours, or an hour after the last ones, or where room is. */
export const addTo = (week: Week, day: Weekday): Week => {
  const bars = barsOn(week, day)
  if (bars.every(({ index }) => index === null)) return [...week, { day, from: "09:00", to: "17:00" }]
  const rooms = [0, ...bars.map(({ to }) => to)].flatMap((minute) =>
    minute < DAY_MINUTES ? (roomAt(week, day, minute) ?? []) : [],
  )
  const after = rooms.findLast(({ from, to }) => from > 0 && to - from > 60)
  const largest = after ?? rooms.sort((one, other) => other.to - other.from - (one.to - one.from))[0]
  if (largest === undefined || largest.to - largest.from < STEP) return week
  const from = after === undefined ? largest.from : after.from + 60
  const to = Math.min(largest.to, from + 4 * 60)
  return [...week, { day, from: clockOf(from), to: clockOf(to) }]
}

/** Gives other days the spans of one. */
export const copyDay = (week: Week, day: Weekday, to: readonly Weekday[]): Week => {
  const spans = week.filter((span) => span.day === day)
  const kept = week.filter((span) => span.day === day || !to.includes(span.day))
  return [
    ...kept,
    ...to.filter((one) => one !== day).flatMap((one) => spans.map((span) => ({ ...span, day: one }))),
  ]
}

/** Spans that cannot stand: empty ones, and those that begin before another has ended. */
export const wrongIn = (week: Week): Map<number, "empty" | "overlap"> => {
  const wrong = new Map<number, "empty" | "overlap">()
  const placed = week.map((span, index) => ({
    index,
    from: (span.day - 1) * DAY_MINUTES + minutesOf(span.from),
    to: (span.day - 1) * DAY_MINUTES + endOf(span),
  }))
  // A week on, as what begins on Sunday may run into Monday.
  const again = placed.map((one) => ({
    ...one,
    from: one.from + 7 * DAY_MINUTES,
    to: one.to + 7 * DAY_MINUTES,
  }))
  const inOrder = [...placed, ...again].sort((a, b) => a.from - b.from)
  let last = inOrder[0]
  for (const later of inOrder.slice(1)) {
    if (last !== undefined && later.from < last.to && later.index !== last.index)
      wrong.set(later.index, "overlap")
    if (last === undefined || later.to > last.to) last = later
  }
  for (const [index, { from, to }] of week.entries()) if (from === to) wrong.set(index, "empty")
  return wrong
}
