import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"
import { until } from "./until.ts"

export interface SunkMail {
  from: string
  to: string[]
  raw: string
  /** With angle brackets. */
  messageId: string
  /** The local part that answers go to: `r-<token>`; null for mails that take no answer. */
  replyTo: string | null
}

/** A real SMTP server that takes every mail and keeps it: the next hop of a relay. */
export interface MailSink {
  port: number
  mails: SunkMail[]
  /** The first mail, already here or still to come, that is as asked. */
  mail(what: string, is: (mail: SunkMail) => boolean, deadlineMs?: number): Promise<SunkMail>
  close(): Promise<void>
}

const header = (raw: string): string => raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ")

const read = (from: string, to: string[], raw: string): SunkMail => ({
  from,
  to,
  raw,
  messageId: /^Message-ID: (.*)$/im.exec(header(raw))?.[1]?.trim() ?? "",
  replyTo: /^(?:Reply-To|From): [^\n]*\b(r-[a-z2-7]+)@/im.exec(header(raw))?.[1] ?? null,
})

export const startMailSink = async (): Promise<MailSink> => {
  const mails: SunkMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.once("end", () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        mails.push(
          read(mailFrom === false ? "" : mailFrom.address, to, Buffer.concat(chunks).toString("utf8")),
        )
        done()
      })
    },
  })
  // A relay that is killed resets its connections.
  server.on("error", () => {})
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    mails,
    mail: (what, is, deadlineMs) => until(what, () => mails.find(is), deadlineMs),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
