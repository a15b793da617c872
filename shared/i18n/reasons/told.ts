import type { Language } from "../../words/nouns.ts"
import type { Millis } from "../../words/time.ts"
import type { SayReason } from "./words.ts"

/** Where what to do is done: one's own profile, a page of the admin screens, or the page to hand to an IT department. */
export type ToldLink = "profile" | "admin-notices" | "admin-plan" | "allow"

export interface Told {
  /** One sentence or a few: what happened, who, when. */
  text: string
  /** One or more: what to do about it; null where there is nothing. */
  todo: string | null
  /** Where to do it; null where it is done elsewhere, or there is nothing. */
  link: ToldLink | null
  /** For a mail admin, to hand over: several lines, with blank lines between its parts; null where there is none. */
  handOver: string | null
}

/** What a telling needs beside the reason. */
export interface Telling {
  say: SayReason
  language: Language
  zone: string | undefined
  /** A moment in words. */
  on: (at: Millis) => string
}
