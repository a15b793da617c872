import type { en } from "../../../shared/i18n/allow/en.ts"
import { type Say, speak } from "../../../shared/i18n/formatter.ts"
import { pickLanguage } from "../../../shared/i18n/pick-language.ts"
import type { Language } from "../../../shared/words/nouns.ts"

export type SayAllow = Say<typeof en>

const CATALOGUES = {
  en: async () => (await import("../../../shared/i18n/allow/en.ts")).en,
  cs: async () => (await import("../../../shared/i18n/allow/cs.ts")).cs,
  de: async () => (await import("../../../shared/i18n/allow/de.ts")).de,
  es: async () => (await import("../../../shared/i18n/allow/es.ts")).es,
  fr: async () => (await import("../../../shared/i18n/allow/fr.ts")).fr,
}

/** `?lang=de`, else the browser's own. */
export const languageOf = (search: string, preferred: readonly string[]): Language => {
  const asked = new URLSearchParams(search).get("lang")
  return pickLanguage(asked === null ? preferred : [asked, ...preferred])
}

export const loadAllowWords = async (language: Language): Promise<SayAllow> =>
  speak<typeof en>(await CATALOGUES[language](), language)
