import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { MessageRow, VerdictRow } from "./tables-conversations.ts"
import type { UndoableRow } from "./tables-search.ts"

/** Keeps what can be taken back: one deed a conversation, the last one. What is older than `since` goes. */
export const keepUndoable = async (tx: Tx, row: UndoableRow, since: Millis): Promise<void> => {
  await tx.db
    .deleteFrom("undoables")
    .where("account_id", "=", row.account_id)
    .where("at", "<", since)
    .execute()
  const { agent_id, deed, facts, at } = row
  await tx.db
    .insertInto("undoables")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["account_id", "conversation_id"]).doUpdateSet({ agent_id, deed, facts, at }),
    )
    .execute()
}

/** Takes it out: it can be taken back once. */
export const takeUndoable = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<UndoableRow | undefined> =>
  tx.db
    .deleteFrom("undoables")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .returningAll()
    .executeTakeFirst()

export type Cover = Pick<MessageRow, "seq" | "covered_at" | "covered_by">

/** How the visitor's messages after the last answer are covered, with what was decided about them. */
export const coversAfterAnswer = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<{ covers: Cover[]; verdicts: VerdictRow[] }> => {
  const answered = await tx.db
    .selectFrom("messages")
    .select((eb) => eb.fn.max("seq").as("seq"))
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "agent")
    .executeTakeFirst()
  const after = answered?.seq ?? 0
  const covers = await tx.db
    .selectFrom("messages")
    .select(["seq", "covered_at", "covered_by"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .where("seq", ">", after)
    .orderBy("seq")
    .execute()
  const verdicts = await tx.db
    .selectFrom("verdicts")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("seq", ">", after)
    .execute()
  return { covers, verdicts }
}

/** Covers messages as they were covered before. */
export const setCovers = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  covers: readonly Cover[],
): Promise<void> => {
  for (const { seq, covered_at, covered_by } of covers) {
    await tx.db
      .updateTable("messages")
      .set({ covered_at, covered_by })
      .where("account_id", "=", accountId)
      .where("conversation_id", "=", id)
      .where("seq", "=", seq)
      .execute()
  }
}

/** What was decided about these messages is what it was before, and nothing else. */
export const setVerdicts = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  seqs: readonly number[],
  rows: readonly VerdictRow[],
): Promise<void> => {
  for (const some of inChunks(seqs)) {
    await tx.db
      .deleteFrom("verdicts")
      .where("account_id", "=", accountId)
      .where("conversation_id", "=", id)
      .where("seq", "in", some)
      .execute()
  }
  for (const some of inChunks(rows)) await tx.db.insertInto("verdicts").values(some).execute()
}
