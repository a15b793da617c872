import { readFileSync } from "node:fs"
import { z } from "zod"
import { hours as form } from "../../shared/protocol/http.ts"
import type { OfficeHours } from "../../shared/words/hours.ts"
import { UsageError } from "./command.ts"

/** What a file of office hours looks like, for help texts. */
export const hoursHelp = `A file of office hours is JSON: the time zone; spans of the week (1 is Monday; an end before the start is of the
next day, 24:00 is midnight); and dates that differ (without spans: closed).
  { "zone": "Europe/Prague",
    "week": [{ "day": 1, "from": "09:00", "to": "12:00" }, { "day": 1, "from": "13:00", "to": "17:30" }],
    "exceptions": [{ "date": "2026-12-24", "name": "Christmas Eve", "spans": [] }] }`

const parse = (option: string, file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--${option} “${file}”: it has to be a file of JSON, or none (${why})`)
  }
}

/**
 * The office hours of an option: those in the file it names; null for `none`. UsageError names file, place and
 * what is wrong; what the hours mean is checked by the action.
 */
export const readHours = (option: string, file: string | undefined): OfficeHours | null | undefined => {
  if (file === undefined) return undefined
  if (file === "none") return null
  const result = form.safeParse(parse(option, file))
  if (result.success) return result.data
  throw new UsageError(`--${option} “${file}”:\n${z.prettifyError(result.error)}`)
}

/** Office hours in a table: how many spans a week, in which zone. */
export const shownHours = (hours: OfficeHours | null): string =>
  hours === null ? "–" : `${hours.week.length} a week, ${hours.zone}`
