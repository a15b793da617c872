import type { DeviceView, TeammateView, ToolbarState, WaitingView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import type { Presence } from "../../shared/words/nouns.ts"
import { planHas } from "../../shared/words/plans.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { lightReason, siteLight } from "../rules/light.ts"
import { hoursState, overrideEndsAt } from "../rules/open.ts"
import { isRunning } from "../rules/presence.ts"
import { isOnline } from "../rules/there.ts"
import { conversationsIn, unopenedByOwner, unseenOfNobody, waitingIn } from "../store/conversation-lists.ts"
import { deviceFacts } from "../store/devices.ts"
import { isOpened } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AgentRow, DeviceRow } from "../store/tables-people.ts"
import { audiencesOfAccount, findAccountRow } from "../store/team.ts"
import { latestVerdictsOf } from "../store/verdicts.ts"
import { visitorsOf } from "../store/visitors.ts"
import { agentView } from "./agent-view.ts"
import { summaryOf } from "./lists.ts"
import { asHoursAgent, audienceOf, isOpenAtAll, loadPeople, type People } from "./people.ts"
import { verdictView } from "./read-conversations.ts"

/** Waiting conversations that a toolbar names; the rest is a number. */
const WAITING_SHOWN = 5

/** Joined conversations with unopened messages that are looked at, over all agents of an account. */
const OWN_AT_MOST = 500

const RANK: Presence[] = ["present", "reachable", "fading", "gone"]

const presencesOf = (people: People, agent: AgentRow): Presence[] =>
  people.devicesOf(agent.id).map((device) => device.presence)

const hoursView = (people: People, agent: AgentRow, now: Millis): ToolbarState["hours"] => {
  const state = hoursState(people.hours, asHoursAgent(people, agent), now)
  return state && { ...state, overrideUntil: agent.override_until }
}

const onlineOf = (people: People, agent: AgentRow): boolean =>
  isOnline({ active: agent.active === 1, intent: agent.intent, presences: presencesOf(people, agent) })

const teammate = (people: People, agent: AgentRow): TeammateView => ({
  id: agent.id,
  name: agent.name,
  picture: agent.picture,
  intent: agent.intent,
  online: onlineOf(people, agent),
  presence: RANK.find((rank) => presencesOf(people, agent).includes(rank)) ?? "gone",
})

const pushOf = (device: DeviceRow): DeviceView["push"] =>
  device.push === null && device.push_failure === null
    ? null
    : {
        on: device.push !== null,
        failure: device.push_failure,
        failedAt: device.push_failed_at,
        answer: device.push_answer,
      }

const devicesOf = (people: People, agent: AgentRow, own: DeviceId, now: Millis): DeviceView[] =>
  people
    .devicesOf(agent.id)
    .filter((device) => device.revoked_at === null)
    .map((device) => ({
      id: device.id,
      kind: device.kind,
      label: device.label,
      presence: device.presence,
      seenAt: device.seen_at,
      own: device.id === own,
      running: isRunning(deviceFacts(device), now),
      push: pushOf(device),
    }))

type LatestVerdict = ToolbarState["latestVerdict"]

const readLatestVerdicts = async (
  tx: Tx,
  people: People,
  agentIds: readonly AgentId[],
): Promise<Map<AgentId, LatestVerdict>> => {
  const accountId = people.account.id
  const rows = await latestVerdictsOf(tx, accountId, [...new Set(agentIds)])
  if (rows.length === 0) return new Map()
  const ids = [...new Set(rows.map((row) => row.conversation_id))]
  const conversations = await conversationsIn(tx, accountId, ids)
  const visitors = await visitorsOf(tx, accountId, [...new Set(conversations.map((one) => one.visitor_id))])
  const visitorOf = new Map(
    conversations.map(({ id, visitor_id }) => [id, visitors.find((visitor) => visitor.id === visitor_id)]),
  )
  const view = (row: (typeof rows)[number]): LatestVerdict => {
    const visitor = visitorOf.get(row.conversation_id)
    return {
      ...verdictView(row, people.agents),
      conversationId: row.conversation_id,
      visitor: visitor?.name ?? visitor?.address ?? "",
    }
  }
  return new Map(rows.map((row) => [row.agent_id, view(row)]))
}

interface Waiting {
  newest: ((agentId: AgentId) => WaitingView)[]
  count: number
}

const waitingView = async (tx: Tx, row: ConversationRow, people: People): Promise<Waiting["newest"][0]> => {
  const summary = await summaryOf(tx, row, people)
  const opened = await isOpened(tx, row)
  return (agentId) => ({ ...summary(agentId), opened })
}

