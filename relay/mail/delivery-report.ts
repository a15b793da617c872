import MimeNode from "nodemailer/lib/mime-node/index.js"
import { mailWords } from "../../shared/i18n/mail/index.ts"
import type { MailEnvelope } from "./compose.ts"
import type { DeliveryReport } from "./content.ts"

/**
 * Writes the report that a forwarded mail could not be delivered (RFC 3464, RFC 6522): words, then fields, then
 * by what the mail is found. It names the address that was written to, and never where mail for it goes.
 */
export const composeDeliveryReport = (content: DeliveryReport, envelope: MailEnvelope): Promise<Buffer> => {
  const { domain, toAddress, messageId, createdAt } = envelope
  const say = mailWords(content.language)
  const report = new MimeNode("multipart/report; report-type=delivery-status", {
    newline: "windows",
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  report.setHeader({
    From: { name: say("report.from"), address: `postmaster@${domain}` },
    To: { name: "", address: toAddress },
    Subject: say("report.subject", { address: content.recipient }),
    Date: new Date(createdAt).toUTCString().replace("GMT", "+0000"),
    "Message-ID": messageId,
    "In-Reply-To": content.about.messageId,
    "Auto-Submitted": "auto-replied",
    "X-Auto-Response-Suppress": "All",
    "Content-Language": content.language,
  })
  report.createChild("text/plain; charset=utf-8").setContent(`${wordsOf(content).join("\n\n")}\n`)
  report.createChild("message/delivery-status").setContent(fieldsOf(content, domain))
  const { from, subject, messageId: id } = content.about
  const about = report.createChild("text/rfc822-headers")
  const fields = new MimeNode("text/plain", { newline: "windows" })
  fields.setHeader({ ...(from === null ? {} : { From: from }), Subject: subject, "Message-ID": id })
  about.setContent(`${withoutMime(fields.buildHeaders())}\n`)
  return report.build()
}

const wordsOf = ({ language, recipient, outcome, answer, about }: DeliveryReport): string[] => {
  const say = mailWords(language)
  return [
    say("report.lead", { address: recipient }),
    say(`report.${outcome}`),
    ...(answer === "" ? [] : [say("report.said", { answer })]),
    say("report.about", { subject: about.subject }),
    say("report.todo"),
  ]
}

/** RFC 3464 2.2 and 2.3. */
const fieldsOf = ({ recipient, status, answer }: DeliveryReport, domain: string): string => {
  const isAscii = /^\p{ASCII}*$/u.test(recipient)
  return [
    `Reporting-MTA: dns; ${domain}`,
    "",
    `Final-Recipient: ${isAscii ? "rfc822" : "utf-8"}; ${recipient}`,
    "Action: failed",
    `Status: ${status}`,
    ...(answer === "" ? [] : [`Diagnostic-Code: smtp; ${plain(answer)}`]),
    "",
  ].join("\r\n")
}

/** Fields of a report are ASCII (RFC 3464 2.1). */
const plain = (text: string): string => text.replaceAll("…", "...").replace(/\P{ASCII}/gu, "?")

const withoutMime = (fields: string): string =>
  fields
    .split("\r\n")
    .filter((line) => !/^(?:Content-|MIME-Version|Date:)/i.test(line))
    .join("\r\n")
