import { randomBase32 } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Claim } from "../actions/deliveries.ts"
import type { Recipient } from "../actions/find-recipients.ts"
import type { ClaimTerms, ForwardedMail, ForwardTo } from "../actions/forwarding.ts"
import type { Actions } from "../actions/index.ts"
import type { ParsedMail } from "../actions/mail-conversation.ts"
import type { Clock } from "../clock.ts"
import type { Log } from "../log.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import { readBounce } from "../mail/dsn/read.ts"
import { needsRewrite } from "../mail/from-rewrite.ts"
import { allOf, type HeaderField, readHeader } from "../mail/header.ts"
import { hasLoopMark } from "../mail/loop-mark.ts"
import type { MailWork } from "../mail/mail-work.ts"
import type { MailParser } from "../mail/parse.ts"
import { cameFrom } from "../mail/received.ts"
import { readReplyHeader } from "../mail/reply-header.ts"
import type { InputOf, Manner, OutputOf } from "../store/store.ts"
import { domainOf, isBarePostmaster, localPartOf, sameDomain } from "./guards.ts"
import type { InboundEnvelope, InboundPort, PerMailOutcome, RecipientKind } from "./inbound-port.ts"
import type { PostmasterFolder } from "./postmaster.ts"
import { rememberRecipients } from "./recipient-memory.ts"
import { REPLIES, type Reply } from "./replies.ts"
import { allTaken, outcomeOf, settle, type Taken } from "./taken.ts"
import { receivedField, returnPath } from "./trace.ts"

/** RFC 5321 6.3 wants at least 100 allowed; mail that ends here has passed three or four. */
const MAX_RECEIVED = 25

/** The operator's own addresses (RFC 2142), always accepted. */
const OPERATOR = new Set(["postmaster", "abuse"])

/** The actions that mail coming in needs; a Store has them. */
export interface InboxStore {
  run<Name extends "findRecipients" | "acceptForward" | "takeConversationMail" | "takeReply" | "takeBounce">(
    name: Name,
    input: InputOf<Actions[Name]>,
    now: Millis,
    manner?: Manner,
  ): Promise<OutputOf<Actions[Name]>>
}

export interface InboxSettings {
  store: InboxStore
  parser: MailParser
  postmaster: PostmasterFolder
  /** The relay's mail domain. */
  domain: string
  /** The name that its mail server greets with, and puts into Received. */
  host: string
  clock: Clock
  log: Log
  work: Pick<MailWork, "check" | "prepare">
  /** Whether an address is that of a mail server of our own, in front of this one. */
  isGateway: (address: string) => boolean
  /** Of loop marks (relay/mail/loop-mark.ts). */
  loopKey: string
  /** Told when mails were queued: they need not wait for the next look at the queue. */
  mailQueued?: () => void
  /** Sends what is passed on from memory, past the queue, when there is room for it. */
  handOver?: HandOver
}

/** What takes mails that were just stored on their way out (relay/work/deliver.ts). */
export interface HandOver {
  terms(): ClaimTerms | null
  take(claims: readonly Claim[], terms: ClaimTerms): void
}

/** A mail on its way to its recipients, and what they share. */
interface Arrived {
  id: string
  envelope: InboundEnvelope
  header: readonly HeaderField[]
  raw: Buffer
  received: Buffer
  auth: AuthResult | null
}

/**
 * What becomes of mail for our addresses. Each recipient is decided for itself; when one could not be stored
 * the whole mail is put off (4xx). Conversations that had it already know it again by its Message-ID; it is kept for
 * the operator and sent on only after them, so that neither happens again and again while they cannot be stored.
 */
