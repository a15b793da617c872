import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow } from "./tables-conversations.ts"

/**
 * How many conversations there are, by what lists ask for. Kept in step by whatever stores a conversation or its
 * state, in the same transaction, so that a true number costs the same however many are stored.
 */
export type Counted = Pick<ConversationRow, "state" | "group_id" | "joined_by">

/** Adds to (or, with -1, takes from) the number of conversations like this one. */
export const countOne = async (tx: Tx, accountId: AccountId, like: Counted, by: 1 | -1): Promise<void> => {
  await tx.db
    .insertInto("conversation_counts")
    .values({
      account_id: accountId,
      state: like.state,
      group_id: like.group_id ?? "",
      joined_by: like.joined_by ?? "",
      n: by,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "state", "group_id", "joined_by"])
        .doUpdateSet((eb) => ({ n: eb("conversation_counts.n", "+", by) })),
    )
    .execute()
}

/** The numbers of an agent's lists; `others`: the groups that do not concern them. */
export const countsFor = async (
  tx: Tx,
  accountId: AccountId,
  { agentId, others }: { agentId: AgentId; others: readonly GroupId[] },
): Promise<{ unserved: number; mine: number; all: number }> => {
  const rows = await tx.db
    .selectFrom("conversation_counts")
    .select(["state", "group_id", "joined_by", "n"])
    .where("account_id", "=", accountId)
    .execute()
  const counts = { unserved: 0, mine: 0, all: 0 }
  for (const row of rows) {
    const n = Number(row.n)
    counts.all += n
    if (row.state === "mine" && row.joined_by === agentId) counts.mine += n
    if (row.state === "unserved" && !others.some((group) => group === row.group_id)) counts.unserved += n
  }
  return counts
}
