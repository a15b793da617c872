import type { AccountId, SiteId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { SiteBoxRow } from "./tables-box.ts"

/** How the chat boxes of sites look, and what they offer. */

export const siteBoxesOf = (tx: Tx, accountId: AccountId): Promise<SiteBoxRow[]> =>
  tx.db.selectFrom("site_boxes").selectAll().where("account_id", "=", accountId).execute()

export const findSiteBox = (tx: Tx, accountId: AccountId, siteId: SiteId): Promise<SiteBoxRow | undefined> =>
  tx.db
    .selectFrom("site_boxes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("site_id", "=", siteId)
    .executeTakeFirst()

/** Changes what is given; what a new row is not given is as usual. */
export const saveSiteBox = async (
  tx: Tx,
  accountId: AccountId,
  siteId: SiteId,
  change: Partial<Pick<SiteBoxRow, "look" | "rates" | "transcripts" | "identity_key">>,
): Promise<void> => {
  await tx.db
    .insertInto("site_boxes")
    .values({
      account_id: accountId,
      site_id: siteId,
      look: null,
      rates: 0,
      transcripts: 0,
      identity_key: null,
      ...change,
    })
    .onConflict((conflict) => conflict.columns(["account_id", "site_id"]).doUpdateSet(change))
    .execute()
}
