import type { AccountId, AgentId, ConversationId, VisitorId } from "../../shared/words/ids.ts"
import { inChunks } from "./chunks.ts"
import { prepared } from "./prepared.ts"
import { addEntry } from "./search.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow, MessageRow } from "./tables-conversations.ts"

type Cover = NonNullable<MessageRow["covered_by"]>

const insertRow = prepared((db, row: MessageRow) =>
  db.insertInto("messages").values({
    account_id: row.account_id,
    conversation_id: row.conversation_id,
    seq: row.seq,
    id: row.id,
    author: row.author,
    agent_id: row.agent_id,
    channel: row.channel,
    text: row.text,
    client_key: row.client_key,
    inbound_mail_id: row.inbound_mail_id,
    covered_at: row.covered_at,
    covered_by: row.covered_by,
    at: row.at,
  }),
)

/** `files`: names of what came with it; it is found by them as well. */
export const insertMessage = async (
  tx: Tx,
  row: MessageRow,
  files: readonly string[] = [],
): Promise<void> => {
  await insertRow(tx, row)
  // What the bot says is the same everywhere.
  if (row.author === "bot") return
  const { account_id, conversation_id, seq, at } = row
  const text = [row.text, ...files].join(" ")
  await addEntry(tx, { account_id, conversation_id, kind: "message", ref: String(seq), at }, text)
}

const rowsAfter = prepared(
  (db, { accountId, id, seq }: { accountId: AccountId; id: ConversationId; seq: number }) =>
    db
      .selectFrom("messages")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("conversation_id", "=", id)
      .where("seq", ">", seq)
      .orderBy("seq"),
)

export const messagesAfter = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  seq: number,
): Promise<MessageRow[]> => (await rowsAfter(tx, { accountId, id, seq })).rows

/** The message that a client wrote under this key in any conversation of the visitor. */
export const messageByVisitorKey = async (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
  key: string,
): Promise<MessageRow | undefined> => (await byVisitorKey(tx, { accountId, visitorId, key })).rows[0]

const byVisitorKey = prepared((db, given: { accountId: AccountId; visitorId: VisitorId; key: string }) =>
  db
    .selectFrom("messages")
    .innerJoin("conversations", (join) =>
      join
        .onRef("conversations.account_id", "=", "messages.account_id")
        .onRef("conversations.id", "=", "messages.conversation_id"),
    )
    .selectAll("messages")
    .where("conversations.account_id", "=", given.accountId)
    .where("conversations.visitor_id", "=", given.visitorId)
    .where("messages.client_key", "=", given.key),
)

export const messageByKey = (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  key: string,
): Promise<MessageRow | undefined> =>
  tx.db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("client_key", "=", key)
    .executeTakeFirst()

/** Uncovered visitor messages, oldest first. */
export const uncoveredMessages = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<MessageRow[]> => (await uncoveredOne(tx, { accountId, id })).rows

const uncoveredOne = prepared((db, { accountId, id }: { accountId: AccountId; id: ConversationId }) =>
  db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .where("covered_at", "is", null)
    .orderBy("seq"),
)

/** Uncovered visitor messages of these conversations, oldest first in each. */
export const uncoveredIn = (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<MessageRow[]> =>
  tx.db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "in", ids)
    .where("author", "=", "visitor")
    .where("covered_at", "is", null)
    .orderBy("conversation_id")
    .orderBy("seq")
    .execute()

/** Chat messages of the visitor that nobody has joined for, and that were neither mailed nor withheld. */
export const unjoinedMessages = (tx: Tx, accountId: AccountId, id: ConversationId): Promise<MessageRow[]> =>
  tx.db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .where("channel", "=", "chat")
    .where((eb) => eb.or([eb("covered_by", "is", null), eb("covered_by", "=", "opened")]))
    .orderBy("seq")
    .execute()

/** A missed notice has these messages: no other notice takes them. */
export const claimMissed = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  seqs: readonly number[],
): Promise<void> => {
  await tx.db
    .updateTable("messages")
    .set({ covered_at: tx.now, covered_by: "mailed" })
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("seq", "in", seqs)
    .execute()
}

/** Covers all uncovered visitor messages of these conversations. */
export const coverAll = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
  by: Cover,
): Promise<void> => {
  for (const some of inChunks(ids)) {
    await tx.db
      .updateTable("messages")
      .set({ covered_at: tx.now, covered_by: by })
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .where("author", "=", "visitor")
      .where("covered_at", "is", null)
      .execute()
  }
}

/** Covers the uncovered visitor messages up to `seq`; who joins also covers what was only opened. Gives back which. */
export const coverUpTo = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  seq: number,
  by: Cover,
): Promise<number[]> => {
  const rows = await tx.db
    .updateTable("messages")
    .set({ covered_at: tx.now, covered_by: by })
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .where((eb) =>
      by === "joined"
        ? eb.or([eb("covered_at", "is", null), eb("covered_by", "=", "opened")])
        : eb("covered_at", "is", null),
    )
    .where("seq", "<=", seq)
    .returning("seq")
    .execute()
  return rows.map((row) => row.seq).sort((a, b) => a - b)
}

/** After a hand-back: what followed the last answer is uncovered again, but for what was mailed or withheld. */
export const uncoverAfterLastAnswer = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<void> => {
  const last = await tx.db
    .selectFrom("messages")
    .select((eb) => eb.fn.max("seq").as("seq"))
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "agent")
    .executeTakeFirst()
  await tx.db
    .updateTable("messages")
    .set({ covered_at: null, covered_by: null })
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .where("covered_by", "in", ["opened", "joined"])
    .where("seq", ">", last?.seq ?? 0)
    .execute()
}

/** Whether anybody of the account has opened the newest visitor message of a conversation. */
export const isOpened = async (
  tx: Tx,
  { account_id: accountId, id }: Pick<ConversationRow, "account_id" | "id">,
): Promise<boolean> => {
  const newest = tx.db
    .selectFrom("messages")
    .select("seq")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .orderBy("seq", "desc")
    .limit(1)
  const opened = await tx.db
    .selectFrom("watermarks")
    .select("agent_id")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("seq", ">=", newest)
    .limit(1)
    .executeTakeFirst()
  return opened !== undefined
}

/** Raises an agent's watermark; never lowers it. */
export const raiseWatermark = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  agentId: AgentId,
  seq: number,
): Promise<void> => {
  await tx.db
    .insertInto("watermarks")
    .values({ account_id: accountId, conversation_id: id, agent_id: agentId, seq, at: tx.now })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "conversation_id", "agent_id"])
        .doUpdateSet({ seq, at: tx.now })
        .where("watermarks.seq", "<", seq),
    )
    .execute()
}
