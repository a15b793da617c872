import nodemailer from "nodemailer"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { SECOND } from "../../shared/words/time.ts"
import { type Envelope, readyEnvelope } from "./envelope.ts"
import { notReached, oneLine, resultOfAnswer } from "./send-result.ts"

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
  /** Name in EHLO: the mail domain. */
  name: string
  connections?: number
  /** One try may take this long, whatever the server does; under the lease of a claim. */
  deadlineMs?: number
}

const DEADLINE = 45 * SECOND

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
  const mailer = nodemailer.createTransport({
    pool: true,
    host: out.host,
    port: out.port,
    secure: out.secure,
    name: options.name,
    auth: signsIn ? { user: out.user ?? "", pass: out.pass ?? "" } : undefined,
    // A password goes over TLS that proves itself, or nowhere but to this machine. Without one, TLS is
    // opportunistic (RFC 7435): better unproven than none, better none than no mail.
    requireTLS: signsIn && !out.secure && !isLoopback(out.host),
    opportunisticTLS: !signsIn,
    tls: { rejectUnauthorized: signsIn && !isLoopback(out.host) },
    maxConnections: options.connections ?? 10,
    maxMessages: 200,
    // Our own table of retries decides: the pool would send again at once what was dropped after the dot.
    maxRequeues: 0,
    // Shorter than servers wait, so that none is found closed when there is a mail to send.
    idleTimeout: 20 * SECOND,
    connectionTimeout: 15 * SECOND,
    greetingTimeout: 20 * SECOND,
    socketTimeout: 40 * SECOND,
    dnsTimeout: 10 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The pool tells of connections that fail while idle; the send that meets one reports it.
  mailer.on("error", () => undefined)
  return {
    send: async (envelope, raw, signal) => {
      const ready = readyEnvelope(envelope)
      if ("refused" in ready) return ready.refused
      const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE)
      try {
        const { response } = await mailer.sendMail({
          envelope: { from: ready.from, to: [ready.to] },
          raw,
          signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        })
        return { kind: "delivered", server: out.host, answer: oneLine(response) }
      } catch (error) {
        return resultOf(error as SendError, out.host)
      }
    },
    close: () => mailer.close(),
  }
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host)

/** Fields that nodemailer puts on its errors. */
type SendError = Error & { code?: string; response?: string; responseCode?: number; command?: string }

/** A smarthost that does not let us in says nothing about the recipient. */
const OURS = new Set(["EAUTH", "ENOAUTH", "ETLS", "ECONFIG"])

const resultOf = (error: SendError, server: string): DeliveryResult => {
  const answer = error.response && !OURS.has(error.code ?? "") ? error.response : null
  return answer === null || error.responseCode === undefined
    ? notReached(error.message)
    : resultOfAnswer(answer, server)
}
