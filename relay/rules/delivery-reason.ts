import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"

/** What is known of a mail once a server has answered, or none did. */
export interface DeliveryFacts {
  address: string
  outcome: DeliveryOutcome
  answer: string
  at: Millis
  /** When it is tried again; null if it was given up. */
  nextAt: Millis | null
  givesUpAt: Millis
}

/** The reason an agent reads, from what became of the mail that carries the message. */
export const deliveryReason = (facts: DeliveryFacts): Reason => {
  const { address, answer, nextAt, givesUpAt } = facts
  switch (facts.outcome) {
    case "mailbox-full":
      return { code: "mailbox-full", address, answer, nextAt }
    case "address-wrong":
      return { code: "address-wrong", address, answer }
    case "domain-blocked":
      return { code: "domain-blocked", address, answer }
    case "too-large":
    case "policy":
    case "unknown":
    case "greylisted":
    case "rate-limited":
    case "connection":
      if (nextAt !== null) return { code: "deferred", address, answer, nextAt, givesUpAt }
      return {
        code: "refused",
        address,
        answer,
        kind: facts.outcome === "too-large" || facts.outcome === "policy" ? facts.outcome : "unknown",
      }
  }
}
