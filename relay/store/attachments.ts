import type { AccountId, AttachmentId, ConversationId, InboundMailId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { AttachmentRow } from "./tables-mail.ts"

/** Files that came with mails. Their bytes are read for a download, and for nothing else. */

export type AttachmentFacts = Pick<AttachmentRow, "id" | "seq" | "name" | "type" | "size">

const FACTS = ["id", "seq", "name", "type", "size"] as const

export const insertAttachment = async (tx: Tx, row: AttachmentRow): Promise<void> => {
  await tx.db.insertInto("attachments").values(row).execute()
}

/** What came with a mail is shown under the message that it became. Gives them in the mail's order. */
export const putUnder = async (
  tx: Tx,
  accountId: AccountId,
  mailId: InboundMailId,
  seq: number,
): Promise<AttachmentFacts[]> => {
  await tx.db
    .updateTable("attachments")
    .set({ seq })
    .where("account_id", "=", accountId)
    .where("inbound_mail_id", "=", mailId)
    .execute()
  return tx.db
    .selectFrom("attachments")
    .select(FACTS)
    .where("account_id", "=", accountId)
    .where("inbound_mail_id", "=", mailId)
    .orderBy("position")
    .execute()
}

/** Those of a conversation, in the order of its messages. */
export const attachmentsIn = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<AttachmentFacts[]> =>
  tx.db
    .selectFrom("attachments")
    .select(FACTS)
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("seq")
    .orderBy("position")
    .execute()

/** One with its bytes. */
export const findAttachment = (
  tx: Tx,
  accountId: AccountId,
  id: AttachmentId,
): Promise<AttachmentRow | undefined> =>
  tx.db
    .selectFrom("attachments")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()
