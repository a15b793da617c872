import { once } from "node:events"
import type net from "node:net"
import type { AddressInfo } from "node:net"
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from "smtp-server"
import type { SMTPConnectionOptions } from "smtp-server/lib/smtp-connection.js"
import type { Clock } from "../clock.ts"
import type { Log } from "../log.ts"
import { inNetworks, plainAddress } from "../networks.ts"
import type { SharedLimits } from "../shared-limits.ts"
import { openCrowd } from "./crowd.ts"
import { judgeRecipient, judgeSender } from "./guards.ts"
import type { InboundPort, RecipientKind } from "./inbound-port.ts"
import type { SmtpLimits } from "./limits.ts"
import { openRates } from "./rates.ts"
import { openMemory, readMail } from "./read-mail.ts"
import { REPLIES, type Reply, replyToError } from "./replies.ts"
import { Session, type SessionGuards } from "./session.ts"

/** PEM texts. */
export interface Certificate {
  cert: string | Buffer
  key: string | Buffer
}

export interface SmtpServerSettings {
  host: string
  /** 0 takes any free port. */
  port: number
  /** The name it greets with: that of the mail host (RFC 5321 4.1.1.1). */
  name: string
  /** Left out: no STARTTLS. */
  tls?: Certificate
  limits: SmtpLimits
  /** Load balancers that say by the PROXY protocol (version 1) whom they speak for; nobody, if left out. */
  proxies?: readonly string[]
  inbox: InboundPort
  log: Log
  clock: Clock
  /** Keeps limits together with other relays; alone if left out. */
  share?: SharedLimits["share"]
}

export interface SmtpServer {
  /** The port it listens on. */
  port: number
  /** Takes a renewed certificate for sessions that start TLS from now on. */
  setCertificate(tls: Certificate): void
  /**
   * Takes no more connections, lets mails that are being stored come to their answer, sends all other
   * clients away with 421, and resolves when no socket is left (at most `limits.closeMs` later).
   */
  close(): Promise<void>
}

/**
 * Listens for mail (RFC 5321; SIZE, PIPELINING, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES, STARTTLS).
 * Rejects when the address cannot be listened on (`EADDRINUSE`…).
 */
