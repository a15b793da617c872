import type { Language } from "../../words/nouns.ts"
import { DAY, type Millis } from "../../words/time.ts"
import { type Catalogue, dayOf, longDateIn, type Say, speak, timeIn } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

/**
 * A moment to come as people say it: `today at 09:00`, `tomorrow at 09:00`, `on Monday at 09:00` within a week,
 * else `on 4 January at 09:00`. `zone` is IANA; left out, the browser's.
 */
export const tellWhen = (at: Millis, now: Millis, language: Language, zone?: string): string => {
  const say: Say<typeof en> = speak<typeof en>(CATALOGUES[language], language)
  const time = timeIn(at, language, zone)
  const day = dayOf(at, zone)
  const days = (day - dayOf(now, zone)) / DAY
  if (days === 0) return say("today", { time })
  if (days === 1) return say("tomorrow", { time })
  if (days > 1 && days < 7) return say(WEEKDAYS[new Date(day).getUTCDay()]!, { time })
  return say("date", { date: longDateIn(at, language, zone), time })
}
