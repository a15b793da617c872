import { createContext } from "preact"
import { useContext } from "preact/hooks"
import type { Problem } from "../../../shared/desk/problem.ts"
import { type Say, speak } from "../../../shared/i18n/formatter.ts"
import type { en } from "../../../shared/i18n/pages/en.ts"
import { pickLanguage } from "../../../shared/i18n/pick-language.ts"
import type { Language } from "../../../shared/words/nouns.ts"

export type SayPage = Say<typeof en>

export interface PageWords {
  say: SayPage
  language: Language
}

const CATALOGUES = {
  en: async () => (await import("../../../shared/i18n/pages/en.ts")).en,
  cs: async () => (await import("../../../shared/i18n/pages/cs.ts")).cs,
  de: async () => (await import("../../../shared/i18n/pages/de.ts")).de,
  es: async () => (await import("../../../shared/i18n/pages/es.ts")).es,
  fr: async () => (await import("../../../shared/i18n/pages/fr.ts")).fr,
}

/** The words of the relay's pages, in the browser's language unless told otherwise, and the page marked as being in it. */
export const pageWords = async (language = pickLanguage(navigator.languages)): Promise<PageWords> => {
  document.documentElement.lang = language
  return { say: speak<typeof en>(await CATALOGUES[language](), language), language }
}

export const WordsContext = createContext<PageWords | null>(null)

export const useWords = (): PageWords => {
  const words = useContext(WordsContext)
  if (words === null) throw new Error("a view stands outside of its page")
  return words
}

/** A problem as a sentence; what has no words of ours is in the relay's. */
export const tellProblem = (say: SayPage, problem: Problem): string => {
  if (problem.kind === "unreachable") return say(`unreachable.${problem.why}`)
  switch (problem.code) {
    case "code-wrong":
    case "code-expired":
    case "too-many":
      return say(`refused.${problem.code}`)
    case "forbidden":
      return say("key.wrong")
    default:
      return problem.message
  }
}
