import type { Problem } from "../../../shared/desk/problem.ts"
import type { en } from "../../../shared/i18n/admin/en.ts"
import { type Say, speak } from "../../../shared/i18n/formatter.ts"
import type { Language } from "../../../shared/words/nouns.ts"

export type SayAdmin = Say<typeof en>

const CATALOGUES = {
  en: async () => (await import("../../../shared/i18n/admin/en.ts")).en,
  cs: async () => (await import("../../../shared/i18n/admin/cs.ts")).cs,
  de: async () => (await import("../../../shared/i18n/admin/de.ts")).de,
  es: async () => (await import("../../../shared/i18n/admin/es.ts")).es,
  fr: async () => (await import("../../../shared/i18n/admin/fr.ts")).fr,
}

/** Loads the words of one language. */
export const loadWords = async (language: Language): Promise<SayAdmin> =>
  speak<typeof en>(await CATALOGUES[language](), language)

/** A problem as a sentence: what it was and what to do. What has no words of ours is in the relay's. */
export const tellProblem = (say: SayAdmin, problem: Problem): string => {
  if (problem.kind === "unreachable") return say(`unreachable.${problem.why}`)
  switch (problem.code) {
    case "stale":
    case "forbidden":
    case "not-found":
    case "unverified":
    case "redirect-loop":
    case "already-exists":
    case "code-wrong":
    case "code-expired":
    case "too-many":
    case "not-in-plan":
    case "store-full":
    case "store-unavailable":
      return say(`refused.${problem.code}`)
    default:
      return problem.message
  }
}
