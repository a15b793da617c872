import type { en } from "../../../../shared/i18n/changes/en.ts"
import type { Loaders } from "../kit/use-words.ts"

export const CHANGE_WORDS: Loaders<typeof en> = {
  en: async () => (await import("../../../../shared/i18n/changes/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/changes/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/changes/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/changes/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/changes/fr.ts")).fr,
}
