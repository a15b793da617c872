import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { RatingRow } from "./tables-box.ts"

/** How visitors found their conversations. */

export const findRating = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<RatingRow | undefined> =>
  tx.db
    .selectFrom("ratings")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .executeTakeFirst()

/** One a conversation: the new one takes the place of the one before. */
export const saveRating = async (tx: Tx, row: RatingRow): Promise<void> => {
  const { agent_id, good, words, at } = row
  await tx.db
    .insertInto("ratings")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["account_id", "conversation_id"]).doUpdateSet({ agent_id, good, words, at }),
    )
    .execute()
}

/** Newest first, at most `limit` of those before a moment. */
export const ratingsBefore = (
  tx: Tx,
  accountId: AccountId,
  before: Millis,
  limit: number,
): Promise<RatingRow[]> =>
  tx.db
    .selectFrom("ratings")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("at", "<", before)
    .orderBy("at", "desc")
    .limit(limit)
    .execute()
