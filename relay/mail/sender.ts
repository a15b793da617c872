import { mailWords } from "../../shared/i18n/mail/index.ts"
import { assertNever } from "../../shared/words/assert-never.ts"
import type { AnswerMail, MailContent, Notice } from "./content.ts"
import { oneLine } from "./subject.ts"

/**
 * The visitor's name as the mail says it. One with an @ is not taken: a name that looks like an address,
 * beside another address, is what mail filters take for a forgery.
 */
export const visitorName = ({ visitor, language }: Notice): string => {
  const name = oneLine(visitor.name ?? "")
  return name && !name.includes("@") ? name : mailWords(language)("visitor")
}

/** The name a mail comes from: who wrote and where, e.g. `Jana · Lumen Lamps`; our own where it is the relay. */
export const senderName = (content: MailContent): string => {
  switch (content.kind) {
    case "offline-notice":
    case "missed-notice":
      return `${visitorName(content)} · ${oneLine(content.site)}`
    case "answer": {
      const name = lastAnswerer(content)
      return name ? `${name} · ${oneLine(content.site)}` : oneLine(content.site)
    }
    case "transcript":
      return oneLine(content.site)
    case "sign-in-code":
    case "address-code":
    case "destination-changed":
    case "invitation":
    case "probe":
      return "Porchlight"
    default:
      return assertNever(content)
  }
}

/** Who of the account wrote last, where the name can be said as visitorName's. */
export const lastAnswerer = (content: AnswerMail): string | null => {
  const name = content.messages.findLast((message) => message.author !== "visitor")?.name
  return name && !name.includes("@") ? oneLine(name) : null
}
