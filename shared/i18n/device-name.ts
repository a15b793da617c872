import type { Language } from "../words/nouns.ts"

/**
 * What devices are called is kept as they say it themselves, in English (relay/pages/desk/label.ts,
 * extension/rules/device-label.ts), and said in the language of who reads it.
 */

const BROWSERS = "Firefox|Edge|Opera|Vivaldi|Chrome|Safari|Browser"
const SYSTEMS = "iOS|Android|macOS|Windows|ChromeOS|Linux|OpenBSD|Fuchsia|another system"
const LABEL = new RegExp(`^(${BROWSERS}) on (${SYSTEMS})(?: \\((tab|phone)\\))?$`)

interface Words {
  /** A browser of no name. */
  browser: string
  /** `system` null: one that is not known. */
  on: (browser: string, system: string | null) => string
  tab: string
  phone: string
}

const WORDS: Record<Exclude<Language, "en">, Words> = {
  cs: {
    browser: "Prohlížeč",
    on: (browser, system) => `${browser} v ${system === null ? "jiném systému" : `systému ${system}`}`,
    tab: "karta",
    phone: "telefon",
  },
  de: {
    browser: "Browser",
    on: (browser, system) => `${browser} unter ${system ?? "einem anderen System"}`,
    tab: "Tab",
    phone: "Telefon",
  },
  es: {
    browser: "Navegador",
    on: (browser, system) => `${browser} en ${system ?? "otro sistema"}`,
    tab: "pestaña",
    phone: "teléfono",
  },
  fr: {
    browser: "Navigateur",
    on: (browser, system) => `${browser} sous ${system ?? "un autre système"}`,
    tab: "onglet",
    phone: "téléphone",
  },
}

/** `Chrome on Linux (tab)` as it is said in a language; what is called otherwise stays as it is. */
export const tellDevice = (label: string, language: Language): string => {
  const [, browser, system, kind] = LABEL.exec(label) ?? []
  if (language === "en" || browser === undefined || system === undefined) return label
  const words = WORDS[language]
  const named = words.on(
    browser === "Browser" ? words.browser : browser,
    system === "another system" ? null : system,
  )
  return kind === undefined ? named : `${named} (${words[kind as "tab" | "phone"]})`
}
