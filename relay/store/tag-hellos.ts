import type { AccountId, SiteId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { TagHelloRow } from "./tables-record.ts"

/** Where chat boxes of a site were loaded. Anybody can name any page, so only the newest few are kept. */
const MOST = 50

export const hellosOf = (tx: Tx, accountId: AccountId, siteId: SiteId): Promise<TagHelloRow[]> =>
  tx.db
    .selectFrom("tag_hellos")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("site_id", "=", siteId)
    .orderBy("at", "desc")
    .execute()

export const saveHello = async (
  tx: Tx,
  accountId: AccountId,
  siteId: SiteId,
  origin: string,
): Promise<void> => {
  await tx.db
    .insertInto("tag_hellos")
    .values({ account_id: accountId, site_id: siteId, origin, at: tx.now })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "site_id", "origin"]).doUpdateSet({ at: tx.now }),
    )
    .execute()
  for (const old of (await hellosOf(tx, accountId, siteId)).slice(MOST))
    await tx.db
      .deleteFrom("tag_hellos")
      .where("account_id", "=", accountId)
      .where("site_id", "=", siteId)
      .where("origin", "=", old.origin)
      .execute()
}
