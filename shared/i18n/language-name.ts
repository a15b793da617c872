import type { Language } from "../words/nouns.ts"

/** What a language calls itself, as a list has it: `Deutsch`, `Čeština`; within sentences some write it small. */
export const ownNameOf = (language: Language): string => {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}
