import type { en } from "../../../../shared/i18n/tag/en.ts"
import type { Loaders } from "../kit/use-words.ts"

export const TAG_WORDS: Loaders<typeof en> = {
  en: async () => (await import("../../../../shared/i18n/tag/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/tag/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/tag/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/tag/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/tag/fr.ts")).fr,
}
