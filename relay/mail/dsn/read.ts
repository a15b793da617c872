import type { BounceReport, ReportedRecipient } from "../../../shared/words/bounces.ts"
import { isAutomatic } from "../automatic.ts"
import { decodeWords } from "../encoded-words.ts"
import { firstOf, type HeaderField, readHeader } from "../header.ts"
import { readDeliveryStatus } from "./delivery-status.ts"
import { readExim } from "./exim.ts"
import { readQmail } from "./qmail.ts"
import { type Section, sectionsOf, textOfHtml } from "./sections.ts"
import { readReason, readText } from "./text.ts"

/**
 * Reads a mail that came to the envelope sender of one of ours: an RFC 3464 report, one of the older forms
 * (qmail, Exim, whatever words), or no report at all. Never throws; linear in the mail's first 512 kB.
 * `envelopeFrom`: empty for the null sender.
 */
export const readBounce = (raw: Buffer, envelopeFrom: string): BounceReport => {
  const header = readHeader(raw)
  const sections = sectionsOf(raw)
  const originalId = originalIdOf(sections)
  const none = { form: "none" as const, recipients: [], originalId }
  if (isAnswerOfMachine(header)) return { kind: "automatic", ...none }
  const read = readReport(header, sections, envelopeFrom)
  if (read) return { kind: "report", ...read, originalId }
  return { kind: isAutomatic(header, envelopeFrom) ? "automatic" : "other", ...none }
}

type Read = Pick<BounceReport, "form" | "recipients"> | null

const readReport = (
  header: readonly HeaderField[],
  sections: readonly Section[],
  envelopeFrom: string,
): Read => {
  const subject = decodeWords(firstOf(header, "subject") ?? "", 300)
  const words = wordsOf(sections)
  const status = sections.find((one) => STATUS_TYPES.has(one.type))
  const told = status ? readDeliveryStatus(status.text) : []
  if (told.length > 0) return { form: "rfc3464", recipients: told.map((one) => withWords(one, words)) }
  const qmail = readQmail(words, subject)
  if (qmail) return { form: "qmail", recipients: qmail }
  const exim = readExim(header, words, subject)
  if (exim) return { form: "exim", recipients: exim }
  if (!isFromMailer(header, envelopeFrom, subject)) return null
  const text = readText(words, subject)
  return text && { form: "text", recipients: text }
}

const STATUS_TYPES = new Set(["message/delivery-status", "message/global-delivery-status"])

/** The report's own words: plain text if there is any, else what the HTML says. */
const wordsOf = (sections: readonly Section[]): string => {
  const plain = sections.find((one) => one.type === "text/plain" && one.text.trim() !== "")
  if (plain) return plain.text
  const html = sections.find((one) => one.type === "text/html")
  return html ? textOfHtml(html.text) : ""
}

/** Where the fields say next to nothing (`Status: 5.0.0` alone), the words beside them say more. */
const withWords = (recipient: ReportedRecipient, words: string): ReportedRecipient => {
  if (recipient.diagnostic !== "" || !["failed", "delayed"].includes(recipient.action)) return recipient
  const { diagnostic, server } = readReason(words)
  return { ...recipient, diagnostic, server: recipient.server ?? server }
}

/** Message-ID of the mail or header that was sent back. */
const originalIdOf = (sections: readonly Section[]): string | null => {
  const back = sections.find((one) =>
    ["message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"].includes(one.type),
  )
  const quoted = back ? back.text : copyIn(wordsOf(sections))
  const id = firstOf(readHeader(Buffer.from(quoted)), "message-id")
  return /<[^<>\s]{1,900}>/.exec(id ?? "")?.[0] ?? null
}

/** The mail's own header where a text sends it back: from its first field on. */
const copyIn = (words: string): string => {
  const at = words.search(/^(?:Return-Path|Received|DKIM-Signature|Message-ID): /im)
  return at < 0 ? "" : words.slice(at).replace(/\n[ \t]*\n[\s\S]*$/, "\n")
}

/** A receipt, a complaint, or an answering machine that says so: none of them tells of a failure. */
const isAnswerOfMachine = (header: readonly HeaderField[]): boolean => {
  const type = firstOf(header, "content-type") ?? ""
  if (/report-type\s*=\s*"?(?:disposition-notification|feedback-report)/i.test(type)) return true
  if (/report-type\s*=\s*"?delivery-status/i.test(type)) return false
  if (firstOf(header, "x-failed-recipients") !== null) return false
  const marked = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"]
  if (marked.some((name) => firstOf(header, name) !== null)) return true
  if (
    /^auto-generated.{0,40}vacation|^auto-replied.{0,40}vacation/i.test(
      firstOf(header, "auto-submitted") ?? "",
    )
  )
    return true
  return AWAY.test(decodeWords(firstOf(header, "subject") ?? "", 300))
}

const AWAY =
  /^(?:re: ?)?(?:automatic reply|auto(?:matic|mated)?[ -]?(?:re(?:ply|sponse)|respon[sd]er)|out of (?:the )?office|vacation|away|abwesen|automatische antwort|autoreply|autom?at(?:icky|ick[áa]) odpov|nejsem|mimo kancel|r[ée]ponse automatique|absen(?:ce|t)|respuesta autom[áa]tica|fuera de (?:la )?oficina)/i

/** Words alone count only from those who send such mail: a person's "was not delivered" is another matter. */
const isFromMailer = (header: readonly HeaderField[], envelopeFrom: string, subject: string): boolean => {
  const from = firstOf(header, "from") ?? ""
  const daemon =
    /mailer-?daemon|postmaster|mail ?delivery|mail ?system|delivery ?(?:sub)?system|mail ?administrator|mail-?router|\bbounces?@|mailgate|microsoftexchange|antispam|(?:mail|e-?mail) security|spam firewall|mail server|mdaemon/i.test(
      from,
    ) || /^multipart\/report/i.test(firstOf(header, "content-type") ?? "")
  return daemon || (hasNoSender(header, envelopeFrom) && SUBJECT.test(subject))
}

const hasNoSender = (header: readonly HeaderField[], envelopeFrom: string): boolean =>
  envelopeFrom === "" || firstOf(header, "return-path") === "<>"

const SUBJECT =
  /undeliver|deliver|return|fail|reject|bounce|non ?remis|unzustell|zustell|nedoru|doru[čc]en|entreg|rebot|blocked|could not be sent|not sent|mailbox|quota|notification|warning|error/i
