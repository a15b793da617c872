import type net from "node:net"
import type { SMTPServer } from "smtp-server"
import { SMTPConnection, type SMTPConnectionOptions } from "smtp-server/lib/smtp-connection.js"
import type { SMTPStream } from "smtp-server/lib/smtp-stream.js"
import type { Clock } from "../clock.ts"
import type { Crowd } from "./crowd.ts"
import { judgeCommand } from "./guards.ts"
import type { SmtpLimits } from "./limits.ts"
import { feedMail } from "./mail-bytes.ts"
import type { Rates } from "./rates.ts"
import { REPLIES, type Reply } from "./replies.ts"

export interface SessionGuards {
  limits: SmtpLimits
  clock: Clock
  crowd: Crowd
  rates: Rates
  /** The socket is closed and nothing of the session is left. */
  onOver: (session: Session) => void
}

/** Commands that bring no mail nearer. */
const IDLE_COMMANDS = new Set(["NOOP", "RSET", "VRFY", "EXPN", "HELP", "HELO", "EHLO"])

/** A text that brings its own RFC 3463 code. */
const HAS_STATUS = /^[245]\.\d{1,3}\.\d{1,3} /

/**
 * One client's session: the library's, with our guards around it. The library leaves open how long a
 * session may last, how many errors it may make, and greets only after 100 ms.
 */
export class Session extends SMTPConnection {
  readonly #guards: SessionGuards
  #errors = 0
  #idleCommands = 0
  #storing = false
  #farewell: Reply | null = null
  #entered = false
  #over = false
  #stopDeadline: () => void = () => undefined

  constructor(
    server: SMTPServer,
    socket: net.Socket,
    options: SMTPConnectionOptions | null | undefined,
    guards: SessionGuards,
  ) {
    super(server, socket, options)
    this.#guards = guards
  }

  /**
   * Reads mails in our own way (see feedMail).
   * All that the client sent before it closed its direction is answered; then we close ours. The library would
   * close both at once, and lose the answer to what is being stored.
   */
  override _createParser(): SMTPStream {
    const parser = super._createParser()
    parser._feedDataStream = (chunk, done) => feedMail(parser, chunk, done)
    parser.once("finish", () => this.close())
    return parser
  }

  /** Greets at once: the library waits 100 ms for clients that talk first, and has no option for it. */
  override init(): void {
    const { clock, crowd, limits } = this.#guards
    // closed while it was waiting to be served: its "close" event has been and will not come again
    if (this._socket.destroyed) {
      this._onClose()
      return
    }
    this.#entered = true
    const crowded = crowd.enter(this.remoteAddress) ?? this.#guards.rates.session(this.remoteAddress)
    this._setListeners(() => {
      if (crowded) return this.say(crowded)
      this.#stopDeadline = clock.wake(clock.now() + limits.sessionMs, () =>
        this.leave(REPLIES.sessionTooLong),
      )
      this.connectionReady()
    })
  }

  /** Answers; a 421 also closes the connection. */
  say(reply: Reply): void {
    this.send(reply.code, reply.text)
  }

  /** Answers and closes, whatever the code. What still comes is thrown away for up to 5 s (the library). */
  sayAndClose(reply: Reply): void {
    this.say(reply)
    this.close()
  }

  /** Ends the session with a 421: now, or once the mail that is being stored has its answer. */
  leave(farewell: Reply): void {
    if (this.#storing) this.#farewell = farewell
    else if (!this.#over) this.say(farewell)
  }

  /** Drops the connection without a word. */
  drop(): void {
    this._socket.destroy()
  }

  /** Between the two, the session is not ended: the client would send again what is being stored. */
  storingBegins(): void {
    this.#storing = true
  }

  storingEnds(): void {
    this.#storing = false
    if (this.#farewell) this.leave(this.#farewell)
  }

  /** An accepted mail shows that the client is serious: its errors are forgotten. */
  mailTaken(): void {
    this.#errors = 0
    this.#idleCommands = 0
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    keepOpenForAnswers(this._socket)
    const own = typeof data === "string" && HAS_STATUS.test(data)
    super.send(code, data, own ? false : context)
    if (code >= 400 && code !== 421) this.#countError()
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    // what was pipelined behind STARTTLS is dropped by the library, unanswered (RFC 3207 4.2)
    const refused = this._upgrading ? null : this.#judge(command.toString())
    if (!refused) {
      super._onCommand(command, callback)
      return
    }
    this.say(refused)
    if (callback) this._whenWritable(callback)
  }

  /** RFC 5321 3.5.3: neither yes nor no. An address to say it of is asked for by the library. */
  override handler_VRFY(command: Buffer, callback: () => void): void {
    if (!/^\S+\s+\S/.test(command.toString())) {
      super.handler_VRFY(command, callback)
      return
    }
    this.say(REPLIES.vrfy)
    callback()
  }

  handler_EXPN(_command: Buffer, callback: () => void): void {
    this.say(REPLIES.expnOff)
    callback()
  }

  override _onClose(): void {
    super._onClose()
    if (this.#over) return
    this.#over = true
    this.#stopDeadline()
    if (this.#entered) this.#guards.crowd.leave(this.remoteAddress)
    this.#guards.onOver(this)
  }

  #judge(line: string): Reply | null {
    return judgeCommand(line) ?? this.#refuseIdling(line)
  }

  #refuseIdling(line: string): Reply | null {
    const verb = line.split(" ", 1)[0]!.toUpperCase()
    if (!IDLE_COMMANDS.has(verb)) return null
    this.#idleCommands += 1
    return this.#idleCommands > this.#guards.limits.idleCommands ? REPLIES.tooManyCommands : null
  }

  #countError(): void {
    this.#errors += 1
    if (this.#errors > this.#guards.limits.errors) this.say(REPLIES.tooManyErrors)
  }
}

/** The library answers on sockets whose state is "open" alone; one whose client only listens is as good. */
const keepOpenForAnswers = (socket: net.Socket): void => {
  if (socket.readyState !== "writeOnly") return
  Object.defineProperty(socket, "readyState", { get: () => (socket.writable ? "open" : "readOnly") })
}
