import type { AccountId, AgentId, PictureId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { AgentPictureRow } from "./tables-people.ts"

/** Agents' pictures. Which one is an agent's stands in `agents.picture` too, for whoever needs no bytes. */

/** Takes the place of the one before. */
export const savePicture = async (tx: Tx, row: AgentPictureRow): Promise<void> => {
  const { id, type, bytes, at } = row
  await tx.db
    .insertInto("agent_pictures")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["account_id", "agent_id"]).doUpdateSet({ id, type, bytes, at }),
    )
    .execute()
}

export const removePicture = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<void> => {
  await tx.db
    .deleteFrom("agent_pictures")
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .execute()
}

export const findPicture = (
  tx: Tx,
  accountId: AccountId,
  id: PictureId,
): Promise<AgentPictureRow | undefined> =>
  tx.db
    .selectFrom("agent_pictures")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()
