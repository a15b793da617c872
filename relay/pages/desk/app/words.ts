import { useEffect, useState } from "preact/hooks"
import type { en } from "../../../../shared/i18n/device/en.ts"
import { type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { Language } from "../../../../shared/words/nouns.ts"

export type SayDevice = Say<typeof en>

const CATALOGUES = {
  en: async () => (await import("../../../../shared/i18n/device/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/device/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/device/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/device/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/device/fr.ts")).fr,
}

/** The words about this device in a language. */
const deviceWords = async (language: Language): Promise<SayDevice> =>
  speak<typeof en>(await CATALOGUES[language](), language)

/** The same for a view; null until they are loaded. */
export const useDeviceWords = (language: Language): SayDevice | null => {
  const [words, setWords] = useState<{ language: Language; say: SayDevice } | null>(null)
  useEffect(() => {
    let over = false
    void deviceWords(language).then((say) => {
      if (!over) setWords({ language, say })
    })
    return () => {
      over = true
    }
  }, [language])
  return words?.language === language ? words.say : null
}
