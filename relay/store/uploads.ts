import type { AccountId, AgentId, AttachmentId, ConversationId, VisitorId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { UploadRow } from "./tables-uploads.ts"

/** Files that were sent and wait for their message. */

export type UploadFacts = Pick<UploadRow, "id" | "name" | "type" | "size" | "conversation_id">
type Owner = AgentId | VisitorId

const FACTS = ["id", "name", "type", "size", "conversation_id"] as const

/** False: its owner has sent it already under this key. */
export const insertUpload = async (tx: Tx, row: UploadRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto("uploads")
    .values(row)
    .onConflict((conflict) => conflict.columns(["account_id", "owner_id", "client_key"]).doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const uploadByKey = (
  tx: Tx,
  accountId: AccountId,
  owner: Owner,
  key: string,
): Promise<UploadFacts | undefined> =>
  tx.db
    .selectFrom("uploads")
    .select(FACTS)
    .where("account_id", "=", accountId)
    .where("owner_id", "=", owner)
    .where("client_key", "=", key)
    .executeTakeFirst()

/** All that somebody has waiting. */
export const uploadsOf = (tx: Tx, accountId: AccountId, owner: Owner): Promise<UploadFacts[]> =>
  tx.db
    .selectFrom("uploads")
    .select(FACTS)
    .where("account_id", "=", accountId)
    .where("owner_id", "=", owner)
    .execute()

/** Throws one away; whether it was there, and its owner's. */
export const removeUpload = async (
  tx: Tx,
  accountId: AccountId,
  owner: Owner,
  id: AttachmentId,
): Promise<boolean> => {
  const { numDeletedRows } = await tx.db
    .deleteFrom("uploads")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .where("owner_id", "=", owner)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * Puts one under message `seq`, as its attachment number `position`: from now on it is shown and kept with it. False:
 * it is not there any more.
 */
export const becomeAttachment = async (
  tx: Tx,
  accountId: AccountId,
  id: AttachmentId,
  to: { conversationId: ConversationId; seq: number; position: number },
): Promise<boolean> => {
  await tx.db
    .insertInto("attachments")
    .columns([
      "account_id",
      "id",
      "conversation_id",
      "seq",
      "position",
      "inbound_mail_id",
      "name",
      "type",
      "size",
      "bytes",
      "at",
    ])
    .expression((eb) =>
      eb
        .selectFrom("uploads")
        .select((of) => [
          "account_id",
          "id",
          of.val(to.conversationId).as("conversation_id"),
          of.cast<number>(of.val(to.seq), "integer").as("seq"),
          of.cast<number>(of.val(to.position), "integer").as("position"),
          of.lit(null).as("inbound_mail_id"),
          "name",
          "type",
          "size",
          "bytes",
          of.cast<number>(of.val(tx.now), "bigint").as("at"),
        ])
        .where("account_id", "=", accountId)
        .where("id", "=", id),
    )
    .execute()
  const query = tx.db.deleteFrom("uploads").where("account_id", "=", accountId).where("id", "=", id)
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}

/** How much a conversation has of files, mailed ones among them. */
export const filesIn = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<{ files: number; size: number }> => {
  const row = await tx.db
    .selectFrom("attachments")
    .select((eb) => [eb.fn.countAll().as("files"), eb.fn.sum("size").as("size")])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .executeTakeFirst()
  return { files: Number(row?.files ?? 0), size: Number(row?.size ?? 0) }
}

/** What somebody has sent since `since`; a count that began before that is none. */
export const countSince = async (
  tx: Tx,
  accountId: AccountId,
  owner: Owner,
  since: Millis,
): Promise<{ since: Millis; files: number; size: number }> => {
  const row = await tx.db
    .selectFrom("upload_counts")
    .select(["since", "files", "size"])
    .where("account_id", "=", accountId)
    .where("owner_id", "=", owner)
    .where("since", ">", since)
    .executeTakeFirst()
  return row ?? { since: tx.now, files: 0, size: 0 }
}

export const saveCount = async (
  tx: Tx,
  accountId: AccountId,
  owner: Owner,
  count: { since: Millis; files: number; size: number },
): Promise<void> => {
  await tx.db
    .insertInto("upload_counts")
    .values({ account_id: accountId, owner_id: owner, ...count })
    .onConflict((conflict) => conflict.columns(["account_id", "owner_id"]).doUpdateSet(count))
    .execute()
}

/** Removes at most `limit` of an account's that wait since before then, by who sent them; gives how many. */
export const removeUploadsBefore = async (
  tx: Tx,
  accountId: AccountId,
  kind: UploadRow["owner_kind"],
  before: Millis,
  limit: number,
): Promise<number> => {
  const { numDeletedRows } = await tx.db
    .deleteFrom("uploads")
    .where("account_id", "=", accountId)
    .where("id", "in", (eb) =>
      eb
        .selectFrom("uploads")
        .select("id")
        .where("account_id", "=", accountId)
        .where("owner_kind", "=", kind)
        .where("at", "<", before)
        .orderBy("at")
        .limit(limit),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Forgets counts of hours that are over. */
export const removeCountsBefore = async (tx: Tx, accountId: AccountId, before: Millis): Promise<void> => {
  await tx.db
    .deleteFrom("upload_counts")
    .where("account_id", "=", accountId)
    .where("since", "<", before)
    .execute()
}
