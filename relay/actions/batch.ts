import type { ConversationEvent } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { type Batch, batchOf } from "../rules/offline-notice.ts"
import { restingReasons } from "../rules/verdicts.ts"
import { inChunks } from "../store/chunks.ts"
import { batchesIn, type OfAudience, openBatches, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { uncoveredIn, uncoveredMessages } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow } from "../store/tables-conversations.ts"
import type { AgentRow, AudienceRow } from "../store/tables-people.ts"
import {
  type Decided,
  type NewVerdict,
  offlineCodes,
  saveAllVerdicts,
  saveVerdicts,
} from "../store/verdicts.ts"
import { asVerdictAgent, audienceOf, audienceRowOf, liveGroup, type People } from "./people.ts"

/** What was decided, as the timeline keeps it: codes, with the agents of each. */
export const decided = (
  seqs: readonly number[],
  verdicts: readonly NewVerdict[],
): ConversationEvent["decided"] => {
  const codes: NonNullable<ConversationEvent["decided"]>["codes"] = {}
  for (const { agentId, reason } of verdicts) codes[reason.code] = [...(codes[reason.code] ?? []), agentId]
  return { seqs: [...seqs], codes }
}

/** The verdicts about a message of a batch that is not covered yet, for everybody of the account. */
export const openVerdicts = (
  people: People,
  conversation: Pick<ConversationRow, "group_id">,
  message: Pick<MessageRow, "at">,
  batch: Batch,
  row: AudienceRow,
): NewVerdict[] => {
  const audience = audienceOf(people, conversation.group_id)
  if (batch.kind === "counting") {
    return audience.map((agent) => ({ agentId: agent.id, reason: { code: "waiting", dueAt: batch.dueAt } }))
  }
  const group = liveGroup(people, conversation.group_id)?.name ?? null
  return restingReasons(
    audience.map((agent) => asVerdictAgent(people, agent, row)),
    message,
    group,
  )
}

/** What the agents are told whom the conversation does not concern, those who were removed too. */
const outsideVerdicts = (
  people: People,
  conversation: Pick<ConversationRow, "group_id">,
): { agent: AgentRow; verdict: NewVerdict }[] => {
  const group = liveGroup(people, conversation.group_id)
  const audience = new Set(audienceOf(people, conversation.group_id).map((agent) => agent.id))
  return people.agents
    .filter((agent) => !audience.has(agent.id))
    .map((agent) => {
      const reason: Reason =
        agent.active === 0
          ? { code: "inactive", since: agent.active_at }
          : { code: "other-group", group: group?.name ?? "" }
      return { agent, verdict: { agentId: agent.id, reason } }
    })
}

/** The agents whom the conversation does not concern: said when the message comes. */
export const outsiders = (people: People, conversation: Pick<ConversationRow, "group_id">): NewVerdict[] =>
  outsideVerdicts(people, conversation).flatMap(({ agent, verdict }) =>
    agent.removed_at === null ? [verdict] : [],
  )

/**
 * Brings the batch of a conversation in line with its facts: which messages are uncovered, who is there,
 * when it is due. Writes the verdicts of what changed. `news`: a message that has just come, or all, when
 * what was covered is so no more and nothing that was said of it holds.
 */
export const refreshBatch = async (
  tx: Tx,
  people: People,
  audience: AudienceRow,
  conversation: ConversationRow,
  news?: number | "all",
): Promise<Batch> => {
  const { account } = people
  const messages = await uncoveredMessages(tx, account.id, conversation.id)
  const byMail = messages.find((message) => message.channel === "mail")
  const notBefore = messages.length === 0 ? null : conversation.not_before
  const batch = batchOf({
    uncoveredAt: messages[0]?.at ?? null,
    uncoveredMailAt: byMail?.at ?? null,
    handedBackAt: conversation.handed_back_at,
    there: audience.there === 1,
    thereUntil: audience.there_until,
    notBefore:
      notBefore === null && account.hold_until === null
        ? null
        : Math.max(notBefore ?? 0, account.hold_until ?? 0),
    wait: account.wait_ms,
  })
  const dueAt = batch.kind === "counting" ? batch.dueAt : null
  const changed = batch.kind !== conversation.batch || dueAt !== conversation.due_at
  await saveConversation(tx, account.id, conversation.id, {
    uncovered_seq: messages[0]?.seq ?? null,
    uncovered_at: messages[0]?.at ?? null,
    uncovered_mail_at: byMail?.at ?? null,
    batch: batch.kind,
    t0: batch.kind === "counting" ? batch.t0 : null,
    due_at: dueAt,
    not_before: notBefore,
  })
  const judged = changed || news === "all" ? messages : messages.filter((message) => message.seq === news)
  const latest: NewVerdict[] = []
  for (const message of judged) {
    const verdicts = openVerdicts(people, conversation, message, batch, audience)
    const others = news === "all" || message.seq === news ? outsiders(people, conversation) : []
    await saveVerdicts(tx, account.id, conversation.id, [message.seq], [...verdicts, ...others])
    latest.splice(0, latest.length, ...verdicts, ...others)
  }
  if (changed || judged.length > 0) {
    await emit(tx, account.id, {
      kind: "conversation",
      conversationId: conversation.id,
      state: conversation.state,
      why: "batch",
      ...(judged.length > 0
        ? {
            decided: decided(
              judged.map((message) => message.seq),
              latest,
            ),
          }
        : {}),
    })
  }
  return batch
}

