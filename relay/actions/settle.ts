import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { changesAt, presenceOf } from "../rules/presence.ts"
import { isOnline, isThere, stepStay } from "../rules/there.ts"
import { batchesIn, type OfAudience } from "../store/conversations.ts"
import { deviceFacts, holdDevice, savePresence } from "../store/devices.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, AudienceRow, DeviceRow } from "../store/tables-people.ts"
import { audiencesOfAccount, findAccountRow, saveAudience, saveOpen, saveStay } from "../store/team.ts"
import { refreshBatch, tellArrivals } from "./batch.ts"
import { wakeBot } from "./bot.ts"
import { passTime, planChange } from "./passing.ts"
import { audienceOf, isOpenAtAll, isOpenFor, loadPeople, type People, whoIsThere } from "./people.ts"

/** Presence of a device at the moment; a change is an event. */
const settleDevice = async (tx: Tx, device: DeviceRow, grace: Millis, at: Millis): Promise<void> => {
  const facts = deviceFacts(device)
  const presence = presenceOf(facts, at, grace)
  const changes = changesAt(facts, at, grace)
  const { account_id: accountId, agent_id: agentId, id: deviceId } = device
  if (presence === device.presence && changes === device.changes_at) return
  if (!(await savePresence(tx, device, presence, changes))) {
    const fresh = await holdDevice(tx, accountId, deviceId)
    if (!fresh) return
    return settleDevice(tx, Object.assign(device, fresh), grace, at)
  }
  const changed = presence !== device.presence
  device.presence = presence
  device.changes_at = changes
  if (changed) await emit(tx, accountId, { kind: "presence", agentId, deviceId, presence })
}

const settleDevices = async (tx: Tx, people: People, at: Millis): Promise<void> => {
  for (const agent of people.agents)
    for (const device of people.devicesOf(agent.id))
      await settleDevice(tx, device, people.account.grace_ms, at)
}

/** Agents who have just come or just left, as far as devices and intent go (hours aside). */
interface Moves {
  comers: ReadonlySet<AgentId>
  leavers: ReadonlySet<AgentId>
}

/** Who is there, since when or until when, hours aside. */
const settleStays = async (tx: Tx, people: People, at: Millis): Promise<Moves> => {
  const comers = new Set<AgentId>()
  const leavers = new Set<AgentId>()
  for (const agent of people.agents) {
    const devices = people.devicesOf(agent.id)
    const presences = devices.map((device) => device.presence)
    const stay = { there: agent.there === 1, since: agent.there_since, until: agent.there_until }
    const seen = devices.map((device) => device.seen_at).filter((moment) => moment !== null)
    const next = stepStay(
      stay,
      {
        there: isThere({ active: agent.active === 1, intent: agent.intent, presences }),
        decided: presences.includes("present"),
        lastSeenAt: seen.length > 0 ? Math.max(...seen) : null,
        held: devices.some(
          (device) => device.presence === "present" && device.held_until !== null && at <= device.held_until,
        ),
      },
      at,
    )
    if (next === stay) continue
    if (next.there) comers.add(agent.id)
    else leavers.add(agent.id)
    await saveStay(tx, people.account.id, agent.id, next)
    agent.there = next.there ? 1 : 0
    agent.there_since = next.since
    agent.there_until = next.until
  }
  return { comers, leavers }
}

const isAgentOnline = (people: People, agent: AgentRow): boolean =>
  isOnline({
    active: agent.active === 1,
    intent: agent.intent,
    presences: people.devicesOf(agent.id).map((device) => device.presence),
  })

/** Who is there for the conversations of an audience, since when: those who were keep their moment. */
const stepWho = (
  before: Record<AgentId, Millis>,
  here: readonly AgentRow[],
  comers: ReadonlySet<AgentId>,
  at: Millis,
): Record<AgentId, Millis> =>
  Object.fromEntries(
    here.map((agent) => {
      // Who comes now may bridge a short absence; for whom hours open now, or a group begins, it is now.
      const since = comers.has(agent.id) ? (agent.there_since ?? at) : at
      return [agent.id, before[agent.id] ?? since]
    }),
  )

