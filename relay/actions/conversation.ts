import type { MessageView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId, InboundMailId } from "../../shared/words/ids.ts"
import type { KnownState } from "../../shared/words/meanwhile.ts"
import type { Channel } from "../../shared/words/nouns.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { attachmentsOf } from "../store/attachments.ts"
import { findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { coverUpTo, messageByKey, raiseWatermark } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { findVisitor } from "../store/visitors.ts"
import { decided, refreshBatch, saveCovered } from "./batch.ts"
import { quietBot } from "./bot.ts"
import { enter } from "./enter.ts"
import { refuseChanged } from "./meanwhile.ts"
import { dropMissed } from "./missed.ts"
import { audienceRowOf, loadPeople, type People } from "./people.ts"
import { type Attached, attachmentView, messageView, postMessage } from "./post.ts"
import { quietPushes } from "./pushes.ts"
import { undoable } from "./undo.ts"
import { planAnswerMail } from "./visitors.ts"

interface ByAgent {
  accountId: AccountId
  agentId: AgentId
  conversationId: ConversationId
}

interface Scene {
  account: AccountRow
  people: People
  agent: AgentRow
  conversation: ConversationRow
}

const load = async (tx: Tx, { accountId, agentId, conversationId }: ByAgent): Promise<Scene> => {
  const account = await enter(tx, accountId)
  const people = await loadPeople(tx, account)
  const agent = people.agents.find((candidate) => candidate.id === agentId && candidate.active === 1)
  const conversation = await findConversation(tx, accountId, conversationId)
  if (!agent) throw new Refusal("forbidden", "this agent is not active in the account any more")
  if (!conversation) throw new Refusal("not-found", `there is no conversation ${conversationId}`)
  return { account, people, agent, conversation }
}

/** Covers the uncovered messages up to `seq`, with one final verdict for everybody, and takes the batch anew. */
const coverAs = async (
  tx: Tx,
  account: AccountRow,
  people: People,
  conversation: ConversationRow,
  seq: number,
  by: "opened" | "joined",
  reason: Reason,
): Promise<void> => {
  await quietPushes(tx, people, conversation, seq)
  const seqs = await coverUpTo(tx, account.id, conversation.id, seq, by)
  if (seqs.length === 0) return
  const verdicts = await saveCovered(tx, people, conversation, seqs, reason)
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  const now = await findConversation(tx, account.id, conversation.id)
  await refreshBatch(tx, people, audience, now!)
  await emit(tx, account.id, {
    kind: "conversation",
    conversationId: conversation.id,
    state: now!.state,
    why: "covered",
    decided: decided(seqs, verdicts),
  })
}

const cover = (tx: Tx, scene: Scene, seq: number, by: "opened" | "joined", reason: Reason): Promise<void> =>
  coverAs(tx, scene.account, scene.people, scene.conversation, seq, by, reason)

const setState = async (
  tx: Tx,
  { account, conversation }: Omit<Scene, "agent">,
  change: Partial<ConversationRow> & { state: ConversationRow["state"] },
  why: "joined" | "closed",
): Promise<void> => {
  await saveConversation(tx, account.id, conversation.id, change)
  Object.assign(conversation, change)
  await emit(tx, account.id, {
    kind: "conversation",
    conversationId: conversation.id,
    state: change.state,
    why,
  })
}

/** The agent had the conversation visible and focused for 1 s, with messages up to `seq` shown. */
export const openConversation = async (tx: Tx, given: ByAgent & { seq: number }): Promise<void> => {
  const scene = await load(tx, given)
  const seq = Math.min(given.seq, scene.conversation.last_seq)
  await raiseWatermark(tx, given.accountId, given.conversationId, given.agentId, seq)
  await cover(tx, scene, seq, "opened", { code: "opened", who: scene.agent.name, at: tx.now })
  const { state } = scene.conversation
  await emit(tx, given.accountId, {
    kind: "conversation",
    conversationId: given.conversationId,
    state,
    why: "opened",
  })
}

/** A conversation is served from now on: it cannot be missed any more, and the bot stays out of it. */
const serve = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  who: string,
): Promise<void> => {
  await dropMissed(tx, account, conversation, { code: "joined", who, at: tx.now })
  await quietBot(tx, conversation)
}

/** Whoever joins serves it: all that came until now is covered. Joining a colleague's conversation takes it over. */
const join = async (tx: Tx, scene: Scene): Promise<void> => {
  const { agent, conversation } = scene
  await raiseWatermark(tx, conversation.account_id, conversation.id, agent.id, conversation.last_seq)
  if (conversation.state !== "mine" || conversation.joined_by !== agent.id) {
    const change = { state: "mine", joined_by: agent.id, joined_at: tx.now, taken_by: null } as const
    await setState(tx, scene, change, "joined")
    await serve(tx, scene.account, conversation, agent.name)
  }
  await cover(tx, scene, conversation.last_seq, "joined", { code: "joined", who: agent.name, at: tx.now })
}

