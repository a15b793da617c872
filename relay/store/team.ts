import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Stay } from "../rules/there.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { AccountRow, AgentRow, AudienceRow, GroupRow } from "./tables-people.ts"

/** The people of an account and what is known of them together: agents, groups, audiences. */

const accountById = prepared((db, { accountId }: { accountId: AccountId }) =>
  db.selectFrom("accounts").selectAll().where("id", "=", accountId),
)

export const findAccountRow = async (tx: Tx, accountId: AccountId): Promise<AccountRow | undefined> =>
  (await accountById(tx, { accountId })).rows[0]

const agentsBy = prepared((db, { accountId }: { accountId: AccountId }) =>
  db.selectFrom("agents").selectAll().where("account_id", "=", accountId).orderBy("name").orderBy("id"),
)

export const agentsOfAccount = async (tx: Tx, accountId: AccountId): Promise<AgentRow[]> =>
  (await agentsBy(tx, { accountId })).rows

const agentById = prepared((db, { accountId, id }: { accountId: AccountId; id: AgentId }) =>
  db.selectFrom("agents").selectAll().where("account_id", "=", accountId).where("id", "=", id),
)

export const findAgentRow = async (
  tx: Tx,
  accountId: AccountId,
  id: AgentId,
): Promise<AgentRow | undefined> => (await agentById(tx, { accountId, id })).rows[0]

const groupsBy = prepared((db, { accountId }: { accountId: AccountId }) =>
  db
    .selectFrom("groups")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("deleted_at", "is", null)
    .orderBy("id"),
)

export const groupsOfAccount = async (tx: Tx, accountId: AccountId): Promise<GroupRow[]> =>
  (await groupsBy(tx, { accountId })).rows

/** Groups (not deleted) of each agent. */
export const membershipsOfAccount = async (
  tx: Tx,
  accountId: AccountId,
): Promise<Map<AgentId, GroupId[]>> => {
  const rows = await tx.db
    .selectFrom("group_members")
    .innerJoin("groups", (join) =>
      join
        .onRef("groups.account_id", "=", "group_members.account_id")
        .onRef("groups.id", "=", "group_members.group_id"),
    )
    .select(["group_members.agent_id", "group_members.group_id"])
    .where("group_members.account_id", "=", accountId)
    .where("groups.deleted_at", "is", null)
    .execute()
  const groups = new Map<AgentId, GroupId[]>()
  for (const row of rows) groups.set(row.agent_id, [...(groups.get(row.agent_id) ?? []), row.group_id])
  return groups
}

export const audiencesOfAccount = (tx: Tx, accountId: AccountId): Promise<AudienceRow[]> =>
  tx.db.selectFrom("audiences").selectAll().where("account_id", "=", accountId).execute()

const audiencesIn = prepared((db, { accountId, group }: { accountId: AccountId; group: GroupId | "" }) =>
  db
    .selectFrom("audiences")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("group_id", "in", [group, ""]),
)

/** The audience row of a group that is not deleted; null: of conversations without one. */
export const findAudience = async (
  tx: Tx,
  accountId: AccountId,
  groupId: GroupId | null,
): Promise<AudienceRow> => {
  const { rows } = await audiencesIn(tx, { accountId, group: groupId ?? "" })
  const row =
    rows.find((candidate) => candidate.group_id === groupId) ??
    rows.find((candidate) => candidate.group_id === "")
  if (!row) throw new Error(`account ${accountId} has no audience row`)
  return row
}

export const saveAudience = async (tx: Tx, row: AudienceRow): Promise<void> => {
  await tx.db
    .insertInto("audiences")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["account_id", "group_id"]).doUpdateSet({
        there: row.there,
        there_until: row.there_until,
        light: row.light,
        light_at: row.light_at,
        busy: row.busy,
        who: row.who,
      }),
    )
    .execute()
}

export const saveStay = async (tx: Tx, accountId: AccountId, id: AgentId, stay: Stay): Promise<void> => {
  await tx.db
    .updateTable("agents")
    .set({ there: stay.there ? 1 : 0, there_since: stay.since, there_until: stay.until })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const saveIntent = async (
  tx: Tx,
  accountId: AccountId,
  id: AgentId,
  intent: Intent,
  version: number,
  ends: { until: Millis | null; back: Intent | null },
): Promise<void> => {
  await tx.db
    .updateTable("agents")
    .set({
      intent,
      intent_version: version,
      intent_at: tx.now,
      intent_until: ends.until,
      intent_back: ends.back,
    })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Until when an agent keeps open though hours are closed; null: not at all. */
export const saveOverride = async (
  tx: Tx,
  accountId: AccountId,
  id: AgentId,
  until: Millis | null,
): Promise<void> => {
  await tx.db
    .updateTable("agents")
    .set({ override_until: until })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Whether an agent has hours for any conversation, as told. */
export const saveOpen = async (tx: Tx, accountId: AccountId, id: AgentId, open: boolean): Promise<void> => {
  await tx.db
    .updateTable("agents")
    .set({ open: open ? 1 : 0 })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** When something of the account changes next that no device does. */
export const saveAccountChange = async (tx: Tx, accountId: AccountId, at: Millis | null): Promise<void> => {
  await tx.db.updateTable("accounts").set({ changes_at: at }).where("id", "=", accountId).execute()
}

/** Groups begin or cease to count: their audiences begin anew, as if everybody had been there until now. */
export const resetAudiences = async (tx: Tx, accountId: AccountId): Promise<void> => {
  await tx.db
    .updateTable("audiences")
    .set({ there: 0, there_until: tx.now, busy: 0, who: "{}" })
    .where("account_id", "=", accountId)
    .where("group_id", "!=", "")
    .execute()
}

/** Accounts, in pages by id. */
export const accountsAfter = (tx: Tx, after: string, limit: number): Promise<AccountRow[]> =>
  tx.db
    .selectFrom("accounts")
    .selectAll()
    .where("id", ">", after as AccountId)
    .orderBy("id")
    .limit(limit)
    .execute()

/** No notice of the account is due before `until`. */
export const holdAccount = async (tx: Tx, accountId: AccountId, until: number): Promise<void> => {
  await tx.db.updateTable("accounts").set({ hold_until: until }).where("id", "=", accountId).execute()
}
