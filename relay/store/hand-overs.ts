import { sql } from "kysely"
import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { HandOverRow } from "./tables-conversations.ts"

/** Who gave a conversation to whom. Written under the account's lock, so that numbers are in order. */

export const insertHandOver = async (tx: Tx, row: Omit<HandOverRow, "n">): Promise<void> => {
  const next = sql<number>`(select coalesce(max(n), 0) + 1 from hand_overs
    where account_id = ${row.account_id} and conversation_id = ${row.conversation_id})`
  await tx.db
    .insertInto("hand_overs")
    .values({ ...row, n: next })
    .execute()
}

/** In their order. */
export const handOversOf = (tx: Tx, accountId: AccountId, id: ConversationId): Promise<HandOverRow[]> =>
  tx.db
    .selectFrom("hand_overs")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .orderBy("n")
    .execute()

/** What was done at a moment was taken back. */
export const removeHandOvers = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  at: Millis,
): Promise<void> => {
  await tx.db
    .deleteFrom("hand_overs")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("at", "=", at)
    .execute()
}