export const openInbox = (settings: InboxSettings): InboundPort => {
  const { store, parser, postmaster, domain, clock, log } = settings

  /** The operator is there whatever the store says. */
  const isOperator = (address: string): boolean =>
    isBarePostmaster(address) ||
    (OPERATOR.has(localPartOf(address).toLowerCase()) && sameDomain(domainOf(address), domain))

  /** Who was found for RCPT is not looked for again when the mail is there. */
  const people = rememberRecipients(
    (addresses) => store.run("findRecipients", { addresses }, clock.now(), "glance"),
    clock.now,
  )

  const findRecipient = async (address: string): Promise<RecipientKind> => {
    if (isOperator(address)) return "postmaster"
    return (await people.ask(address)).kind
  }

  const take = async (envelope: InboundEnvelope, raw: Buffer): Promise<PerMailOutcome> => {
    const header = readHeader(raw)
    const refused = judgeMail(header)
    if (refused) {
      log.warn({ from: envelope.from, to: envelope.to, client: envelope.remoteAddress }, refused.text)
      return { kind: "refused", reply: refused }
    }
    const id = randomBase32(12)
    const named = envelope.to.filter((address) => !isOperator(address))
    const recipients = named.length === 0 ? [] : await people.recall(named)
    const received = receivedField(envelope, settings.host, id, clock.now())
    const auth = recipients.some(isChecked) ? await check(envelope, header, raw) : null
    const mail: Arrived = { id, envelope, header, raw, received, auth }
    const forOperator =
      named.length < envelope.to.length || recipients.some(({ kind }) => kind === "postmaster")
    // What knows a mail again comes first, and what leaves the house last: whatever fails brings the mail back.
    const ends = await allTaken([...(await post(mail, recipients)), ...takeBounces(mail, recipients)])
    if (forOperator) ends.push(await keepForOperator(mail))
    ends.push(...(await forward(mail, recipients)))
    return outcomeOf(ends)
  }

  const check = (envelope: InboundEnvelope, header: readonly HeaderField[], raw: Buffer) => {
    const { helo, remoteAddress } = settings.isGateway(envelope.remoteAddress)
      ? cameFrom(allOf(header, "received"), settings.isGateway)
      : envelope
    return settings.work.check({ raw, envelopeFrom: envelope.from, helo, remoteAddress })
  }

  const keepForOperator = async ({ envelope, received, raw }: Arrived): Promise<Taken> => {
    const file = await postmaster.keep([returnPath(envelope), received, raw], clock.now())
    log.info({ from: envelope.from, to: envelope.to, file }, "a mail to the operator was kept")
    return "taken"
  }

  /** To agents: on to where they read, whether or not the mail can be parsed. */
  const forward = async (arrived: Arrived, recipients: readonly Recipient[]): Promise<Taken[]> => {
    const all = recipients.filter((recipient) => recipient.kind === "forward")
    const [back, to] = partition(all, ({ address }) => hasLoopMark(arrived.header, address, settings.loopKey))
    if (back.length > 0) {
      const { id, envelope } = arrived
      const names = back.map(({ address }) => address)
      log.warn(
        { id, from: envelope.from, names },
        "a mail came back that was forwarded from here: it stops here",
      )
    }
    const ends = back.map((): Taken => "loop")
    // One after the other: each copy is as large as the mail.
    for (const some of copiesOf(arrived.auth, to)) ends.push(await acceptForward(arrived, some))
    return ends
  }

  const acceptForward = async (arrived: Arrived, to: readonly ForwardTo[]): Promise<Taken> => {
    const { envelope, id, received: trace, auth } = arrived
    const { from, subject, messageId, automatic } = readReplyHeader(
      arrived.raw,
      envelope.from,
      domain,
      arrived.header,
    )
    const mail: ForwardedMail = {
      envelopeFrom: envelope.from,
      from,
      subject,
      messageId,
      automatic,
      auth,
      raw: await settings.work.prepare(arrived.raw, { trace, auth, domain, rewriteTo: to[0]!.address }),
    }
    return settle(async () => {
      const claim = settings.handOver?.terms() ?? null
      const { destinations, loops, claims } = await store.run(
        "acceptForward",
        { mail, to, claim },
        clock.now(),
      )
      if (claim) {
        const ours = claims.map((one) => ({ ...one, raw: mail.raw }))
        // The client hears first that its mail is stored: to begin sending it takes longer than the answer.
        setImmediate(() => settings.handOver?.take(ours, claim))
      } else settings.mailQueued?.()
      if (loops.length > 0) log.warn({ id, loops }, "a destination is an address of this relay: left out")
      log.info({ id, from, messageId, destinations }, "a mail is forwarded")
    })
  }

  /** To the envelope senders of our mails: reports of what became of them, mostly. */
  const takeBounces = (arrived: Arrived, recipients: readonly Recipient[]): Promise<Taken>[] => {
    const tokens = new Set(recipients.flatMap((one) => (one.kind === "bounce" ? [one.token] : [])))
    return [...tokens].map((token) => takeBounce(token, arrived))
  }

  const takeBounce = (token: string, { id, envelope, received, raw }: Arrived): Promise<Taken> =>
    settle(async () => {
      const report = readBounce(raw, envelope.from)
      const whole = Buffer.concat([returnPath(envelope), received, raw])
      const taken = await store.run("takeBounce", { token, raw: whole, report }, clock.now())
      log.info({ id, form: report.form, ...taken }, "a report about a mail was taken")
      settings.mailQueued?.()
    })

  /** To conversations: by reply tokens, and by the names of groups and accounts. Each once. */
  const post = async (arrived: Arrived, recipients: readonly Recipient[]): Promise<Promise<Taken>[]> => {
    const tokens = new Set(recipients.flatMap((one) => (one.kind === "reply" ? [one.token] : [])))
    // Of several names of one group or account, the first that was given.
    const names = new Map(
      recipients
        .toReversed()
        .flatMap((one) =>
          one.kind === "conversation" ? [[`${one.accountId} ${one.groupId}`, one] as const] : [],
        ),
    )
    if (tokens.size + names.size === 0) return []
    const { envelope } = arrived
    const mail = await parser.parse(arrived.raw, envelope.from)
    const raw = Buffer.concat([returnPath(envelope), arrived.received, arrived.raw])
    const whole: Whole = { id: arrived.id, envelopeFrom: envelope.from, raw, mail, auth: arrived.auth }
    const replies = [...tokens].map((token) => takeReply(token, whole))
    // What is an answer by its token is no second message by a name.
    const answered = Promise.allSettled(replies)
    return [...replies, ...[...names.values()].map((name) => answered.then(() => takeMail(name, whole)))]
  }

  const takeReply = (token: string, { id, ...given }: Whole): Promise<Taken> =>
    settle(async () => {
      const { outcome } = await store.run("takeReply", { token, ...given }, clock.now())
      const { from, messageId } = given.mail
      log.info({ id, from, messageId, outcome }, "an answer by mail was taken")
    })

  const takeMail = (name: Extract<Recipient, { kind: "conversation" }>, whole: Whole): Promise<Taken> =>
    settle(async () => {
      const { accountId, groupId, address } = name
      const { id, ...rest } = whole
      const { outcome, conversationId } = await store.run(
        "takeConversationMail",
        { accountId, groupId, address, ...rest },
        clock.now(),
      )
      const { from, messageId } = whole.mail
      log.info({ id, from, to: address, messageId, outcome, conversationId }, "a mail was taken")
    })

  return { findRecipient, take }
}

/** Whether it matters who really sent the mail. */
const isChecked = ({ kind }: Recipient): boolean =>
  kind === "forward" || kind === "conversation" || kind === "reply"

/**
 * Who may have the same bytes. A From that has to be rewritten is an address of whoever gets the mail: no agent is to
 * read there who else was written to, perhaps as a blind copy.
 */
const copiesOf = (auth: AuthResult | null, to: readonly ForwardTo[]): (readonly ForwardTo[])[] => {
  if (to.length === 0) return []
  return needsRewrite(auth) ? [...Map.groupBy(to, ({ agentId }) => agentId).values()] : [to]
}

const partition = <T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
]

/** A mail that was read. */
interface Whole {
  id: string
  envelopeFrom: string
  /** With the lines that say how it came. */
  raw: Buffer
  mail: ParsedMail
  auth: AuthResult | null
}

/** Guards on a whole mail, before anything of it is stored. Automatic mail is no reason to refuse. */
const judgeMail = (header: readonly HeaderField[]): Reply | null => refuseLoop(header)

const refuseLoop = (header: readonly HeaderField[]): Reply | null =>
  allOf(header, "received").length > MAX_RECEIVED ? REPLIES.loop : null
