import type { OfficeHours, Weekday } from "../../shared/words/hours.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

/**
 * What a clock on the wall shows, by the platform's own calendar (Intl), and office hours read off it minute
 * by minute. Shares nothing with relay/rules.
 */
export interface Wall {
  /** `YYYY-MM-DD` and `HH:MM`. */
  date: string
  time: string
}

export const clockOf = (zone: string): ((at: Millis) => Wall) => {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
  return (at) => {
    const [date = "", time = ""] = format.format(at).split(" ")
    return { date, time }
  }
}

const shift = (clock: (at: Millis) => Wall, at: Millis): Millis => {
  const { date, time } = clock(at)
  return Date.parse(`${date}T${time}:00Z`) - at
}

/** Every moment from `from` to `to` at which the zone's clocks change, to the minute. */
export const clockChanges = (zone: string, from: Millis, to: Millis): Millis[] => {
  const clock = clockOf(zone)
  const found: Millis[] = []
  for (let at = from; at < to; at += 6 * HOUR) {
    if (shift(clock, at) === shift(clock, at + 6 * HOUR)) continue
    let [low, high] = [at, at + 6 * HOUR]
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
      if (shift(clock, middle) === shift(clock, low)) low = middle
      else high = middle
    }
    found.push(high)
  }
  return found
}

const weekdays = new Map<string, Weekday>()
const weekdayOf = (date: string): Weekday => {
  const known = weekdays.get(date)
  if (known) return known
  const day = (new Date(`${date}T12:00:00Z`).getUTCDay() || 7) as Weekday
  weekdays.set(date, day)
  return day
}

const daysBefore = new Map<string, string>()
const dayBefore = (date: string): string => {
  const known = daysBefore.get(date)
  if (known) return known
  const before = new Date(Date.parse(`${date}T12:00:00Z`) - DAY).toISOString().slice(0, 10)
  daysBefore.set(date, before)
  return before
}

/** Whether the hours are open when the wall shows this. */
export const isOpenOnWall = (hours: OfficeHours, { date, time }: Wall): boolean => {
  const beginOn = (day: string) =>
    hours.exceptions.find((exception) => exception.date === day)?.spans ??
    hours.week.filter((span) => span.day === weekdayOf(day))
  const today = beginOn(date).some(({ from, to }) => from <= time && (to <= from || time < to))
  return today || beginOn(dayBefore(date)).some(({ from, to }) => to <= from && time < to)
}
