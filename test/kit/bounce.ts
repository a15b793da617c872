import { RawSmtp } from "./smtp-raw.ts"
import type { SinkMail } from "./smtp-sink.ts"

/** What a report says of the mail that it is sent for. */
export interface Report {
  status: string
  diagnostic: string
  action?: string
  /** Final-Recipient; that of the mail if left out. */
  address?: string
  /** Message-ID of the mail that is sent back; that of the mail if left out, none if null. */
  messageId?: string | null
}

/** A report as Postfix writes it, about a mail that a sink has taken. */
export const reportOf = (mail: SinkMail, report: Report): string => {
  const { status, diagnostic, action = "failed", address = mail.to[0]! } = report
  const id = /^Message-ID: (.*)$/im.exec(mail.raw.toString())?.[1]?.trim()
  const messageId = report.messageId === undefined ? id : report.messageId
  return [
    "Received: by mx.customer.example (Postfix) id 4ZxYk; Sat, 21 Nov 2026 18:42:05 +0000",
    "From: MAILER-DAEMON@mx.customer.example (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    `To: ${mail.from}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="4ZxYk/mx"',
    "",
    "--4ZxYk/mx",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "This is the mail system at host mx.customer.example.",
    "",
    "--4ZxYk/mx",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.customer.example",
    "",
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; inner.customer.example",
    `Diagnostic-Code: smtp; ${diagnostic}`,
    "",
    ...(messageId == null
      ? []
      : ["--4ZxYk/mx", "Content-Type: text/rfc822-headers", "", `Message-ID: ${messageId}`, ""]),
    "--4ZxYk/mx--",
    "",
  ].join("\r\n")
}

/** Hands a mail over SMTP to one address, from the null sender; gives the answer to it, or to RCPT if that says no. */
export const sendBack = async (port: number, to: string, raw: string, from = ""): Promise<string> => {
  const client = await RawSmtp.greeted(port, "mx.customer.example")
  await client.say(`MAIL FROM:<${from}>`)
  const rcpt = await client.say(`RCPT TO:<${to}>`)
  if (rcpt.startsWith("250")) await client.say("DATA")
  if (rcpt.startsWith("250")) await client.write(`${raw}.\r\n`)
  const answer = rcpt.startsWith("250") ? await client.answer() : rcpt
  await client.quit()
  return answer
}
