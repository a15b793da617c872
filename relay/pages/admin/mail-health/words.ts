import { useEffect, useState } from "preact/hooks"
import { type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/mail-health/en.ts"
import type { Language } from "../../../../shared/words/nouns.ts"

type Words = Readonly<Record<keyof typeof en, string>>

export interface MailHealthWords {
  say: Say<typeof en>
  /** The catalogue itself: findings are told from it by their code. */
  words: Words
  language: Language
}

const CATALOGUES = {
  en: async (): Promise<Words> => (await import("../../../../shared/i18n/mail-health/en.ts")).en,
  cs: async (): Promise<Words> => (await import("../../../../shared/i18n/mail-health/cs.ts")).cs,
  de: async (): Promise<Words> => (await import("../../../../shared/i18n/mail-health/de.ts")).de,
  es: async (): Promise<Words> => (await import("../../../../shared/i18n/mail-health/es.ts")).es,
  fr: async (): Promise<Words> => (await import("../../../../shared/i18n/mail-health/fr.ts")).fr,
}

/** The words of this screen; null until they are loaded. */
export const useMailHealthWords = (language: Language): MailHealthWords | null => {
  const [loaded, setLoaded] = useState<MailHealthWords | null>(null)
  useEffect(() => {
    let stale = false
    void CATALOGUES[language]().then((words) => {
      if (!stale) setLoaded({ say: speak<typeof en>(words, language), words, language })
    })
    return () => {
      stale = true
    }
  }, [language])
  return loaded
}
