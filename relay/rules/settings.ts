import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"
import { zoneName } from "./zone.ts"

/** What settings may be. All of these throw Refusal `bad-input` with the value and what would be right. */

/** Longest grace and wait (rules.md, "Offline notice"). */
const LONGEST: Millis = 10 * MINUTE

/** What a bot says in one go; the API says the same. */
const LONGEST_TEXT = 500

export const checkTime = (name: string, length: Millis | undefined): void => {
  if (length === undefined || (length >= 0 && length <= LONGEST)) return
  throw new Refusal("bad-input", `${name} is ${length / 1000} s: give 0 to ${LONGEST / 1000} s`)
}

/** The zone's name as the IANA writes it; what was not given stays so. */
export const checkZone = <Zone extends string | undefined>(zone: Zone): Zone => {
  if (zone === undefined) return zone
  const name = zoneName(zone)
  if (name !== null) return name as Zone
  throw new Refusal("bad-input", `“${zone}” is no time zone: give an IANA name such as Europe/Prague`)
}

export type BusyTexts = Partial<Record<Language, string>>

/** The bot's texts after a change: what is given replaces that language's; an empty text takes it away. */
export const changeBusyTexts = (before: BusyTexts, change: BusyTexts): BusyTexts => {
  const texts: BusyTexts = {}
  for (const language of LANGUAGES) {
    const text = (change[language] ?? before[language] ?? "").trim()
    if (text.length > LONGEST_TEXT)
      throw new Refusal(
        "bad-input",
        `the text in “${language}” has ${text.length} characters: write at most ${LONGEST_TEXT}`,
      )
    if (text !== "") texts[language] = text
  }
  return texts
}

/** Two names that people would take for the same. */
export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other)

const foldName = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
