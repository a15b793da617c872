import type { DeliveryId } from "../../shared/words/ids.ts"
import type { MailFacts } from "../../shared/words/reasons.ts"
import { bounceAddress, replyAddress } from "./addresses.ts"
import type { BounceKeys } from "./bounce-token.ts"
import type { QueuedMail } from "./content.ts"
import { senderName } from "./sender.ts"
import { subjectOf } from "./subject.ts"

/**
 * What a notice is found by, in a mailbox or in a mail server's log; null for other mails, which no verdict is
 * told of. `domain`: the relay's mail domain.
 */
export const mailFactsOf = (
  content: QueuedMail,
  { id, messageId }: { id: DeliveryId; messageId: string },
  domain: string,
  keys: BounceKeys,
): MailFacts | null => {
  if (content.kind !== "offline-notice" && content.kind !== "missed-notice") return null
  return {
    sender: senderName(content),
    from: replyAddress(content.replyToken, domain),
    subject: subjectOf(content),
    messageId,
    envelopeFrom: bounceAddress(id, domain, keys),
    domain,
  }
}
