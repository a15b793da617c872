import { LANGUAGES, type Language } from "../words/nouns.ts"

/**
 * The first language we speak among those somebody prefers (BCP 47 tags, e.g. `navigator.languages`);
 * otherwise `fallback`.
 */
export const pickLanguage = (preferred: readonly string[], fallback: Language = "en"): Language => {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split("-")[0]
    const language = LANGUAGES.find((ours) => ours === primary)
    if (language) return language
  }
  return fallback
}
