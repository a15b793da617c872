import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"

/** What the next server does with a mail. */
export type SinkAnswer =
  /** `text`: what it says to it, e.g. `2.0.0 Ok: queued as 4ZxYkQ`; `after`: when. */
  | { kind: "accept"; text?: string; after?: Promise<void> }
  /** Says no at RCPT or after DATA, e.g. `{ code: 550, text: "5.1.1 no such user" }`. */
  | { kind: "refuse"; at: "mail" | "rcpt" | "data"; code: number; text: string }
  /** Takes the whole mail and closes the connection instead of answering. */
  | { kind: "drop-after-dot" }
  /** Takes the whole mail and never answers. */
  | { kind: "hang" }

export interface SinkMail {
  from: string
  to: string[]
  raw: Buffer
  answered: SinkAnswer["kind"]
  secure: boolean
}

export interface SmtpSink {
  port: number
  /** Everything that came with DATA, whatever was answered. */
  mails: SinkMail[]
  /** Connections that were made. */
  connections: number
  /** Answers for the mails to come, in order; when used up, mails are accepted. */
  script: SinkAnswer[]
  /** Or by recipient; before the script. */
  answerFor: Map<string, SinkAnswer>
  /** Resolves when that many mails have come. Fails after 30 s. */
  received(count: number): Promise<SinkMail[]>
  /** Connections that are open now. */
  readonly open: number
  /** Closes every connection, as servers do with those that were idle for too long. */
  hangUp(): void
  close(): Promise<void>
}

const PATIENCE_MS = 30_000

export interface SinkOptions {
  user?: string
  pass?: string
  /** Offers STARTTLS, with smtp-server's own certificate or another. */
  tls?: boolean | { cert: string; key: string }
  /** 127.0.0.1 if left out. */
  host?: string
  /** Any free one if left out. */
  port?: number
  /** Extensions that it does not have. */
  without?: ("8BITMIME" | "SMTPUTF8" | "PIPELINING")[]
  /** Largest mail in bytes, as announced by SIZE. */
  size?: number
}

/** A real SMTP server on a free port of this machine that answers as it is told and keeps what it gets. */
export const startSmtpSink = async (options: SinkOptions = {}): Promise<SmtpSink> => {
  const mails: SinkMail[] = []
  const waiting = new Set<() => void>()
  const answers = new WeakMap<object, SinkAnswer>()
  const sink: SmtpSink = {
    port: 0,
    mails,
    connections: 0,
    script: [],
    answerFor: new Map(),
    received: (count) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (mails.length < count) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(mails)
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`waited for ${count} mails, ${mails.length} came`))
        }, PATIENCE_MS)
        waiting.add(look)
        look()
      }),
    get open() {
      return server.connections.size
    },
    hangUp: () => {
      for (const connection of server.connections) connection.close()
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }

  const refusal = (answer: SinkAnswer, at: "mail" | "rcpt" | "data"): Error | null =>
    answer.kind === "refuse" && answer.at === at
      ? Object.assign(new Error(answer.text), { responseCode: answer.code })
      : null

  const server = new SMTPServer({
    authOptional: options.user === undefined,
    hideSTARTTLS: !options.tls,
    ...(typeof options.tls === "object" ? options.tls : {}),
    hide8BITMIME: options.without?.includes("8BITMIME"),
    hideSMTPUTF8: options.without?.includes("SMTPUTF8"),
    hidePIPELINING: options.without?.includes("PIPELINING"),
    size: options.size,
    disabledCommands: options.user === undefined ? ["AUTH"] : [],
    allowInsecureAuth: true,
    closeTimeout: 100,
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, done) => {
      sink.connections += 1
      done()
    },
    onAuth: (auth, _session, done) => {
      if (auth.username === options.user && auth.password === options.pass)
        done(null, { user: auth.username })
      else done(Object.assign(new Error("5.7.8 wrong user or password"), { responseCode: 535 }))
    },
    onMailFrom: (_address, session, done) => {
      const answer = sink.script[0]
      if (answer?.kind === "refuse" && answer.at === "mail") {
        sink.script.shift()
        done(refusal(answer, "mail"))
        return
      }
      answers.delete(session)
      done()
    },
    onRcptTo: ({ address }, session, done) => {
      const answer = sink.answerFor.get(address) ?? sink.script.shift() ?? { kind: "accept" }
      answers.set(session, answer)
      done(refusal(answer, "rcpt"))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const answer = answers.get(session) ?? { kind: "accept" }
        mails.push({
          from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
          answered: answer.kind,
          secure: session.secure,
        })
        for (const look of [...waiting]) look()
        if (answer.kind === "hang") return
        if (answer.kind === "drop-after-dot") {
          for (const connection of server.connections) {
            if ((connection as unknown as { session: object }).session === session) connection.close()
          }
          return
        }
        const { text: words, after } = answer.kind === "accept" ? answer : {}
        const kept = words ?? `2.0.0 kept as ${mails.length}`
        if (after) void after.then(() => done(null, kept))
        else done(refusal(answer, "data"), kept)
      })
    },
  })
  server.on("error", () => undefined)
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1")
  await once(server.server, "listening")
  sink.port = (server.server.address() as AddressInfo).port
  return sink
}
