/** A file that came with a mail; name and type are made safe (relay/mail/attachment-name.ts). */
export interface ParsedAttachment {
  name: string
  type: string
  bytes: Uint8Array
}

/** What is known of a mail to a conversation: an answer to one of ours, or a new one. */
export interface ParsedReply {
  /** The one address of the one From field, lowercased; null if there are none or several. */
  from: string | null
  /** The name beside that address, decoded, at most 100 characters; null without one. */
  name: string | null
  /** Decoded, one line, at most 300 characters; "" without one. */
  subject: string
  /** With angle brackets; made from the mail's bytes where it has no usable one: the same mail, the same id. */
  messageId: string
  /** Message-IDs it answers (References, In-Reply-To), with angle brackets, oldest first, at most 50. */
  thread: string[]
  /** What the person wrote, without what their program quoted; LF between lines; never empty. */
  text: string
  /** The same with what was quoted: all of the mail's text. */
  whole: string
  /** At most 50; what is beyond is in the original. */
  attachments: ParsedAttachment[]
  /** How many it has. */
  attachmentCount: number
  /** A program wrote it (relay/mail/automatic.ts). */
  automatic: boolean
  /** Whom a form on a web site wrote it for, where that is all that makes it automatic. */
  writtenFor?: { from: string; name: string | null }
}
