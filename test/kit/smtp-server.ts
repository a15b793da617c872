import { domainToASCII } from "node:url"
import { type HandClock, handClock } from "../../relay/clock.ts"
import { silentLog } from "../../relay/log.ts"
import type {
  InboundEnvelope,
  InboundPort,
  PerMailOutcome,
  RecipientKind,
} from "../../relay/smtp/inbound-port.ts"
import { SMTP_LIMITS, type SmtpLimits } from "../../relay/smtp/limits.ts"
import { type SmtpServer, type SmtpServerSettings, startSmtpServer } from "../../relay/smtp/server.ts"

/** What was asked of the inbox, and what it is to answer. */
export interface RecordingInbox extends InboundPort {
  taken: { envelope: InboundEnvelope; raw: Buffer }[]
  asked: string[]
  /** Replaced by a test that wants another answer, a fault or a wait. */
  whenTaking: (envelope: InboundEnvelope, raw: Buffer) => Promise<PerMailOutcome>
  whenAsked: (address: string) => Promise<RecipientKind>
}

/** Knows `postmaster`, `abuse` and anything that begins with `r-`, at one domain. */
const recordingInbox = (domain: string): RecordingInbox => {
  const inbox: RecordingInbox = {
    taken: [],
    asked: [],
    whenTaking: async () => ({ kind: "taken" }),
    whenAsked: async (address) => {
      const [name = "", at = domain] = address.toLowerCase().split("@")
      if (domainToASCII(at) !== domainToASCII(domain)) return "foreign"
      if (name === "postmaster" || name === "abuse") return "postmaster"
      return name.startsWith("r-") ? "reply" : "unknown"
    },
    findRecipient: (address) => {
      inbox.asked.push(address)
      return inbox.whenAsked(address)
    },
    take: async (envelope, raw) => {
      const outcome = await inbox.whenTaking(envelope, raw)
      if (outcome.kind === "taken") inbox.taken.push({ envelope, raw })
      return outcome
    },
  }
  return inbox
}

export interface TestServer extends SmtpServer {
  inbox: RecordingInbox
  clock: HandClock
}

/** A server of domain `relay.test` on a free port, with a clock that only a test moves. */
export const testSmtpServer = async (
  limits: Partial<SmtpLimits> = {},
  {
    domain = "relay.test",
    ...more
  }: Partial<Pick<SmtpServerSettings, "tls" | "log" | "proxies"> & { domain: string }> = {},
): Promise<TestServer> => {
  const inbox = recordingInbox(domain)
  const clock = handClock(Date.UTC(2026, 10, 21, 12))
  const server = await startSmtpServer({
    host: "127.0.0.1",
    port: 0,
    name: domain,
    limits: { ...SMTP_LIMITS, closeMs: 500, ...limits },
    inbox,
    log: silentLog(),
    clock,
    ...more,
  })
  return { ...server, inbox, clock }
}
