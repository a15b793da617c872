import SMTPConnection from "nodemailer/lib/smtp-connection"
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

const deliver = (port: number, from: string, to: string, mail: string): Promise<void> =>
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

/** A mail program that answers one notice again and again, each time with another mail. */
export const writeMails = async (
  target: Target,
  replyTo: string,
  from: string,
  name: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> => {
  const to = `${replyTo}@${target.mailDomain}`
  for (let n = 0; !stop.aborted; n++) {
    const text = `${name} ${n}`
    const mail = [
      `From: Anna <${from}>`,
      `To: ${to}`,
      "Subject: Re: your question",
      `Message-ID: <${name.replaceAll(" ", "-")}-${n}@agents.example>`,
      "",
      text,
      "",
    ].join("\r\n")
    ledger.sent.add(text)
    const done = await insist(stop, async () => {
      await deliver(target.smtpPort, from, to, mail)
      return true
    })
    if (done) ledger.acknowledged.add(text)
    await pause(PACE_MS)
  }
}
