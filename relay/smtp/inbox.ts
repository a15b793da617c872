import { randomBase32 } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Clock } from "../clock.ts"
import type { Log } from "../log.ts"
import { parseLocalPart } from "../mail/addresses.ts"
import { allOf, type HeaderField, readHeader } from "../mail/header.ts"
import type { MailParser } from "../mail/parse.ts"
import type { ParsedReply } from "../mail/parsed-reply.ts"
import { isBarePostmaster, localPartOf } from "./guards.ts"
import type { InboundEnvelope, InboundPort, PerMailOutcome, RecipientKind } from "./inbound-port.ts"
import type { PostmasterFolder } from "./postmaster.ts"
import { REPLIES, type Reply } from "./replies.ts"
import { traceFields } from "./trace.ts"

/** RFC 5321 6.3 wants at least 100 allowed; mail that ends here has passed three or four. */
const MAX_RECEIVED = 25

/** The operator's own addresses (RFC 2142), always accepted. */
const OPERATOR = new Set(["postmaster", "abuse"])

/** The two actions that mail coming in needs; a Store has them. */
export interface InboxStore {
  run(
    name: "findRecipient",
    input: { localPart: string },
    now: Millis,
  ): Promise<{ kind: "reply" | "unknown" }>
  run(
    name: "takeReply",
    input: { token: string; envelopeFrom: string; raw: Uint8Array; mail: ParsedReply },
    now: Millis,
  ): Promise<{ outcome: "posted" | "unconfirmed" | "automatic" | "repeated" }>
}

export interface InboxSettings {
  store: InboxStore
  parser: MailParser
  postmaster: PostmasterFolder
  /** The relay's mail domain. */
  domain: string
  clock: Clock
  log: Log
}

/**
 * What becomes of mail for our addresses. Each recipient is decided for itself; when one could not be stored
 * the whole mail is put off (4xx), and those who had it already know it again by its Message-ID.
 */
export const openInbox = (settings: InboxSettings): InboundPort => {
  const { store, parser, postmaster, domain, clock, log } = settings

  const findRecipient = async (address: string): Promise<RecipientKind> => {
    if (isOperator(address)) return "postmaster"
    const { kind } = await store.run("findRecipient", { localPart: localPartOf(address) }, clock.now())
    return kind
  }

  const take = async (envelope: InboundEnvelope, raw: Buffer): Promise<PerMailOutcome> => {
    const refused = judgeMail(readHeader(raw))
    if (refused) {
      log.warn({ from: envelope.from, to: envelope.to, client: envelope.remoteAddress }, refused.text)
      return { kind: "refused", reply: refused }
    }
    const id = randomBase32(12)
    const trace = traceFields(envelope, domain, id, clock.now())
    const { forOperator, tokens } = sortRecipients(envelope.to)

    const jobs: Promise<Taken>[] = []
    if (forOperator) jobs.push(keepForOperator(envelope, [trace, raw]))
    if (tokens.length > 0) {
      const mail = await parser.parse(raw, envelope.from)
      const whole = Buffer.concat([trace, raw])
      for (const token of tokens) jobs.push(takeReply(token, envelope.from, whole, mail, id))
    }
    return outcomeOf(await Promise.allSettled(jobs))
  }

  const keepForOperator = async (envelope: InboundEnvelope, mail: Buffer[]): Promise<Taken> => {
    const file = await postmaster.keep(mail, clock.now())
    log.info({ from: envelope.from, to: envelope.to, file }, "a mail to the operator was kept")
    return "taken"
  }

  const takeReply = async (
    token: string,
    envelopeFrom: string,
    raw: Buffer,
    mail: ParsedReply,
    id: string,
  ): Promise<Taken> => {
    try {
      const { outcome } = await store.run("takeReply", { token, envelopeFrom, raw, mail }, clock.now())
      log.info({ id, from: mail.from, messageId: mail.messageId, outcome }, "an answer by mail was taken")
      return "taken"
    } catch (error) {
      if (error instanceof Refusal && error.code === "not-found") return "unknown"
      throw error
    }
  }

  return { findRecipient, take }
}

/** `unknown`: the recipient went away between RCPT and the end of the data. */
type Taken = "taken" | "unknown"

/** Guards on a whole mail, before anything of it is stored. Automatic mail is no reason to refuse. */
const judgeMail = (header: readonly HeaderField[]): Reply | null => refuseLoop(header)

const refuseLoop = (header: readonly HeaderField[]): Reply | null =>
  allOf(header, "received").length > MAX_RECEIVED ? REPLIES.loop : null

const isOperator = (address: string): boolean =>
  isBarePostmaster(address) || OPERATOR.has(localPartOf(address).toLowerCase())

/** Each reply token once, however often and in whatever case it was named. */
const sortRecipients = (addresses: readonly string[]): { forOperator: boolean; tokens: string[] } => {
  const tokens = new Set<string>()
  for (const address of addresses) {
    const part = parseLocalPart(localPartOf(address))
    if (part.kind === "reply") tokens.add(part.token)
  }
  return { forOperator: addresses.some(isOperator), tokens: [...tokens] }
}

/** One answer for all recipients: put off if one failed; final only if there was nobody to store it for. */
const outcomeOf = (results: readonly PromiseSettledResult<Taken>[]): PerMailOutcome => {
  for (const result of results) if (result.status === "rejected") throw result.reason
  const taken = results.some((result) => result.status === "fulfilled" && result.value === "taken")
  return taken ? { kind: "taken" } : { kind: "refused", reply: REPLIES.noSuchRecipient }
}
