import type { AccountId, AgentId, CannedAnswerId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { CannedAnswerRow } from "./tables-search.ts"

/** Those of everybody, and of this agent. */
export const cannedAnswersFor = (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<CannedAnswerRow[]> =>
  tx.db
    .selectFrom("canned_answers")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("owner", "in", ["", agentId])
    .orderBy("name")
    .orderBy("id")
    .execute()

export const findCannedAnswer = (
  tx: Tx,
  accountId: AccountId,
  id: CannedAnswerId,
): Promise<CannedAnswerRow | undefined> =>
  tx.db
    .selectFrom("canned_answers")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

export const insertCannedAnswer = async (tx: Tx, row: CannedAnswerRow): Promise<void> => {
  await tx.db.insertInto("canned_answers").values(row).execute()
}

export const saveCannedAnswer = async (
  tx: Tx,
  accountId: AccountId,
  id: CannedAnswerId,
  change: Pick<CannedAnswerRow, "name" | "text" | "set_by" | "set_at">,
): Promise<void> => {
  await tx.db
    .updateTable("canned_answers")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const removeCannedAnswer = async (tx: Tx, accountId: AccountId, id: CannedAnswerId): Promise<void> => {
  await tx.db.deleteFrom("canned_answers").where("account_id", "=", accountId).where("id", "=", id).execute()
}

/** Whoever leaves the account takes their own along. */
export const removeCannedAnswersOf = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<void> => {
  await tx.db
    .deleteFrom("canned_answers")
    .where("account_id", "=", accountId)
    .where("owner", "=", agentId)
    .execute()
}
