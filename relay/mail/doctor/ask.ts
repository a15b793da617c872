import type { Check, Finding, FindingCode, FindingState } from "../../../shared/words/findings.ts"
import { type DnsAnswers, type DnsType, isNothing, type Resolve } from "../resolver.ts"

/** What the DNS said: records, nothing, or no answer. */
export type Answer<T extends DnsType> =
  | { kind: "records"; records: DnsAnswers[T] }
  | { kind: "nothing" }
  | { kind: "silence"; detail: string }

/** Asks, and takes "no answer" for one of the things that may come of it. */
export const ask = async <T extends DnsType>(resolve: Resolve, name: string, type: T): Promise<Answer<T>> => {
  try {
    return { kind: "records", records: await resolve(name, type) }
  } catch (error) {
    if (isNothing(error)) return { kind: "nothing" }
    return { kind: "silence", detail: codeOf(error) }
  }
}

/** `ETIMEOUT`, `ESERVFAIL`; else what the error says of itself. */
const codeOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? String(error)
}

/** Texts of a name that begin as this kind of record does. */
export const askTexts = async (
  resolve: Resolve,
  name: string,
  begins: RegExp,
): Promise<{ kind: "records"; records: string[] } | Exclude<Answer<"TXT">, { kind: "records" }>> => {
  const answer = await ask(resolve, name, "TXT")
  if (answer.kind !== "records") return answer
  const records = answer.records.map((strings) => strings.join("")).filter((text) => begins.test(text.trim()))
  return records.length === 0 ? { kind: "nothing" } : { kind: "records", records }
}

/** IP addresses of a host; silence only if nothing was found and somebody did not answer. */
export const askAddresses = async (
  resolve: Resolve,
  host: string,
): Promise<{ kind: "records"; records: string[] } | Exclude<Answer<"A">, { kind: "records" }>> => {
  const answers = await Promise.all([ask(resolve, host, "A"), ask(resolve, host, "AAAA")])
  const records = answers.flatMap((answer) => (answer.kind === "records" ? answer.records : []))
  if (records.length > 0) return { kind: "records", records }
  return answers.find((answer) => answer.kind === "silence") ?? { kind: "nothing" }
}

/** A finding of a check about one thing; what is not said of it is left out. */
export type Find = (state: FindingState, code: FindingCode, more?: Partial<Finding>) => Finding

export const findingsOf =
  (check: Check, subject: string, expected: string | null, optional = false): Find =>
  (state, code, more = {}) => ({
    check,
    subject,
    state,
    code,
    facts: {},
    found: null,
    expected,
    optional,
    ...more,
  })

/** What is said where there are no records. */
export const withoutRecords = (
  find: Find,
  answer: { kind: "nothing" } | { kind: "silence"; detail: string },
): Finding =>
  answer.kind === "nothing"
    ? find("missing", "missing")
    : find("unknown", "no-answer", { facts: { detail: answer.detail } })
