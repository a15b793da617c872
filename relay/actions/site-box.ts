import { randomBytes } from "node:crypto"
import type { AccountId, SiteId } from "../../shared/words/ids.ts"
import { type Look, PLAIN_LOOK, type SiteBox } from "../../shared/words/look.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { findSiteBox, saveSiteBox } from "../store/site-boxes.ts"
import type { Tx } from "../store/store.ts"
import type { SiteBoxRow } from "../store/tables-box.ts"
import { findSite, findSiteByKey } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { bumpSettings } from "./settings-version.ts"

/** How the chat box of a site looks, what it offers, and the key that its server signs visitors with. */

/** What admins see of it; `signs`: the site has a key. */
export const siteBoxOf = (row: SiteBoxRow | undefined): SiteBox & { signs: boolean } => ({
  look: row?.look ? { ...PLAIN_LOOK, ...(JSON.parse(row.look) as Partial<Look>) } : PLAIN_LOOK,
  rates: row?.rates === 1,
  transcripts: row?.transcripts === 1,
  signs: row?.identity_key != null,
})

const enterSite = async (tx: Tx, accountId: AccountId, siteId: SiteId): Promise<void> => {
  await enter(tx, accountId)
  if (!(await findSite(tx, accountId, siteId))) throw new Refusal("not-found", `there is no site ${siteId}`)
}

/** Takes the place of how it was set before; boxes that are loaded from now on have it. */
export const setSiteBox = async (
  tx: Tx,
  given: { accountId: AccountId; siteId: SiteId; version?: number } & SiteBox,
): Promise<{ version: number }> => {
  const { accountId, siteId, look, rates, transcripts } = given
  await enterSite(tx, accountId, siteId)
  const version = await bumpSettings(tx, accountId, given.version)
  await saveSiteBox(tx, accountId, siteId, {
    look: JSON.stringify(look),
    rates: rates ? 1 : 0,
    transcripts: transcripts ? 1 : 0,
  })
  return { version }
}

/** A new key for the site's server; what was signed with the one before counts no more. */
export const makeIdentityKey = async (
  tx: Tx,
  { accountId, siteId }: { accountId: AccountId; siteId: SiteId },
): Promise<{ key: string; version: number }> => {
  await enterSite(tx, accountId, siteId)
  const version = await bumpSettings(tx, accountId)
  const key = randomBytes(32).toString("hex")
  await saveSiteBox(tx, accountId, siteId, { identity_key: key })
  return { key, version }
}

/**
 * What the frame of a chat box is served with: which origins may show it, and how it looks. Refusal `not-found`
 * for an unknown site key.
 */
export const readFrame = async (
  tx: Tx,
  { siteKey }: { siteKey: string },
): Promise<{ origins: string[] } & SiteBox> => {
  const site = await findSiteByKey(tx, siteKey)
  if (!site)
    throw new Refusal("not-found", "there is no site with this key: check data-site of the script tag")
  const { look, rates, transcripts } = siteBoxOf(await findSiteBox(tx, site.account_id, site.id))
  return { origins: JSON.parse(site.origins) as string[], look, rates, transcripts }
}
