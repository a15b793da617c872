import { connect as connectPlain, isIP, type Socket } from "node:net"
import { connect as connectTls, TLSSocket } from "node:tls"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { SmtpFault, type SmtpStage } from "./fault.ts"
import { replyReader, type SmtpReply } from "./replies.ts"
import type { SmtpTarget } from "./target.ts"

/** Silences after which a server counts as gone. */
const LIMITS = { connect: 15 * SECOND, silence: 40 * SECOND }

/** A connected socket; over TLS if the target wants it from the first byte. */
export const connectTo = (target: SmtpTarget, signal: AbortSignal | undefined): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { host, address = host, port } = target
    const socket: Socket = target.secure
      ? connectTls({ ...tlsOptions(target), host: address, port })
      : connectPlain({ host: address, port })
    const fail = (error: Error): void => {
      socket.destroy()
      done()
      reject(new SmtpFault(target.secure ? "tls" : "connect", null, error.message, { cause: error }))
    }
    const late = setTimeout(
      () => fail(new Error(`no connection within ${LIMITS.connect / SECOND} s`)),
      LIMITS.connect,
    )
    const cutOff = (): void => fail(new Error("cut off"))
    const done = (): void => {
      clearTimeout(late)
      signal?.removeEventListener("abort", cutOff)
    }
    socket.once("error", fail)
    socket.once(target.secure ? "secureConnect" : "connect", () => {
      socket.off("error", fail)
      done()
      resolve(socket)
    })
    signal?.addEventListener("abort", cutOff)
    if (signal?.aborted) cutOff()
  })

export const tlsOptions = ({ host, verify, ca }: SmtpTarget) => ({
  ...(isIP(host) === 0 ? { servername: host } : {}),
  ...(ca === undefined ? {} : { ca }),
  // The name is checked even where the connection is made to an address.
  host,
  rejectUnauthorized: verify,
})

/** How a connection is encrypted. */
export interface TlsFacts {
  /** E.g. `TLSv1.3`. */
  version: string
  /** The certificate is right for the host's name. */
  verified: boolean
  /** What is wrong with it. */
  why: string | null
}

/** Commands out, answers in, over a socket that may become another (STARTTLS). */
export const startTalk = (first: Socket, signal: AbortSignal | undefined) => {
  let socket = first
  let reader = replyReader()
  const replies: SmtpReply[] = []
  let waiting: { stage: SmtpStage; resolve(reply: SmtpReply): void; reject(fault: SmtpFault): void } | null =
    null
  let lost: Error | null = null
  let silence: Millis = LIMITS.silence
  const ended = Promise.withResolvers<void>()

  const lose = (error: Error): void => {
    if (lost) return
    lost = error
    socket.destroy()
    signal?.removeEventListener("abort", onAbort)
    if (waiting && replies.length === 0) waiting.reject(lostAt(waiting.stage))
    waiting = null
    ended.resolve()
  }

  const lostAt = (stage: SmtpStage): SmtpFault =>
    new SmtpFault(stage, null, `${lost?.message ?? "the connection ended"} (at ${stage.toUpperCase()})`, {
      cause: lost,
    })

  const onData = (chunk: string): void => {
    let more: SmtpReply[]
    try {
      more = reader.add(chunk)
    } catch (error) {
      lose(error as Error)
      return
    }
    for (const reply of more) {
      if (waiting) {
        const { resolve } = waiting
        waiting = null
        resolve(reply)
      } else replies.push(reply)
    }
  }
  const onError = (error: Error): void => lose(error)
  const onClose = (): void => lose(new Error("the server hung up"))
  const onSilence = (): void => lose(new Error(`no answer for ${silence / SECOND} s`))
  const onAbort = (): void => lose(new Error("cut off"))

  const listen = (): void => {
    socket.setNoDelay(true)
    socket.setEncoding("utf8")
    socket.setTimeout(silence, onSilence)
    socket.on("data", onData).on("error", onError).on("end", onClose).on("close", onClose)
  }
  listen()
  signal?.addEventListener("abort", onAbort)
  if (signal?.aborted) onAbort()

  /** The next answer. */
  const reply = (stage: SmtpStage): Promise<SmtpReply> => {
    const known = replies.shift()
    if (known) return Promise.resolve(known)
    if (lost) return Promise.reject(lostAt(stage))
    return new Promise((resolve, reject) => {
      waiting = { stage, resolve, reject }
    })
  }

  const write = (...parts: (string | Buffer)[]): void => {
    if (lost) return
    if (parts.length > 1) socket.cork()
    for (const part of parts) socket.write(part)
    if (parts.length > 1) socket.uncork()
  }

  /** How long the server may be silent from now on. */
  const waitFor = (ms: Millis): void => {
    silence = ms
    socket.setTimeout(ms)
  }

  const command = (stage: SmtpStage, line: string): Promise<SmtpReply> => {
    write(`${line}\r\n`)
    return reply(stage)
  }

  /** Everything from here on goes over TLS. Anything that came before it, unasked, was put in by another. */
  const secureWith = (options: ReturnType<typeof tlsOptions>): Promise<void> =>
    new Promise((resolve, reject) => {
      if (lost || replies.length > 0 || !reader.isBetween()) {
        reject(new SmtpFault("tls", null, "the server spoke on in clear after STARTTLS"))
        return
      }
      const plain = socket
      plain.removeAllListeners("data").off("end", onClose).off("close", onClose).off("error", onError)
      plain.setTimeout(0).off("timeout", onSilence)
      socket = connectTls({ socket: plain, ...options })
      reader = replyReader()
      const failed = (error: Error): void =>
        reject(new SmtpFault("tls", null, error.message, { cause: error }))
      socket.once("error", failed)
      socket.once("secureConnect", () => {
        socket.off("error", failed)
        resolve()
      })
      listen()
      // A handshake that stands still, or ends without a word, is no error of the socket.
      void ended.promise.then(() => reject(lostAt("tls")))
    })

  return {
    reply,
    write,
    command,
    waitAsUsual: () => waitFor(LIMITS.silence),
    waitFor,
    secureWith,
    isQuiet: () => lost === null && replies.length === 0 && reader.isBetween(),
    ended: ended.promise,
    /** How the connection is encrypted; null: not at all. */
    tls: (): TlsFacts | null => {
      if (!(socket instanceof TLSSocket)) return null
      const why = socket.authorizationError
      return {
        version: socket.getProtocol() ?? "unknown",
        verified: socket.authorized,
        why: why ? String(why instanceof Error ? why.message : why) : null,
      }
    },
    /** The connection outlives the try it was made for. */
    unbind: () => signal?.removeEventListener("abort", onAbort),
    destroy: () => lose(new Error("given up")),
    end: () => {
      write("QUIT\r\n")
      socket.end()
      // A server that does not hang up in its turn is not waited for.
      socket.setTimeout(5 * SECOND)
    },
  }
}

export type Talk = ReturnType<typeof startTalk>
