import type { SiteBox } from "../../../shared/words/look.ts"
import type { Language } from "../../../shared/words/nouns.ts"

/** What the preview of a chat box shows, as the admin page says it. */
export interface Previewed extends SiteBox {
  /** Name of the site. */
  site: string
  language: Language
  light: boolean
  /** What the visitor has asked, and what was answered. */
  question: string
  answer: string
  theme: "light" | "dark"
}
