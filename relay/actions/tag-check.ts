import type { TagHellosView } from "../../shared/protocol/record-views.ts"
import type { AccountId, SiteId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import type { Tx } from "../store/store.ts"
import { hellosOf, saveHello } from "../store/tag-hellos.ts"
import { findSiteByKey } from "../store/visitors.ts"

/** Whether a site's tag is on its pages: what its chat boxes say by being loaded. */

/** A chat box of a site is loaded on a page of an origin. Nothing happens for a key that nobody has. */
export const noteHello = async (
  tx: Tx,
  { siteKey, origin }: { siteKey: string; origin: string },
): Promise<void> => {
  const site = await findSiteByKey(tx, siteKey)
  if (site) await saveHello(tx, site.account_id, site.id, origin)
}

/** Where boxes of a site were loaded of late, and what it takes to look at a page of it. Refusal `not-found`. */
export const readTag = async (
  tx: Tx,
  { accountId, siteId }: { accountId: AccountId; siteId: SiteId },
): Promise<TagHellosView & { key: string; origins: string[]; keys: Record<string, string> }> => {
  const sites = await sitesOfAccount(tx, accountId)
  const site = sites.find(({ id }) => id === siteId)
  if (!site) throw new Refusal("not-found", `there is no site ${siteId}`)
  const origins = JSON.parse(site.origins) as string[]
  const hellos = (await hellosOf(tx, accountId, siteId)).map(({ origin, at }) => ({
    origin,
    at,
    listed: origins.includes("*") || origins.includes(origin),
  }))
  const keys = Object.fromEntries(sites.map(({ key, name }) => [key, name]))
  return { hellos, now: tx.now, key: site.key, origins, keys }
}
