import { useEffect, useState } from "preact/hooks"
import { type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/queue/en.ts"
import type { Language } from "../../../../shared/words/nouns.ts"

export type SayQueue = Say<typeof en>

const CATALOGUES = {
  en: async () => (await import("../../../../shared/i18n/queue/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/queue/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/queue/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/queue/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/queue/fr.ts")).fr,
}

/** The words of this screen; null until they are loaded. */
export const useQueueWords = (language: Language): SayQueue | null => {
  const [words, setWords] = useState<{ say: SayQueue } | null>(null)
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
