import type { ChangeDeed, ChangedField, ChangeKind } from "../../shared/words/changes.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { SettingsRows } from "../rules/changes.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { ChangeRow } from "./tables-record.ts"

/** The log of changes. Its numbers are taken under the account's lock. */

/** Every row that holds a setting of an account; who was removed and what was deleted included. */
export const settingsRows = async (tx: Tx, accountId: AccountId): Promise<SettingsRows> => {
  const of = <Table extends "sites" | "groups" | "agents" | "group_members">(table: Table) =>
    tx.db
      .selectFrom(table as "sites")
      .selectAll()
      .where("account_id", "=", accountId)
      .execute()
  return {
    accounts: await tx.db.selectFrom("accounts").selectAll().where("id", "=", accountId).execute(),
    sites: await of("sites"),
    groups: await of("groups"),
    agents: await of("agents"),
    group_members: await of("group_members"),
    redirects: await tx.db.selectFrom("redirects").selectAll().where("account_id", "=", accountId).execute(),
    verified_addresses: await tx.db
      .selectFrom("verified_addresses")
      .selectAll()
      .where("account_id", "=", accountId)
      .execute(),
    destinations: await tx.db
      .selectFrom("destinations")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("fallback", "is not", null)
      .execute(),
    mail_names: await tx.db
      .selectFrom("mail_names")
      .selectAll()
      .where("account_id", "=", accountId)
      .execute(),
    site_boxes: await tx.db
      .selectFrom("site_boxes")
      .selectAll()
      .where("account_id", "=", accountId)
      .execute(),
    webhooks: await tx.db.selectFrom("webhooks").selectAll().where("account_id", "=", accountId).execute(),
  }
}

export interface NewChange {
  kind: ChangeKind
  thing: string
  name: string | null
  deed: ChangeDeed
  fields: readonly ChangedField[]
}

/** Writes what was changed in one go. Under the account's lock. */
export const insertChanges = async (
  tx: Tx,
  accountId: AccountId,
  by: Pick<ChangeRow, "way" | "by_agent" | "by_name">,
  changes: readonly NewChange[],
): Promise<void> => {
  if (changes.length === 0) return
  const last = await tx.db
    .selectFrom("changes")
    .select("seq")
    .where("account_id", "=", accountId)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst()
  const rows = changes.map((change, index) => ({
    ...change,
    ...by,
    account_id: accountId,
    seq: (last?.seq ?? 0) + 1 + index,
    at: tx.now,
    fields: JSON.stringify(change.fields),
  }))
  for (const some of inChunks(rows)) await tx.db.insertInto("changes").values(some).execute()
}

export interface ChangeFilter {
  agentId?: AgentId | undefined
  kind?: ChangeKind | undefined
  /** Only changes with a lower number. */
  before?: number | undefined
  limit: number
}

/** Changes of an account, newest first. */
export const changesOf = (tx: Tx, accountId: AccountId, filter: ChangeFilter): Promise<ChangeRow[]> => {
  let query = tx.db.selectFrom("changes").selectAll().where("account_id", "=", accountId)
  if (filter.agentId !== undefined) query = query.where("by_agent", "=", filter.agentId)
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind)
  if (filter.before !== undefined) query = query.where("seq", "<", filter.before)
  return query.orderBy("seq", "desc").limit(filter.limit).execute()
}

/** All changes of one thing. */
export const changesAbout = (
  tx: Tx,
  accountId: AccountId,
  kind: ChangeKind,
  thing: string,
): Promise<ChangeRow[]> =>
  tx.db
    .selectFrom("changes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("kind", "=", kind)
    .where("thing", "=", thing)
    .execute()

/** The names at the mail domain that were an agent's are not told any more: they are made of what they were called. */
export const forgetMailNames = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<string[]> => {
  const rows = await changesOfKind(tx, accountId, "mail-name")
  const theirs = rows.filter(({ fields }) => fields.includes(`"${agentId}"`))
  for (const { seq } of theirs)
    await tx.db
      .updateTable("changes")
      .set({ thing: "–", name: null })
      .where("account_id", "=", accountId)
      .where("seq", "=", seq)
      .execute()
  return [...new Set(theirs.map(({ thing }) => thing))]
}

const changesOfKind = (tx: Tx, accountId: AccountId, kind: ChangeKind): Promise<ChangeRow[]> =>
  tx.db
    .selectFrom("changes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("kind", "=", kind)
    .execute()

/** Removes an account's changes from before a moment; gives how many. */
export const removeChangesBefore = async (tx: Tx, accountId: AccountId, before: Millis): Promise<number> => {
  const { numDeletedRows } = await tx.db
    .deleteFrom("changes")
    .where("account_id", "=", accountId)
    .where("at", "<", before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** What agents and groups of an account are called, those that are gone too. */
export const namesOfPeople = async (tx: Tx, accountId: AccountId): Promise<Map<string, string>> => {
  const agents = await tx.db
    .selectFrom("agents")
    .select(["id", "name"])
    .where("account_id", "=", accountId)
    .execute()
  const groups = await tx.db
    .selectFrom("groups")
    .select(["id", "name"])
    .where("account_id", "=", accountId)
    .execute()
  return new Map([...agents, ...groups].map(({ id, name }): [string, string] => [id, name]))
}
