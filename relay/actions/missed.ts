import type { AgentId } from "../../shared/words/ids.ts"
import type { Plan } from "../../shared/words/nouns.ts"
import { planHas, planWith } from "../../shared/words/plans.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { hasLeft, missedDueAt } from "../rules/missed.ts"
import { findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { claimMissed, unjoinedMessages } from "../store/messages.ts"
import { enqueueAll } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { type NewVerdict, saveVerdicts } from "../store/verdicts.ts"
import { findVisitor } from "../store/visitors.ts"
import { decided, refreshBatch } from "./batch.ts"
import { loadCases, loadJudge, loadThreads, withheldVerdicts, writeNotices } from "./judge.ts"
import { audienceOf, audienceRowOf, loadPeople, type People } from "./people.ts"

/** Missed conversations: agents were there, nobody joined, the visitor left (rules.md). */

/**
 * Notes when a conversation is to be looked at, after its visitor wrote, came or went, or an agent joined or
 * gave it back. `visitor` as they are now.
 */
export const planMissed = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  visitor: VisitorRow,
): Promise<void> => {
  const open = conversation.state === "unserved" && visitor.closed_at !== null
  const messages = open ? await unjoinedMessages(tx, account.id, conversation.id) : []
  const due = missedDueAt({
    state: conversation.state,
    unjoinedAt: messages[0]?.at ?? null,
    handedBackAt: conversation.handed_back_at,
    closedAt: visitor.closed_at,
    wait: account.wait_ms,
    notBefore: account.hold_until,
  })
  if (due === conversation.missed_due_at) return
  await saveConversation(tx, account.id, conversation.id, { missed_due_at: due })
  conversation.missed_due_at = due
}

/** One verdict for everybody whom the conversation concerns, about messages that were missed or might have been. */
const tellAll = async (
  tx: Tx,
  people: People,
  conversation: ConversationRow,
  messages: readonly MessageRow[],
  verdictFor: (agentId: AgentId) => Reason,
): Promise<NewVerdict[]> => {
  const verdicts = audienceOf(people, conversation.group_id).map(
    (agent): NewVerdict => ({ agentId: agent.id, reason: verdictFor(agent.id), kind: "missed" }),
  )
  const seqs = messages.map((message) => message.seq)
  await saveVerdicts(tx, people.account.id, conversation.id, seqs, verdicts)
  return verdicts
}

/** The visitor came back, or somebody joined, after the visitor had left: there will be no missed notice. */
export const dropMissed = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  reason: Extract<Reason, { code: "visitor-returned" | "joined" }>,
): Promise<void> => {
  if (conversation.missed_due_at === null) return
  await saveConversation(tx, account.id, conversation.id, { missed_due_at: null })
  conversation.missed_due_at = null
  const visitor = await findVisitor(tx, account.id, conversation.visitor_id)
  if (!hasLeft(visitor?.closed_at ?? null, tx.now)) return
  const people = await loadPeople(tx, account)
  const messages = await unjoinedMessages(tx, account.id, conversation.id)
  if (messages.length > 0) await tellAll(tx, people, conversation, messages, () => reason)
}

/** Sends the notices about a missed conversation, or says why there are none. */
const notify = async (
  tx: Tx,
  people: People,
  conversation: ConversationRow,
  messages: readonly MessageRow[],
): Promise<NewVerdict[]> => {
  const { account } = people
  const judge = await loadJudge(tx, people)
  const judgement = judge(conversation, "missed")
  const threads = await loadThreads(tx, people, [conversation.id])
  const addresses = judgement.recipients.map((one) => one.address)
  const folded = threads.foldedUntil(conversation.id, addresses)
  if (folded) {
    await saveConversation(tx, account.id, conversation.id, { missed_due_at: folded.untilAt })
    return tellAll(tx, people, conversation, messages, () => ({ code: "folded", ...folded }))
  }
  const seqs = messages.map((message) => message.seq)
  const [of] = await loadCases(tx, people, [conversation])
  const { mails, sentTo } = await writeNotices(
    tx,
    people,
    [{ of: { ...of!, messages }, judgement }],
    threads,
    "missed",
  )
  await enqueueAll(tx, mails)
  const verdicts = [...withheldVerdicts(people, judgement), ...(sentTo.get(conversation.id) ?? [])].map(
    (verdict): NewVerdict => ({ ...verdict, kind: "missed" }),
  )
  await saveVerdicts(tx, account.id, conversation.id, seqs, verdicts)
  // Where nobody gets one, the offline rules go on as they stand.
  if (mails.length === 0) return verdicts
  await claimMissed(tx, account.id, conversation.id, seqs)
  const now = await findConversation(tx, account.id, conversation.id)
  await refreshBatch(tx, people, await audienceRowOf(tx, people, conversation.group_id), now!)
  return verdicts
}

/** Why a plan has no notices about missed conversations; null where it has. */
export const planReason = (plan: Plan): Reason | null =>
  planHas(plan, "missed-notices") ? null : { code: "plan", plan, needed: planWith("missed-notices") }

/** The moment has come at which a conversation counts as missed, if somebody is there and nobody joined. */
export const judgeMissed = async (tx: Tx, people: People, conversation: ConversationRow): Promise<void> => {
  const { account } = people
  await saveConversation(tx, account.id, conversation.id, { missed_due_at: null })
  if (conversation.state !== "unserved") return
  const messages = await unjoinedMessages(tx, account.id, conversation.id)
  if (messages.length === 0) return
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  const without = planReason(account.plan)
  const verdicts = without
    ? await tellAll(tx, people, conversation, messages, () => without)
    : audience.there === 0
      ? await tellAll(tx, people, conversation, messages, () => ({
          code: "nobody-online",
          at: tx.now,
          dueAt: conversation.due_at,
        }))
      : await notify(tx, people, conversation, messages)
  await emit(tx, account.id, {
    kind: "conversation",
    conversationId: conversation.id,
    state: conversation.state,
    why: "missed",
    decided: decided(
      messages.map((message) => message.seq),
      verdicts,
    ),
  })
}
