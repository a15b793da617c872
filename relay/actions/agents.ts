import { type AccountId, type AgentId, type GroupId, newId, type PictureId } from "../../shared/words/ids.ts"
import type { Intent, Language, Role } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { checkZone } from "../rules/settings.ts"
import { asSwitch, insertAgent, saveAgent } from "../store/accounts.ts"
import { devicesOfAccount } from "../store/devices.ts"
import { enterKey } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import { saveGroupsOf } from "../store/groups.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAgentRow, membershipsOfAccount } from "../store/team.ts"
import { handBackAllOf } from "./assign.ts"
import { enter } from "./enter.ts"
import { liveGroups } from "./groups.ts"
import { giveName } from "./mail-names.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { revokeDevice } from "./presence.ts"
import { bumpSettings, changesNothing, sameSettings } from "./settings-version.ts"
import { settleAll } from "./settle-all.ts"

export interface AgentListing {
  id: AgentId
  name: string
  picture: PictureId | null
  address: string
  role: Role
  active: boolean
  intent: Intent
  offlineNotices: boolean
  missedNotices: boolean
  language: Language
  zone: string
  groups: GroupId[]
}

interface NewAgent {
  name: string
  address: string
  role: Role
  language: Language
  zone: string
}

/** Enters somebody who is available from the start. The address is theirs alone on the whole relay. */
export const enterAgent = async (tx: Tx, account: AccountRow, given: NewAgent): Promise<AgentId> => {
  const zone = checkZone(given.zone)
  await refuseOwnAddress(tx, given.address)
  const id = newId("agent")
  await enterKey(
    tx,
    { kind: "address", key: given.address, account_id: account.id, target: id },
    `${given.address} is an agent's address already: every agent needs one of their own`,
  )
  await insertAgent(tx, {
    account_id: account.id,
    id,
    name: given.name,
    address: given.address,
    role: given.role,
    active: 1,
    active_at: tx.now,
    language: given.language,
    zone,
    intent: "available",
    intent_version: 1,
    intent_at: tx.now,
    offline_notices: 1,
    offline_notices_at: tx.now,
    missed_notices: 1,
    missed_notices_at: tx.now,
    intent_until: null,
    intent_back: null,
    override_until: null,
    address_by: null,
    address_at: null,
    removed_at: null,
    open: 1,
    there: 0,
    there_since: null,
    there_until: null,
    picture: null,
    created_at: tx.now,
  })
  await giveName(tx, account, { kind: "agent", id }, given.name)
  return id
}

/** Adds an agent without telling them; inviteAgent (team.ts) does. */
export const createAgent = async (
  tx: Tx,
  { accountId, ...given }: { accountId: AccountId } & NewAgent,
): Promise<{ agentId: AgentId }> => {
  const account = await enter(tx, accountId)
  const agentId = await enterAgent(tx, account, given)
  await bumpSettings(tx, accountId)
  await emit(tx, accountId, { kind: "team", agentId })
  await settleAll(tx, account)
  return { agentId }
}

/** Somebody of the team. Refusal `not-found`, also for who was removed. */
export const findMember = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<AgentRow> => {
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent || agent.removed_at !== null) throw new Refusal("not-found", `there is no agent ${agentId}`)
  return agent
}

/** Without an admin nobody could change any of the settings. To be asked before an admin ceases to be one. */
export const refuseLastAdmin = async (tx: Tx, agent: AgentRow): Promise<void> => {
  if (agent.role !== "admin" || agent.active !== 1) return
  const others = (await agentsOfAccount(tx, agent.account_id)).filter(
    (other) => other.id !== agent.id && other.role === "admin" && other.active === 1,
  )
  if (others.length === 0)
    throw new Refusal("bad-input", `${agent.name} is the last admin: make somebody else one first`)
}

/**
 * What follows when somebody ceases to be active, after that was saved: their devices are signed out, others
 * are told why, and what they had joined is handed back to an audience without them.
 */
export const endAgent = async (tx: Tx, account: AccountRow, agentId: AgentId): Promise<void> => {
  const devices = (await devicesOfAccount(tx, account.id)).filter((device) => device.agent_id === agentId)
  for (const device of devices) if (device.revoked_at === null) await revokeDevice(tx, device)
  await settleAll(tx, account)
  await handBackAllOf(tx, account, agentId)
}

interface AgentChange {
  name?: string
  language?: Language
  zone?: string
  role?: Role
  active?: boolean
  /** All the groups they are in. */
  groups?: GroupId[]
  offlineNotices?: boolean
  missedNotices?: boolean
}

/**
 * Changes what is given of an agent. Deactivating signs all their devices out and hands their open
 * conversations back.
 */
export const setAgent = async (
  tx: Tx,
  {
    accountId,
    agentId,
    version,
    ...change
  }: { accountId: AccountId; agentId: AgentId; version?: number } & AgentChange,
): Promise<{ version: number }> => {
  const zone = checkZone(change.zone)
  const account = await enter(tx, accountId)
  const agent = await findMember(tx, accountId, agentId)
  if (change.active === false || change.role === "agent") await refuseLastAdmin(tx, agent)
  const groups = change.groups && (await liveGroups(tx, accountId, change.groups))
  if (changesNothing(change)) return { version: await sameSettings(tx, accountId, version) }
  const bumped = await bumpSettings(tx, accountId, version)
  const active = asSwitch(change.active)
  const offline = asSwitch(change.offlineNotices)
  const missed = asSwitch(change.missedNotices)
  const activated = active !== undefined && active !== agent.active
  await saveAgent(tx, accountId, agentId, {
    name: change.name,
    language: change.language,
    zone,
    role: change.role,
    ...(activated && { active, active_at: tx.now }),
    ...(offline !== undefined &&
      offline !== agent.offline_notices && { offline_notices: offline, offline_notices_at: tx.now }),
    ...(missed !== undefined &&
      missed !== agent.missed_notices && { missed_notices: missed, missed_notices_at: tx.now }),
  })
  if (groups) await saveGroupsOf(tx, accountId, agentId, groups)
  await emit(tx, accountId, { kind: "team", agentId })
  if (activated && active === 0) await endAgent(tx, account, agentId)
  else if (activated || groups) await settleAll(tx, account)
  return { version: bumped }
}

/** The team by name, without who was removed. */
export const listAgents = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<AgentListing[]> => {
  const memberships = await membershipsOfAccount(tx, accountId)
  return (await agentsOfAccount(tx, accountId))
    .filter((row) => row.removed_at === null)
    .map((row) => ({
      id: row.id,
      name: row.name,
      picture: row.picture,
      address: row.address,
      role: row.role,
      active: row.active === 1,
      intent: row.intent,
      offlineNotices: row.offline_notices === 1,
      missedNotices: row.missed_notices === 1,
      language: row.language,
      zone: row.zone,
      groups: memberships.get(row.id) ?? [],
    }))
}
