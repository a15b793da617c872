import type { Plan } from "./nouns.ts"
import type { Millis } from "./time.ts"

/** How a mail came to go to an address: whom it stands for, and who had set that, when; null: never changed. */
export interface Route {
  forWhom: string[]
  via: "destination" | "redirect" | "inbox" | "fallback"
  setBy: string | null
  setAt: Millis | null
}

/** What a person or a mail admin finds a mail by. */
export interface MailFacts {
  /** As the receiver sees them: name and address of From, and the subject. */
  sender: string
  from: string
  subject: string
  /** With angle brackets. */
  messageId: string
  /** Envelope sender, which a mail server's log shows. */
  envelopeFrom: string
  /** Our mail domain: that of both addresses and of the DKIM signature. */
  domain: string
}

/** Reasons told of a mail that there is. What is left out was not kept when the verdict was written. */
interface OfMail {
  address: string
  /** As `sent-to` said it before. */
  route?: Route
  mail?: MailFacts
}

/** A mail that a server did not take: which, when, and where the mail is (see OfMail). */
interface Unhappy extends OfMail {
  server?: string | null
  at?: Millis
  /** The server had taken it, and sent a report later that it could not be delivered (RFC 3464). */
  bounced?: true
}

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
  | ({ code: "sent-to"; address: string; at: Millis } & Route)
  | ({ code: "delivered"; server: string; answer: string; at: Millis } & OfMail)
  | ({ code: "captured"; at: Millis } & OfMail)
  | ({
      code: "deferred"
      answer: string
      nextAt: Millis
      givesUpAt: Millis
      /** Why not yet; left out: the server gave no reason that is known. */
      why?: "greylisted" | "rate-limited" | "connection"
    } & Unhappy)
  | ({ code: "mailbox-full"; answer: string; nextAt: Millis | null } & Unhappy)
  | ({ code: "address-wrong"; answer: string } & Unhappy)
  | ({ code: "domain-blocked"; answer: string } & Unhappy)
  | ({ code: "refused"; answer: string; kind: "too-large" | "policy" | "unknown" | "unreachable" } & Unhappy)
  /** `address`: to which the conversation has had its mails of this hour, and gets the next. */
  | { code: "folded"; untilAt: Millis; address?: string }
  | { code: "other-group"; group: string }
  | { code: "inactive"; since: Millis }
  | { code: "no-destination" }
  /** By an operator or admin; `note` is why, as they said it. */
  | ({ code: "dropped"; by: string; note?: string; at?: Millis } & OfMail)
  | ({ code: "held"; by: string; note: string; at: Millis } & OfMail)
  /** Missed: nobody was there when it was due, so the offline rules applied; `dueAt` as they stood. */
  | { code: "nobody-online"; at: Millis; dueAt: Millis | null }
  /** Missed: the visitor came back before it was due. */
  | { code: "visitor-returned"; at: Millis }
  /** Missed: the account's plan has no such notices; the smallest that has them. */
  | { code: "plan"; plan: Plan; needed: Plan }

export type ReasonCode = Reason["code"]

/** How the mail that a reason tells of came to go to its address; null where there is no mail, or it is not kept. */
export const routeOf = (reason: Reason): Route | null => {
  if (reason.code !== "sent-to") return "route" in reason ? (reason.route ?? null) : null
  const { forWhom, via, setBy, setAt } = reason
  return { forWhom, via, setBy, setAt }
}

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
  "held",
  "nobody-online",
  "visitor-returned",
  "plan",
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
  | {
      code: "nobody-online"
      agents: {
        name: string
        why: "unavailable" | "gone" | "hours-closed"
        since: Millis | null
        /** `hours-closed`: when they open; `unavailable`: when it ends by itself. */
        until: Millis | null
      }[]
    }
  | { code: "no-agents" }
