import type { ReportedRecipient } from "../../shared/words/bounces.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import {
  BANNED,
  BY_CODE,
  BY_ENHANCED,
  BY_ENHANCED_AT_LAST,
  BY_SUBJECT,
  FULL,
  LISTS,
  PHRASES,
  UNREACHED,
} from "./answer-words.ts"

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

/**
 * The class of an answer: an enhanced code that means one thing, then what the words say, then what is left
 * of the codes. An answer that never came is `connection`.
 */
export const classifyAnswer = (code: number, enhanced: string | null, text: string): DeliveryOutcome => {
  if (code === 0) return "connection"
  const codes = enhanced === null ? [] : [enhanced]
  return (
    fullDespite(enhanced, text) ??
    firstOf(codes, sureOf) ??
    phraseOf(text) ??
    firstOf(codes, leftOf) ??
    BY_CODE[code] ??
    "unknown"
  )
}

/**
 * The class of a failure that a report tells of. Here a code is missing more often, and several stand beside
 * each other: what the next server said goes before the reporter's own Status, which is often made of it.
 */
export const classifyReported = ({
  status,
  diagnostic,
}: Pick<ReportedRecipient, "status" | "diagnostic">): DeliveryOutcome => {
  const said = diagnostic.match(ENHANCED) ?? []
  const codes = status === null ? said : [...said, status]
  const code = Number(/^\d{3}\b/.exec(diagnostic)?.[0] ?? 0)
  return (
    fullDespite(said[0] ?? null, diagnostic) ??
    firstOf(said, sureOf) ??
    (TRY_AGAIN.test(diagnostic) ? "connection" : undefined) ??
    phraseOf(diagnostic) ??
    firstOf(codes, sureOf) ??
    (UNREACHED.test(diagnostic) ? "connection" : undefined) ??
    firstOf(codes, leftOf) ??
    BY_CODE[code] ??
    "unknown"
  )
}

/** The DNS did not answer, which is not that there is no such name. */
const TRY_AGAIN = /not found, try again/i

/** Enhanced codes in a text, not parts of IP addresses. */
const ENHANCED = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/g

/** What an enhanced code means whoever says it. "4.1.1" is said of many things that pass; "5.1.1" of one. */
const sureOf = (enhanced: string): DeliveryOutcome | undefined => {
  if (BANNED.test(enhanced)) return "domain-blocked"
  const [, subject, detail] = enhanced.split(".")
  if (enhanced.startsWith("4.1.") && detail !== "7" && detail !== "8") return undefined
  return BY_ENHANCED[`${subject}.${detail}`]
}

/** "552 5.1.1 Recipient overquota": of an address that does exist. */
const fullDespite = (enhanced: string | null, text: string): DeliveryOutcome | undefined =>
  enhanced?.startsWith("5.1.") && FULL.test(wordsOf(text)) ? "mailbox-full" : undefined

const leftOf = (enhanced: string): DeliveryOutcome | undefined =>
  BY_ENHANCED_AT_LAST[enhanced] ?? BY_SUBJECT[enhanced.split(".")[1] ?? ""]

const phraseOf = (text: string): DeliveryOutcome | undefined => {
  const words = wordsOf(text)
  return PHRASES.find(([phrase]) => phrase.test(phrase === LISTS ? text.slice(0, MAX_TEXT) : words))?.[1]
}

/** An answer has 512 characters (RFC 5321 4.5.3.1.5), several lines of it some more. */
const MAX_TEXT = 4000

/** A text without what is only named in it: addresses (`@`), URLs, hosts, IP addresses. */
const wordsOf = (text: string): string =>
  text
    .slice(0, MAX_TEXT)
    .replace(/https?:\/\/\S+/gi, " ")
    .replace(/[^\s<>:;,()'"]+@[^\s<>:;,()'"]+/g, "@")
    .replace(/\[?(?<![\w.-])[\w-]+(?:\.[\w-]+){2,}\.?\]?/g, "@")
    .replace(
      /(?<![\w.-])[\w-]{2,}\.(?:com|net|org|example|test|de|cz|fr|es|eu|io|co|uk|ru|it|pl|at|ch|nl)\b/gi,
      "@",
    )

const firstOf = <T, R>(list: readonly T[], of: (one: T) => R | undefined): R | undefined => {
  for (const one of list) {
    const found = of(one)
    if (found !== undefined) return found
  }
  return undefined
}
