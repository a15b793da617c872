/** What is known of a mail that answers one of ours. */
export interface ParsedReply {
  /** The one address of the one From field, lowercased; null if there are none or several. */
  from: string | null
  /** Decoded, one line, at most 300 characters; "" without one. */
  subject: string
  /** With angle brackets; made from the mail's bytes where it has no usable one: the same mail, the same id. */
  messageId: string
  /** What the person wrote, without what their program quoted; LF between lines; never empty. */
  text: string
  /** A program wrote it (relay/mail/automatic.ts). */
  automatic: boolean
}
