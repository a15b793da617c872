import type { Language } from "../../words/nouns.ts"
import type { DeliveryOutcome } from "../../words/outcomes.ts"
import type { Reason } from "../../words/reasons.ts"
import type { Millis } from "../../words/time.ts"
import { tellReason } from "./tell.ts"
import type { Told } from "./told.ts"
import { reasonWords } from "./words.ts"

interface Failure {
  outcome: DeliveryOutcome
  answer: string
  server: string | null
  at: Millis
  /** The server had taken it, and sent a report later. */
  bounced?: true
}

/** The last failure at an address, in the words that a verdict has for it. */
export const tellFailure = (failure: Failure, address: string, language: Language, zone?: string): Told => {
  const told = tellReason(reasonOfFailure(failure, address), language, zone)
  // It is about the address, and not about one mail and its message.
  return failure.outcome === "mailbox-full"
    ? { ...told, todo: reasonWords(language)("mailbox-full.todo") }
    : told
}

/** What a failure is among the reasons; it is over, so nothing is said of another try. */
export const reasonOfFailure = ({ outcome, ...said }: Failure, address: string): Reason => {
  const of = { ...said, address }
  switch (outcome) {
    case "mailbox-full":
      return { code: outcome, ...of, nextAt: null }
    case "address-wrong":
    case "domain-blocked":
      return { code: outcome, ...of }
    case "too-large":
    case "policy":
      return { code: "refused", ...of, kind: outcome }
    case "connection":
      return { code: "refused", ...of, kind: "unreachable" }
    case "greylisted":
    case "rate-limited":
    case "unknown":
      return { code: "refused", ...of, kind: "unknown" }
  }
}
