import { type AccountId, type GroupId, newId, randomBase32, type SiteId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { insertSite, saveSite, sitesOfAccount } from "../store/accounts.ts"
import { enterKey } from "../store/directory.ts"
import { siteBoxesOf } from "../store/site-boxes.ts"
import type { Tx } from "../store/store.ts"
import { findSite } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { liveGroups } from "./groups.ts"
import { bumpSettings, changesNothing, sameSettings } from "./settings-version.ts"
import { siteBoxOf } from "./site-box.ts"

export interface SiteView {
  id: SiteId
  name: string
  key: string
  origins: string[]
  language: Language
  /** Groups that visitors choose from, in this order; none: no choice. */
  groups: GroupId[]
  box: ReturnType<typeof siteBoxOf>
}

/**
 * Adds a website. `siteKey` is what its tag carries; it is public. Groups that visitors choose from have to be
 * of this account; they are kept where the plan has no groups, and are not offered until it has.
 */
export const createSite = async (
  tx: Tx,
  given: {
    accountId: AccountId
    version?: number
    name: string
    origins: string[]
    language: Language
    groups?: GroupId[]
  },
): Promise<{ siteId: SiteId; siteKey: string; version: number }> => {
  const account = await enter(tx, given.accountId)
  const groups = await liveGroups(tx, account.id, given.groups ?? [])
  const version = await bumpSettings(tx, account.id, given.version)
  const id = newId("site")
  const key = randomBase32(20)
  await enterKey(
    tx,
    { kind: "site-key", key, account_id: account.id, target: id },
    "this site key is taken: try again",
  )
  await insertSite(tx, {
    account_id: account.id,
    id,
    name: given.name,
    key,
    origins: JSON.stringify(given.origins),
    language: given.language,
    groups: JSON.stringify(groups),
    created_at: tx.now,
  })
  return { siteId: id, siteKey: key, version }
}

export const setSite = async (
  tx: Tx,
  given: {
    accountId: AccountId
    siteId: SiteId
    version?: number
    name?: string
    origins?: string[]
    language?: Language
    groups?: GroupId[]
  },
): Promise<{ version: number }> => {
  const { accountId, siteId, name, origins, language } = given
  await enter(tx, accountId)
  if (!(await findSite(tx, accountId, siteId))) throw new Refusal("not-found", `there is no site ${siteId}`)
  const groups = given.groups && (await liveGroups(tx, accountId, given.groups))
  if (changesNothing({ name, origins, language, groups }))
    return { version: await sameSettings(tx, accountId, given.version) }
  const version = await bumpSettings(tx, accountId, given.version)
  await saveSite(tx, accountId, siteId, {
    name,
    language,
    ...(origins && { origins: JSON.stringify(origins) }),
    ...(groups && { groups: JSON.stringify(groups) }),
  })
  return { version }
}

export const listSites = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<SiteView[]> => {
  const boxes = new Map((await siteBoxesOf(tx, accountId)).map((box) => [box.site_id, box]))
  return (await sitesOfAccount(tx, accountId)).map((row) => ({
    id: row.id,
    name: row.name,
    key: row.key,
    origins: JSON.parse(row.origins) as string[],
    language: row.language,
    groups: JSON.parse(row.groups) as GroupId[],
    box: siteBoxOf(boxes.get(row.id)),
  }))
}
