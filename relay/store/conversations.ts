import type { AccountId, AgentId, ConversationId, GroupId, VisitorId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow } from "./tables.ts"

export const findConversation = (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<ConversationRow | undefined> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** A conversation by its id alone: for operators, who do not know its account. */
export const findConversationAnywhere = (tx: Tx, id: ConversationId): Promise<ConversationRow | undefined> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "in", tx.db.selectFrom("accounts").select("id"))
    .where("id", "=", id)
    .executeTakeFirst()

/** The conversation of a visitor for a group (null: without one); a visitor has at most one of each. */
export const conversationOfVisitor = (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
  groupId: GroupId | null,
): Promise<ConversationRow | undefined> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", visitorId)
    .where("group_id", groupId === null ? "is" : "=", groupId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst()

export const conversationsOfVisitor = (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", visitorId)
    .execute()

export const insertConversation = async (tx: Tx, row: ConversationRow): Promise<void> => {
  await tx.db.insertInto("conversations").values(row).execute()
}

export const saveConversation = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  change: Partial<Omit<ConversationRow, "account_id" | "id">>,
): Promise<void> => {
  await tx.db
    .updateTable("conversations")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Conversations of these groups ('' stands for no group) whose batch is in this state, oldest due first. */
export const batchesIn = (
  tx: Tx,
  accountId: AccountId,
  groups: readonly (GroupId | "")[],
  state: "resting" | "counting",
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("batch", "=", state)
    .where((eb) =>
      eb.or([
        eb(
          "group_id",
          "in",
          groups.filter((group): group is GroupId => group !== "").concat("none" as GroupId),
        ),
        ...(groups.includes("") ? [eb("group_id", "is", null)] : []),
      ]),
    )
    .execute()

/** All conversations of an account with uncovered messages. */
export const openBatches = (tx: Tx, accountId: AccountId): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("batch", "in", ["resting", "counting"])
    .execute()

/** The next due time of a batch of this account. */
export const nextDue = async (tx: Tx, accountId: AccountId): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("conversations")
    .select("due_at")
    .where("account_id", "=", accountId)
    .where("due_at", "is not", null)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** Batches of this account due at or before `until`, in the order they fell due. */
export const batchesDue = (
  tx: Tx,
  accountId: AccountId,
  until: Millis,
  limit: number,
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("due_at", "<=", until)
    .orderBy("due_at")
    .limit(limit)
    .execute()

/** The accounts of the first `limit` due batches of the relay, and when the next batch is due. */
export const accountsWithBatchesDue = async (
  tx: Tx,
  limit: number,
): Promise<{ accounts: AccountId[]; nextAt: Millis | null }> => {
  const rows = await tx.db
    .selectFrom("conversations")
    .select(["account_id", "due_at"])
    .where("due_at", "is not", null)
    .orderBy("due_at")
    .limit(limit)
    .execute()
  const due = rows.filter((row) => row.due_at! <= tx.now)
  const later = rows.find((row) => row.due_at! > tx.now)
  return {
    accounts: [...new Set(due.map((row) => row.account_id))],
    nextAt: later?.due_at ?? (rows.length === limit ? tx.now : null),
  }
}

/** Batches that were judged are no more. */
export const endBatches = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<void> => {
  for (const some of inChunks(ids)) {
    await tx.db
      .updateTable("conversations")
      .set({
        uncovered_seq: null,
        uncovered_at: null,
        uncovered_mail_at: null,
        batch: "none",
        t0: null,
        due_at: null,
        not_before: null,
      })
      .where("account_id", "=", accountId)
      .where("id", "in", some)
      .execute()
  }
}

/** After a gap of the relay: what falls due before `until` moves to it. */
export const moveDue = async (tx: Tx, accountId: AccountId, until: Millis): Promise<void> => {
  await tx.db
    .updateTable("conversations")
    .set({ due_at: until, not_before: until })
    .where("account_id", "=", accountId)
    .where("due_at", "<", until)
    .execute()
}

export const conversationsJoinedBy = (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("joined_by", "=", agentId)
    .where("state", "=", "mine")
    .execute()

/** Conversations of the relay whose unseen answers are due to go out by mail. */
export const answersDue = async (
  tx: Tx,
  limit: number,
): Promise<{ due: ConversationRow[]; nextAt: Millis | null }> => {
  const rows = await tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("answer_due_at", "is not", null)
    .orderBy("answer_due_at")
    .limit(limit)
    .execute()
  const later = rows.find((row) => row.answer_due_at! > tx.now)
  return {
    due: rows.filter((row) => row.answer_due_at! <= tx.now),
    nextAt: later?.answer_due_at ?? (rows.length === limit ? tx.now : null),
  }
}
