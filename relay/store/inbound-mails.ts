import type { AccountId, ConversationId, InboundMailId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { addEntry } from "./search.ts"
import type { Tx } from "./store.ts"
import type { InboundMailRow } from "./tables-mail.ts"

/** Stores a mail; false if its conversation has one with the same Message-ID already. */
export const insertInboundMail = async (tx: Tx, row: InboundMailRow): Promise<boolean> => {
  const result = await tx.db
    .insertInto("inbound_mails")
    .values(row)
    .onConflict((conflict) => conflict.columns(["account_id", "conversation_id", "message_id"]).doNothing())
    .executeTakeFirst()
  const isNew = (result.numInsertedOrUpdatedRows ?? 0n) > 0n
  const { account_id, conversation_id, id, at } = row
  if (isNew) await addEntry(tx, { account_id, conversation_id, kind: "subject", ref: id, at }, row.subject)
  return isNew
}

/** What screens show of a mail. */
export type MailFacts = Pick<
  InboundMailRow,
  "id" | "from_address" | "subject" | "to_address" | "auth" | "attachments"
>

/** Those of a conversation that became messages. */
export const postedMails = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<MailFacts[]> =>
  tx.db
    .selectFrom("inbound_mails")
    .select(["id", "from_address", "subject", "to_address", "auth", "attachments"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("state", "in", ["posted", "released"])
    .orderBy("at")
    .orderBy("id")
    .execute()

/** Without the bytes of the mail: they can be large. */
export const findInboundMail = (
  tx: Tx,
  accountId: AccountId,
  id: InboundMailId,
): Promise<Omit<InboundMailRow, "raw"> | undefined> =>
  tx.db
    .selectFrom("inbound_mails")
    .select([
      "account_id",
      "id",
      "conversation_id",
      "token",
      "envelope_from",
      "from_address",
      "subject",
      "message_id",
      "text",
      "state",
      "to_address",
      "thread",
      "auth",
      "hold",
      "recheck_at",
      "attachments",
      "at",
    ])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

export const setInboundState = async (
  tx: Tx,
  accountId: AccountId,
  id: InboundMailId,
  state: InboundMailRow["state"],
): Promise<void> => {
  await tx.db
    .updateTable("inbound_mails")
    .set({ state, recheck_at: null })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** The first one that is due to be looked at again. */
export const firstRecheck = (
  tx: Tx,
): Promise<Pick<InboundMailRow, "account_id" | "id" | "envelope_from" | "raw"> | undefined> =>
  tx.db
    .selectFrom("inbound_mails")
    .select(["account_id", "id", "envelope_from", "raw"])
    .where("recheck_at", "<=", tx.now)
    .orderBy("recheck_at")
    .limit(1)
    .executeTakeFirst()

/** When the next one is; null: none waits for that. */
export const nextRecheck = async (tx: Tx): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("inbound_mails")
    .select("recheck_at")
    .where("recheck_at", "is not", null)
    .orderBy("recheck_at")
    .limit(1)
    .executeTakeFirst()
  return row?.recheck_at ?? null
}

export const setChecked = async (
  tx: Tx,
  accountId: AccountId,
  id: InboundMailId,
  found: Pick<InboundMailRow, "auth" | "hold" | "state" | "recheck_at">,
): Promise<void> => {
  await tx.db
    .updateTable("inbound_mails")
    .set(found)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** The mails of a conversation that are no messages: not confirmed yet, or written by programs. Oldest first. */
export const asideOf = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  state: "unconfirmed" | "automatic",
): Promise<Pick<InboundMailRow, "id" | "from_address" | "subject" | "text" | "auth" | "hold" | "at">[]> =>
  tx.db
    .selectFrom("inbound_mails")
    .select(["id", "from_address", "subject", "text", "auth", "hold", "at"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("state", "=", state)
    .orderBy("at")
    .execute()

export const originalOf = (
  tx: Tx,
  accountId: AccountId,
  id: InboundMailId,
): Promise<Pick<InboundMailRow, "raw" | "subject"> | undefined> =>
  tx.db
    .selectFrom("inbound_mails")
    .select(["raw", "subject"])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()
