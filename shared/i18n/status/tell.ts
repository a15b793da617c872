import type { AgentView, ToolbarState } from "../../protocol/views.ts"
import type { Language } from "../../words/nouns.ts"
import { DAY, type Millis } from "../../words/time.ts"
import { type Catalogue, dayOf, momentIn, type Say, speak, timeIn } from "../formatter.ts"
import { tellWhen } from "../when/tell.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

export const statusWords = (language: Language): Say<typeof en> =>
  speak<typeof en>(CATALOGUES[language], language)

/**
 * When the status ends and what it is then: `until 15:30, then available`; null where it lasts until it is
 * changed. `zone` is IANA; left out, the browser's.
 */
export const tellUntil = (
  { intentUntil, intentBack }: Pick<AgentView, "intentUntil" | "intentBack">,
  now: Millis,
  language: Language,
  zone?: string,
): string | null => {
  if (intentUntil === null) return null
  const say = statusWords(language)
  const intent = say(`then.${intentBack ?? "available"}`)
  const days = (dayOf(intentUntil, zone) - dayOf(now, zone)) / DAY
  // The end of a day is the first moment of the next one: "00:00" would read as of which?
  if (days === 1 && dayOf(intentUntil - 1, zone) === dayOf(now, zone))
    return say("until.midnight", { intent })
  const time = (days === 0 ? timeIn : momentIn)(intentUntil, language, zone)
  return say("until.time", { time, intent })
}

/** What office hours are for an agent while they are closed, and what the button beside it does; null while open. */
export const tellHours = (
  hours: ToolbarState["hours"],
  now: Millis,
  language: Language,
  zone?: string,
): { text: string; button: string; staying: boolean } | null => {
  if (hours === null) return null
  const staying = hours.overrideUntil !== null
  if (hours.open && !staying) return null
  const say = statusWords(language)
  // Hours of one group may be open while those of another are what the agent stays open for.
  const opens = hours.open ? hours.overrideUntil : hours.until
  const when = opens === null ? null : tellWhen(opens, now, language, zone)
  const kind = staying ? "staying" : "closed"
  return {
    text: when === null ? say(`hours.${kind}.long`) : say(`hours.${kind}`, { when }),
    button: say(staying ? "hours.keep" : when === null ? "hours.stay.long" : "hours.stay"),
    staying,
  }
}
