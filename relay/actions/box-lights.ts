import type { AccountId, GroupId, SiteId } from "../../shared/words/ids.ts"
import { planHas } from "../../shared/words/plans.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type BoxLight, boxLight, boxLightChanges, type LightFacts } from "../rules/box-light.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, SiteRow } from "../store/tables-people.ts"
import { audiencesOfAccount, findAccountRow, groupsOfAccount } from "../store/team.ts"

/** What the lights of an account's chat boxes depend on, as its plan lets it count. */
export const loadLightFacts = async (tx: Tx, account: AccountRow): Promise<LightFacts> => {
  const groups = planHas(account.plan, "groups") ? await groupsOfAccount(tx, account.id) : []
  const timed = planHas(account.plan, "office-hours")
  const lit = (await audiencesOfAccount(tx, account.id)).filter((row) => row.light === 1)
  return {
    groups,
    hours: {
      account: timed ? account.hours : null,
      groups: new Map(groups.map((group) => [group.id, timed ? group.hours : null])),
    },
    on: new Set(lit.map((row) => row.group_id || null)),
  }
}

/** The groups that visitors of a site choose from, deleted ones too. */
export const offeredGroups = (site: SiteRow): GroupId[] => JSON.parse(site.groups) as GroupId[]

/** Chat boxes of one site that show the same: by what their tag names and their visitors chose. */
export interface LightPlace {
  siteId: SiteId
  tag: string | null
  chosen: string | null
}

/**
 * What the chat boxes of these places show now, one for each, in their order; null for a site that is gone.
 * `changesAt`: when that may be different without any event. `cursor`: number of the last event it takes in.
 */
export const readLights = async (
  tx: Tx,
  { accountId, places }: { accountId: AccountId; places: readonly LightPlace[] },
): Promise<{ lights: (BoxLight | null)[]; changesAt: Millis | null; cursor: number }> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Error(`there is no account ${accountId}`)
  const facts = await loadLightFacts(tx, account)
  const sites = await sitesOfAccount(tx, accountId)
  const lights = places.map(({ siteId, tag, chosen }) => {
    const site = sites.find(({ id }) => id === siteId)
    return site ? boxLight(facts, { tag, chosen, offered: offeredGroups(site) }, tx.now) : null
  })
  return { lights, changesAt: boxLightChanges(facts, tx.now), cursor: account.event_seq }
}
