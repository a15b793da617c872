import type { DeliveryView } from "../../../shared/protocol/views.ts"

/** Answers of the mailbox's routes. */
export interface MailList {
  /** Nothing leaves the relay. */
  capture: boolean
  /** Newest first. */
  mails: DeliveryView[]
}

export interface OneMail {
  mail: DeliveryView
  from: string | null
  replyTo: string | null
  text: string | null
  html: string | null
  /** The whole mail (RFC 5322); null when it is not kept. */
  raw: string | null
}

/** The six digits of the subject of a mail that brings a code, for copying; null for other mails. */
export const codeIn = (mail: DeliveryView): string | null =>
  mail.kind === "sign-in-code" || mail.kind === "address-code"
    ? (/(?<!\d)\d{6}(?!\d)/.exec(mail.subject)?.[0] ?? null)
    : null

/** The header of a mail as it is: everything before the first empty line (RFC 5322 2.1). */
export const headerOf = (raw: string): string => raw.split(/\r?\n\r?\n/, 1)[0] ?? ""
