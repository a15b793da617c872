import type { SettingsView } from "../../shared/protocol/views.ts"
import type { AccountId, GroupId } from "../../shared/words/ids.ts"
import type { RedirectOwner } from "../../shared/words/nouns.ts"
import { PLAN_FEATURES } from "../../shared/words/plans.ts"
import { addressCodesSince } from "../store/addresses.ts"
import { redirectsOf } from "../store/redirects.ts"
import { agentsEverSignedIn } from "../store/sign-in.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { audiencesOfAccount } from "../store/team.ts"
import { listAgents } from "./agents.ts"
import { CODE_LIFE, isUsable } from "./codes.ts"
import { enter } from "./enter.ts"
import { listGroups } from "./groups.ts"
import { loadPeople } from "./people.ts"
import { unreachedOf } from "./reach.ts"
import { allowedTargets, redirectView } from "./redirects.ts"
import { busyTextsOf, hoursOf } from "./settings-columns.ts"
import { listSites } from "./sites.ts"

/** Finds the redirect of an agent, or the general inbox of a group or the account. */
type RedirectOf = (kind: RedirectOwner, id: string) => SettingsView["account"]["inbox"]

const readRedirects = async (tx: Tx, accountId: AccountId): Promise<RedirectOf> => {
  const rows = await redirectsOf(tx, accountId)
  return (kind, id) => {
    const row = rows.find((one) => one.owner_kind === kind && one.owner_id === id)
    return row ? redirectView(row) : null
  }
}

/** The light of each group as visitors see it: where the plan has no groups, that of the account. */
const readLights = async (tx: Tx, account: AccountRow): Promise<(group: GroupId) => boolean> => {
  const rows = await audiencesOfAccount(tx, account.id)
  const grouped = PLAN_FEATURES[account.plan].includes("groups")
  const lightOf = (id: GroupId | "") => rows.some((row) => row.group_id === id && row.light === 1)
  return (group) => lightOf(grouped ? group : "")
}

/** Addresses to which a code went that can still be confirmed, as targets of redirects; the newest first. */
const readPending = async (tx: Tx, accountId: AccountId): Promise<SettingsView["pending"]> => {
  const codes = (await addressCodesSince(tx, accountId, tx.now - CODE_LIFE)).filter(
    (code) => code.purpose === "redirect",
  )
  const newest = codes.filter(
    (code, index) => index === codes.findIndex((one) => one.address === code.address),
  )
  return newest
    .filter((code) => isUsable(code, tx.now))
    .map((code) => ({ address: code.address, expiresAt: code.expires_at }))
}

/** All settings of an account, for its admins. */
export const readSettings = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<SettingsView> => {
  const account = await enter(tx, accountId)
  const redirectOf = await readRedirects(tx, accountId)
  const lightOf = await readLights(tx, account)
  const joined = await agentsEverSignedIn(tx, accountId)
  return {
    version: account.version,
    account: {
      id: account.id,
      name: account.name,
      language: account.language,
      zone: account.zone,
      plan: account.plan,
      features: PLAN_FEATURES[account.plan],
      graceMs: account.grace_ms,
      waitMs: account.wait_ms,
      offlineNotices: account.offline_notices === 1,
      missedNotices: account.missed_notices === 1,
      hours: hoursOf(account),
      busyTexts: busyTextsOf(account),
      inbox: redirectOf("account", account.id),
    },
    groups: (await listGroups(tx, { accountId })).map((group) => ({
      ...group,
      inbox: redirectOf("group", group.id),
      light: lightOf(group.id),
    })),
    sites: await listSites(tx, { accountId }),
    team: (await listAgents(tx, { accountId })).map(({ intent: _, ...agent }) => ({
      ...agent,
      redirect: redirectOf("agent", agent.id),
      joined: joined.has(agent.id),
    })),
    verified: await allowedTargets(tx, accountId),
    pending: await readPending(tx, accountId),
    unreached: await unreachedOf(tx, await loadPeople(tx, account)),
  }
}