export const joinConversation = async (tx: Tx, given: ByAgent): Promise<void> =>
  join(tx, await load(tx, given))

/** Somebody without a seat in the account takes it by a mail to a general inbox; `who` is their name. */
export const takeAs = async (tx: Tx, scene: Omit<Scene, "agent">, who: string): Promise<void> => {
  const { account, people, conversation } = scene
  if (conversation.state !== "mine" || conversation.taken_by !== who) {
    const change = { state: "mine", joined_by: null, joined_at: tx.now, taken_by: who } as const
    await setState(tx, scene, change, "joined")
    await serve(tx, account, conversation, who)
  }
  const reason = { code: "joined", who, at: tx.now } as const
  await coverAs(tx, account, people, conversation, conversation.last_seq, "joined", reason)
}

/** The visitor has had a word from somebody: the bot has nothing to say until they write again. */
const noteAnswer = async (tx: Tx, conversation: ConversationRow): Promise<void> => {
  await saveConversation(tx, conversation.account_id, conversation.id, { unanswered_at: null })
  conversation.unanswered_at = null
  await quietBot(tx, conversation)
}

/**
 * Posts an agent's answer, in the desk or by mail, and joins the conversation for them. The visitor's copy
 * by mail is planned in case they do not see it.
 */
export const postAnswer = async (
  tx: Tx,
  scene: Scene,
  answer: {
    channel: Channel
    text: string
    key: string | null
    inboundMailId?: InboundMailId
    attached?: Attached
  },
): Promise<MessageView> => {
  const { account, people, agent, conversation } = scene
  await join(tx, scene)
  const { view } = await postMessage(tx, account, people.agents, conversation, {
    author: "agent",
    agentId: agent.id,
    ...answer,
  })
  await noteAnswer(tx, conversation)
  await planForVisitor(tx, conversation)
  return view
}

/** Posts an answer in a general inbox's name: nobody joins for it, but what came until now is covered. */
export const answerForInbox = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  address: string,
  answer: { channel: Channel; text: string; key: string | null; inboundMailId?: InboundMailId },
): Promise<void> => {
  const people = await loadPeople(tx, account)
  const { row } = await postMessage(tx, account, people.agents, conversation, {
    author: "agent",
    agentId: null,
    ...answer,
  })
  await dropMissed(tx, account, conversation, { code: "joined", who: address, at: tx.now })
  await coverAs(tx, account, people, conversation, row.seq, "joined", {
    code: "joined",
    who: address,
    at: tx.now,
  })
  await noteAnswer(tx, conversation)
  await planForVisitor(tx, conversation)
}

/** Plans the mail of unseen answers after one was added. */
const planForVisitor = async (tx: Tx, { account_id, id, visitor_id }: ConversationRow): Promise<void> => {
  const now = await findConversation(tx, account_id, id)
  const visitor = await findVisitor(tx, account_id, visitor_id)
  if (now && visitor) await planAnswerMail(tx, visitor, now)
}

/**
 * An agent's answer from the desk. The same key again gives the message already stored. `known`: how the conversation
 * stood when it was written; refusal `stale` if something has happened since that its writer could not know of.
 */
export const answerConversation = async (
  tx: Tx,
  given: ByAgent & { key: string; text: string; files?: readonly string[]; known?: KnownState },
): Promise<{ message: MessageView }> => {
  const scene = await load(tx, given)
  const { accountId, agentId, conversationId, key, text, files } = given
  const known = await messageByKey(tx, accountId, conversationId, key)
  if (known) {
    const attachments = await attachmentsOf(tx, accountId, conversationId, known.seq)
    const came = { mail: null, attachments: attachments.map(attachmentView) }
    return { message: messageView(known, scene.account, scene.people.agents, came) }
  }
  if (given.known) await refuseChanged(tx, scene, given.known)
  const attached = files && { senderId: agentId, files }
  return { message: await postAnswer(tx, scene, { channel: "chat", text, key, attached }) }
}

const close = async (tx: Tx, given: ByAgent): Promise<void> => {
  const scene = await load(tx, given)
  await raiseWatermark(tx, given.accountId, given.conversationId, given.agentId, scene.conversation.last_seq)
  const reason = { code: "joined", who: scene.agent.name, at: tx.now } as const
  await dropMissed(tx, scene.account, scene.conversation, reason)
  await cover(tx, scene, scene.conversation.last_seq, "joined", reason)
  if (scene.conversation.state === "closed") return
  await setState(tx, scene, { state: "closed", joined_by: null, joined_at: null, taken_by: null }, "closed")
  await serve(tx, scene.account, scene.conversation, scene.agent.name)
  await noteAnswer(tx, scene.conversation)
}

export const closeConversation = undoable("close", close)

export { type ByAgent, load as loadScene, type Scene }
