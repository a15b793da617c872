import type { en } from "../i18n/desk/en.ts"
import type { Say } from "../i18n/formatter.ts"
import type { Language } from "../words/nouns.ts"
import type { Problem } from "./problem.ts"

export type SayDesk = Say<typeof en>

/** A problem as a sentence: what it was and what to do. What has no words of ours is in the relay's. */
export const tellProblem = (say: SayDesk, problem: Problem): string => {
  if (problem.kind === "unreachable") return say(`unreachable.${problem.why}`)
  switch (problem.code) {
    case "not-found":
    case "code-wrong":
    case "code-expired":
    case "already-exists":
    case "redirect-loop":
    case "forbidden":
    case "stale":
    case "too-large":
    case "wrong-kind":
    case "too-many":
    case "store-full":
    case "store-unavailable":
      return say(`refused.${problem.code}`)
    default:
      return problem.message
  }
}

/** What a visitor is called: most have left neither name nor address. */
export const visitorName = (say: SayDesk, visitor: string): string => visitor || say("author.visitor")

/** `1:20`, or `1:02:05` for an hour and more; never below `0:00`. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const pad = (value: number): string => String(value).padStart(2, "0")
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** Loads the words of one language; the others stay where they are. */
export const loadWords = async (language: Language): Promise<SayDesk> => {
  const { speak } = await import("../i18n/formatter.ts")
  const catalogue = await CATALOGUES[language]()
  return speak<typeof en>(catalogue, language)
}

const CATALOGUES = {
  en: async () => (await import("../i18n/desk/en.ts")).en,
  cs: async () => (await import("../i18n/desk/cs.ts")).cs,
  de: async () => (await import("../i18n/desk/de.ts")).de,
  es: async () => (await import("../i18n/desk/es.ts")).es,
  fr: async () => (await import("../i18n/desk/fr.ts")).fr,
}
