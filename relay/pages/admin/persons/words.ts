import type { en } from "../../../../shared/i18n/persons/en.ts"
import type { Loaders } from "../kit/use-words.ts"

export const PERSON_WORDS: Loaders<typeof en> = {
  en: async () => (await import("../../../../shared/i18n/persons/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/persons/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/persons/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/persons/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/persons/fr.ts")).fr,
}
