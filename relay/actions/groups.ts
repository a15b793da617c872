import type { OfficeHours } from "../../shared/words/hours.ts"
import { type AccountId, type AgentId, type GroupId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { sameName } from "../rules/settings.ts"
import { saveSite, sitesOfAccount } from "../store/accounts.ts"
import { insertGroup, saveGroup, saveMembers } from "../store/groups.ts"
import { removeRedirect } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import type { GroupRow } from "../store/tables-people.ts"
import { agentsOfAccount, groupsOfAccount, membershipsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"
import { giveName, leaveNamesToInbox } from "./mail-names.ts"
import { checkedHours, hoursOf } from "./settings-columns.ts"
import { bumpSettings, changesNothing, sameSettings } from "./settings-version.ts"
import { settleAll } from "./settle-all.ts"

export interface GroupListing {
  id: GroupId
  name: string
  members: AgentId[]
  /** Null: those of the account. */
  hours: OfficeHours | null
}

/** These groups, each once. Refusal `not-found` for one that is deleted or of another account. */
export const liveGroups = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly GroupId[],
): Promise<GroupId[]> => {
  if (ids.length === 0) return []
  const live = new Set((await groupsOfAccount(tx, accountId)).map((group) => group.id))
  const unknown = ids.find((id) => !live.has(id))
  if (unknown !== undefined) throw new Refusal("not-found", `there is no group ${unknown}`)
  return [...new Set(ids)]
}

/** These agents, each once. Refusal `not-found` for one that was removed or is of another account. */
const teamMembers = async (tx: Tx, accountId: AccountId, ids: readonly AgentId[]): Promise<AgentId[]> => {
  if (ids.length === 0) return []
  const team = (await agentsOfAccount(tx, accountId)).filter((agent) => agent.removed_at === null)
  const known = new Set(team.map((agent) => agent.id))
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined) throw new Refusal("not-found", `there is no agent ${unknown} in the team`)
  return [...new Set(ids)]
}

const findGroup = async (tx: Tx, accountId: AccountId, id: GroupId): Promise<GroupRow> => {
  const group = (await groupsOfAccount(tx, accountId)).find((row) => row.id === id)
  if (!group) throw new Refusal("not-found", `there is no group ${id}`)
  return group
}

/** Visitors choose among groups by their names. */
const refuseTakenName = async (tx: Tx, accountId: AccountId, name: string, own?: GroupId): Promise<void> => {
  const others = (await groupsOfAccount(tx, accountId)).filter((group) => group.id !== own)
  const taken = others.find((group) => sameName(group.name, name))
  if (taken)
    throw new Refusal("already-exists", `there is a group “${taken.name}” already: choose another name`)
}

/**
 * Adds a group. Agents who were in no group, and so counted for all, count for their groups only from now on.
 * Groups are kept where the plan has none, and are ignored until it has.
 */
export const createGroup = async (
  tx: Tx,
  given: { accountId: AccountId; version?: number; name: string; members: AgentId[] },
): Promise<{ groupId: GroupId; version: number }> => {
  const { accountId, name } = given
  const account = await enter(tx, accountId)
  await refuseTakenName(tx, accountId, name)
  const members = await teamMembers(tx, accountId, given.members)
  const version = await bumpSettings(tx, accountId, given.version)
  const id = newId("group")
  const row = { account_id: accountId, id, name, hours: null, deleted_at: null, created_at: tx.now }
  await insertGroup(tx, row)
  await giveName(tx, account, { kind: "group", id }, name)
  await saveMembers(tx, accountId, id, members)
  await settleAll(tx, account)
  return { groupId: id, version }
}

/** Changes what is given of a group; `members` are all of them; hours null: those of the account. */
export const setGroup = async (
  tx: Tx,
  given: {
    accountId: AccountId
    groupId: GroupId
    version?: number
    name?: string
    members?: AgentId[]
    hours?: OfficeHours | null
  },
): Promise<{ version: number }> => {
  const { accountId, groupId, name } = given
  const account = await enter(tx, accountId)
  const group = await findGroup(tx, accountId, groupId)
  if (name !== undefined) await refuseTakenName(tx, accountId, name, groupId)
  const hours = checkedHours(given.hours, `the group “${name ?? group.name}”`)
  const members = given.members && (await teamMembers(tx, accountId, given.members))
  if (changesNothing({ name, hours, members }))
    return { version: await sameSettings(tx, accountId, given.version) }
  const version = await bumpSettings(tx, accountId, given.version)
  await saveGroup(tx, accountId, groupId, { name, hours })
  if (members) await saveMembers(tx, accountId, groupId, members)
  await settleAll(tx, account, { moved: members !== undefined })
  return { version }
}

/**
 * Deletes a group: its open conversations concern everybody from now on, sites do not offer it any more, and
 * its general inbox goes with it, and mail to its names reaches the account's inbox. Tags that still name it count as naming none.
 */
export const deleteGroup = async (
  tx: Tx,
  { accountId, groupId, version }: { accountId: AccountId; groupId: GroupId; version?: number },
): Promise<{ version: number }> => {
  const account = await enter(tx, accountId)
  await findGroup(tx, accountId, groupId)
  const bumped = await bumpSettings(tx, accountId, version)
  await saveGroup(tx, accountId, groupId, { deleted_at: tx.now })
  await saveMembers(tx, accountId, groupId, [])
  await removeRedirect(tx, accountId, "group", groupId)
  await leaveNamesToInbox(tx, account, { kind: "group", id: groupId })
  for (const site of await sitesOfAccount(tx, accountId)) {
    const offered = JSON.parse(site.groups) as GroupId[]
    if (!offered.includes(groupId)) continue
    const groups = JSON.stringify(offered.filter((id) => id !== groupId))
    await saveSite(tx, accountId, site.id, { groups })
  }
  await settleAll(tx, account)
  return { version: bumped }
}

/** The groups of an account, by name. */
export const listGroups = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<GroupListing[]> => {
  const memberships = await membershipsOfAccount(tx, accountId)
  const team = await agentsOfAccount(tx, accountId)
  const listings = (await groupsOfAccount(tx, accountId)).map((row) => ({
    id: row.id,
    name: row.name,
    members: team.map((agent) => agent.id).filter((id) => memberships.get(id)?.includes(row.id)),
    hours: hoursOf(row),
  }))
  return listings.sort((one, other) => one.name.localeCompare(other.name))
}
