import type { AgentId } from "./ids.ts"

/** The log of changes: who set what, when, from what to what, and by which way. */

/** By which way something was changed. */
export const CHANGE_WAYS = ["screen", "cli", "mail", "set-up", "relay"] as const
export type ChangeWay = (typeof CHANGE_WAYS)[number]

/**
 * Who changes something. An agent is known by id alone: what they are called is looked up when the log is read, so
 * that an erased agent is nameless there too. `user`: who the machine says runs the command line. `mail`: by a link
 * in a mail to that address. `relay`: the relay by itself.
 */
export type Actor =
  | { way: "screen"; agentId: AgentId }
  | { way: "cli"; user: string }
  | { way: "mail"; address: string }
  | { way: "set-up" }
  | { way: "relay" }

/** What can be changed. */
export const CHANGE_KINDS = [
  "account",
  "group",
  "site",
  "agent",
  "redirect",
  "address",
  "fallback",
  "mail-name",
  "webhook",
  "person",
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** `erased` and `exported`: what became of a person's data. */
export const CHANGE_DEEDS = ["made", "changed", "removed", "erased", "exported"] as const
export type ChangeDeed = (typeof CHANGE_DEEDS)[number]

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One thing about what was changed: null where there was or is nothing. */
export interface ChangedField {
  field: string
  from: Json
  to: Json
}
