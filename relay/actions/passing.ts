import type { Millis } from "../../shared/words/time.ts"
import { nextHoursChange } from "../rules/open.ts"
import { presumedIdleFrom } from "../rules/presence.ts"
import { oldestUncovered } from "../store/conversations.ts"
import { deviceFacts, saveDeviceFacts } from "../store/devices.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, DeviceRow } from "../store/tables-people.ts"
import { saveAccountChange, saveIntent, saveOverride } from "../store/team.ts"
import { audienceOf, type People } from "./people.ts"

/**
 * What time alone changes in an account beside its devices: a status that ends, hours kept open for oneself,
 * a device that left a message unopened for too long. accounts.changes_at says when it is to be looked at.
 */

/** A status that has ended gives way to the one before. */
const endIntent = async (tx: Tx, agent: AgentRow): Promise<void> => {
  const intent = agent.intent_back ?? "available"
  const version = agent.intent_version + 1
  await saveIntent(tx, agent.account_id, agent.id, intent, version, { until: null, back: null })
  Object.assign(agent, { intent, intent_version: version, intent_until: null, intent_back: null })
  await emit(tx, agent.account_id, {
    kind: "intent",
    agentId: agent.id,
    intent,
    version,
    by: "time",
    until: null,
  })
}

const endOverride = async (tx: Tx, agent: AgentRow): Promise<void> => {
  await saveOverride(tx, agent.account_id, agent.id, null)
  agent.override_until = null
  await emit(tx, agent.account_id, { kind: "team", agentId: agent.id })
}

/** Devices that cannot tell idle and say that somebody is there, with their agents. */
const blindDevices = (people: People): { agent: AgentRow; device: DeviceRow }[] =>
  people.agents.flatMap((agent) =>
    people
      .devicesOf(agent.id)
      .filter((device) => device.tells_idle === 0 && device.state === "active")
      .map((device) => ({ agent, device })),
  )

/** When each device that cannot tell idle comes to count as idle. */
const presumedIdle = async (tx: Tx, people: People): Promise<{ device: DeviceRow; from: Millis }[]> => {
  const blind = blindDevices(people)
  if (blind.length === 0) return []
  const oldest = await oldestUncovered(tx, people.account.id)
  return blind.flatMap(({ agent, device }) => {
    const lain = [...oldest].flatMap(([group, at]) =>
      audienceOf(people, group).some((one) => one.id === agent.id) ? [at] : [],
    )
    const since = agent.there === 1 ? agent.there_since : null
    const from = presumedIdleFrom(deviceFacts(device), lain.length > 0 ? Math.min(...lain) : null, since)
    return from === null ? [] : [{ device, from }]
  })
}

/** Lets happen what time alone has changed up to `at`; the rows in `people` follow. */
export const passTime = async (tx: Tx, people: People, at: Millis): Promise<void> => {
  for (const agent of people.agents) {
    if (agent.intent_until !== null && agent.intent_until <= at) await endIntent(tx, agent)
    if (agent.override_until !== null && agent.override_until <= at) await endOverride(tx, agent)
  }
  for (const { device, from } of await presumedIdle(tx, people)) {
    if (from > at) continue
    device.presumed_idle_at = at
    await saveDeviceFacts(tx, people.account.id, device.id, deviceFacts(device))
  }
}

/** Notes when time alone changes something next. */
export const planChange = async (tx: Tx, people: People, at: Millis): Promise<void> => {
  const moments = [
    nextHoursChange(people.hours, at),
    ...people.agents.flatMap((agent) => [agent.intent_until, agent.override_until]),
    ...(await presumedIdle(tx, people)).map(({ from }) => from),
  ].filter((moment) => moment !== null)
  const next = moments.length === 0 ? null : Math.min(...moments)
  if (next === people.account.changes_at) return
  await saveAccountChange(tx, people.account.id, next)
  people.account.changes_at = next
}
