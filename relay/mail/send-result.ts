import type { DeliveryOutcome, DeliveryResult } from "../../shared/words/outcomes.ts"
import { classifyAnswer, isPermanent, readAnswer } from "../rules/delivery.ts"
import type { TlsFacts } from "./smtp-client/talk.ts"

/** A result that is not a mail delivered. */
export type NotSent = Extract<DeliveryResult, { outcome: DeliveryOutcome }>

/** What a server's no means: to be tried again, or final. */
export const resultOfAnswer = (answer: string, server: string): NotSent => {
  const { code, enhanced, text } = readAnswer(answer)
  const outcome = classifyAnswer(code, enhanced, text)
  const kind = isPermanent(code, outcome) ? "failed" : "deferred"
  return { kind, outcome, server, answer: oneLine(answer) }
}

/** Nobody answered, for now. */
export const notReached = (why: string, server: string | null = null): NotSent => ({
  kind: "deferred",
  outcome: "connection",
  server,
  answer: oneLine(why),
})

/** An answer as it is kept and shown: one line, at most 500 characters. */
export const oneLine = (answer: string): string => answer.replace(/\s+/g, " ").trim().slice(0, 500)

/** `TLSv1.3, certificate verified`; `in clear` without TLS. */
export const tlsInWords = (tls: TlsFacts | null): string => {
  if (tls === null) return "in clear"
  return `${tls.version}, certificate ${tls.verified ? "verified" : `not verified: ${tls.why}`}`
}
