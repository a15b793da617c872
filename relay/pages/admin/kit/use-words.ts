import { useEffect, useState } from "preact/hooks"
import { type Catalogue, type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { Language } from "../../../../shared/words/nouns.ts"

/** Loads a catalogue by its language, so that no screen loads the words of another. */
export type Loaders<English> = Record<Language, () => Promise<Catalogue<English>>>

/** The words of one screen in a language; null until they are loaded. `loaders` has to be the same each time. */
export const useWords = <English extends Readonly<Record<string, string>>>(
  loaders: Loaders<English>,
  language: Language,
): Say<English> | null => {
  const [words, setWords] = useState<{ say: Say<English> } | null>(null)
  useEffect(() => {
    let stale = false
    void loaders[language]().then((catalogue) => {
      if (!stale) setWords({ say: speak<English>(catalogue, language) })
    })
    return () => {
      stale = true
    }
  }, [loaders, language])
  return words?.say ?? null
}
