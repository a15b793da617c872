import { useEffect, useState } from "preact/hooks"
import { speak } from "../../../shared/i18n/formatter.ts"
import type { en } from "../../../shared/i18n/insight/en.ts"
import type { SayInsight } from "../../../shared/i18n/insight/tell.ts"
import type { Language } from "../../../shared/words/nouns.ts"

const CATALOGUES = {
  en: async () => (await import("../../../shared/i18n/insight/en.ts")).en,
  cs: async () => (await import("../../../shared/i18n/insight/cs.ts")).cs,
  de: async () => (await import("../../../shared/i18n/insight/de.ts")).de,
  es: async () => (await import("../../../shared/i18n/insight/es.ts")).es,
  fr: async () => (await import("../../../shared/i18n/insight/fr.ts")).fr,
}

/** The words of simulator and timeline in a language; null until they are loaded. */
export const useInsightWords = (language: Language): SayInsight | null => {
  const [words, setWords] = useState<{ say: SayInsight } | null>(null)
  useEffect(() => {
    let stale = false
    void CATALOGUES[language]().then((catalogue) => {
      if (!stale) setWords({ say: speak<typeof en>(catalogue, language) })
    })
    return () => {
      stale = true
    }
  }, [language])
  return words?.say ?? null
}
