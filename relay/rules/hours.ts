import type { OfficeHours, Span, Weekday } from "../../shared/words/hours.ts"
import { DAY, MINUTE, type Millis } from "../../shared/words/time.ts"
import { nextDate, stretchesOf } from "./zone.ts"

export { checkHours } from "./hours-check.ts"

/**
 * Office hours in time: a moment is open when a clock on the wall of the zone shows a time within a span
 * (rules.md, "The light"; shared/words/hours.ts). So an hour that clocks repeat is open twice, and one that
 * they skip is not open at all.
 */
export interface Spell {
  open: boolean
  /** The whole stretch with the same state is [since, until); null: no change within 400 days. */
  since: Millis | null
  until: Millis | null
}

/** How far a change is looked for. */
const HORIZON: Millis = 400 * DAY

/** A look-up is good for so long before and after the moment it was made for. */
const SLACK: Millis = 30 * DAY

/** Texts of hours kept worked out; each takes some 15 kB. */
const KEPT = 300

/** Hours worked out: the moments at which they change, in order, as they are from `from` to `to`. */
interface Known {
  from: Millis
  to: Millis
  openAtFrom: boolean
  changes: readonly Millis[]
}

type Interval = { from: Millis; to: Millis }

const known = new Map<string, Known>()

/** `HH:MM` in ms after midnight. */
const clock = (text: string): Millis => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE

/** A span in ms after the midnight of the day on which it begins. */
const onClock = ({ from, to }: Span): Interval => {
  const [start, end] = [clock(from), clock(to)]
  return { from: start, to: end > start ? end : end + DAY }
}

/** Days are counted from 1970-01-01, a Thursday. */
const weekdayOf = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday

/** What begins on a day, as a function: what is asked for each of some 900 days is worked out once. */
const spansByDay = ({ week, exceptions }: OfficeHours): ((day: number) => readonly Interval[]) => {
  const byWeekday = new Map<Weekday, Interval[]>()
  for (const span of week) byWeekday.set(span.day, [...(byWeekday.get(span.day) ?? []), onClock(span)])
  const byDate = new Map(
    exceptions.map(({ date, spans }) => [Date.parse(`${date}T00:00:00Z`) / DAY, spans.map(onClock)]),
  )
  return (day) => byDate.get(day) ?? byWeekday.get(weekdayOf(day)) ?? []
}

/** When the hours are open from `from` to `to`: apart from each other, in order. */
const openings = (hours: OfficeHours, from: Millis, to: Millis): Interval[] => {
  const spansOn = spansByDay(hours)
  const found: Interval[] = []
  const add = (interval: Interval) => {
    const last = found.at(-1)
    if (last && interval.from <= last.to) last.to = Math.max(last.to, interval.to)
    else found.push(interval)
  }
  for (const stretch of stretchesOf(hours.zone, from, to)) {
    const wall = {
      from: Math.max(from, stretch.from) + stretch.offset,
      to: Math.min(to, stretch.to) + stretch.offset,
    }
    const inStretch: Interval[] = []
    // Whatever began the day before may still go on.
    for (let day = Math.floor(wall.from / DAY) - 1; day * DAY < wall.to; day++) {
      for (const span of spansOn(day)) {
        const start = Math.max(day * DAY + span.from, wall.from)
        const end = Math.min(day * DAY + span.to, wall.to)
        if (start < end) inStretch.push({ from: start - stretch.offset, to: end - stretch.offset })
      }
    }
    inStretch.sort((a, b) => a.from - b.from).forEach(add)
  }
  return found
}

const workOut = (json: string, at: Millis): Known => {
  const from = at - HORIZON - SLACK
  const to = at + HORIZON + SLACK
  const changes: Millis[] = []
  let openAtFrom = false
  for (const interval of openings(JSON.parse(json), from, to)) {
    if (interval.from === from) openAtFrom = true
    else changes.push(interval.from)
    if (interval.to < to) changes.push(interval.to)
  }
  return { from, to, openAtFrom, changes }
}

const lookUp = (json: string, at: Millis): Known => {
  const before = known.get(json)
  if (before && at >= before.from + HORIZON && at <= before.to - HORIZON) return before
  const now = workOut(json, at)
  if (before === undefined && known.size >= KEPT) known.delete(known.keys().next().value!)
  known.set(json, now)
  return now
}

/** How many of the moments, which are in order, are at or before `at`. */
const countUpTo = (moments: readonly Millis[], at: Millis): number => {
  let low = 0
  let high = moments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (moments[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Whether hours are open at a moment, since when and until when. `json` is a normalised OfficeHours as it is
 * stored (`checkHours`); what was worked out is kept by this text, so asking again takes less than a
 * microsecond.
 */
export const spellAt = (json: string, at: Millis): Spell => {
  const { openAtFrom, changes } = lookUp(json, at)
  const count = countUpTo(changes, at)
  const since = changes[count - 1] ?? null
  const until = changes[count] ?? null
  return {
    open: openAtFrom !== (count % 2 === 1),
    since: since !== null && since >= at - HORIZON ? since : null,
    until: until !== null && until <= at + HORIZON ? until : null,
  }
}

/** When hours open next: `at` if they are open; null if not within 400 days. */
export const nextOpening = (json: string, at: Millis): Millis | null => {
  const { open, until } = spellAt(json, at)
  return open ? at : until
}

/** The end of the day in an IANA time zone: the first moment of the next date. */
export const endOfDay = (zone: string, at: Millis): Millis => nextDate(zone, at)
