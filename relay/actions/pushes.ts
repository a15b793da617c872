import type { AccountId, AgentId, ConversationId, DeviceId } from "../../shared/words/ids.ts"
import { isSameBrowser, type PushResult } from "../../shared/words/push.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, MINUTE, type Millis } from "../../shared/words/time.ts"
import { isRunning } from "../rules/presence.ts"
import { CLOSE_LIFE, MESSAGE_LIFE, nextPushTry, pushDelay } from "../rules/push.ts"
import { isOnline } from "../rules/there.ts"
import { deviceFacts, holdDevice, saveDeviceFacts } from "../store/devices.ts"
import { emit } from "../store/events.ts"
import {
  heldPush,
  noteNewer,
  type PushKey,
  planPush,
  pushesOf,
  removePush,
  removePushesTo,
  stepPush,
} from "../store/pushes.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AgentRow, DeviceRow } from "../store/tables-people.ts"
import type { PushRow } from "../store/tables-push.ts"
import { enter } from "./enter.ts"
import { audienceOf, isOpenFor, type People } from "./people.ts"
import { settleAccount } from "./settle.ts"

interface OwnDevice {
  accountId: AccountId
  agentId: AgentId
  deviceId: DeviceId
}

const holdOwn = async (tx: Tx, { accountId, agentId, deviceId }: OwnDevice): Promise<DeviceRow> => {
  const device = await holdDevice(tx, accountId, deviceId)
  if (device?.agent_id !== agentId || device.revoked_at !== null)
    throw new Refusal("not-found", `there is no device ${deviceId}`)
  return device
}

/**
 * The push subscription of a device, as its browser gives it: with one it is told of messages while its page is
 * closed, and a phone is reachable in the background. Null ends that.
 */
export const setPush = async (
  tx: Tx,
  given: OwnDevice & { subscription: { endpoint: string; keys: { p256dh: string; auth: string } } | null },
): Promise<void> => {
  const { accountId, deviceId, subscription } = given
  await enter(tx, accountId)
  const device = await holdOwn(tx, given)
  if (subscription !== null && device.kind === "extension")
    throw new Refusal("bad-input", `${device.label} tells of messages by itself: it needs no push`)
  const push = subscription === null ? null : JSON.stringify(subscription)
  if (push === null) await removePushesTo(tx, accountId, deviceId)
  const fresh = {
    push,
    push_at: push === null ? null : tx.now,
    push_failed_at: null,
    push_failure: null,
    push_answer: null,
  }
  await saveDeviceFacts(tx, accountId, deviceId, deviceFacts(device), fresh)
  await emit(tx, accountId, { kind: "team", agentId: given.agentId })
  await settleAccount(tx, accountId)
}

/** A push to one's own device, to see that it arrives. Refusal `bad-input` where it has no subscription. */
export const testPush = async (tx: Tx, given: OwnDevice): Promise<void> => {
  const device = await holdOwn(tx, given)
  if (device.push === null)
    throw new Refusal(
      "bad-input",
      `${device.label} is not reached by push: turn notifications on there first`,
    )
  await planPush(tx, {
    account_id: given.accountId,
    conversation_id: "",
    device_id: given.deviceId,
    agent_id: given.agentId,
    kind: "test",
    seq: 0,
    next_at: tx.now,
    gives_up_at: tx.now + MINUTE,
  })
  tx.nudge(given.accountId)
}

/** How long after a message a device is told of it; null: it is not. */
export const delayFor = (
  people: People,
  conversation: Pick<ConversationRow, "group_id" | "joined_by">,
  agent: AgentRow,
  device: DeviceRow,
  now: Millis,
): Millis | null => {
  const devices = people.devicesOf(agent.id)
  const presences = devices.map(({ presence }) => presence)
  const mine = conversation.joined_by === agent.id
  return pushDelay({
    intent: agent.intent,
    online: isOnline({ active: agent.active === 1, intent: agent.intent, presences }),
    open: mine || isOpenFor(people, agent, conversation.group_id, now),
    device,
    present: presences.includes("present"),
    besideExtension: devices.some(
      (other) =>
        other.kind === "extension" &&
        isSameBrowser(device.label, other.label) &&
        isRunning(deviceFacts(other), now),
    ),
  })
}

/** Whom a conversation concerns now: who joined it, else its audience. */
export const concerned = (
  people: People,
  conversation: Pick<ConversationRow, "group_id" | "state" | "joined_by">,
): AgentRow[] =>
  conversation.state === "mine" && conversation.joined_by !== null
    ? people.agents.filter((agent) => agent.active === 1 && agent.id === conversation.joined_by)
    : audienceOf(people, conversation.group_id)

const hasPush = (device: DeviceRow): boolean => device.push !== null && device.revoked_at === null

const anyPush = (people: People): boolean =>
  people.agents.some((agent) => people.devicesOf(agent.id).some(hasPush))

/**
 * Plans to tell devices of the newest message of a conversation, those that were not told of it yet. To be called
 * in the transaction that added the message, gave the conversation back or handed it over; nothing is sent here.
 * `but`: who knows.
 */
