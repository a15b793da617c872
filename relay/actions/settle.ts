import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { changesAt, presenceOf } from "../rules/presence.ts"
import { isOnline, isThere, stepStay } from "../rules/there.ts"
import { batchesIn } from "../store/conversations.ts"
import { deviceFacts, holdDevice, savePresence } from "../store/devices.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, AudienceRow, DeviceRow } from "../store/tables.ts"
import { audiencesOfAccount, findAccountRow, saveAudience, saveStay } from "../store/team.ts"
import { refreshBatch } from "./batch.ts"
import { audienceOf, loadPeople, type People } from "./people.ts"

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

/** Who is there, since when or until when. Gives who is not there any more. */
const settleStays = async (tx: Tx, people: People, at: Millis): Promise<Set<AgentId>> => {
  const left = new Set<AgentId>()
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
    if (stay.there && !next.there) left.add(agent.id)
    await saveStay(tx, people.account.id, agent.id, next)
    agent.there = next.there ? 1 : 0
    agent.there_since = next.since
    agent.there_until = next.until
  }
  return left
}

const isAgentOnline = (people: People, agent: AgentRow): boolean =>
  isOnline({
    active: agent.active === 1,
    intent: agent.intent,
    presences: people.devicesOf(agent.id).map((device) => device.presence),
  })

/** Light and there of one audience from its agents; `leavers` have just ceased to be there. */
const stepAudience = (
  people: People,
  row: AudienceRow,
  leavers: ReadonlySet<AgentId>,
  at: Millis,
): AudienceRow => {
  const agents = audienceOf(people, row.group_id === "" ? null : row.group_id)
  const there = agents.some((agent) => agent.there === 1)
  const light = agents.some((agent) => isAgentOnline(people, agent))
  const untils = agents.map((agent) => agent.there_until).filter((moment) => moment !== null)
  // Whoever was there last may have left the audience itself: then the moment they were there last is now.
  const left = agents.some((agent) => leavers.has(agent.id)) ? Math.max(...untils) : at
  return {
    ...row,
    there: there ? 1 : 0,
    there_until: there ? row.there_until : row.there === 1 ? left : row.there_until,
    light: light ? 1 : 0,
    light_at: light === (row.light === 1) ? row.light_at : at,
  }
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
  await settleDevices(tx, people, at)
  const leavers = await settleStays(tx, people, at)

  const known = await audiencesOfAccount(tx, accountId)
  const groups: (GroupId | "")[] = ["", ...people.groups.map((group) => group.id)]
  for (const group of groups) {
    const before = known.find((row) => row.group_id === group)
    const empty: AudienceRow = {
      account_id: accountId,
      group_id: group,
      there: 0,
      there_until: null,
      light: 0,
      light_at: at,
    }
    const row = before ?? empty
    const next = stepAudience(people, row, leavers, at)
    const same =
      before && next.there === row.there && next.there_until === row.there_until && next.light === row.light
    if (same) continue
    await saveAudience(tx, next)
    if (next.light !== row.light) {
      await emit(tx, accountId, { kind: "light", groupId: group === "" ? null : group, on: next.light === 1 })
    }
    if (next.there === row.there) continue
    const affected = group === "" ? withoutLiveGroup(people, known) : [group]
    // Those that count wait for somebody to come, those that rest for everybody to leave.
    for (const conversation of await batchesIn(
      tx,
      accountId,
      affected,
      next.there === 1 ? "counting" : "resting",
    )) {
      await refreshBatch(tx, people, next, conversation)
    }
  }
}

/** Conversations without a group, and those whose group was deleted, share one audience. */
const withoutLiveGroup = (people: People, known: readonly AudienceRow[]): (GroupId | "")[] => [
  "",
  ...known
    .map((row) => row.group_id)
    .filter((group) => group !== "" && !people.groups.some((live) => live.id === group)),
]
