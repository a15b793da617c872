import type { Language } from "./nouns.ts"

/** How a site's chat box looks and what it offers, as its admins set it. */

/** `auto`: right, and left on pages that are written from right to left. */
export const SIDES = ["auto", "right", "left"] as const
export type Side = (typeof SIDES)[number]

/** `auto`: as the visitor's system has it. */
export const THEMES = ["auto", "light", "dark"] as const
export type Theme = (typeof THEMES)[number]

/** Longest texts of a site's own, characters. */
export const LONGEST_LAUNCHER = 30
export const LONGEST_GREETING = 300

/** A site's own words by language; a language without any has the catalogue's. */
export type OwnTexts = Partial<Record<Language, string>>

export interface Look {
  /** Ground of launcher, header and the visitor's own messages, `#rrggbb`; null: the product's own. */
  color: string | null
  side: Side
  theme: Theme
  /** What the box speaks whatever the browser says; null: the browser's language, else the site's. */
  language: Language | null
  /** On the launcher while the light is on; while it is off the box asks for a message in its own words. */
  launcher: OwnTexts
  /** First words of the open box while the light is on. */
  greeting: OwnTexts
}

export const PLAIN_LOOK: Look = {
  color: null,
  side: "auto",
  theme: "auto",
  language: null,
  launcher: {},
  greeting: {},
}

/** A site's chat box as admins set it. */
export interface SiteBox {
  look: Look
  /** Visitors are asked how it was when a conversation is closed. */
  rates: boolean
  /** Visitors can have their conversation sent to them by mail. */
  transcripts: boolean
}

/** What the box's page is told of that: only what is not as usual. `ink` is the text colour on `color`. */
export interface BoxLook extends Partial<Omit<Look, "color" | "language" | "theme">> {
  color?: string
  ink?: string
  language?: Language
  rates?: true
  transcripts?: true
}
