import { sql } from "kysely"
import type { AccountId, AttachmentId, ConversationId, InboundMailId } from "../../shared/words/ids.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { AttachmentRow } from "./tables-mail.ts"

/** Files that came with mails, or through the chat (uploads.ts). Their bytes are read for a download, and for nothing else. */

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

/** A file of one of several conversations. */
export type ConversationFile = Pick<
  AttachmentRow,
  "conversation_id" | "id" | "seq" | "name" | "type" | "size" | "inbound_mail_id"
>

/** Those of these conversations, in each in the order of its messages. */
export const filesOfConversations = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<ConversationFile[]> => {
  const files: ConversationFile[] = []
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("attachments")
      .select([...FACTS, "conversation_id", "inbound_mail_id"])
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .orderBy("conversation_id")
      .orderBy("seq")
      .orderBy("position")
      .execute()
    files.push(...rows)
  }
  return files
}

/** Where one belongs, without its bytes. */
export const attachmentFacts = (
  tx: Tx,
  accountId: AccountId,
  id: AttachmentId,
): Promise<Pick<AttachmentRow, "conversation_id" | "seq"> | undefined> =>
  tx.db
    .selectFrom("attachments")
    .select(["conversation_id", "seq"])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** Those of one message. */
export const attachmentsOf = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  seq: number,
): Promise<AttachmentFacts[]> =>
  tx.db
    .selectFrom("attachments")
    .select(FACTS)
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("seq", "=", seq)
    .orderBy("position")
    .execute()

/** A piece of its bytes, from one of them on. */
export const pieceOfAttachment = async (
  tx: Tx,
  accountId: AccountId,
  id: AttachmentId,
  { from, length }: { from: number; length: number },
): Promise<Pick<AttachmentRow, "name" | "type" | "size" | "bytes"> | undefined> =>
  tx.db
    .selectFrom("attachments")
    .select(["name", "type", "size", sql<Buffer>`substr(bytes, ${from + 1}, ${length})`.as("bytes")])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

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
