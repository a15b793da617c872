import type { Language } from "../../../shared/words/nouns.ts"

/** As browsers name them. */
export const LOCALES: Record<Language, string> = {
  en: "en-GB",
  cs: "cs-CZ",
  de: "de-DE",
  es: "es-ES",
  fr: "fr-FR",
}