/** Light, there and busy of one audience from its agents. */
const stepAudience = (
  people: People,
  row: AudienceRow,
  { comers, leavers }: Moves,
  at: Millis,
): AudienceRow => {
  const group = row.group_id === "" ? null : row.group_id
  const agents = audienceOf(people, group).filter((agent) => isOpenFor(people, agent, group, at))
  const here = agents.filter((agent) => agent.there === 1)
  const before = whoIsThere(row)
  const who = stepWho(before, here, comers, at)
  // Whoever fell silent was there until last seen; whom hours, groups or a decision took away, until now.
  const left = (Object.keys(before) as AgentId[])
    .filter((id) => who[id] === undefined)
    .map((id) => (leavers.has(id) ? people.agents.find((agent) => agent.id === id)?.there_until : at) ?? at)
  const light = agents.some((agent) => isAgentOnline(people, agent))
  return {
    ...row,
    there: here.length > 0 ? 1 : 0,
    there_until: left.length > 0 ? Math.max(row.there_until ?? 0, ...left) : row.there_until,
    light: light ? 1 : 0,
    light_at: light === (row.light === 1) ? row.light_at : at,
    busy: here.length > 0 && here.every((agent) => agent.intent === "busy") ? 1 : 0,
    who: JSON.stringify(who),
  }
}

const isSame = (a: AudienceRow, b: AudienceRow): boolean =>
  a.there === b.there &&
  a.there_until === b.there_until &&
  a.light === b.light &&
  a.busy === b.busy &&
  a.who === b.who

/** What follows from a change of an audience: its light is told, its batches rest or count, its bot wakes. */
const applyAudience = async (tx: Tx, people: People, row: AudienceRow, next: AudienceRow): Promise<void> => {
  await saveAudience(tx, next)
  if (next.light !== row.light) {
    const groupId = next.group_id === "" ? null : next.group_id
    await emit(tx, people.account.id, { kind: "light", groupId, on: next.light === 1 })
  }
  // Conversations without a group, and those whose group counts no more, share one audience.
  const affected: OfAudience =
    next.group_id === "" ? { noneOf: people.groups.map((group) => group.id) } : { group: next.group_id }
  if (next.there !== row.there) {
    // Those that count wait for somebody to come, those that rest for everybody to leave. What counts while
    // somebody is there came by mail: messages of the chat in it begin to count now.
    const states = next.there === 1 ? (["counting"] as const) : (["resting", "counting"] as const)
    for (const state of states) {
      for (const conversation of await batchesIn(tx, people.account.id, affected, state)) {
        await refreshBatch(tx, people, next, conversation)
      }
    }
  } else if (next.there === 1) {
    const before = whoIsThere(row)
    const arrived = (Object.keys(whoIsThere(next)) as AgentId[]).filter((id) => before[id] === undefined)
    if (arrived.length > 0) await tellArrivals(tx, people, next, affected, arrived)
  }
  if (next.busy === 1 && row.busy === 0) await wakeBot(tx, people, affected)
}

/**
 * Works out again, after any fact of an account changed, who is present, there and online, what the lights
 * show, and which batches rest or count; saves what is different. To be called under the account's lock.
 * `at`: the moment the facts are judged at, now unless something is made up for in its order.
 */
export const settleAccount = async (tx: Tx, accountId: AccountId, at: Millis = tx.now): Promise<void> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) return
  const people = await loadPeople(tx, account)
  await passTime(tx, people, at)
  await settleDevices(tx, people, at)
  const moves = await settleStays(tx, people, at)

  const known = await audiencesOfAccount(tx, accountId)
  const groups: (GroupId | "")[] = ["", ...people.groups.map((group) => group.id)]
  for (const group of groups) {
    const before = known.find((row) => row.group_id === group)
    const empty: AudienceRow = {
      account_id: accountId,
      group_id: group,
      there: 0,
      // A group that begins now takes over conversations that somebody may have been there for until now.
      there_until: at,
      light: 0,
      light_at: at,
      busy: 0,
      who: "{}",
    }
    const row = before ?? empty
    const next = stepAudience(people, row, moves, at)
    if (before && isSame(row, next)) continue
    await applyAudience(tx, people, row, next)
  }
  await endAudiences(tx, people, known, at)
  await settleOpen(tx, people, at)
  await planChange(tx, people, at)
}

/** Groups that count no more show no light, and nobody is there for them. */
const endAudiences = async (
  tx: Tx,
  people: People,
  known: readonly AudienceRow[],
  at: Millis,
): Promise<void> => {
  for (const row of known) {
    const groupId = row.group_id
    if (groupId === "" || (row.light === 0 && row.there === 0)) continue
    if (people.groups.some((group) => group.id === groupId)) continue
    await saveAudience(tx, { ...row, there: 0, there_until: at, light: 0, light_at: at, busy: 0, who: "{}" })
    if (row.light === 1) await emit(tx, people.account.id, { kind: "light", groupId, on: false })
  }
}

/** Whose hours have opened or closed is told: while closed they hold no light. */
const settleOpen = async (tx: Tx, people: People, at: Millis): Promise<void> => {
  for (const agent of people.agents) {
    const open = isOpenAtAll(people, agent, at)
    if (open === (agent.open === 1)) continue
    await saveOpen(tx, people.account.id, agent.id, open)
    await emit(tx, people.account.id, { kind: "hours", agentId: agent.id, open })
  }
}
