import { assertNever } from "../../shared/words/assert-never.ts"
import type { DeliveryOutcome, DeliveryResult } from "../../shared/words/outcomes.ts"
import type { MailFacts, Reason } from "../../shared/words/reasons.ts"
import { HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

/** When a delivery is tried again, and how what became of it reads as a reason. What an answer means: answers.ts. */
export { classifyAnswer, readAnswer } from "./answers.ts"

/**
 * Whether trying again is no use. Only 5xx is; but not where the words say "not now" (some servers give
 * greylisting and rates a 5xx), nor 503, which is said of the session and not of the mail.
 */
export const isPermanent = (code: number, outcome: DeliveryOutcome): boolean =>
  code >= 500 &&
  code !== 503 &&
  outcome !== "greylisted" &&
  outcome !== "rate-limited" &&
  outcome !== "connection"

/** Pauses after the first, second, … try; the last one again and again. */
const RETRY_AFTER: readonly Millis[] = [
  MINUTE,
  5 * MINUTE,
  12 * MINUTE,
  20 * MINUTE,
  45 * MINUTE,
  2 * HOUR,
  4 * HOUR,
]

/** When to try again after `attempts` tries (1 or more), the last of them at `now`. */
export const nextTry = (attempts: number, now: Millis): Millis =>
  now + RETRY_AFTER[Math.min(Math.max(attempts, 1), RETRY_AFTER.length) - 1]!

/** Facts of a delivery beside its result. `nextAt` is null once it is settled. */
export interface DeliveryFacts {
  address: string
  at: Millis
  nextAt: Millis | null
  givesUpAt: Millis
  /** What the mail is found by. */
  mail?: MailFacts
  /** The next server had taken it, and a report came. */
  bounced?: true
}

/** What the agent is told of a delivery's state. */
export const reasonOf = (
  result: DeliveryResult,
  { address, at, nextAt, givesUpAt, mail, bounced }: DeliveryFacts,
): Reason => {
  const of = { address, at, ...(mail && { mail }) }
  if (result.kind === "delivered") {
    return { code: "delivered", ...of, server: result.server, answer: result.answer }
  }
  if (result.kind === "captured") return { code: "captured", ...of }
  const { outcome, answer, server } = result
  const said = { ...of, server, answer, ...(bounced && { bounced }) }
  if (outcome === "mailbox-full") return { code: "mailbox-full", ...said, nextAt }
  if (nextAt !== null) return { code: "deferred", ...said, nextAt, givesUpAt, ...notYet(outcome) }
  switch (outcome) {
    case "address-wrong":
    case "domain-blocked":
      return { code: outcome, ...said }
    case "too-large":
    case "policy":
      return { code: "refused", ...said, kind: outcome }
    case "connection":
      return { code: "refused", ...said, kind: "unreachable" }
    case "greylisted":
    case "rate-limited":
    case "unknown":
      return { code: "refused", ...said, kind: "unknown" }
    default:
      return assertNever(outcome)
  }
}

/** What is known of why a mail is not through yet. */
const notYet = (outcome: DeliveryOutcome): Pick<Extract<Reason, { code: "deferred" }>, "why"> =>
  outcome === "greylisted" || outcome === "rate-limited" || outcome === "connection" ? { why: outcome } : {}
