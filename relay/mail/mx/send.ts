import type { DeliveryResult } from "../../../shared/words/outcomes.ts"
import type { Millis } from "../../../shared/words/time.ts"
import { readyEnvelope, type WireEnvelope } from "../envelope.ts"
import { envelopeFor } from "../next-hop.ts"
import type { Resolve } from "../resolver.ts"
import { type NotSent, notReached, oneLine, resultOfAnswer, tlsInWords } from "../send-result.ts"
import { SmtpFault, type SmtpStage } from "../smtp-client/fault.ts"
import type { Transport } from "../transport.ts"
import { type Course, openCourse } from "./course.ts"
import { findAddresses, findHosts, type MailHost } from "./find-hosts.ts"
import { NO_PLACE, openHostPools, STUCK, type Way } from "./host-pools.ts"
import { openPauses, type Pauses } from "./pauses.ts"
import type { Places } from "./places.ts"
import { sendingGuard } from "./private-targets.ts"
import { remember } from "./remember.ts"
import { openPolicies, type StsPolicy } from "./sts-policies.ts"

/** What sending straight to the recipients' servers needs. */
export interface MxOptions {
  /** Our name: in EHLO, and in MX records as ourselves. */
  name: string
  resolve: Resolve
  now: () => Millis
  /** Private networks that mail may be sent to all the same. */
  privateTargets: readonly string[]
  /** Told of what is no mail's result: policies that are only tested, or cannot be had. */
  note: (facts: Record<string, unknown>, what: string) => void
  /** After so long no other server is tried, and none is waited for but one that has the whole mail. */
  deadlineMs: Millis
  /** So long for the answer to a whole mail; ten minutes if left out. */
  dotMs?: Millis
  /** Where mail servers listen: 25, but in tests. */
  port: number
  /** Where other relays send to the same servers: connections and pauses that are theirs too. */
  places?: Places | undefined
  pauses?: Pauses | undefined
  /** See STUCK in host-pools.ts, which it is if left out. */
  stuckMs?: Millis
  /** Tests only: where policies are served, and authorities that count beside the system's. */
  policyPort?: number
  ca?: string
}

/** Straight to the recipients' servers (RFC 5321 5.1). */
export const openMx = (options: MxOptions): Transport => {
  const { resolve, now, note } = options
  const maySend = sendingGuard(options.privateTargets)
  const policyOf = openPolicies({
    resolve,
    now,
    maySend,
    port: options.policyPort,
    ca: options.ca,
    onTrouble: (domain, why) => note({ domain, why }, "an MTA-STS policy could not be had"),
  })
  const pools = openHostPools({ ...options, stuckMs: options.stuckMs ?? STUCK })
  const pauses = options.pauses ?? openPauses(now)
  const hostsOf = remember(
    (domain) => findHosts(domain, { resolve, self: options.name }),
    (found) => Array.isArray(found),
    now,
  )
  const addressesOf = remember(
    (host) => findAddresses(host, resolve, maySend),
    (found) => "addresses" in found,
    now,
  )

  const send = async (mail: Mail): Promise<DeliveryResult> => {
    const { domain } = mail.envelope
    const [policy, hosts] = await Promise.all([policyOf(domain), hostsOf(domain)])
    if (!Array.isArray(hosts)) return hosts
    const course = openCourse(mail.isLate)
    for (const host of hosts) {
      if (course.isOver()) break
      const done = await sendToHost(host, { mail, policy, course })
      if (done) return done
    }
    return course.outcome(domain)
  }

  /** A result that settles the mail, or null: the next host may have it. */
  const sendToHost = async (
    host: MailHost,
    { mail, policy, course }: { mail: Mail; policy: StsPolicy | null; course: Course },
  ): Promise<DeliveryResult | null> => {
    const proven = policy?.mode === "enforce"
    if (policy && !policy.allows(host.name)) {
      note({ domain: mail.envelope.domain, host: host.name, mode: policy.mode }, "not in the MTA-STS policy")
      if (proven) {
        course.met(notReached(`the MTA-STS policy of ${mail.envelope.domain} does not name ${host.name}`))
        return null
      }
    }
    const where = await addressesOf(host.name)
    if ("none" in where) {
      course.noAddress(where.none, where.gone)
      return null
    }
    for (const address of where.addresses) {
      if (course.isOver()) return null
      const holding = pauses.holding(host.name) ?? pauses.holding(address)
      if (holding) {
        course.met(holding)
        continue
      }
      const tried = await attempt({ host: host.name, address, proven }, mail)
      if (tried.settles) return tried.result
      note({ domain: mail.envelope.domain, host: host.name, address, answer: tried.result.answer }, NOT_THERE)
      course.met(tried.result, tried.talked)
      if (tried.talked) return null
    }
    return null
  }

  const attempt = async (way: Way, { envelope, raw, signal }: Mail): Promise<Tried> => {
    try {
      const { reply, tls } = await pools.send(way, envelope, raw, signal)
      pauses.end(way.host)
      pauses.end(way.address)
      const answer = oneLine(reply.text)
      return { result: { kind: "delivered", server: way.host, answer, tls: tlsInWords(tls) }, settles: true }
    } catch (error) {
      const fault = error instanceof SmtpFault ? error : new SmtpFault("connect", null, messageOf(error))
      const tried = readFault(fault, way)
      // what we ended ourselves is not the server's fault
      if (!tried.settles && !signal?.aborted) {
        if (isNotNow(fault, tried.result)) pauses.begin(way.host, tried.result)
        else if (isNobody(fault)) pauses.begin(way.address, tried.result)
      }
      return tried
    }
  }

  return {
    send: async (envelope, raw, signal) => {
      const ready = readyEnvelope(envelope)
      if ("refused" in ready) return ready.refused
      let late = false
      const deadline = setTimeout(() => {
        late = true
      }, options.deadlineMs)
      const isLate = (): boolean => late || signal?.aborted === true
      try {
        return await send({ envelope: envelopeFor(ready, raw), raw, signal, isLate })
      } finally {
        clearTimeout(deadline)
      }
    },
    close: pools.close,
  }
}

