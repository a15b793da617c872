import type { en } from "../../shared/i18n/demo/en.ts"
import { speak } from "../../shared/i18n/formatter.ts"
import { pickLanguage } from "../../shared/i18n/pick-language.ts"
import { keptKey } from "./kit/key.ts"

/**
 * The demo page: the box comes by the same tag as on any site; without a site yet, it says what to do. In the browser's
 * language; English stands in the page.
 */

const OTHERS = {
  cs: async () => (await import("../../shared/i18n/demo/cs.ts")).cs,
  de: async () => (await import("../../shared/i18n/demo/de.ts")).de,
  es: async () => (await import("../../shared/i18n/demo/es.ts")).es,
  fr: async () => (await import("../../shared/i18n/demo/fr.ts")).fr,
}

const site = document.querySelector<HTMLScriptElement>("script[data-site]")?.dataset.site
document.querySelector<HTMLElement>("#no-site")!.hidden = Boolean(site)
document.querySelector<HTMLElement>("#steps")!.hidden = !site
// Who set up in this browser needs no key (kit/use-key.ts).
document.querySelector<HTMLElement>("#key")!.hidden = keptKey() !== null

const language = pickLanguage(navigator.languages)
if (language !== "en") {
  const words = await OTHERS[language]()
  const say = speak<typeof en>(words, language)
  const isWord = (key: string | undefined): key is keyof typeof words =>
    key !== undefined && Object.hasOwn(words, key)
  document.documentElement.lang = language
  document.title = say("title")
  for (const element of document.querySelectorAll<HTMLElement>("[data-say], [data-label]")) {
    const { say: text, label } = element.dataset
    if (isWord(text)) element.textContent = say(text)
    if (isWord(label)) element.setAttribute("aria-label", say(label))
  }
}
