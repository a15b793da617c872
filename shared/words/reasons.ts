import type { Millis } from "./time.ts"

/**
 * The catalogue of reasons: why a visitor's message did, or did not, become an e-mail for an agent.
 * A verdict keeps one of these with its facts, which are those of the moment of the decision.
 * Wording is in shared/i18n (one entry a code), so that every screen and mail says the same.
 */
export type Reason =
  | { code: "waiting"; dueAt: Millis }
  | { code: "present-on-device"; device: string; kind: string; lastBeatAt: Millis }
  | { code: "back-online"; device: string; afterSeconds: number }
  | { code: "colleague-online"; who: string[]; group: string | null }
  | { code: "opened"; who: string; at: Millis }
  | { code: "joined"; who: string; at: Millis }
  | { code: "notifications-off"; whose: "agent" | "account"; since: Millis }
  | { code: "sent-to"; address: string; forWhom: string[]; at: Millis }
  | { code: "delivered"; address: string; server: string; answer: string; at: Millis }
  | { code: "captured"; address: string; at: Millis }
  | { code: "deferred"; address: string; answer: string; nextAt: Millis; givesUpAt: Millis }
  | { code: "mailbox-full"; address: string; answer: string; nextAt: Millis | null }
  | { code: "address-wrong"; address: string; answer: string }
  | { code: "domain-blocked"; address: string; answer: string }
  | { code: "refused"; address: string; answer: string; kind: "too-large" | "policy" | "unknown" }
  | { code: "folded"; untilAt: Millis }
  | { code: "other-group"; group: string }
  | { code: "inactive"; since: Millis }
  | { code: "no-destination" }
  | { code: "dropped"; address: string; by: string }

export type ReasonCode = Reason["code"]

/** Every code once; the catalogues of all languages are checked against it. */
export const REASON_CODES = [
  "waiting",
  "present-on-device",
  "back-online",
  "colleague-online",
  "opened",
  "joined",
  "notifications-off",
  "sent-to",
  "delivered",
  "captured",
  "deferred",
  "mailbox-full",
  "address-wrong",
  "domain-blocked",
  "refused",
  "folded",
  "other-group",
  "inactive",
  "no-destination",
  "dropped",
] as const satisfies readonly ReasonCode[]

/** Why the light is on or off right now, for the popup: who holds it, by which device; or what is missing. */
export type LightReason =
  | {
      code: "held-by"
      agents: {
        name: string
        device: string
        presence: "present" | "reachable" | "fading"
        until: Millis | null
        busy: boolean
      }[]
    }
  | { code: "nobody-online"; agents: { name: string; why: "unavailable" | "gone"; since: Millis | null }[] }
  | { code: "no-agents" }
