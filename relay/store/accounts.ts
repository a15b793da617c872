import { sql } from "kysely"
import type { AccountId, AgentId, SiteId } from "../../shared/words/ids.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { AccountRow, AgentRow, SiteRow, Switch } from "./tables-people.ts"

/** Making and changing accounts, agents and sites. Who may have which address or key: directory.ts. */

/** Whether nothing is to be changed: what is undefined stays as it is. */
export const isEmpty = (change: object): boolean =>
  Object.values(change).every((value) => value === undefined)

/** A switch as it is kept; what was not given stays so. */
export const asSwitch = (on: boolean | undefined): Switch | undefined =>
  on === undefined ? undefined : on ? 1 : 0

export const insertAccount = async (tx: Tx, row: AccountRow): Promise<void> => {
  await tx.db.insertInto("accounts").values(row).execute()
  await tx.db
    .insertInto("audiences")
    .values({
      account_id: row.id,
      group_id: "",
      there: 0,
      there_until: null,
      light: 0,
      light_at: tx.now,
      busy: 0,
      who: "{}",
    })
    .execute()
}

export const saveAccount = async (
  tx: Tx,
  id: AccountId,
  change: Partial<Omit<AccountRow, "id">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db.updateTable("accounts").set(change).where("id", "=", id).execute()
}

const domainById = prepared((db, { id }: { id: AccountId }) =>
  db.selectFrom("accounts").select("mail_domain").where("id", "=", id),
)

/** The mail domain of an account's own; null: it has none. */
export const ownDomain = async (tx: Tx, id: AccountId): Promise<string | null> =>
  (await domainById(tx, { id })).rows[0]?.mail_domain ?? null

/** Mail domains of those of these accounts that have one of their own. */
export const ownDomains = async (tx: Tx, ids: readonly AccountId[]): Promise<Map<AccountId, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom("accounts")
    .select(["id", "mail_domain"])
    .where("id", "in", [...new Set(ids)])
    .where("mail_domain", "is not", null)
    .execute()
  return new Map(
    rows.flatMap((row) => (row.mail_domain === null ? [] : [[row.id, row.mail_domain] as const])),
  )
}

/** The next version of an account's settings. */
export const bumpVersion = async (tx: Tx, id: AccountId): Promise<number> => {
  const { version } = await tx.db
    .updateTable("accounts")
    .set({ version: sql<number>`version + 1` })
    .where("id", "=", id)
    .returning("version")
    .executeTakeFirstOrThrow()
  return version
}

export const allAccounts = (tx: Tx): Promise<AccountRow[]> =>
  tx.db.selectFrom("accounts").selectAll().orderBy("created_at").orderBy("id").execute()

/** The accounts that were made first. */
export const firstAccounts = (tx: Tx, limit: number): Promise<Pick<AccountRow, "id">[]> =>
  tx.db.selectFrom("accounts").select("id").orderBy("created_at").orderBy("id").limit(limit).execute()

/** Key of the site of an account that was made first; null if it has none. */
export const firstSiteKey = async (tx: Tx, accountId: AccountId): Promise<string | null> => {
  const first = tx.db
    .selectFrom("sites")
    .select("key")
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
  return (await first.executeTakeFirst())?.key ?? null
}

/** Of two first runs at once, the second waits here until the first is through, and then sees its account. */
export const lockSetUp = async (tx: Tx): Promise<void> => {
  await tx.db
    .insertInto("relay_secrets")
    .values({ name: "set-up-at", value: String(tx.now), created_at: tx.now })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: String(tx.now) }))
    .execute()
}

export const insertAgent = async (tx: Tx, row: AgentRow): Promise<void> => {
  await tx.db.insertInto("agents").values(row).execute()
}

export const saveAgent = async (
  tx: Tx,
  accountId: AccountId,
  id: AgentId,
  change: Partial<Omit<AgentRow, "account_id" | "id">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db
    .updateTable("agents")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const insertSite = async (tx: Tx, row: SiteRow): Promise<void> => {
  await tx.db.insertInto("sites").values(row).execute()
}

export const saveSite = async (
  tx: Tx,
  accountId: AccountId,
  id: SiteId,
  change: Partial<Pick<SiteRow, "name" | "origins" | "language" | "groups">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db
    .updateTable("sites")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const sitesOfAccount = (tx: Tx, accountId: AccountId): Promise<SiteRow[]> =>
  tx.db
    .selectFrom("sites")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute()