/** What waits for an agent's audience; read once for all agents of the same groups. */
const readWaiting = (tx: Tx, people: People): ((agentId: AgentId) => Promise<Waiting>) => {
  const known = new Map<string, Waiting>()
  return async (agentId) => {
    const mine = people.groupsOf(agentId)
    const groups = people.groups.map((group) => group.id)
    const others = mine.length === 0 ? [] : groups.filter((group) => !mine.includes(group))
    const read = known.get(others.join())
    if (read) return read
    const { newest, count } = await waitingIn(tx, people.account.id, others, WAITING_SHOWN)
    const waiting: Waiting = { newest: [], count }
    for (const row of newest) waiting.newest.push(await waitingView(tx, row, people))
    known.set(others.join(), waiting)
    return waiting
  }
}

/**
 * What waits for an agent: their own conversations in which the visitor wrote again, those of their audience
 * that somebody took by name and could not see it in, then the unserved ones.
 */
const readAllWaiting = async (tx: Tx, people: People): Promise<(agentId: AgentId) => Promise<Waiting>> => {
  const unserved = readWaiting(tx, people)
  const own = Map.groupBy(await unopenedByOwner(tx, people.account.id, OWN_AT_MOST), (row) => row.joined_by)
  const ofNobody = await unseenOfNobody(tx, people.account.id, OWN_AT_MOST)
  return async (agentId) => {
    const concerns = (row: ConversationRow): boolean =>
      audienceOf(people, row.group_id).some((agent) => agent.id === agentId)
    const mine = [...(own.get(agentId) ?? []), ...ofNobody.filter(concerns)]
    const others = await unserved(agentId)
    const newest: Waiting["newest"] = []
    for (const row of mine.slice(0, WAITING_SHOWN)) newest.push(await waitingView(tx, row, people))
    return {
      newest: [...newest, ...others.newest].slice(0, WAITING_SHOWN),
      count: mine.length + others.count,
    }
  }
}

/**
 * What badge and popup show, for each of these agents on their device, in the order asked. What all of an
 * account share is read once; in `team` is everybody, themselves too, and it is one and the same list for all: lists
 * of their own would be a million entries for a thousand agents.
 */
export const readToolbars = async (
  tx: Tx,
  { accountId, who }: { accountId: AccountId; who: { agentId: AgentId; deviceId: DeviceId }[] },
): Promise<ToolbarState[]> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  const people = await loadPeople(tx, account)
  const active = people.agents.filter((agent) => agent.active === 1)
  const live = new Set<string>(["", ...people.groups.map((group) => group.id)])
  const lights = (await audiencesOfAccount(tx, accountId)).filter((row) => live.has(row.group_id))
  const reason = lightReason(
    active.map((agent) => ({
      name: agent.name,
      intent: agent.intent,
      intentAt: agent.intent_at,
      intentUntil: agent.intent_until,
      open: isOpenAtAll(people, agent, tx.now),
      opensAt: overrideEndsAt(people.hours, asHoursAgent(people, agent), tx.now),
      devices: people.devicesOf(agent.id).map((device) => ({
        label: device.label,
        presence: device.presence,
        seenAt: device.seen_at,
        changesAt: device.changes_at,
      })),
    })),
  )
  const light = siteLight(
    lights.map((row) => ({ groupId: row.group_id === "" ? null : row.group_id, on: row.light === 1 })),
  )
  const groupLights = (of: People, agent: AgentRow): ToolbarState["lights"] => {
    const mine = of.groupsOf(agent.id)
    return of.groups
      .filter((group) => mine.length === 0 || mine.includes(group.id))
      .map((group) => ({
        groupId: group.id,
        group: group.name,
        on: lights.some((row) => row.group_id === group.id && row.light === 1),
      }))
  }
  const team = active.map((agent) => teammate(people, agent))
  const waitingOf = await readAllWaiting(tx, people)
  const verdictOf = await readLatestVerdicts(
    tx,
    people,
    who.map(({ agentId }) => agentId),
  )
  const toolbars: ToolbarState[] = []
  for (const { agentId, deviceId } of who) {
    const agent = people.agents.find((one) => one.id === agentId)
    if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
    const waiting = await waitingOf(agentId)
    toolbars.push({
      now: tx.now,
      account: { id: account.id, name: account.name },
      me: agentView(agent),
      device: deviceId,
      devices: devicesOf(people, agent, deviceId, tx.now),
      online: onlineOf(people, agent),
      light,
      lightReason: reason,
      lights: groupLights(people, agent),
      hours: planHas(account.plan, "office-hours") ? hoursView(people, agent, tx.now) : null,
      team,
      waiting: waiting.newest.map((summary) => summary(agentId)),
      waitingCount: waiting.count,
      latestVerdict: verdictOf.get(agentId) ?? null,
    })
  }
  return toolbars
}
