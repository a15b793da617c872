import type { AttachmentId, ConversationId, MailId } from "../../shared/words/ids.ts"
import type { Author, Language } from "../../shared/words/nouns.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import type { Millis } from "../../shared/words/time.ts"

/**
 * What a mail is written from: the facts as they were when it was queued, kept as JSON with the delivery.
 * Every try of a delivery writes the same mail from them; later changes of names or settings change nothing.
 */
export type MailContent =
  | Notice
  | AnswerMail
  | Transcript
  | SignInCode
  | AddressCode
  | DestinationChanged
  | Invitation
  | Probe

/** All that the queue holds: what the relay writes, and what it only passes on. */
export type QueuedMail = MailContent | Forward | DeliveryReport

/** Somebody's mail to names of agents, on its way to where they read. The mail itself is kept once (`mails`). */
export interface Forward {
  kind: "forward"
  mailId: MailId
  /** The names with their domain that it was written to, of those who read at this address. */
  names: string[]
  /** For lists: who wrote it, and its subject. */
  from: string | null
  subject: string
  /** A program wrote it, or it came through a list: nobody is told if it fails. */
  automatic?: true
}

/** To the genuine sender of a forwarded mail: it could not be delivered. */
export interface DeliveryReport {
  kind: "delivery-report"
  /** Of the account. */
  language: Language
  /** The name that was written to; where its mail goes is nobody's business. */
  recipient: string
  /** RFC 3463. */
  status: string
  outcome: DeliveryOutcome
  /** What the server said, masked; empty where none did. */
  answer: string
  about: { from: string | null; subject: string; messageId: string }
}

/**
 * To agents or an inbox: what a visitor wrote while nobody was there (`offline-notice`), or while agents were
 * there but nobody joined before the visitor left (`missed-notice`).
 */
export interface Notice {
  kind: "offline-notice" | "missed-notice"
  account: string
  site: string
  visitor: {
    name: string | null
    address: string | null
    /** IANA time zone. */
    zone: string
  }
  page: { url: string; title: string | null } | null
  conversationId: ConversationId
  replyToken: string
  /** Of the recipient, as is `zone` (IANA). */
  language: Language
  zone: string
  /** Names it stands for when several agents share the address; empty for a general inbox alone. */
  forWhom: string[]
  /** The address is (also) a general inbox. */
  inbox: boolean
  /** The batch, oldest first, at most 10. */
  messages: {
    text: string
    at: Millis
    /** Files that came with it; left out: none. `along`: sent with this mail; the others are in the desk. */
    attachments?: { id?: AttachmentId; name: string; size: number; along?: boolean }[]
  }[]
  /** The name that it was written to, where the conversation is one by mail. */
  writtenTo?: string
  /** How many of the batch are not among `messages`. */
  more: number
  /** First mail of its thread. */
  first: boolean
  /** Message-ID of the first mail of the thread, with angle brackets. */
  threadId: string
  /**
   * What the subject is made of; the same words for every mail of a conversation, as mail programs split
   * threads where subjects differ. Left out: the first of `messages`.
   */
  topic?: string
  reason: "nobody-online" | "nobody-joined"
  /** In a mail to a general inbox: the token of the link with which somebody takes the conversation. */
  takeToken?: string
  /** Of the link that switches such mails to this address off; left out in mails of older versions. */
  unsubscribeToken?: string
}

/** To a visitor who has left: what was answered, and what it answers. */
export interface AnswerMail {
  kind: "answer"
  site: string
  conversationId: ConversationId
  replyToken: string
  /** Of the visitor, as is `zone` (IANA). */
  language: Language
  zone: string
  /** Oldest first; `name` is null for the visitor. */
  messages: {
    author: Author
    name: string | null
    text: string
    at: Millis
    /** Files of an answer; left out: none. `along`: small enough to be sent with this mail. */
    attachments?: { id: AttachmentId; name: string; size: number; along: boolean }[]
  }[]
  first: boolean
  threadId: string
  /** As in a notice. Left out: the first words of the visitor among `messages`. */
  topic?: string
  /** The visitor's mail that it answers: it goes into that mail's thread, under its subject. */
  answers?: {
    messageId: string
    /** What that mail answered itself (RFC 5322 3.6.4). */
    references: string[]
    subject: string
    /** The name that it was written to. */
    writtenTo: string
  }
}

/** To a visitor who asked for it: their conversation, oldest first. */
export interface Transcript {
  kind: "transcript"
  site: string
  conversationId: ConversationId
  replyToken: string
  /** Of the visitor, as is `zone` (IANA). */
  language: Language
  zone: string
  /** `name` is null for the visitor; `files` are names of files, which are not sent along. */
  messages: { author: Author; name: string | null; text: string; at: Millis; files: string[] }[]
  /** Older messages that are not among them. */
  more: number
}

export interface SignInCode {
  kind: "sign-in-code"
  /** Six digits. */
  code: string
  language: Language
  /** How long it can be used. */
  minutes: number
}

/** To an address that is to become a destination or the target of a redirect, and is not yet. */
export interface AddressCode {
  kind: "address-code"
  purpose: "destination" | "redirect"
  account: string
  /** Who asked for it, by name. */
  by: string
  /** Six digits. */
  code: string
  language: Language
  minutes: number
}

/** To the address that was an agent's destination until now. */
export interface DestinationChanged {
  kind: "destination-changed"
  account: string
  name: string
  oldAddress: string
  newAddress: string
  by: string
  language: Language
  zone: string
  at: Millis
}

/** To any address, to see what becomes of it. */
export interface Probe {
  kind: "probe"
  account: string
  /** Who sent it, by name. */
  by: string
  /** Of who sent it, as is `zone` (IANA): the reader's are not known. */
  language: Language
  zone: string
  at: Millis
}

/** To somebody who was added to the team. */
export interface Invitation {
  kind: "invitation"
  account: string
  /** Whom it invites, and who invited them. */
  name: string
  by: string
  address: string
  language: Language
}
