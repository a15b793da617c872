import { type ExpressionBuilder, sql } from "kysely"
import type { AccountId, AgentId, ConversationId, GroupId, VisitorId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { type Counted, countOne } from "./counts.ts"
import { prepared } from "./prepared.ts"
import { indexVisitor } from "./search.ts"
import type { Db, Tx } from "./store.ts"
import type { Tables } from "./tables.ts"
import type { ConversationRow } from "./tables-conversations.ts"

const conversationById = prepared((db, { accountId, id }: { accountId: AccountId; id: ConversationId }) =>
  db.selectFrom("conversations").selectAll().where("account_id", "=", accountId).where("id", "=", id),
)

export const findConversation = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<ConversationRow | undefined> => (await conversationById(tx, { accountId, id })).rows[0]

/** A conversation by its id alone: for operators, who do not know its account. */
export const findConversationAnywhere = (tx: Tx, id: ConversationId): Promise<ConversationRow | undefined> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "in", tx.db.selectFrom("accounts").select("id"))
    .where("id", "=", id)
    .executeTakeFirst()

/** The conversation of a visitor for a group (null: without one); a visitor has at most one of each. */
export const conversationOfVisitor = async (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
  groupId: GroupId | null,
): Promise<ConversationRow | undefined> => {
  const whose = { accountId, visitorId }
  const found =
    groupId === null
      ? await visitorsWithoutGroup(tx, whose)
      : await visitorsInGroup(tx, { ...whose, asked: groupId })
  return found.rows[0]
}

const newestOfVisitor = (db: Db, { accountId, visitorId }: { accountId: AccountId; visitorId: VisitorId }) =>
  db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", visitorId)
    .orderBy("created_at", "desc")
    .limit(1)

const visitorsWithoutGroup = prepared((db, whose: { accountId: AccountId; visitorId: VisitorId }) =>
  newestOfVisitor(db, whose).where("asked_group_id", "is", null),
)

const visitorsInGroup = prepared(
  (db, whose: { accountId: AccountId; visitorId: VisitorId; asked: GroupId }) =>
    newestOfVisitor(db, whose).where("asked_group_id", "=", whose.asked),
)

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
  await countOne(tx, row.account_id, row, 1)
  await indexVisitor(tx, row.account_id, row.visitor_id, tx.now, row.id)
}

export const saveConversation = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  change: Partial<Omit<ConversationRow, "account_id" | "id">>,
): Promise<void> => {
  const moves = "state" in change || "group_id" in change || "joined_by" in change
  const before = moves ? await countedAs(tx, accountId, id) : undefined
  await tx.db
    .updateTable("conversations")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
  if (before === undefined) return
  await countOne(tx, accountId, before, -1)
  await countOne(tx, accountId, { ...before, ...change }, 1)
}

/** What a conversation is counted by now. */
const countedAs = (tx: Tx, accountId: AccountId, id: ConversationId): Promise<Counted | undefined> =>
  tx.db
    .selectFrom("conversations")
    .select(["state", "group_id", "joined_by"])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** The conversations of an audience: those of one live group; or all others, given the live groups. */
export type OfAudience = { group: GroupId } | { noneOf: readonly GroupId[] }

const inAudience = (eb: ExpressionBuilder<Tables, "conversations">, of: OfAudience) => {
  if ("group" in of) return eb("group_id", "=", of.group)
  return of.noneOf.length === 0
    ? sql<boolean>`1 = 1`
    : eb.or([eb("group_id", "is", null), eb("group_id", "not in", of.noneOf)])
}

/** Conversations of an audience whose batch is in this state. */
export const batchesIn = (
  tx: Tx,
  accountId: AccountId,
  of: OfAudience,
  state: "resting" | "counting",
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("batch", "=", state)
    .where((eb) => inAudience(eb, of))
    .execute()

/** All conversations of an account with uncovered messages. */
export const openBatches = (tx: Tx, accountId: AccountId): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("batch", "in", ["resting", "counting"])
    .execute()

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

/** Conversations of this account that are to be looked at: whether missed, or by the bot. */
export const conversationsAt = (
  tx: Tx,
  accountId: AccountId,
  what: "missed_due_at" | "bot_due_at",
  until: Millis,
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where(what, "<=", until)
    .orderBy(what)
    .limit(100)
    .execute()

/** Conversations whose visitor is here and waits for a first word, where the bot has not spoken. */
export const unansweredIn = (tx: Tx, accountId: AccountId, of: OfAudience): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("unanswered_at", "is not", null)
    .where("bot_at", "is", null)
    .where("state", "=", "unserved")
    .where((eb) => inAudience(eb, of))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("visitors")
          .select("visitors.id")
          .whereRef("visitors.account_id", "=", "conversations.account_id")
          .whereRef("visitors.id", "=", "conversations.visitor_id")
          .where("visitors.closed_at", "is", null),
      ),
    )
    .execute()

/** Conversations of the account that may count as missed. */
export const missedPlanned = (tx: Tx, accountId: AccountId): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("missed_due_at", "is not", null)
    .execute()

/** When the oldest uncovered message came, by group (null: none). */
export const oldestUncovered = async (tx: Tx, accountId: AccountId): Promise<Map<GroupId | null, Millis>> => {
  const rows = await tx.db
    .selectFrom("conversations")
    .select((eb) => ["group_id", eb.fn.min("uncovered_at").as("at")])
    .where("account_id", "=", accountId)
    .where("batch", "in", ["resting", "counting"])
    .groupBy("group_id")
    .execute()
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.group_id, Number(row.at)]])))
}

/** After a gap of the relay: what falls due before `until` moves to it. */
export const moveDue = async (tx: Tx, accountId: AccountId, until: Millis): Promise<void> => {
  await tx.db
    .updateTable("conversations")
    .set({ due_at: until, not_before: until })
    .where("account_id", "=", accountId)
    .where("due_at", "<", until)
    .execute()
  await tx.db
    .updateTable("conversations")
    .set({ missed_due_at: until })
    .where("account_id", "=", accountId)
    .where("missed_due_at", "<", until)
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
