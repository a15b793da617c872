import type { Finding } from "../../words/findings.ts"
import type { Language } from "../../words/nouns.ts"
import { fill } from "../formatter.ts"
import type { en } from "./en.ts"

/** What was found, and what to do; null where nothing is. */
export interface ToldFinding {
  says: string
  todo: string | null
}

/** A finding in words. `words` are those of `language`. */
export const tellFinding = (
  words: Readonly<Record<keyof typeof en, string>>,
  language: Language,
  { code, facts }: Finding,
): ToldFinding => {
  const fix = `fix.${code}`
  return {
    says: fill(words[`finding.${code}`], facts, language),
    todo: fix in words ? fill(words[fix as keyof typeof en], facts, language) : null,
  }
}
