import { mailWords } from "../../shared/i18n/mail/index.ts"
import { assertNever } from "../../shared/words/assert-never.ts"
import type { QueuedMail } from "./content.ts"

/** Longest subject made of somebody's words; what phones show whole in a list. */
const SUBJECT_LENGTH = 70

/** One line without control characters (so neither CR nor LF), white space single, trimmed. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()

/** The first words of a text on one line, cut between words, with an ellipsis where something is left out. */
export const firstWords = (text: string, length = SUBJECT_LENGTH): string => {
  const line = oneLine(text)
  const characters = [...line]
  if (characters.length <= length) return line
  const cut = characters.slice(0, length - 1).join("")
  const space = cut.lastIndexOf(" ")
  return `${(space > length / 2 ? cut.slice(0, space) : cut).replace(/[\s,.;:–-]+$/u, "")}…`
}

/** `Re: …` once, however often the other side's program has put its own word for it before. */
const answerTo = (subject: string): string => {
  const bare = oneLine(subject).replace(/^(?:(?:re|aw|sv|vs|odp|rv|ref|réf)(?:\[\d+\])?\s?:\s*)+/i, "")
  return bare === "" ? "Re:" : `Re: ${bare}`
}

/** Somebody's name in a subject, beside other words. */
const shorten = (name: string): string => firstWords(name, 40)

/** The subject of a mail. It stays the same through a conversation where the content has a `topic`. */
export const subjectOf = (content: QueuedMail): string => {
  switch (content.kind) {
    case "offline-notice":
    case "missed-notice":
      return (
        firstWords(content.topic ?? content.messages[0]?.text ?? "") || oneLine(content.site) || "Porchlight"
      )
    case "answer": {
      const say = mailWords(content.language)
      if (content.answers) return answerTo(content.answers.subject)
      const asked = content.topic ?? content.messages.find((message) => message.author === "visitor")?.text
      return asked
        ? say("answer.subject", { words: firstWords(asked) })
        : say("answer.subjectPlain", { site: oneLine(content.site) })
    }
    case "transcript":
      return mailWords(content.language)("transcript.subject", { site: shorten(content.site) })
    case "sign-in-code":
      return mailWords(content.language)("code.subject", { code: content.code })
    case "address-code": {
      const { code, account, language } = content
      return mailWords(language)("address.subject", { code, account: shorten(account) })
    }
    case "destination-changed":
      return mailWords(content.language)("moved.subject", { account: shorten(content.account) })
    case "forward":
      return oneLine(content.subject)
    case "delivery-report":
      return mailWords(content.language)("report.subject", { address: content.recipient })
    case "probe":
      return mailWords(content.language)("probe.subject", { account: shorten(content.account) })
    case "invitation":
      return mailWords(content.language)("invitation.subject", { account: shorten(content.account) })
    default:
      return assertNever(content)
  }
}
