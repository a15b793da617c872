import { assertNever } from "../../shared/words/assert-never.ts"
import type { DeliveryOutcome, DeliveryResult } from "../../shared/words/outcomes.ts"
import type { MailFacts, Reason } from "../../shared/words/reasons.ts"
import { HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

/** What a server's answer means, when a delivery is tried again, and how that reads as a reason. */

/** An answer taken apart (RFC 5321 4.2, RFC 3463 2). `code` 0: none came. */
export interface ServerAnswer {
  code: number
  /** Enhanced status code, e.g. `5.1.1`. */
  enhanced: string | null
  text: string
}

/** Reads an answer as it came over the wire, several lines or one. */
export const readAnswer = (answer: string): ServerAnswer => {
  const lines = answer.split(/\r?\n/).filter((line) => line.trim() !== "")
  const code = Number(/^\d{3}\b/.exec(lines[0] ?? "")?.[0] ?? 0)
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(lines[0] ?? "")?.[1] ?? null
  const text = lines
    .map((line) => line.replace(/^\d{3}([ -]|$)/, "").replace(/^[245]\.\d{1,3}\.\d{1,3}\s*/, ""))
    .join(" ")
    .trim()
  return { code, enhanced, text }
}

/** Enhanced codes, without their class, that mean one thing whoever says them. */
const BY_ENHANCED: Record<string, DeliveryOutcome> = {
  "1.1": "address-wrong",
  "1.2": "address-wrong",
  "1.3": "address-wrong",
  "1.4": "address-wrong",
  "1.6": "address-wrong",
  "1.10": "address-wrong",
  "2.2": "mailbox-full",
  "2.3": "too-large",
  "3.4": "too-large",
  "4.5": "rate-limited",
  "5.3": "rate-limited",
  "7.20": "policy",
  "7.21": "policy",
  "7.22": "policy",
  "7.23": "policy",
  "7.24": "policy",
  "7.25": "policy",
  "7.26": "policy",
  "7.27": "policy",
  "7.28": "rate-limited",
  "7.509": "policy",
  "7.511": "domain-blocked",
  "7.512": "domain-blocked",
  "7.513": "domain-blocked",
  "7.703": "domain-blocked",
  "7.708": "domain-blocked",
}

/** What to take from an enhanced code's first two parts when nothing in the text says more. */
const BY_SUBJECT: Record<string, DeliveryOutcome> = {
  "1": "address-wrong",
  "7": "policy",
}

/**
 * What providers write, most telling first: their enhanced codes are often too general (`7.1` is said of
 * greylisting, block lists and unknown users alike).
 */
const PHRASES: [RegExp, DeliveryOutcome][] = [
  [
    /gr[ea]y[- ]?list|graylisted|postgrey|temporarily deferred.*unknown sender|please retry (in|after)|come back later|first (?:time )?(?:encounter|seen)/i,
    "greylisted",
  ],
  [
    /over ?quota|quota (?:is |has been )?exceeded(?!.*(?:send|daily|hour))|exceeds? (?:the )?(?:storage|mailbox|disk)|mailbox (?:is )?full|inbox is (?:full|out of storage)|out of storage|insufficient (?:mailbox|disk) (?:storage|space|quota)|storage (?:limit|allocation|quota)|user.{0,20} is full|bo[iî]te.{0,20}pleine|postfach.{0,20}voll/i,
    "mailbox-full",
  ],
  [
    /rate[- ]?limit|too (?:many|much) (?:messages|mails?|connections|concurrent|recipients|sessions)|throttl|sending (?:quota|limit)|receiving mail (?:at a rate|too quickly)|unusual rate|try again (?:later )?.{0,30}volume|TSS0[0-9]|\bRL000\d|exceeded.{0,30}(?:messages|connections) (?:per|from)|max(?:imum)? (?:number of )?connections|deferred due to (?:unexpected volume|user complaints)|server busy/i,
    "rate-limited",
  ],
  [
    /message (?:size|length|is too (?:big|large))|too (?:big|large)|exceeds? (?:fixed |the )?(?:max(?:imum)? )?(?:message )?size|size limit/i,
    "too-large",
  ],
  [
    /block ?list|black ?list|\brbl\b|dnsbl|spamhaus|barracuda|spamcop|sorbs|abusix|s-?25r|proofpoint.{0,20}block|banned (?:send|ip)|(?:ip|host|address|domain|sender|network)s?\b.{0,60}\b(?:blocked|banned|barred|poor reputation|bad reputation|low reputation)|blocked (?:by|using|due|from|for)|part of (?:their|your) network is on our block|has been blocked|poor reputation|reputation|\bS3140\b|\bS3150\b|not (?:on|in).{0,20}(?:allow|white)list|sender (?:address )?(?:denied|rejected)|refused to talk|your (?:ip|server|domain) .{0,30}(?:not allowed|denied|rejected)|access denied, traffic not accepted|tenant.{0,20}blocked|denied by (?:local )?policy list/i,
    "domain-blocked",
  ],
  [
    /\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|not (?:properly )?authenticated|reverse dns|\bptr\b|\brdns\b|helo|spam|virus|malware|phish|content (?:rejected|denied)|policy|not (?:authorized|authorised|permitted) to (?:send|relay|post)|relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|restricted|administrative(?:ly)? prohibit|prohibited/i,
    "policy",
  ],
  [
    /(?:user|mailbox|recipient|account|address|alias|customer|subscriber)(?: name| address)?[^.;]{0,60}(?:unknown|not (?:found|exist|available|known|valid|active|listed|local|recogni[sz]ed)|does ?n[o']t exist|doesn'?t have|no longer|disabled|inactive|invalid|rejected|unavailable|suspended|discontinued|deactivated)|unknown (?:user|recipient|mailbox|address|local[- ]part|account|rcpt)|no such (?:user|mailbox|recipient|address|person|domain|account)|no mailbox (?:here|by that)|invalid (?:recipient|mailbox|user|address|domain)|(?:user|account|mailbox) (?:is )?disabled|not (?:a|our) (?:valid|known|customer)|does not (?:have|like) (?:an? )?(?:account|recipient|yahoo)|bad destination|recipient address rejected|relay recipient table|virtual (?:alias|mailbox) table|this (?:address|account) (?:is )?(?:no longer|has been)|does not accept (?:e-?)?mail|null ?mx|domain (?:not found|does not exist|name not found)|host (?:or domain name )?not found|utilisateur inconnu|adresse? (?:d.au moins un|inconnu)/i,
    "address-wrong",
  ],
]

/** Bare codes that say more than "no" (RFC 5321 4.2.3, RFC 7504, RFC 1870). */
const BY_CODE: Record<number, DeliveryOutcome> = {
  521: "address-wrong",
  523: "too-large",
  550: "unknown",
  551: "address-wrong",
  552: "mailbox-full",
  553: "address-wrong",
  556: "address-wrong",
}

/**
 * The class of an answer: an enhanced code that means one thing, then what the words say, then what is left
 * of the codes. An answer that never came is `connection`.
 */
export const classifyAnswer = (code: number, enhanced: string | null, text: string): DeliveryOutcome => {
  if (code === 0) return "connection"
  const [status, subject = "", detail = ""] = enhanced?.split(".") ?? []
  // "4.1.1" is said of many things that pass; "5.1.1" of one.
  const sure = status === "4" && subject === "1" ? undefined : BY_ENHANCED[`${subject}.${detail}`]
  return (
    sure ??
    PHRASES.find(([phrase]) => phrase.test(text))?.[1] ??
    BY_SUBJECT[subject] ??
    BY_CODE[code] ??
    "unknown"
  )
}

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
}

/** What the agent is told of a delivery's state. */
export const reasonOf = (
  result: DeliveryResult,
  { address, at, nextAt, givesUpAt, mail }: DeliveryFacts,
): Reason => {
  const of = { address, at, ...(mail && { mail }) }
  if (result.kind === "delivered") {
    return { code: "delivered", ...of, server: result.server, answer: result.answer }
  }
  if (result.kind === "captured") return { code: "captured", ...of }
  const { outcome, answer, server } = result
  const said = { ...of, server, answer }
  if (outcome === "mailbox-full") return { code: "mailbox-full", ...said, nextAt }
  if (nextAt !== null) return { code: "deferred", ...said, nextAt, givesUpAt, ...notYet(outcome) }
  switch (outcome) {
    case "address-wrong":
    case "domain-blocked":
      return { code: outcome, ...said }
    case "too-large":
    case "policy":
      return { code: "refused", ...said, kind: outcome }
    case "greylisted":
    case "rate-limited":
    case "connection":
    case "unknown":
      return { code: "refused", ...said, kind: "unknown" }
    default:
      return assertNever(outcome)
  }
}

/** What is known of why a mail is not through yet. */
const notYet = (outcome: DeliveryOutcome): Pick<Extract<Reason, { code: "deferred" }>, "why"> =>
  outcome === "greylisted" || outcome === "rate-limited" || outcome === "connection" ? { why: outcome } : {}
