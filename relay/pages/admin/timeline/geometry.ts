import type { TimelineMark } from "../../../../shared/protocol/views.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../../../shared/words/time.ts"

/** Where moments stand in the picture. A window is the time that is seen; all of it is pure. */
export interface Window {
  from: Millis
  to: Millis
}

/** Nothing shorter is seen; a beat is 20 s. */
const SHORTEST = 2 * MINUTE
/** What one answer of the relay can hold. */
const LONGEST = 31 * DAY

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most))

/** Share of the window at which a moment stands, 0 to 1; beyond where it lies outside. */
export const shareOf = (at: Millis, { from, to }: Window): number => (at - from) / (to - from)

/** The moment at a share of the window, whole milliseconds. */
export const momentAt = (share: number, { from, to }: Window): Millis =>
  Math.round(from + share * (to - from))

/** Zoomed by a factor (below 1: nearer) so that `anchor` stays where it stands. */
export const zoomed = (window: Window, factor: number, anchor: Millis): Window => {
  const length = window.to - window.from
  const next = clamp(Math.round(length * factor), SHORTEST, LONGEST)
  const share = clamp(shareOf(anchor, window), 0, 1)
  const from = Math.round(anchor - share * next)
  return { from, to: from + next }
}

/** Moved by a length of time, not wholly beyond `now`. */
export const moved = (window: Window, by: Millis, now: Millis): Window => {
  const length = window.to - window.from
  const from = Math.min(window.from + Math.round(by), now - Math.round(length / 10))
  return { from, to: from + length }
}

/** Moved so that a moment is seen; as it is where it is seen already. */
export const showing = (window: Window, at: Millis): Window => {
  if (at < window.from) return { from: at, to: at + (window.to - window.from) }
  if (at > window.to) return { from: at - (window.to - window.from), to: at }
  return window
}

/** What is read from the relay for a window: as much again around it, so that moving a little reads nothing. */
export const rangeFor = ({ from, to }: Window, now: Millis): Window => {
  const around = Math.min((to - from) / 2, (LONGEST - (to - from)) / 2)
  const begin = Math.max(0, Math.min(Math.round(from - around), now - SHORTEST))
  return { from: begin, to: Math.max(Math.min(Math.round(to + around), now), begin + 1) }
}

/** Whether what was read shows all of a window that has happened. */
export const covers = (read: Window, window: Window, now: Millis): boolean =>
  read.from <= window.from && Math.min(window.to, now) <= read.to

const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]
const DAYS = [1, 2, 7, 14]

/** Room that the words of a time need, px. */
const LABEL = 64

export interface Tick {
  at: Millis
  /** Midnight, where the day is named. */
  day: boolean
}

/**
 * Times to be named along a window that is `width` px wide: round ones on the wall clock, whose distance from
 * UTC is `offsetAt` (ms, east of it positive).
 */
export const ticksIn = ({ from, to }: Window, width: number, offsetAt: (at: Millis) => Millis): Tick[] => {
  const least = ((to - from) * LABEL) / Math.max(width, LABEL)
  const step = STEPS.find((one) => one >= least) ?? (DAYS.find((days) => days * DAY >= least) ?? 14) * DAY
  const round = (at: Millis): Millis => {
    const wall = at + offsetAt(at)
    const rounded = Math.ceil(wall / step) * step
    // A change of clock between the two: asked again at the place itself.
    return rounded - offsetAt(rounded - offsetAt(at))
  }
  const ticks: Tick[] = []
  for (let at = round(from); at < to; ) {
    ticks.push({ at, day: (at + offsetAt(at)) % DAY === 0 })
    const next = round(at + 1)
    at = next > at ? next : at + step
  }
  return ticks
}

/** Marks that stand too near to one another to be told apart. */
export interface Cluster {
  at: Millis
  marks: TimelineMark[]
}

/** Marks of a window, gathered where they would be nearer than `gap` px. */
export const clustersIn = (
  marks: readonly TimelineMark[],
  window: Window,
  width: number,
  gap: number,
): Cluster[] => {
  const near = ((window.to - window.from) * gap) / Math.max(width, gap)
  const clusters: Cluster[] = []
  for (const mark of marks) {
    if (mark.at < window.from || mark.at >= window.to) continue
    const last = clusters.at(-1)
    if (last !== undefined && mark.at - last.at < near) last.marks.push(mark)
    else clusters.push({ at: mark.at, marks: [mark] })
  }
  return clusters
}
