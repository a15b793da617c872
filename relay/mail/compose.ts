import MailComposer from "nodemailer/lib/mail-composer/index.js"
import type { Millis } from "../../shared/words/time.ts"
import { replyAddress } from "./addresses.ts"
import type { AnswerMail, MailContent } from "./content.ts"
import { layoutHtml } from "./layout-html.ts"
import { layoutText } from "./layout-text.ts"
import { letterOf, unsubscribeLink } from "./letter.ts"
import { senderName } from "./sender.ts"
import { subjectOf } from "./subject.ts"

export interface MailEnvelope {
  /** The relay's mail domain. */
  domain: string
  /** What people's browsers use, e.g. `https://chat.example.com`. */
  publicUrl: string
  toAddress: string
  /** Message-ID with angle brackets, the same at every try. */
  messageId: string
  /** When the mail was queued: its Date, so that every try is the same mail. */
  createdAt: Millis
}

/** A file that goes with a mail. */
export interface MailFile {
  name: string
  /** MIME type. */
  type: string
  bytes: Uint8Array
}

/**
 * Writes a mail from its facts: complete RFC 5322 message, CRLF line ends, not signed. Pure but for the
 * random MIME boundary. Throws when content and envelope do not make a mail (then it never will).
 */
export const composeMail = async (
  content: MailContent,
  envelope: MailEnvelope,
  files: readonly MailFile[] = [],
): Promise<Buffer> => {
  const publicUrl = envelope.publicUrl.replace(/\/+$/, "")
  const blocks = letterOf(content, publicUrl)
  const subject = subjectOf(content)
  return await new MailComposer({
    from: { name: senderName(content), address: fromAddress(content, envelope.domain) },
    to: { name: "", address: envelope.toAddress },
    subject,
    date: new Date(envelope.createdAt),
    messageId: envelope.messageId,
    ...thread(content),
    headers: {
      ...automatic(content),
      ...oneClick(content, publicUrl),
      "Content-Language": languageOf(content),
    },
    text: layoutText(blocks, languageOf(content)),
    html: layoutHtml(blocks, subject, languageOf(content)),
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      contentDisposition: "attachment",
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    })),
    textEncoding: "quoted-printable",
    // What is signed must be what is sent: no line ends left for the transport to mend.
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

/** What the relay says itself comes from the one address that is read at every mail domain. */
const fromAddress = (content: MailContent, domain: string): string =>
  "replyToken" in content ? replyAddress(content.replyToken, domain) : `postmaster@${domain}`

const languageOf = (content: MailContent) => content.language

/** RFC 5322 3.6.4: every later mail of a thread answers its first. */
const thread = (content: MailContent): { inReplyTo?: string; references?: string[] } =>
  content.kind === "answer" && content.answers ? underTheirs(content.answers) : underOurs(content)

/** The mail of somebody who wrote to us by mail: their program shows the answer beside it. */
const underTheirs = ({ messageId, references }: NonNullable<AnswerMail["answers"]>) => ({
  inReplyTo: messageId,
  references: [...references, messageId],
})

const underOurs = (content: MailContent): { inReplyTo?: string; references?: string[] } =>
  "threadId" in content && !content.first
    ? { inReplyTo: content.threadId, references: [content.threadId] }
    : {}

/**
 * RFC 3834 5: what no person wrote says so. What a person answered is their mail; if only a bot did, it is
 * an automatic reply. `X-Auto-Response-Suppress` keeps Exchange from sending absence notes back.
 */
const automatic = (content: MailContent): Record<string, string> => {
  if (content.kind !== "answer") {
    return { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" }
  }
  const byPerson = content.messages.some((message) => message.author === "agent")
  return byPerson ? {} : { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" }
}

/** RFC 2369 3.2, RFC 8058 3.1: both fields are among the signed ones (sign.ts). */
const oneClick = (content: MailContent, publicUrl: string): Record<string, string> => {
  const link = unsubscribeLink(content, publicUrl)
  return link === null
    ? {}
    : { "List-Unsubscribe": `<${link}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
}
