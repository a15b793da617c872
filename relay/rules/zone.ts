import { Temporal } from "temporal-polyfill"
import { DAY, type Millis } from "../../shared/words/time.ts"

/** What the clocks of a time zone show. The library's data of the zones is the only thing this rests on. */

/** A time in which the clocks of a zone are off by the same: wall = moment + offset. `to` is not in it. */
interface Stretch {
  from: Millis
  to: Millis
  offset: Millis
}

/**
 * The zone's name as the IANA writes it, however it was spelled (`europe/prague`); null if there is none of
 * that name. A fixed offset (`+02:00`) is no zone.
 */
export const zoneName = (name: string): string | null => {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const lookUp = (zone: string, from: Millis, to: Millis): Stretch[] => {
  const stretches: Stretch[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  for (;;) {
    const start = Math.max(from, at.epochMilliseconds)
    const next = at.getTimeZoneTransition("next")
    const end = next === null ? to : Math.min(to, next.epochMilliseconds)
    stretches.push({ from: start, to: end, offset: at.offsetNanoseconds / 1e6 })
    if (next === null || next.epochMilliseconds >= to) return stretches
    at = next
  }
}

/** Changes of clock take milliseconds to find, so they are found once for years around. */
const AROUND: Millis = 400 * DAY
const ZONES_KEPT = 500
const known = new Map<string, { from: Millis; to: Millis; stretches: Stretch[] }>()

/** The stretches of a zone that lie in, or reach into, the time from `from` to `to`, in order and without gaps. */
export const stretchesOf = (zone: string, from: Millis, to: Millis): readonly Stretch[] => {
  let found = known.get(zone)
  if (!found || from < found.from || to > found.to) {
    const wide = { from: from - AROUND, to: to + AROUND }
    found = { ...wide, stretches: lookUp(zone, wide.from, wide.to) }
    if (known.size >= ZONES_KEPT) known.clear()
    known.set(zone, found)
  }
  return found.stretches.filter((stretch) => stretch.to > from && stretch.from < to)
}

/** The first moment of the next date in the zone (not always its midnight: clocks may skip that). */
export const nextDate = (zone: string, at: Millis): Millis =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime(zone).epochMilliseconds
