import type { Say } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/look/en.ts"
import type { Loaders } from "../kit/use-words.ts"

export type SayLook = Say<typeof en>

export const LOOK_WORDS: Loaders<typeof en> = {
  en: async () => (await import("../../../../shared/i18n/look/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/look/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/look/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/look/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/look/fr.ts")).fr,
}
