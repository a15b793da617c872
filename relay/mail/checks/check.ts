import type { ARCData } from "mailauth"
import { arc } from "mailauth/lib/arc/index.js"
import type { DkimVerifier } from "mailauth/lib/dkim/dkim-verifier.js"
import { getAuthorDomain } from "mailauth/lib/dmarc/author-domain.js"
import { evaluateDmarc } from "mailauth/lib/dmarc/index.js"
import { spf } from "mailauth/lib/spf/index.js"
import { formatDomain, getAlignment } from "mailauth/lib/tools.js"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { AUTH_WORDS, type AuthResult, type AuthWord } from "../auth-result.ts"
import type { Resolve } from "../resolver.ts"
import { headerOf } from "../split.ts"
import { type BoundedQuestions, boundQuestions } from "./bounded-questions.ts"
import { identityOf, nothingProven } from "./nothing-proven.ts"
import { MAX_SIGNATURES, verifySignatures } from "./signatures.ts"

/** A mail as it came. `now` is what a signature's expiry is judged at. */
export interface CheckedMail {
  raw: Buffer
  /** Empty for the null sender. */
  envelopeFrom: string
  /** What the client called itself; its IP address, empty where no client is known. */
  helo: string
  remoteAddress: string
  now: Millis
}

export interface CheckWays {
  resolve: Resolve
  /** Our own name, for SPF's macros (RFC 7208 7.2, `r`). */
  mailHost: string
  /** Ms for all questions together; 10 s if left out. */
  deadline?: Millis
  /** Hears what went wrong in a check itself: a fault of ours or of the library's, never of the mail. */
  onFault?: (error: unknown) => void
}

/** The client waits for its answer meanwhile; RFC 5321 4.5.3.2.6 gives ten minutes, and few are that patient. */
const DEADLINE: Millis = 10 * SECOND

/**
 * Questions of one mail. SPF may ask 10 and 10 for each MX or PTR of these, signatures one each, an ARC chain
 * of 50 sets 51, DMARC 8 for each domain: no honest mail comes near the sum of its parts.
 */
const MAX_QUESTIONS = 100

/** Bytes of header that signatures are verified over; what is longer was made to be expensive. */
const MAX_HEADER_BYTES = 256 * 1024

/**
 * Finds out who really sent a mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489, alignment and tree walk
 * as RFC 9989 has them) and ARC (RFC 8617), each exactly as its RFC says. Takes at most the deadline, asks at most
 * 100 questions, looks at 10 signatures. Never rejects: what could not be found out is a word in the result.
 */
export const checkMail = async (mail: CheckedMail, ways: CheckWays): Promise<AuthResult> => {
  const questions = boundQuestions(ways.resolve, MAX_QUESTIONS, ways.deadline ?? DEADLINE)
  try {
    return await check(mail, ways, questions)
  } catch (error) {
    ways.onFault?.(error)
    return nothingProven(mail)
  } finally {
    questions.close()
  }
}

const check = async (
  mail: CheckedMail,
  ways: CheckWays,
  questions: BoundedQuestions,
): Promise<AuthResult> => {
  const [sender, signed] = await Promise.all([
    checkSender(mail, ways, questions.resolve),
    headerOf(mail.raw).length > MAX_HEADER_BYTES
      ? null
      : verifySignatures(mail.raw, mail.envelopeFrom, questions.resolve, mail.now),
  ])
  const none = nothingProven(mail)
  if (signed === null) return wordsOf({ ...none, spf: sender }, questions)

  const [arcResult, dmarcResult] = await Promise.all([
    checkChain(signed, questions),
    checkPolicy(signed, sender, questions.resolve),
  ])
  const { dkim, dmarc, aligned } = dmarcResult
  return wordsOf({ spf: sender, dkim, dmarc, arc: arcResult, aligned, temporary: false }, questions)
}

const checkSender = async (
  mail: CheckedMail,
  ways: CheckWays,
  resolve: Resolve,
): Promise<AuthResult["spf"]> => {
  // of what came from within, by a mail server of our own, nothing is to be said
  if (mail.remoteAddress === "")
    return { result: "none", domain: null, identity: identityOf(mail.envelopeFrom) }
  const found = await spf({
    sender: mail.envelopeFrom,
    ip: mail.remoteAddress,
    helo: mail.helo,
    mta: ways.mailHost,
    resolver: resolve as never,
    strict: true,
  })
  return {
    result: wordOf(found.status.result),
    domain: found.domain.includes(".") ? found.domain : null,
    identity: identityOf(mail.envelopeFrom),
  }
}

