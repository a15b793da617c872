import type { AccountId, AgentId, DeliveryId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { DeviceRow, SignInCodeRow } from "./tables-people.ts"

export const insertCode = async (tx: Tx, row: SignInCodeRow): Promise<void> => {
  await tx.db.insertInto("sign_in_codes").values(row).execute()
}

/** How many codes an agent was sent after a moment. */
export const codesSince = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
  after: Millis,
): Promise<number> => {
  const row = await tx.db
    .selectFrom("sign_in_codes")
    .select((eb) => eb.fn.countAll().as("n"))
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .where("created_at", ">", after)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** The ids of an agent's codes, which are those of the mails that brought them. */
export const codesOf = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<DeliveryId[]> => {
  const rows = await tx.db
    .selectFrom("sign_in_codes")
    .select("id")
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .execute()
  return rows.map((row) => row.id as DeliveryId)
}

/** The only code that counts: the newest. */
export const newestCode = (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<SignInCodeRow | undefined> =>
  tx.db
    .selectFrom("sign_in_codes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst()

export const saveCode = async (
  tx: Tx,
  accountId: AccountId,
  id: string,
  change: { tries?: number; used_at?: Millis },
): Promise<void> => {
  await tx.db
    .updateTable("sign_in_codes")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const removeCode = async (tx: Tx, accountId: AccountId, id: string): Promise<void> => {
  await tx.db.deleteFrom("sign_in_codes").where("account_id", "=", accountId).where("id", "=", id).execute()
}

/** Codes older than this are of no more use to anybody. */
export const forgetCodes = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
  before: Millis,
): Promise<void> => {
  await tx.db
    .deleteFrom("sign_in_codes")
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .where("created_at", "<", before)
    .execute()
}

export const insertDevice = async (tx: Tx, row: DeviceRow): Promise<void> => {
  await tx.db.insertInto("devices").values(row).execute()
}

/** The agents of an account who have signed in at least once: a code that went to their address was used. */
export const agentsEverSignedIn = async (tx: Tx, accountId: AccountId): Promise<ReadonlySet<AgentId>> => {
  const rows = await tx.db
    .selectFrom("devices")
    .select("agent_id")
    .distinct()
    .where("account_id", "=", accountId)
    .execute()
  return new Set(rows.map((row) => row.agent_id))
}
