import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { isInAudience } from "../rules/audience.ts"
import type { Addressee } from "../rules/recipients.ts"
import type { VerdictAgent } from "../rules/verdicts.ts"
import { devicesOfAccount } from "../store/devices.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow, AudienceRow, DeviceRow, GroupRow } from "../store/tables.ts"
import { agentsOfAccount, findAudience, groupsOfAccount, membershipsOfAccount } from "../store/team.ts"

/** The people of an account with their devices, loaded once for one decision. */
export interface People {
  account: AccountRow
  agents: AgentRow[]
  groups: GroupRow[]
  groupsOf: (id: AgentId) => readonly GroupId[]
  devicesOf: (id: AgentId) => readonly DeviceRow[]
  nameOf: (id: AgentId | null) => string | null
}

export const loadPeople = async (tx: Tx, account: AccountRow): Promise<People> => {
  const agents = await agentsOfAccount(tx, account.id)
  const groups = await groupsOfAccount(tx, account.id)
  const memberships: Map<AgentId, GroupId[]> =
    groups.length > 0 ? await membershipsOfAccount(tx, account.id) : new Map()
  const devices = Map.groupBy(await devicesOfAccount(tx, account.id), (device) => device.agent_id)
  return {
    account,
    agents,
    groups,
    groupsOf: (id) => memberships.get(id) ?? [],
    devicesOf: (id) => devices.get(id) ?? [],
    nameOf: (id) => agents.find((agent) => agent.id === id)?.name ?? null,
  }
}

/** A conversation's group, or null where it has none or it was deleted. */
export const liveGroup = (people: People, groupId: GroupId | null): GroupRow | null =>
  people.groups.find((group) => group.id === groupId) ?? null

/** The audience row that a conversation of this group goes by. */
export const audienceRowOf = (tx: Tx, people: People, groupId: GroupId | null): Promise<AudienceRow> =>
  findAudience(tx, people.account.id, liveGroup(people, groupId)?.id ?? null)

/** The active agents that a conversation of this group concerns. */
export const audienceOf = (people: People, groupId: GroupId | null): AgentRow[] => {
  const group = liveGroup(people, groupId)?.id ?? null
  return people.agents.filter((agent) =>
    isInAudience({ id: agent.id, active: agent.active === 1, groups: people.groupsOf(agent.id) }, group),
  )
}

export const asAddressee = (agent: AgentRow): Addressee => ({
  id: agent.id,
  name: agent.name,
  address: agent.address,
  notices: agent.offline_notices === 1,
  noticesAt: agent.offline_notices_at,
})

export const asVerdictAgent = (people: People, agent: AgentRow): VerdictAgent => {
  const present = people
    .devicesOf(agent.id)
    .filter((device) => device.presence === "present" && device.beat_at !== null)
    .sort((a, b) => b.beat_at! - a.beat_at!)[0]
  return {
    id: agent.id,
    name: agent.name,
    there: agent.there === 1,
    thereSince: agent.there_since,
    device: present ? { label: present.label, kind: present.kind, beatAt: present.beat_at! } : null,
  }
}