/**
 * A broken chain and one whose keys nobody would give us now are the same to the library; to us they are not, as
 * the first is so for ever.
 */
const checkChain = async (
  signed: DkimVerifier,
  { resolve, unanswered }: BoundedQuestions,
): Promise<AuthResult["arc"]> => {
  const chain = signed.arc.chain || []
  const found = await arc(signed.arc as ARCData, { resolver: resolve as never, strict: true })
  const sealer = tagOf(chain.at(-1)?.["arc-seal"], "d")
  const result = wordOf(found.status.result)
  const keys = chain.flatMap((set) => [keyName(set["arc-seal"]), keyName(set["arc-message-signature"])])
  const isOpen = result === "fail" && keys.some((name) => unanswered.has(name))
  return { result: isOpen ? "temperror" : result, sealer }
}

type ChainField = { parsed?: Record<string, { value?: unknown } | undefined> } | undefined

const tagOf = (field: ChainField, tag: string): string | null => {
  const value = field?.parsed?.[tag]?.value
  return typeof value === "string" && value !== "" ? value.toLowerCase() : null
}

const keyName = (field: ChainField): string => `${tagOf(field, "s")}._domainkey.${tagOf(field, "d")}`

/**
 * DMARC, and which signatures are aligned. Where nothing is published, or nobody answers, alignment is the relaxed
 * one by the Public Suffix List, so that a person of a domain without DMARC can be told from a forger too.
 */
const checkPolicy = async (
  signed: DkimVerifier,
  sender: AuthResult["spf"],
  resolve: Resolve,
): Promise<Pick<AuthResult, "dkim" | "dmarc" | "aligned">> => {
  const results = signed.results.filter((one) => one.signingDomain !== undefined).slice(0, MAX_SIGNATURES)
  const signatures = results.map(({ id, signingDomain, selector, status }) => ({
    id,
    // A signature over the beginning of the body vouches for nobody who appended the rest (RFC 6376 8.2).
    result: status.result === "pass" && status.underSized ? ("policy" as const) : wordOf(status.result),
    domain: formatDomain(signingDomain ?? "") || null,
    selector: selector || null,
  }))
  const passed = signatures.flatMap(({ result, domain }) => (result === "pass" && domain ? [domain] : []))
  const bySpf = sender.result === "pass" && sender.domain ? [formatDomain(sender.domain)] : []
  const from = getAuthorDomain(signed.headerFrom, signed.fromFields).authorDomain ?? null

  const { response, dkimAligned } = await evaluateDmarc({
    headerFrom: signed.headerFrom,
    fromFields: signed.fromFields,
    spfDomains: bySpf,
    dkimDomains: passed.map((domain) => ({ domain })),
    resolver: resolve as never,
    strict: true,
  })
  const result = response ? wordOf(response.status.result) : "none"
  const isJudged = result === "pass" || result === "fail"
  const isAligned = (domain: string | null): boolean => {
    if (domain === null || from === null) return false
    return isJudged ? (dkimAligned?.has(domain) ?? false) : getAlignment(from, [domain], false) !== false
  }
  return {
    dkim: signatures.map(({ result, domain, selector }) => ({
      result,
      domain,
      selector,
      aligned: result === "pass" && isAligned(domain),
    })),
    dmarc: { result, domain: from, policy: policyOf(response ? response.policy : null) },
    aligned: isJudged ? result === "pass" : [...passed, ...bySpf].some(isAligned),
  }
}

const policyOf = (policy: string | null | undefined): AuthResult["dmarc"]["policy"] =>
  policy === "none" || policy === "quarantine" || policy === "reject" ? policy : null

/**
 * `temperror` is said only where asking again could help: where a server gave no answer. Where it was us who asked
 * no further, it is the mail's fault, and stays.
 */
const wordsOf = (found: AuthResult, { unanswered }: BoundedQuestions): AuthResult => {
  const isOpen = unanswered.size > 0
  const settle = <T extends { result: AuthWord }>(part: T): T =>
    part.result === "temperror" && !isOpen ? { ...part, result: "permerror" } : part
  const settled = {
    ...found,
    spf: settle(found.spf),
    dkim: found.dkim.map(settle),
    dmarc: settle(found.dmarc),
    arc: settle(found.arc),
  }
  const words = [settled.spf, ...settled.dkim, settled.dmarc, settled.arc].map(({ result }) => result)
  return { ...settled, temporary: words.includes("temperror") }
}

const wordOf = (word: string): AuthWord => AUTH_WORDS.find((known) => known === word) ?? "neutral"
