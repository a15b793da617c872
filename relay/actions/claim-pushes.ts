import type { AccountId, AgentId, ConversationId, DeviceId } from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { CLOSE_LIFE, mayClose } from "../rules/push.ts"
import { findConversation } from "../store/conversations.ts"
import { findDevice } from "../store/devices.ts"
import { marksOf } from "../store/marks.ts"
import { claimPushesDue, nextPushAt, removePush, stepPush } from "../store/pushes.ts"
import type { Tx } from "../store/store.ts"
import type { DeviceRow } from "../store/tables-people.ts"
import type { PushRow } from "../store/tables-push.ts"
import { findAccountRow, findAgentRow } from "../store/team.ts"
import { loadPeople } from "./people.ts"
import { concerned, delayFor } from "./pushes.ts"

/** A push that its claimer, and nobody else, may send until the claim ends. */
export interface ClaimedPush {
  accountId: AccountId
  conversationId: ConversationId | ""
  deviceId: DeviceId
  agentId: AgentId
  /** This try included. */
  attempt: number
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  language: Language
  givesUpAt: Millis
  what:
    | { kind: "close" }
    | { kind: "test"; account: string }
    /** `visitor`: empty for one without a name. */
    | { kind: "message"; visitor: string; site: string; text: string; at: Millis }
}

/**
 * Claims pushes whose moment has come, with what they say as of now. What is of no use any more goes: nobody is to
 * be told by now, or the device has no subscription.
 */
export const claimPushes = async (
  tx: Tx,
  { relayId, limit, leaseMs }: { relayId: string; limit: number; leaseMs: Millis },
): Promise<{ claims: ClaimedPush[]; nextAt: Millis | null }> => {
  const rows = limit > 0 ? await claimPushesDue(tx, relayId, tx.now + leaseMs, limit) : []
  const claims: ClaimedPush[] = []
  for (const row of rows) {
    await endIfOver(tx, row)
    const claim = await claimOf(tx, row)
    if (claim) claims.push(claim)
    else await removePush(tx, row)
  }
  return { claims, nextAt: await nextPushAt(tx) }
}

/** Somebody opened it while it was on its way, and nobody knows whether it arrived: it is taken away, not sent again. */
const endIfOver = async (tx: Tx, row: PushRow): Promise<void> => {
  if (row.kind !== "message" || row.over === 0) return
  const end = { kind: "close", over: 0, gives_up_at: tx.now + CLOSE_LIFE } as const
  Object.assign(row, end)
  await stepPush(tx, row, end)
}

const claimOf = async (tx: Tx, row: PushRow): Promise<ClaimedPush | null> => {
  // Shown and forgotten, or of no use any more.
  if ((row.kind === "message" && row.sent_at !== null) || row.gives_up_at <= tx.now) return null
  const device = await findDevice(tx, row.account_id, row.device_id)
  if (device?.push == null || device.revoked_at !== null) return null
  const subscription = JSON.parse(device.push) as ClaimedPush["subscription"]
  if (row.kind === "close" && !mayClose(subscription.endpoint)) return null
  const agent = await findAgentRow(tx, row.account_id, row.agent_id)
  const what = agent && (await whatOf(tx, row, device))
  if (!agent || !what) return null
  return {
    accountId: row.account_id,
    conversationId: row.conversation_id,
    deviceId: row.device_id,
    agentId: row.agent_id,
    attempt: row.attempts,
    subscription,
    language: agent.language,
    givesUpAt: row.gives_up_at,
    what,
  }
}

const whatOf = async (tx: Tx, row: PushRow, device: DeviceRow): Promise<ClaimedPush["what"] | null> => {
  if (row.kind === "close") return { kind: "close" }
  const account = await findAccountRow(tx, row.account_id)
  if (!account) return null
  if (row.kind === "test") return { kind: "test", account: account.name }
  const conversation =
    row.conversation_id === "" ? undefined : await findConversation(tx, row.account_id, row.conversation_id)
  if (!conversation) return null
  // As it is now: somebody may have chosen to be unavailable, or sat down before another device, since.
  const people = await loadPeople(tx, account)
  const agent = concerned(people, conversation).find(({ id }) => id === row.agent_id)
  if (!agent || delayFor(people, conversation, agent, device, tx.now) === null) return null
  const marks = await marksOf(tx, conversation)
  return {
    kind: "message",
    visitor: marks.visitor ?? "",
    site: marks.site,
    text: marks.lastText,
    at: conversation.last_message_at,
  }
}
