import { fullDateIn, timeIn } from "../../shared/i18n/formatter.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import type { Words } from "./words.ts"

/** "We are back on Monday at 9:00", by the calendar and clock of the visitor's own zone, the browser's. */

const midnight = (at: Millis): Millis => new Date(at).setHours(0, 0, 0, 0)

/** `at` is when somebody is back, `now` the browser's clock: it decides between today, tomorrow and a day. */
export const backAt = (at: Millis, now: Millis, { language, say }: Words): string => {
  // A day on which clocks change is an hour shorter or longer than others.
  const days = Math.round((midnight(at) - midnight(now)) / DAY)
  const clock = timeIn(at, language).replace(/^0/, "")
  const time = language === "fr" ? clock.replace(":", "h") : clock
  if (days <= 0) return say("back.today", { time })
  if (days === 1) return say("back.tomorrow", { time })
  const day = say("back.days").split("|")[new Date(at).getDay()] ?? ""
  return days < 7
    ? say("back.day", { day, time })
    : say("back.date", { day, date: fullDateIn(at, language), time })
}

/** What the box says of who is in. */
export const lightInWords = (
  box: { light: boolean | null; opensAt: Millis | null },
  now: Millis,
  words: Words,
): string => {
  if (box.light === null) return words.say("light.unknown")
  if (box.light) return words.say("light.on")
  return box.opensAt === null ? words.say("light.off") : backAt(box.opensAt, now, words)
}
