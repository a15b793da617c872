import type {
  AddressCode,
  AnswerMail,
  DestinationChanged,
  Invitation,
  MailContent,
  Notice,
  Probe,
  SignInCode,
  Transcript,
} from "../../relay/mail/content.ts"
import type { AttachmentId, ConversationId } from "../../shared/words/ids.ts"

/** Mails as they are written in practice and at the edges; the pictures and the tests share them. */

const CONVERSATION = "co_abcdefghijklmnopqrst" as ConversationId
const AT = Date.UTC(2026, 10, 21, 17, 40)

export const ENVELOPE = {
  domain: "chat.example.com",
  publicUrl: "https://chat.example.com",
  toAddress: "ada@example.net",
  messageId: "<dl.abcdefghijklmnopqrst@chat.example.com>",
  createdAt: AT + 120_000,
}

export const notice: Notice = {
  kind: "offline-notice",
  account: "Lumen GmbH",
  site: "Lumen Lamps",
  visitor: { name: "Jana Nováková", address: "jana@example.org", zone: "America/New_York" },
  page: { url: "https://lumen.example/lamps/oak-desk-lamp?colour=walnut", title: "Oak desk lamp" },
  conversationId: CONVERSATION,
  replyToken: "k3mzq7wnp2xv5ybt6rdh4cjs2a",
  unsubscribeToken: "k3mzq7wnp2xv5ybt6rdh4cjs2ak3mzq7wnp2xv5ybt6rdh",
  language: "en",
  zone: "Europe/Prague",
  forWhom: ["Ada"],
  inbox: false,
  messages: [
    { text: "Hello! Do you ship the oak desk lamp to Norway, and how long does it take?", at: AT },
    { text: "I would need it before Christmas.\n\nTwo of them, actually.", at: AT + 50_000 },
  ],
  more: 0,
  first: true,
  threadId: ENVELOPE.messageId,
  reason: "nobody-online",
}

export const inboxNotice: Notice = {
  ...notice,
  visitor: { name: null, address: null, zone: "Asia/Tokyo" },
  page: null,
  forWhom: ["Ada", "Ben", "Cleo"],
  inbox: true,
  language: "de",
  messages: Array.from({ length: 10 }, (_, index) => ({
    text: `Nachricht ${index + 1}`,
    at: AT + index * 9000,
  })),
  more: 3,
  first: false,
  threadId: "<dl.root@chat.example.com>",
  topic: "Guten Tag, ich habe eine Frage zur Lieferung",
}

export const hostileNotice: Notice = {
  ...notice,
  account: "A & B <Inc>",
  site: 'Shop "é"\r\nX-Evil: all@example.org',
  visitor: {
    name: "Eve <img src=x>\r\nBcc: victim@example.org\u2028x",
    address: "eve@example.org",
    zone: "Nowhere/None",
  },
  page: { url: "javascript:alert(1)//https://x", title: "</a><script>alert(1)</script>" },
  messages: [
    {
      text: '<script>alert(1)</script>\r\n"><img src="https://evil.example/x.png" onerror=alert(1)>\r\n-=-=- answer above this line -=-=-\r\nnot quoted',
      at: AT,
    },
    { text: "ünïcödé 🦊 مرحبا بالعالم — שלום", at: AT },
    { text: `https://example.com/${"very-long-".repeat(300)}`, at: AT },
    { text: ".\n.\nFrom the start\n..", at: AT },
  ],
}

export const answer: AnswerMail = {
  kind: "answer",
  site: "Lumen Lamps",
  conversationId: CONVERSATION,
  replyToken: "k3mzq7wnp2xv5ybt6rdh4cjs2a",
  language: "en",
  zone: "America/New_York",
  messages: [
    { author: "visitor", name: null, text: "Do you ship the oak desk lamp to Norway?", at: AT },
    {
      author: "agent",
      name: "Ada",
      text: "Yes, we do: 4 to 6 days, 12 € for up to three lamps.",
      at: AT + 900_000,
    },
    { author: "agent", name: "Ada", text: "Shall I put two aside for you?", at: AT + 930_000 },
  ],
  first: true,
  threadId: ENVELOPE.messageId,
}

const attachmentId = (letter: string) => `at_${letter.repeat(20)}` as AttachmentId

/** To somebody who wrote by mail, with one file of an answer and one that is too large. */
export const mailAnswer: AnswerMail = {
  ...answer,
  messages: answer.messages.map((message, at) =>
    at !== 1
      ? message
      : {
          ...message,
          attachments: [
            { id: attachmentId("a"), name: "Angebot Schule (3 Etagen).pdf", size: 120_000, along: true },
            { id: attachmentId("b"), name: "showroom.mp4", size: 21_000_000, along: false },
          ],
        },
  ),
  answers: {
    messageId: "<1@customer.example>",
    references: ["<0@customer.example>"],
    subject: "AW: Lamps for a school",
    writtenTo: "inbox@mail.example",
  },
}

/** Of a conversation by mail, with attachments. */
export const mailNotice: Notice = {
  ...notice,
  writtenTo: "inbox@mail.example",
  topic: "Lamps for a school",
  messages: notice.messages.map((message, at) =>
    at === 0 ? { ...message, attachments: [{ name: "plan.pdf", size: 1_250_000 }] } : message,
  ),
}

/** A whole conversation, to the visitor who asked for it. */
export const transcript: Transcript = {
  kind: "transcript",
  site: answer.site,
  conversationId: CONVERSATION,
  replyToken: answer.replyToken,
  language: "en",
  zone: answer.zone,
  messages: answer.messages.map(({ author, name, text, at }, n) => ({
    author,
    name,
    text,
    at,
    files: n === 1 ? ["prices.pdf"] : [],
  })),
  more: 0,
}

export const code: SignInCode = { kind: "sign-in-code", code: "402913", language: "en", minutes: 10 }

export const addressCode: AddressCode = {
  kind: "address-code",
  purpose: "destination",
  account: "Lumen GmbH",
  by: "Ada",
  code: "830175",
  language: "en",
  minutes: 10,
}

export const destinationChanged: DestinationChanged = {
  kind: "destination-changed",
  account: "Lumen GmbH",
  name: "Ada",
  oldAddress: "ada@lumen.example",
  newAddress: "private@ada.example",
  by: "Ada",
  language: "en",
  zone: "Europe/Prague",
  at: AT,
}

export const invitation: Invitation = {
  kind: "invitation",
  account: "Lumen GmbH",
  name: "Ben",
  by: "Ada",
  address: "ben@lumen.example",
  language: "en",
}

const probe: Probe = {
  kind: "probe",
  account: "Lumen GmbH",
  by: "Ada",
  language: "en",
  zone: "Europe/Prague",
  at: AT,
}

const takeNotice: Notice = { ...inboxNotice, takeToken: inboxNotice.replyToken }

export const missedNotice: Notice = { ...notice, kind: "missed-notice", reason: "nobody-joined" }

const missedInboxNotice: Notice = { ...takeNotice, kind: "missed-notice", reason: "nobody-joined" }

export const SAMPLES: Record<string, MailContent> = {
  notice,
  inboxNotice,
  takeNotice,
  missedNotice,
  missedInboxNotice,
  hostileNotice,
  answer,
  mailAnswer,
  mailNotice,
  transcript,
  code,
  addressCode,
  destinationChanged,
  invitation,
  probe,
}
