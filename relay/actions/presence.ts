import type { Beat } from "../../shared/protocol/live.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import type { Intent, IntentEnd } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"
import { endOfDay } from "../rules/hours.ts"
import { afterBeat, afterEnd, changesAt, isOldBeat } from "../rules/presence.ts"
import { deviceFacts, holdDevice, prolongPresence, saveDeviceFacts } from "../store/devices.ts"
import { removeKey } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow, DeviceRow } from "../store/tables-people.ts"
import { findAgentRow, saveIntent } from "../store/team.ts"
import { enter } from "./enter.ts"
import { settleAccount } from "./settle.ts"

interface DeviceBeat {
  accountId: AccountId
  agentId: AgentId
  deviceId: DeviceId
  beat: Beat
}

type BeatResult = "taken" | "old" | "revoked"

/** An active beat in the middle of being present moves only the moment when silence would be noticed. */
const prolong = ({ accountId, deviceId, beat }: DeviceBeat, tx: Tx): Promise<boolean> => {
  const facts = {
    state: beat.state,
    intervalMs: beat.intervalMs,
    beatAt: tx.now,
    seenAt: tx.now,
    endedAt: null,
    heldUntil: null,
    push: false,
    leaseEndedAt: null,
    tellsIdle: true,
    usedAt: null,
    presumedIdleAt: null,
  }
  // Present after an active beat, so the grace plays no part in when it changes.
  return prolongPresence(tx, accountId, deviceId, beat, changesAt(facts, tx.now, 0) ?? tx.now)
}

const takeBeat = async (tx: Tx, given: DeviceBeat): Promise<BeatResult> => {
  const { accountId, deviceId, beat } = given
  if (beat.state === "active" && (await prolong(given, tx))) return "taken"
  await enter(tx, accountId)
  const device = await holdDevice(tx, accountId, deviceId)
  if (!device || device.revoked_at !== null) return "revoked"
  if (isOldBeat({ bootId: device.boot_id, seq: device.seq }, beat)) return "old"
  await saveDeviceFacts(tx, accountId, deviceId, afterBeat(deviceFacts(device), beat, tx.now), {
    boot_id: beat.bootId,
    seq: beat.seq,
    last_used_at: tx.now,
  })
  await settleAccount(tx, accountId)
  return "taken"
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Takes the beats of any number of devices in their order. `old`: an earlier number of the same boot, dropped;
 * `revoked`: the device is signed out, its holder is to be told.
 */
export const takeBeats = async (
  tx: Tx,
  { beats }: { beats: DeviceBeat[] },
): Promise<{ results: BeatResult[] }> => {
  const results: BeatResult[] = []
  // By account, so that two relays lock accounts in the same order; each device's own in theirs.
  const order = beats
    .map((_, index) => index)
    .sort((a, b) => compare(beats[a]!.accountId, beats[b]!.accountId) || a - b)
  for (const index of order) results[index] = await takeBeat(tx, beats[index]!)
  return { results }
}

/** Ends a device's use at this moment: fading begins. */
const end = async (tx: Tx, device: DeviceRow, revoke: boolean): Promise<void> => {
  await saveDeviceFacts(
    tx,
    device.account_id,
    device.id,
    afterEnd(deviceFacts(device), tx.now),
    revoke ? { revoked_at: tx.now, push: null } : {},
  )
}

/**
 * The socket that carried a device's beats closed. `bootId` and `seq` are those of the last beat it carried:
 * a device that was started anew, or has beaten since by another way (another relay, HTTP), is left alone.
 */
export const endDevice = async (
  tx: Tx,
  {
    accountId,
    deviceId,
    bootId,
    seq,
  }: { accountId: AccountId; deviceId: DeviceId; bootId: string | null; seq?: number },
): Promise<void> => {
  await enter(tx, accountId)
  const device = await holdDevice(tx, accountId, deviceId)
  if (!device || (bootId !== null && device.boot_id !== bootId)) return
  if (seq !== undefined && device.seq > seq) return
  await end(tx, device, false)
  await settleAccount(tx, accountId)
}

/** Ends devices and makes their tokens worthless; their sockets hear of it by the event. */
export const revokeDevice = async (tx: Tx, device: DeviceRow): Promise<void> => {
  await end(tx, device, true)
  await removeKey(tx, "device-token", device.token_hash)
  await emit(tx, device.account_id, { kind: "revoked", deviceId: device.id })
}

/** How an intent is to end: when, and what it is then; `back` is kept for an end that is picked later. */
interface Ends {
  until: Millis | null
  back: Intent | null
}

const FOR_GOOD: Ends = { until: null, back: null }

const changeIntent = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
  intent: Intent,
  version: number,
  ends: Ends,
) => {
  await saveIntent(tx, accountId, agentId, intent, version, ends)
  await emit(tx, accountId, { kind: "intent", agentId, intent, version, by: "person", until: ends.until })
}

/**
 * What an intent gives way to when it ends: what the person had chosen for good before, also if they change
 * their mind meanwhile, or pick the end of a status only after the status.
 */
const backFrom = (agent: AgentRow, intent: Intent): Intent => {
  const kept = agent.intent_until !== null || agent.intent === intent
  const back = kept ? agent.intent_back : agent.intent
  if (back !== null && back !== intent) return back
  return intent === "available" ? "unavailable" : "available"
}

/** When an intent ends; the end of the day is that of the agent's zone. */
const endOf = (end: IntentEnd, zone: string, now: Millis): Millis =>
  end === "30-minutes" ? now + 30 * MINUTE : end === "1-hour" ? now + HOUR : endOfDay(zone, now)

/**
 * What the agent chose, for all their devices; with `until` it ends by itself, and the one before returns.
 * `version`: the one the choice was made on; a stale one is refused with the current value.
 */
export const setIntent = async (
  tx: Tx,
  {
    accountId,
    agentId,
    intent,
    version,
    until = null,
  }: { accountId: AccountId; agentId: AgentId; intent: Intent; version: number; until?: IntentEnd | null },
): Promise<{ intent: Intent; version: number; until: Millis | null }> => {
  await enter(tx, accountId)
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  if (version !== agent.intent_version) {
    throw new Refusal("stale", `the status was changed elsewhere: it is ${agent.intent} now`, {
      intent: agent.intent,
      version: agent.intent_version,
      until: agent.intent_until,
    })
  }
  const ends = {
    until: until === null ? null : endOf(until, agent.zone, tx.now),
    back: backFrom(agent, intent),
  }
  await changeIntent(tx, accountId, agentId, intent, version + 1, ends)
  await settleAccount(tx, accountId)
  return { intent, version: version + 1, until: ends.until }
}

/** Signs a device out: plainly it fades, with `unavailable` the light goes at once. */
export const signOut = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; deviceId: DeviceId; unavailable: boolean },
): Promise<void> => {
  const { accountId, agentId, deviceId, unavailable } = given
  await enter(tx, accountId)
  const agent = await findAgentRow(tx, accountId, agentId)
  const device = await holdDevice(tx, accountId, deviceId)
  if (!agent || device?.agent_id !== agentId) throw new Refusal("not-found", `there is no device ${deviceId}`)
  if (unavailable && agent.intent !== "unavailable") {
    await changeIntent(tx, accountId, agentId, "unavailable", agent.intent_version + 1, FOR_GOOD)
  }
  await revokeDevice(tx, device)
  await settleAccount(tx, accountId)
}
