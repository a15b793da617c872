import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { planHas } from "../../shared/words/plans.ts"
import type { Millis } from "../../shared/words/time.ts"
import { isInAudience } from "../rules/audience.ts"
import { type HoursAgent, type HoursFacts, hasHours } from "../rules/open.ts"
import type { Addressee } from "../rules/recipients.ts"
import type { VerdictAgent } from "../rules/verdicts.ts"
import { devicesOfAccount } from "../store/devices.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import type {
  AccountRow,
  AgentRow,
  AudienceRow,
  DeviceRow,
  GroupRow,
  RedirectRow,
} from "../store/tables-people.ts"
import { agentsOfAccount, findAudience, groupsOfAccount, membershipsOfAccount } from "../store/team.ts"

/** The people of an account with their devices, loaded once for one decision, as its plan lets them count. */
export interface People {
  account: AccountRow
  agents: AgentRow[]
  /** Live groups; none where the plan has no groups. */
  groups: GroupRow[]
  hours: HoursFacts
  groupsOf: (id: AgentId) => readonly GroupId[]
  devicesOf: (id: AgentId) => readonly DeviceRow[]
  nameOf: (id: AgentId | null) => string | null
}

export const loadPeople = async (tx: Tx, account: AccountRow): Promise<People> => {
  const agents = await agentsOfAccount(tx, account.id)
  const groups = planHas(account.plan, "groups") ? await groupsOfAccount(tx, account.id) : []
  const memberships: Map<AgentId, GroupId[]> =
    groups.length > 0 ? await membershipsOfAccount(tx, account.id) : new Map()
  const devices = Map.groupBy(await devicesOfAccount(tx, account.id), (device) => device.agent_id)
  const timed = planHas(account.plan, "office-hours")
  return {
    account,
    agents,
    groups,
    hours: {
      account: timed ? account.hours : null,
      groups: new Map(groups.map((group) => [group.id, timed ? group.hours : null])),
    },
    groupsOf: (id) => memberships.get(id) ?? [],
    devicesOf: (id) => devices.get(id) ?? [],
    nameOf: (id) => agents.find((agent) => agent.id === id)?.name ?? null,
  }
}

/** An agent as hours see them. */
export const asHoursAgent = (people: People, agent: AgentRow): HoursAgent => ({
  groups: people.groupsOf(agent.id),
  overrideUntil: agent.override_until,
})

/** Whether an agent has hours for conversations of a live group (null: without one) at a moment. */
export const isOpenFor = (people: People, agent: AgentRow, group: GroupId | null, at: Millis): boolean =>
  hasHours(people.hours, asHoursAgent(people, agent), group, at)

/** Whether an agent has hours now for any conversation they answer. */
export const isOpenAtAll = (people: People, agent: AgentRow, now: Millis): boolean => {
  const mine = people.groupsOf(agent.id)
  const groups = people.groups.filter((group) => mine.length === 0 || mine.includes(group.id))
  return [null, ...groups.map((group) => group.id)].some((group) => isOpenFor(people, agent, group, now))
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

/** Redirects of an account, to be looked up by whose they are. */
export const loadRedirects = async (
  tx: Tx,
  account: AccountRow,
): Promise<(kind: RedirectRow["owner_kind"], id: string) => RedirectRow | null> => {
  const rows = await redirectsOf(tx, account.id)
  return (kind, id) => rows.find((row) => row.owner_kind === kind && row.owner_id === id) ?? null
}

/** What an audience row says of who is there: since when, by agent. */
export const whoIsThere = (row: AudienceRow): Record<AgentId, Millis> =>
  JSON.parse(row.who) as Record<AgentId, Millis>

export const asAddressee = (
  agent: AgentRow,
  kind: "offline" | "missed",
  redirect: RedirectRow | null,
): Addressee => ({
  id: agent.id,
  name: agent.name,
  address: agent.address,
  setBy: agent.address_by,
  setAt: agent.address_at,
  redirect: redirect && {
    address: redirect.address,
    mode: redirect.mode,
    setBy: redirect.set_by,
    setAt: redirect.set_at,
  },
  notices: (kind === "offline" ? agent.offline_notices : agent.missed_notices) === 1,
  noticesAt: kind === "offline" ? agent.offline_notices_at : agent.missed_notices_at,
})

/** An agent as verdicts see them; there, and since when, for the conversations of an audience. */
export const asVerdictAgent = (people: People, agent: AgentRow, row: AudienceRow): VerdictAgent => {
  const present = people
    .devicesOf(agent.id)
    .filter((device) => device.presence === "present" && device.beat_at !== null)
    .sort((a, b) => b.beat_at! - a.beat_at!)[0]
  const since = whoIsThere(row)[agent.id]
  return {
    id: agent.id,
    name: agent.name,
    there: since !== undefined,
    thereSince: since ?? null,
    device: present ? { label: present.label, kind: present.kind, beatAt: present.beat_at! } : null,
  }
}
