import type { AccountId, SiteId, VisitorId } from "../../shared/words/ids.ts"
import { prepared } from "./prepared.ts"
import { indexVisitor } from "./search.ts"
import type { Tx } from "./store.ts"
import type { VisitorRow } from "./tables-conversations.ts"
import type { SiteRow } from "./tables-people.ts"

export const findSite = (tx: Tx, accountId: AccountId, id: SiteId): Promise<SiteRow | undefined> =>
  tx.db
    .selectFrom("sites")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** The site that a tag's public key names. */
export const findSiteByKey = async (tx: Tx, key: string): Promise<SiteRow | undefined> => {
  const entry = await tx.db
    .selectFrom("directory")
    .select(["account_id", "target"])
    .where("kind", "=", "site-key")
    .where("key", "=", key)
    .executeTakeFirst()
  return entry && findSite(tx, entry.account_id, entry.target as SiteId)
}

const visitorById = prepared((db, { accountId, id }: { accountId: AccountId; id: VisitorId }) =>
  db.selectFrom("visitors").selectAll().where("account_id", "=", accountId).where("id", "=", id),
)

export const findVisitor = async (
  tx: Tx,
  accountId: AccountId,
  id: VisitorId,
): Promise<VisitorRow | undefined> => (await visitorById(tx, { accountId, id })).rows[0]

/** Until the end of the transaction nobody erases this visitor; others go on. */
export const keepVisitor = async (tx: Tx, accountId: AccountId, id: VisitorId): Promise<void> => {
  if (tx.dialect === "sqlite") return
  const query = tx.db.selectFrom("visitors").select("id").where("account_id", "=", accountId)
  await query.where("id", "=", id).forKeyShare().execute()
}

export const visitorsOf = (tx: Tx, accountId: AccountId, ids: readonly VisitorId[]): Promise<VisitorRow[]> =>
  tx.db
    .selectFrom("visitors")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "in", ids)
    .execute()

export const insertVisitor = async (tx: Tx, row: VisitorRow): Promise<void> => {
  await tx.db.insertInto("visitors").values(row).execute()
}

export const saveVisitor = async (
  tx: Tx,
  accountId: AccountId,
  id: VisitorId,
  change: Partial<
    Pick<
      VisitorRow,
      "name" | "address" | "page_url" | "page_title" | "closed_at" | "zone" | "language" | "device"
    >
  >,
): Promise<void> => {
  await tx.db
    .updateTable("visitors")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
  if ("name" in change || "address" in change) await indexVisitor(tx, accountId, id, tx.now)
}

export const insertTab = async (
  tx: Tx,
  accountId: AccountId,
  id: VisitorId,
  tabId: string,
  relayId: string,
): Promise<void> => {
  await tx.db
    .insertInto("visitor_tabs")
    .values({ account_id: accountId, visitor_id: id, tab_id: tabId, relay_id: relayId, opened_at: tx.now })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "visitor_id", "tab_id"])
        .doUpdateSet({ relay_id: relayId, opened_at: tx.now }),
    )
    .execute()
}

/** Removes a tab, if this relay holds it; `left` is how many stay open. */
export const removeTab = async (
  tx: Tx,
  accountId: AccountId,
  id: VisitorId,
  tabId: string,
  relayId: string,
): Promise<{ left: number }> => {
  await tx.db
    .deleteFrom("visitor_tabs")
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", id)
    .where("tab_id", "=", tabId)
    .where("relay_id", "=", relayId)
    .execute()
  return { left: await countTabs(tx, accountId, id) }
}

export const countTabs = async (tx: Tx, accountId: AccountId, id: VisitorId): Promise<number> => {
  const row = await tx.db
    .selectFrom("visitor_tabs")
    .select((eb) => eb.fn.countAll().as("n"))
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", id)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** At most `limit` of the tabs whose sockets were held by these relays, account by account. */
export const tabsOfRelays = (
  tx: Tx,
  relayIds: readonly string[],
  limit: number,
): Promise<{ account_id: AccountId; visitor_id: VisitorId; tab_id: string; relay_id: string }[]> =>
  relayIds.length === 0
    ? Promise.resolve([])
    : tx.db
        .selectFrom("visitor_tabs")
        .select(["account_id", "visitor_id", "tab_id", "relay_id"])
        .where("relay_id", "in", relayIds)
        .orderBy("account_id")
        .limit(limit)
        .execute()
