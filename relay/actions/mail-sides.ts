import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import { postedMails } from "../store/inbound-mails.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { MailSide } from "./notice.ts"

/** What notices say of those of these conversations that people began by mail. */
export const loadMailSides = async (
  tx: Tx,
  accountId: AccountId,
  conversations: readonly Pick<ConversationRow, "id" | "channel">[],
): Promise<Map<ConversationId, MailSide>> => {
  const sides = new Map<ConversationId, MailSide>()
  for (const { id, channel } of conversations) {
    if (channel !== "mail") continue
    const first = (await postedMails(tx, accountId, id)).find((mail) => mail.to_address !== null)
    if (!first) continue
    sides.set(id, { writtenTo: first.to_address ?? "", subject: first.subject })
  }
  return sides
}