export const startSmtpServer = async (settings: SmtpServerSettings): Promise<SmtpServer> => {
  const { name, limits, inbox, log, clock } = settings
  const sessions = new Map<string, Session>()
  const memory = openMemory(limits.heldBytes)
  const rates = openRates(limits, settings.share)

  const guards: SessionGuards = {
    limits,
    clock,
    crowd: openCrowd(limits),
    rates,
    onOver: (session) => sessions.delete(session.id),
  }

  /** What the client hears after its mail; null when nobody is left to hear it. */
  const takeMail = async (
    stream: SMTPServerDataStream,
    details: SMTPServerSession,
  ): Promise<Reply | null> => {
    const session = sessions.get(details.id)
    if (!session) return null
    const hold = memory.hold()
    const stopDeadline = clock.wake(clock.now() + limits.dataMs, () => session.say(REPLIES.dataTooLong))
    const arrival = await readMail(stream, limits, hold)
    stopDeadline()
    try {
      switch (arrival.kind) {
        case "gone":
          return null
        case "overrun":
          session.sayAndClose(arrival.reply)
          return null
        case "refused":
          return arrival.reply
        case "whole":
          return await store(session, details, arrival.raw)
      }
    } finally {
      hold.release()
    }
  }

  const store = async (session: Session, details: SMTPServerSession, raw: Buffer): Promise<Reply> => {
    session.storingBegins()
    try {
      const outcome = await inbox.take(envelopeOf(details), raw)
      if (outcome.kind === "refused") return outcome.reply
      session.mailTaken()
      return REPLIES.stored
    } catch (error) {
      log.error({ err: error, client: details.remoteAddress }, "a mail could not be stored")
      return replyToError(error)
    }
  }

  const judgeWhoIsThere = async (address: string): Promise<Reply | null> => {
    try {
      const kind: RecipientKind = await inbox.findRecipient(address)
      if (kind === "foreign") return REPLIES.relayingDenied
      return kind === "unknown" ? REPLIES.noSuchRecipient : null
    } catch (error) {
      log.error({ err: error, address }, "a recipient could not be looked up")
      return replyToError(error)
    }
  }

  const server = new GuardedServer(
    {
      name,
      heloResponse: "%s greets %s",
      size: limits.mailBytes,
      maxCommandLength: limits.commandCharacters,
      maxRecipients: limits.recipients,
      socketTimeout: limits.silenceMs,
      closeTimeout: limits.closeMs,
      // by default the library asks the DNS for each client's name, and waits for the answer
      disableReverseLookup: true,
      // who closed their direction may still listen for the answer: Exim does (see Session)
      allowHalfOpen: true,
      hideENHANCEDSTATUSCODES: false,
      disabledCommands: [
        "AUTH",
        "XCLIENT",
        "XFORWARD",
        // jokes of the library
        "WIZ",
        "SHELL",
        "KILL",
        ...(settings.tls ? [] : ["STARTTLS"]),
      ],
      ...settings.tls,
      logger: false,
      onMailFrom: (sender, _details, done) => done(asError(judgeSender(sender))),
      onRcptTo: (recipient, details, done) => {
        const refused = judgeRecipient(recipient) ?? rates.recipient(details.remoteAddress, recipient.address)
        if (refused) done(asError(refused))
        else void judgeWhoIsThere(recipient.address).then((reply) => done(asError(reply)))
      },
      onData: (stream, details, done) => {
        void takeMail(stream, details).then((reply) => {
          if (reply === null) return
          if (reply.code < 300) done(null, reply.text)
          else {
            log.info(
              { client: details.remoteAddress, answer: `${reply.code} ${reply.text}` },
              "a mail was refused",
            )
            done(asError(reply))
          }
          sessions.get(details.id)?.storingEnds()
        })
      },
    },
    guards,
    (session) => sessions.set(session.id, session),
    inNetworks(settings.proxies ?? []),
  )
  server.on("error", (error) => {
    // Before, it is `listen` that fails, and whoever starts us says so.
    if (server.server.listening) log.info({ err: error }, "an SMTP connection failed")
  })

  await listen(server, settings)

  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    const closed = once(server, "close")
    server.close()
    for (const session of sessions.values()) session.leave(REPLIES.shuttingDown)
    const impatient = setTimeout(() => {
      for (const session of sessions.values()) session.drop()
    }, limits.closeMs)
    await closed
    clearTimeout(impatient)
  }

  return {
    port: (server.server.address() as AddressInfo).port,
    setCertificate: ({ cert, key }) => server.updateSecureContext({ cert, key }),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** The library's server with our sessions instead of its own. */
class GuardedServer extends SMTPServer {
  readonly #guards: SessionGuards
  readonly #onSession: (session: Session) => void
  readonly #isProxy: (address: string) => boolean

  constructor(
    options: SMTPServerOptions,
    guards: SessionGuards,
    onSession: (session: Session) => void,
    isProxy: (address: string) => boolean,
  ) {
    super(options)
    this.#guards = guards
    this.#onSession = onSession
    this.#isProxy = isProxy
    // a client may be gone before the library listens to its socket; unheard, that error ends the process
    this.server.prependListener("connection", (socket) => socket.on("error", () => socket.destroy()))
  }

  /** The library knows single addresses; networks of load balancers are asked for here. */
  override _expectsProxyHeader(socket: net.Socket): boolean {
    return this.#isProxy(plainAddress(socket.remoteAddress ?? ""))
  }

  override connect(socket: net.Socket, options?: SMTPConnectionOptions | null): void {
    const session = new Session(this, socket, options, this.#guards)
    this.#onSession(session)
    this.connections.add(session)
    session.on("error", (error) => this.emit("error", error))
    session.init()
  }
}

const listen = (server: SMTPServer, { host, port }: { host: string; port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.server.once("error", reject)
    server.listen(port, host, () => {
      server.server.off("error", reject)
      resolve()
    })
  })

const envelopeOf = (details: SMTPServerSession) => ({
  from: details.envelope.mailFrom === false ? "" : details.envelope.mailFrom.address,
  to: details.envelope.rcptTo.map((recipient) => recipient.address),
  remoteAddress: details.remoteAddress,
  helo: details.hostNameAppearsAs,
  protocol: details.transmissionType,
})

/** The library sends an error's message under its `responseCode`. */
const asError = (reply: Reply | null): Error | null =>
  reply && Object.assign(new Error(reply.text), { responseCode: reply.code })
