import { type Say, speak } from "../../shared/i18n/formatter.ts"
import { pickLanguage } from "../../shared/i18n/pick-language.ts"
import { cs } from "../../shared/i18n/toolbar/cs.ts"
import { de } from "../../shared/i18n/toolbar/de.ts"
import { en } from "../../shared/i18n/toolbar/en.ts"
import { es } from "../../shared/i18n/toolbar/es.ts"
import { fr } from "../../shared/i18n/toolbar/fr.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { Language } from "../../shared/words/nouns.ts"

const CATALOGUES = { en, cs, de, es, fr }

export type ToolbarSay = Say<typeof en>

/** The language of the profile; before there is one, the browser's. */
export const languageOf = (toolbar: { me: Pick<ToolbarState["me"], "language"> } | null): Language =>
  toolbar?.me.language ?? pickLanguage(navigator.languages)

export const toolbarWords = (language: Language): ToolbarSay =>
  speak<typeof en>(CATALOGUES[language], language)
