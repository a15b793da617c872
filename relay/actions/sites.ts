import { type AccountId, newId, randomBase32, type SiteId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { insertSite, saveSite, sitesOfAccount } from "../store/accounts.ts"
import { enterKey } from "../store/directory.ts"
import type { Tx } from "../store/store.ts"
import { findSite } from "../store/visitors.ts"
import { enter } from "./enter.ts"

export interface SiteView {
  id: SiteId
  name: string
  key: string
  origins: string[]
  language: Language
}

/** Adds a website. `siteKey` is what its tag carries; it is public. */
export const createSite = async (
  tx: Tx,
  given: { accountId: AccountId; name: string; origins: string[]; language: Language },
): Promise<{ siteId: SiteId; siteKey: string }> => {
  const account = await enter(tx, given.accountId)
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
    created_at: tx.now,
  })
  return { siteId: id, siteKey: key }
}

export const setSite = async (
  tx: Tx,
  given: { accountId: AccountId; siteId: SiteId; name?: string; origins?: string[] },
): Promise<void> => {
  await enter(tx, given.accountId)
  if (!(await findSite(tx, given.accountId, given.siteId)))
    throw new Refusal("not-found", `there is no site ${given.siteId}`)
  await saveSite(tx, given.accountId, given.siteId, {
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.origins === undefined ? {} : { origins: JSON.stringify(given.origins) }),
  })
}

export const listSites = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<SiteView[]> =>
  (await sitesOfAccount(tx, accountId)).map((row) => ({
    id: row.id,
    name: row.name,
    key: row.key,
    origins: JSON.parse(row.origins) as string[],
    language: row.language,
  }))
