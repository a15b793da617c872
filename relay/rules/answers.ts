import type { ReportedRecipient } from "../../shared/words/bounces.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import { BY_CODE, BY_ENHANCED, BY_SUBJECT, PHRASES, UNREACHED } from "./answer-words.ts"

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
  const [, subject = ""] = enhanced?.split(".") ?? []
  return (
    (enhanced === null ? undefined : sureOf(enhanced)) ??
    phraseOf(text) ??
    BY_SUBJECT[subject] ??
    BY_CODE[code] ??
    "unknown"
  )
}

/** What an enhanced code means whoever says it. "4.1.1" is said of many things that pass; "5.1.1" of one. */
const sureOf = (enhanced: string): DeliveryOutcome | undefined =>
  enhanced.startsWith("4.1.") ? undefined : BY_ENHANCED[enhanced.slice(2)]

const subjectOf = (enhanced: string): DeliveryOutcome | undefined => BY_SUBJECT[enhanced.split(".")[1] ?? ""]

/** Bounded, however long the text. */
const phraseOf = (text: string): DeliveryOutcome | undefined => {
  const words = text.slice(0, MAX_TEXT)
  return PHRASES.find(([phrase]) => phrase.test(words))?.[1]
}

/** An answer has 512 characters (RFC 5321 4.5.3.1.5), several lines of it some more. */
const MAX_TEXT = 4000

/**
 * The class of a failure that a report tells of. Here a code is missing more often, and stands beside others:
 * what the next server said goes before the reporter's own Status, which is often made up of it.
 */
export const classifyReported = ({
  status,
  diagnostic,
}: Pick<ReportedRecipient, "status" | "diagnostic">): DeliveryOutcome => {
  const said = diagnostic.match(ENHANCED) ?? []
  const codes = status === null ? said : [...said, status]
  const code = Number(/^\d{3}\b/.exec(diagnostic)?.[0] ?? 0)
  return (
    firstOf(said, sureOf) ??
    phraseOf(diagnostic) ??
    (status === null ? undefined : sureOf(status)) ??
    (UNREACHED.test(diagnostic) ? "connection" : undefined) ??
    firstOf(codes, subjectOf) ??
    BY_CODE[code] ??
    "unknown"
  )
}

/** Enhanced codes in a text, not parts of IP addresses. */
const ENHANCED = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/g

const firstOf = <T, R>(list: readonly T[], of: (one: T) => R | undefined): R | undefined => {
  for (const one of list) {
    const found = of(one)
    if (found !== undefined) return found
  }
  return undefined
}
