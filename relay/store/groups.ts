import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import { isEmpty } from "./accounts.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { GroupRow } from "./tables-people.ts"

/** Making and changing groups; who is in which. What groups there are: team.ts. */

export const insertGroup = async (tx: Tx, row: GroupRow): Promise<void> => {
  await tx.db.insertInto("groups").values(row).execute()
}

export const saveGroup = async (
  tx: Tx,
  accountId: AccountId,
  id: GroupId,
  change: Partial<Pick<GroupRow, "name" | "hours" | "deleted_at">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db
    .updateTable("groups")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Whoever was in the group is not any more; these agents are. */
export const saveMembers = async (
  tx: Tx,
  accountId: AccountId,
  groupId: GroupId,
  agents: readonly AgentId[],
): Promise<void> => {
  await tx.db
    .deleteFrom("group_members")
    .where("account_id", "=", accountId)
    .where("group_id", "=", groupId)
    .execute()
  const rows = agents.map((agent_id) => ({ account_id: accountId, group_id: groupId, agent_id }))
  for (const some of inChunks(rows)) await tx.db.insertInto("group_members").values(some).execute()
}

/** The agent leaves the groups they were in, and is in these. */
export const saveGroupsOf = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
  groups: readonly GroupId[],
): Promise<void> => {
  await tx.db
    .deleteFrom("group_members")
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .execute()
  const rows = groups.map((group_id) => ({ account_id: accountId, group_id, agent_id: agentId }))
  for (const some of inChunks(rows)) await tx.db.insertInto("group_members").values(some).execute()
}