export const planPushes = async (
  tx: Tx,
  people: People,
  conversation: ConversationRow,
  but: AgentId | null = null,
): Promise<void> => {
  if (!anyPush(people)) return
  const { account_id: accountId, id, last_seq: seq } = conversation
  const told = new Map((await pushesOf(tx, accountId, id)).map((row) => [row.device_id, row]))
  if (told.size > 0) await noteNewer(tx, accountId, id, seq)
  for (const agent of concerned(people, conversation)) {
    if (agent.id === but) continue
    for (const device of people.devicesOf(agent.id).filter(hasPush)) {
      const before = told.get(device.id)
      // What is on its way and was opened meanwhile is about to be taken away again: it says nothing of this one.
      if (before?.kind === "message" && before.over === 0) continue
      const delay = delayFor(people, conversation, agent, device, tx.now)
      if (delay === null) continue
      await planPush(tx, {
        account_id: accountId,
        conversation_id: id,
        device_id: device.id,
        agent_id: agent.id,
        kind: "message",
        seq,
        next_at: tx.now + delay,
        gives_up_at: tx.now + MESSAGE_LIFE,
      })
    }
  }
}

/** Somebody opened, joined or closed the conversation, up to message `seq`: devices are told nothing more of it. */
export const quietPushes = async (
  tx: Tx,
  people: People,
  { account_id, id }: Pick<ConversationRow, "account_id" | "id">,
  seq: number,
): Promise<void> => {
  if (!anyPush(people)) return
  for (const row of await pushesOf(tx, account_id, id)) {
    if (row.kind !== "message" || row.seq > seq) continue
    if (row.sent_at !== null) await close(tx, row)
    // What is on its way is taken away once it is there.
    else if (row.claimed_by !== null) await stepPush(tx, row, { over: 1 })
    else await removePush(tx, row)
  }
}

const close = (tx: Tx, key: PushKey): Promise<void> =>
  stepPush(tx, key, {
    kind: "close",
    over: 0,
    claimed_by: null,
    next_at: tx.now,
    gives_up_at: tx.now + CLOSE_LIFE,
  })

/** What was shown is forgotten after a day: a message that comes then is told anew. */
const REMEMBERED: Millis = DAY

/** What becomes of a push after a try. */
const step = async (tx: Tx, row: PushRow, result: PushResult): Promise<void> => {
  const again =
    result.kind === "failed" && result.later && row.over === 0
      ? nextPushTry(row.attempts, row.gives_up_at, tx.now)
      : null
  if (again !== null) return stepPush(tx, row, { next_at: again, claimed_by: null })
  if (result.kind === "failed" || row.kind !== "message") return removePush(tx, row)
  if (row.over === 1) return close(tx, row)
  return stepPush(tx, row, { sent_at: tx.now, claimed_by: null, next_at: tx.now + REMEMBERED })
}

/** How a device's push fares, after a try that was the last one of its push. */
const noteHealth = async (tx: Tx, device: DeviceRow, result: PushResult): Promise<void> => {
  const health =
    result.kind === "sent"
      ? { push_at: tx.now, push_failed_at: null, push_failure: null, push_answer: null }
      : {
          push: result.failure === "gone" ? null : device.push,
          push_failed_at: device.push_failed_at ?? tx.now,
          push_failure: result.failure,
          push_answer: result.answer,
        }
  await saveDeviceFacts(tx, device.account_id, device.id, deviceFacts(device), health)
  if (result.kind === "sent" && device.push_failed_at === null) return
  await emit(tx, device.account_id, { kind: "team", agentId: device.agent_id })
  await settleAccount(tx, device.account_id)
}

/**
 * Settles a try under the claim it was made with; false, and nothing is changed, if that is not the owner's any
 * more. A subscription that its push service has forgotten is removed; a device that nothing arrives at is no
 * longer reachable, and says so.
 */
export const settlePush = async (
  tx: Tx,
  given: {
    accountId: AccountId
    conversationId: ConversationId | ""
    deviceId: DeviceId
    claimedBy: string
    attempt: number
    /** Where it went: a device may have another subscription by now. */
    endpoint: string
    result: PushResult
  },
): Promise<{ settled: boolean }> => {
  await enter(tx, given.accountId)
  const row = await heldPush(tx, {
    account_id: given.accountId,
    conversation_id: given.conversationId,
    device_id: given.deviceId,
    owner: given.claimedBy,
    attempt: given.attempt,
  })
  if (!row) return { settled: false }
  await step(tx, row, given.result)
  const device = await holdDevice(tx, given.accountId, given.deviceId)
  if (device?.push == null || endpointOf(device.push) !== given.endpoint) return { settled: true }
  const { result } = given
  const passing =
    result.kind === "failed" && result.later && nextPushTry(row.attempts, row.gives_up_at, tx.now)
  if (!passing) await noteHealth(tx, device, result)
  return { settled: true }
}

/** Where a kept subscription sends to; empty for what is none. */
const endpointOf = (push: string): string => (JSON.parse(push) as { endpoint?: string }).endpoint ?? ""
