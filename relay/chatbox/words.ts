import { type Catalogue, type Say, speak } from "../../shared/i18n/formatter.ts"
import type { Language } from "../../shared/words/nouns.ts"

/** The box's words, one language loaded at a time. */

type English = typeof import("../../shared/i18n/box/en.ts").en

export interface Words {
  language: Language
  say: Say<English>
}

const LOADERS: Record<Language, () => Promise<Catalogue<English>>> = {
  en: async () => (await import("../../shared/i18n/box/en.ts")).en,
  cs: async () => (await import("../../shared/i18n/box/cs.ts")).cs,
  de: async () => (await import("../../shared/i18n/box/de.ts")).de,
  es: async () => (await import("../../shared/i18n/box/es.ts")).es,
  fr: async () => (await import("../../shared/i18n/box/fr.ts")).fr,
}

export const loadWords = async (language: Language): Promise<Words> => ({
  language,
  say: speak<English>(await LOADERS[language](), language),
})
