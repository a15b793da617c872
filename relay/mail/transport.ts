import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import { type Envelope, readyEnvelope } from "./envelope.ts"
import { envelopeFor, fitToHop } from "./next-hop.ts"
import { notReached, oneLine, resultOfAnswer, tlsInWords } from "./send-result.ts"
import { openConnection, openOpportunistic } from "./smtp-client/connection.ts"
import { SmtpFault, type SmtpStage } from "./smtp-client/fault.ts"
import { openPool } from "./smtp-client/pool.ts"
import type { SmtpTarget } from "./smtp-client/target.ts"

/** The way out: what the setting PORCHLIGHT_OUTBOUND says, taken apart. */
export type Outbound =
  /** Nothing leaves the relay. */
  | { kind: "capture" }
  /** A smarthost; `secure`: TLS from the first byte, else STARTTLS where it is offered. */
  | { kind: "smtp"; host: string; port: number; secure: boolean; user: string | null; pass: string | null }

export interface Transport {
  /**
   * Hands over one mail, signed and with CRLF line ends. Never throws: what went wrong is the result.
   * `signal` ends it early; it then counts as not delivered, whatever the server thought.
   */
  send(envelope: Envelope, raw: Buffer, signal?: AbortSignal): Promise<DeliveryResult>
  /** Ends idle connections at once and those at work as soon as their mail is through. */
  close(): void
}

export interface TransportOptions {
  /** Name in EHLO: that of the mail host. */
  name: string
  connections?: number
  /** One try may take this long up to its last byte, whatever the server does. */
  deadlineMs?: Millis
  /** And so long for the answer to it; ten minutes if left out. */
  dotMs?: Millis
}

/** For one try up to the last byte of the mail. */
export const DEADLINE = 45 * SECOND

/** Opens a way out. Connections are made when there is something to send. */
export const openTransport = (outbound: Outbound, options: TransportOptions): Transport =>
  outbound.kind === "capture" ? capture() : smarthost(outbound, options)

const capture = (): Transport => ({
  send: async (envelope, raw) => {
    const ready = readyEnvelope(envelope)
    return "refused" in ready ? ready.refused : { kind: "captured", raw }
  },
  close: () => undefined,
})

const smarthost = (out: Extract<Outbound, { kind: "smtp" }>, options: TransportOptions): Transport => {
  const signsIn = out.user !== null
  // A password goes over TLS that proves itself, or nowhere but to this machine. Without one, TLS is
  // opportunistic (RFC 7435): better unproven than none, better none than no mail.
  const proven = signsIn && !isLoopback(out.host)
  const target: SmtpTarget = {
    host: out.host,
    port: out.port,
    secure: out.secure,
    tls: proven ? "required" : "if-offered",
    verify: proven,
    auth: signsIn ? { user: out.user ?? "", pass: out.pass ?? "" } : null,
    name: options.name,
  }
  const pool = openPool({
    open: (signal) => (proven ? openConnection : openOpportunistic)(target, signal),
    before: (connection, _envelope, raw) => fitToHop(connection, raw),
    connections: options.connections ?? 10,
    perConnection: 200,
    idleMs: 20 * SECOND,
    deadlineMs: options.deadlineMs ?? DEADLINE,
    dotMs: options.dotMs,
  })
  return {
    send: async (envelope, raw, signal) => {
      const ready = readyEnvelope(envelope)
      if ("refused" in ready) return ready.refused
      try {
        const { reply, tls } = await pool.send(envelopeFor(ready, raw), raw, signal)
        return { kind: "delivered", server: out.host, answer: oneLine(reply.text), tls: tlsInWords(tls) }
      } catch (error) {
        return resultOf(error, out.host)
      }
    },
    close: pool.close,
  }
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host)

/** A smarthost that does not let us in says nothing about the recipient. */
const BEFORE_THE_MAIL: ReadonlySet<SmtpStage> = new Set(["connect", "greeting", "hello", "tls", "auth"])

const resultOf = (error: unknown, server: string): DeliveryResult => {
  const fault = error instanceof SmtpFault ? error : null
  return fault?.reply && !BEFORE_THE_MAIL.has(fault.stage)
    ? resultOfAnswer(fault.reply.text, server)
    : notReached(error instanceof Error ? error.message : String(error))
}
