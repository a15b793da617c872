import type { Weekday } from "../../../../shared/words/hours.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { DAY } from "../../../../shared/words/time.ts"

/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY

/** `Monday`, or short `Mon`, as the language has it. */
export const dayName = (day: Weekday, language: Language, length: "long" | "short" = "long"): string =>
  new Intl.DateTimeFormat(language, { weekday: length, timeZone: "UTC" }).format(MONDAY + (day - 1) * DAY)
