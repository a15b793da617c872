import type { DeliveryView } from "../../protocol/views.ts"
import type { Channel, Language } from "../../words/nouns.ts"
import type { DeliveryOutcome } from "../../words/outcomes.ts"
import { reasonOfFailure } from "./failure.ts"
import { tellReason } from "./tell.ts"
import type { Told } from "./told.ts"
import { reasonWords } from "./words.ts"

/** What is known of a mail of ours that did not arrive. */
type FailedMail = Pick<DeliveryView, "to" | "outcome" | "answer" | "bouncedAt" | "settledAt" | "createdAt">

/**
 * Why an answer, or the copy of a conversation, did not reach its visitor by mail, in the words that there are for any
 * address; and what whoever answered can do: the mailbox is not theirs, so all that is said of one's own is of no use.
 * `channel` of the conversation: a chat's answers are also in the chat box.
 */
export const tellVisitorMail = (
  mail: FailedMail,
  channel: Channel,
  language: Language,
  zone?: string,
): Pick<Told, "text" | "todo"> => {
  const say = reasonWords(language)
  const outcome = mail.outcome ?? "unknown"
  const { text } = tellReason(
    reasonOfFailure(
      {
        outcome,
        answer: mail.answer ?? "",
        server: null,
        at: mail.bouncedAt ?? mail.settledAt ?? mail.createdAt,
        ...(mail.bouncedAt && { bounced: true }),
      },
      mail.to,
    ),
    language,
    zone,
  )
  return { text, todo: `${say(channel === "mail" ? "visitor.mail" : "visitor.chat")} ${say(MORE[outcome])}` }
}

/** What else there is to do, by why it did not arrive. */
const MORE = {
  "mailbox-full": "visitor.again",
  "address-wrong": "visitor.mistyped",
  "domain-blocked": "visitor.blocked",
  greylisted: "visitor.again",
  "rate-limited": "visitor.again",
  "too-large": "visitor.too-large",
  policy: "visitor.blocked",
  connection: "visitor.again",
  unknown: "visitor.again",
} as const satisfies Record<DeliveryOutcome, string>
