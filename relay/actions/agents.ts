import { type AccountId, type AgentId, newId } from "../../shared/words/ids.ts"
import type { Intent, Language, Role } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { insertAgent, saveAgent } from "../store/accounts.ts"
import { devicesOfAccount } from "../store/devices.ts"
import { enterKey } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, Switch } from "../store/tables.ts"
import { agentsOfAccount, findAgentRow } from "../store/team.ts"
import { checkZone } from "./accounts.ts"
import { tellInactive } from "./batch.ts"
import { handBackAllOf } from "./conversation.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { revokeDevice } from "./presence.ts"
import { settleAccount } from "./settle.ts"

export interface AgentListing {
  id: AgentId
  name: string
  address: string
  role: Role
  active: boolean
  intent: Intent
  offlineNotices: boolean
  language: Language
  zone: string
}

const asSwitch = (on: boolean): Switch => (on ? 1 : 0)

/** Adds an agent, available from the start. The address is theirs alone on the whole relay. */
export const createAgent = async (
  tx: Tx,
  given: {
    accountId: AccountId
    name: string
    address: string
    role: Role
    language: Language
    zone: string
  },
): Promise<{ agentId: AgentId }> => {
  checkZone(given.zone)
  await refuseOwnAddress(tx, given.address)
  const account = await enter(tx, given.accountId)
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
    zone: given.zone,
    intent: "available",
    intent_version: 1,
    intent_at: tx.now,
    offline_notices: 1,
    offline_notices_at: tx.now,
    missed_notices: 1,
    there: 0,
    there_since: null,
    there_until: null,
    created_at: tx.now,
  })
  await emit(tx, account.id, { kind: "team", agentId: id })
  await settleAccount(tx, account.id)
  return { agentId: id }
}

interface AgentChange {
  name?: string
  language?: Language
  zone?: string
  role?: Role
  active?: boolean
  offlineNotices?: boolean
}

const refuseLastAdmin = async (tx: Tx, agent: AgentRow, change: AgentChange): Promise<void> => {
  const leaves =
    agent.role === "admin" && agent.active === 1 && (change.active === false || change.role === "agent")
  if (!leaves) return
  const others = (await agentsOfAccount(tx, agent.account_id)).filter(
    (other) => other.id !== agent.id && other.role === "admin" && other.active === 1,
  )
  if (others.length === 0)
    throw new Refusal("bad-input", `${agent.name} is the last admin: make somebody else one first`)
}

/**
 * Changes what is given of an agent. Deactivating signs all their devices out and hands their open
 * conversations back.
 */
export const setAgent = async (
  tx: Tx,
  { accountId, agentId, ...change }: { accountId: AccountId; agentId: AgentId } & AgentChange,
): Promise<void> => {
  checkZone(change.zone)
  const account = await enter(tx, accountId)
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  await refuseLastAdmin(tx, agent, change)
  const switched =
    change.offlineNotices !== undefined && asSwitch(change.offlineNotices) !== agent.offline_notices
  const activated = change.active !== undefined && asSwitch(change.active) !== agent.active
  await saveAgent(tx, accountId, agentId, {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.language === undefined ? {} : { language: change.language }),
    ...(change.zone === undefined ? {} : { zone: change.zone }),
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(activated ? { active: asSwitch(change.active!), active_at: tx.now } : {}),
    ...(switched ? { offline_notices: asSwitch(change.offlineNotices!), offline_notices_at: tx.now } : {}),
  })
  const leaves = activated && change.active === false
  if (leaves) {
    const devices = (await devicesOfAccount(tx, accountId)).filter((device) => device.agent_id === agentId)
    for (const device of devices) if (device.revoked_at === null) await revokeDevice(tx, device)
  }
  await emit(tx, accountId, { kind: "team", agentId })
  await settleAccount(tx, accountId)
  if (leaves) {
    await tellInactive(tx, account, agentId)
    await handBackAllOf(tx, account, agentId)
  }
}

export const listAgents = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<AgentListing[]> =>
  (await agentsOfAccount(tx, accountId)).map((row) => ({
    id: row.id,
    name: row.name,
    address: row.address,
    role: row.role,
    active: row.active === 1,
    intent: row.intent,
    offlineNotices: row.offline_notices === 1,
    language: row.language,
    zone: row.zone,
  }))
