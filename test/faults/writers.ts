import SMTPConnection from "nodemailer/lib/smtp-connection"
import { reportOf } from "../kit/bounce.ts"
import type { SinkMail } from "../kit/smtp-sink.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"
import type { Ledger } from "./ledger.ts"

/** Writers that never give up: what is not acknowledged is sent again, with the same key, until it is. */
export interface Target {
  url: string
  smtpPort: number
  mailDomain: string
  siteKey: string
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Between two tries while the relay is down, and between two messages of one writer, ms. */
const RETRY_MS = 20
const PACE_MS = 5

/** A new visitor after so many messages: a new conversation, a new notice. */
const MESSAGES_A_VISITOR = 40

/** Another network address for each visitor, so that no limit of one network is met. */
const network = (): string => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 250) + 1).join(".")}`

/** Tries until it works; null once `stop` says so. */
const insist = async <T>(stop: AbortSignal, attempt: () => Promise<T>): Promise<T | null> => {
  while (!stop.aborted) {
    try {
      return await attempt()
    } catch {
      // The relay was killed under it: that is what this is for. What gets lost shows in the ledger.
      await pause(RETRY_MS)
    }
  }
  return null
}

/** A chat box that writes one message after the other, and comes back as the same visitor. */
export const writeChats = async (
  target: Target,
  name: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  let socket: VisitorSocket | null = null
  let visitor: string | null = null
  let from = network()

  const connected = async (): Promise<VisitorSocket> => {
    if (socket !== null) return socket
    const fresh = await connectVisitor({ url: target.url, siteKey: target.siteKey, visitor, from })
    void fresh.closed.then(() => {
      if (socket === fresh) socket = null
    })
    socket = fresh
    return fresh
  }
  const known = async (): Promise<VisitorSocket> => {
    const live = await connected()
    if (visitor === null) {
      live.send({ type: "open", language: "en", zone: "UTC" })
      visitor = (await live.push(ofType("you"))).visitor
    }
    return live
  }

  for (let n = 0; !stop.aborted; n++) {
    if (n % MESSAGES_A_VISITOR === 0 && n > 0) {
      await (socket as VisitorSocket | null)?.close()
      visitor = null
      from = network()
    }
    const text = `${name} ${n}`
    const key = `${name}-${n}-key`.replaceAll(" ", "-")
    ledger.sent.add(text)
    const done = await insist(stop, async () => {
      const live = await known()
      live.send({ type: "write", key, text, page: null })
      const answer = await live.push(
        (push): push is Extract<typeof push, { type: "ack" | "refused" }> =>
          (push.type === "ack" || push.type === "refused") && push.key === key,
      )
      live.pushes.length = 0
      if (answer.type === "refused") throw new Error(answer.message)
      return true
    })
    if (done) ledger.acknowledged.add(text)
    await pause(PACE_MS)
  }
  await (socket as VisitorSocket | null)?.close()
}

const deliver = (port: number, from: string | false, to: string, mail: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const connection = new SMTPConnection({
      host: "127.0.0.1",
      port,
      ignoreTLS: true,
      connectionTimeout: 2000,
      socketTimeout: 10_000,
    })
    connection.once("error", reject)
    connection.once("end", () => reject(new Error("the relay hung up")))
    connection.connect(() => {
      connection.send({ from, to: [to] }, mail, (error) => {
        if (error) reject(error)
        else resolve()
        connection.close()
      })
    })
  })

/** A mail program that sends one mail after the other, each until it is answered 250. */
const writeMail = async (
  port: number,
  { name, from, to, head = [] }: { name: string; from: string; to: string; head?: string[] },
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  for (let n = 0; !stop.aborted; n++) {
    const text = `${name} ${n}`
    const mail = [`From: <${from}>`, `To: ${to}`, ...head, `Message-ID: ${messageIdFor(text)}`, "", text, ""]
    ledger.sent.add(text)
    const done = await insist(stop, async () => {
      await deliver(port, from, to, mail.join("\r\n"))
      return true
    })
    if (done) ledger.acknowledged.add(text)
    await pause(PACE_MS)
  }
}

/** The Message-ID of the mail with this text. */
export const messageIdFor = (text: string): string => `<${text.replaceAll(" ", "-")}@writers.example>`

/** Answers one notice again and again, each time with another mail. */
export const writeMails = (
  target: Target,
  replyTo: string,
  from: string,
  name: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  const to = `${replyTo}@${target.mailDomain}`
  return writeMail(target.smtpPort, { name, from, to, head: ["Subject: Re: your question"] }, ledger, stop)
}

/** Writes to a name at the mail domain: an agent's, where it goes on, or the inbox, where it is a conversation. */
export const writeTo = (
  target: Target,
  to: string,
  name: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  const from = `${name.replaceAll(" ", ".")}@writers.example`
  const head = [`Subject: ${name}`]
  return writeMail(target.smtpPort, { name, from, to: `${to}@${target.mailDomain}`, head }, ledger, stop)
}

/** A next server that sends back some of what it took: each mail once, with the reason, until it is answered 250. */
export const sendBack = async (
  target: Target,
  taken: () => SinkMail | undefined,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  for (;;) {
    const mail = taken()
    if (stop.aborted) return
    if (mail !== undefined && !ledger.sent.has(idOf(mail))) {
      ledger.sent.add(idOf(mail))
      const report = reportOf(mail, { status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full" })
      const done = await insist(stop, async () => {
        await deliver(target.smtpPort, false, mail.from, report)
        return true
      })
      if (done) ledger.acknowledged.add(idOf(mail))
    }
    await pause(PACE_MS)
  }
}

/** What tells a mail of ours apart, in its envelope sender `b-<id and signature>@…`. */
const idOf = ({ from }: SinkMail): string => from.slice(2, 22)