interface Mail {
  envelope: WireEnvelope
  raw: Buffer
  signal: AbortSignal | undefined
  /** No further server is to be tried. */
  isLate(): boolean
}

/** What came of one address. `settles`: no other server is to have the mail. */
type Tried =
  | { settles: true; result: DeliveryResult }
  /** `talked`: the server was there and said no; its other addresses would say the same. */
  | { settles: false; result: NotSent; talked: boolean }

/** Before the mail is spoken of: a no there is a no to us, and another server may think otherwise. */
const BEFORE_THE_MAIL: ReadonlySet<SmtpStage> = new Set(["connect", "greeting", "hello", "tls", "auth"])

const NOT_THERE = "a mail server did not take a mail; another one or a later try may"

const readFault = (fault: SmtpFault, way: Way): Tried => {
  const aboutUs = BEFORE_THE_MAIL.has(fault.stage)
  if (fault.reply === null || fault.stage === "tls") {
    const policy =
      way.proven && fault.stage === "tls" ? "MTA-STS (RFC 8461) wants TLS that proves itself: " : ""
    const result = notReached(`${way.host} (${way.address}): ${policy}${fault.message}`)
    // after the dot it may have the mail: at another server it would be a second one
    return fault.stage === "dot" ? { settles: true, result } : { settles: false, result, talked: !aboutUs }
  }
  const result = resultOfAnswer(fault.reply.text, way.host)
  return !aboutUs && result.kind === "failed"
    ? { settles: true, result }
    : { settles: false, result, talked: true }
}

/** 421, or as much in words before any mail: the server wants to be left alone for a while (RFC 5321 3.8). */
const isNotNow = ({ reply, stage }: SmtpFault, { outcome }: NotSent): boolean =>
  reply !== null && (reply.code === 421 || (outcome === "rate-limited" && BEFORE_THE_MAIL.has(stage)))

/** Nobody is there; not so where it is our own network that leads nowhere, or other relays are there: no server is to blame. */
const isNobody = ({ reply, stage, cause }: SmtpFault): boolean =>
  reply === null &&
  (stage === "connect" || stage === "greeting") &&
  !OUR_NETWORK.has((cause as { code?: string } | undefined)?.code ?? "")

const OUR_NETWORK: ReadonlySet<string> = new Set([
  ...["ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL", "EMFILE"],
  NO_PLACE,
])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
