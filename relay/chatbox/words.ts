import { type Catalogue, type Say, speak } from "../../shared/i18n/formatter.ts"
import type { Language } from "../../shared/words/nouns.ts"

/** The box's words, one language loaded at a time. */

type English = typeof import("../../shared/i18n/box/en.ts").en

export interface Words {
  language: Language
  say: Say<English>
}

/** Each file has one export, its catalogue. */
const LOADERS: Record<Language, () => Promise<Record<string, Catalogue<English>>>> = {
  en: () => import("../../shared/i18n/box/en.ts"),
  cs: () => import("../../shared/i18n/box/cs.ts"),
  de: () => import("../../shared/i18n/box/de.ts"),
  es: () => import("../../shared/i18n/box/es.ts"),
  fr: () => import("../../shared/i18n/box/fr.ts"),
}

export const loadWords = async (language: Language): Promise<Words> => {
  const [catalogue] = Object.values(await LOADERS[language]())
  return { language, say: speak<English>(catalogue!, language) }
}