/** Takes all open batches of the account anew, after groups, hours, plan or waiting times were changed. */
export const refreshAll = async (tx: Tx, people: People): Promise<void> => {
  for (const conversation of await openBatches(tx, people.account.id)) {
    await refreshBatch(tx, people, await audienceRowOf(tx, people, conversation.group_id), conversation)
  }
}

/** Somebody more is there for batches that rest already: their own verdicts say so. */
export const tellArrivals = async (
  tx: Tx,
  people: People,
  row: AudienceRow,
  of: OfAudience,
  arrived: readonly AgentId[],
): Promise<void> => {
  const groupId = row.group_id === "" ? null : row.group_id
  const group = liveGroup(people, groupId)?.name ?? null
  const audience = audienceOf(people, groupId)
    .filter((agent) => arrived.includes(agent.id))
    .map((agent) => asVerdictAgent(people, agent, row))
  const { id: accountId } = people.account
  const messages = await uncoveredOf(tx, accountId, await batchesIn(tx, accountId, of, "resting"))
  const told = messages.map((message) => ({
    conversationId: message.conversation_id,
    seqs: [message.seq],
    verdicts: restingReasons(audience, message, group),
  }))
  await saveAllVerdicts(tx, accountId, told)
}

/** The uncovered messages of any number of conversations. */
const uncoveredOf = async (
  tx: Tx,
  accountId: AccountId,
  conversations: readonly ConversationRow[],
): Promise<MessageRow[]> => {
  const messages: MessageRow[] = []
  for (const some of inChunks(conversations.map((conversation) => conversation.id)))
    messages.push(...(await uncoveredIn(tx, accountId, some)))
  return messages
}

/** The batch of a conversation as it was stored. */
const storedBatch = ({ batch, t0, due_at: dueAt }: ConversationRow): Batch =>
  batch === "counting" && t0 !== null && dueAt !== null
    ? { kind: "counting", t0, dueAt }
    : { kind: "resting" }

/** Whether a message is said not to concern somebody, or nothing is said of it to them yet. */
const isOutside = (code: string | undefined): boolean =>
  code === undefined || code === "other-group" || code === "inactive"

/**
 * Groups, the plan or the team changed while messages wait: whom one concerns no more is told so, and whom it
 * concerns only now what is said of their colleagues. What was decided about everybody else stays.
 */
export const tellMoved = async (tx: Tx, people: People): Promise<void> => {
  const accountId = people.account.id
  const conversations = await openBatches(tx, accountId)
  const messages = Map.groupBy(await uncoveredOf(tx, accountId, conversations), (row) => row.conversation_id)
  const codeOf = await offlineCodes(
    tx,
    accountId,
    conversations.map((conversation) => conversation.id),
  )
  const told: Decided[] = []
  for (const conversation of conversations) {
    const audience = await audienceRowOf(tx, people, conversation.group_id)
    const apart = outsideVerdicts(people, conversation)
    for (const message of messages.get(conversation.id) ?? []) {
      const codeFor = ({ agentId }: NewVerdict) => codeOf(conversation.id, message.seq, agentId)
      const within = openVerdicts(people, conversation, message, storedBatch(conversation), audience)
      const verdicts = [
        ...within.filter((verdict) => isOutside(codeFor(verdict))),
        ...apart.flatMap(({ agent, verdict }) => {
          const code = codeFor(verdict)
          const said = code === verdict.reason.code || (code === undefined && agent.removed_at !== null)
          return said ? [] : [verdict]
        }),
      ]
      if (verdicts.length > 0) told.push({ conversationId: conversation.id, seqs: [message.seq], verdicts })
    }
  }
  await saveAllVerdicts(tx, accountId, told)
}

/** The same final verdict for everybody in the audience about these messages: opened, joined. */
export const saveCovered = async (
  tx: Tx,
  people: People,
  conversation: ConversationRow,
  seqs: readonly number[],
  reason: Reason,
): Promise<NewVerdict[]> => {
  const verdicts = audienceOf(people, conversation.group_id).map((agent) => ({ agentId: agent.id, reason }))
  await saveVerdicts(tx, people.account.id, conversation.id, seqs, verdicts)
  return verdicts
}
