import type { BoxMessage, MessageView } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type ConversationId,
  type GroupId,
  type InboundMailId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import type { Channel } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { attachmentsOf } from "../store/attachments.ts"
import {
  conversationOfVisitor,
  findConversation,
  insertConversation,
  saveConversation,
} from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { messageByVisitorKey } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow, AudienceRow } from "../store/tables-people.ts"
import { findVisitor, saveVisitor } from "../store/visitors.ts"
import { refreshBatch } from "./batch.ts"
import { planBot } from "./bot.ts"
import { enter } from "./enter.ts"
import { planMissed } from "./missed.ts"
import { planChange } from "./passing.ts"
import { audienceRowOf, loadPeople } from "./people.ts"
import { type Attached, postMessage } from "./post.ts"
import { planPushes } from "./pushes.ts"
import { boxMessage } from "./read-box.ts"

/** A new conversation without a message yet. */
export const startConversation = async (
  tx: Tx,
  account: AccountRow,
  visitor: VisitorRow,
  groupId: GroupId | null,
  channel: Channel,
): Promise<ConversationRow> => {
  const row: ConversationRow = {
    account_id: account.id,
    id: newId("conversation"),
    site_id: visitor.site_id,
    group_id: groupId,
    asked_group_id: groupId,
    visitor_id: visitor.id,
    channel,
    state: "unserved",
    joined_by: null,
    joined_at: null,
    handed_back_at: null,
    last_seq: 0,
    last_message_at: tx.now,
    uncovered_seq: null,
    uncovered_at: null,
    uncovered_mail_at: null,
    batch: "none",
    not_before: null,
    t0: null,
    due_at: null,
    visitor_seen_seq: 0,
    visitor_seen_at: null,
    answer_due_at: null,
    answer_mailed_seq: 0,
    missed_due_at: null,
    unanswered_at: null,
    bot_due_at: null,
    bot_at: null,
    taken_by: null,
    created_at: tx.now,
  }
  await insertConversation(tx, row)
  return row
}

/** A visitor in the chat waits: for the bot's word if all are busy, and for somebody to join before they leave. */
const notePatience = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  audience: AudienceRow,
): Promise<void> => {
  if (conversation.unanswered_at === null) {
    await saveConversation(tx, account.id, conversation.id, { unanswered_at: tx.now })
    conversation.unanswered_at = tx.now
  }
  const visitor = await findVisitor(tx, account.id, conversation.visitor_id)
  if (!visitor) return
  await planBot(tx, conversation, visitor, audience)
  await planMissed(tx, account, conversation, visitor)
}

/**
 * Adds a visitor's message to their conversation: reopens a closed one as unserved, and its batch begins,
 * or goes on, resting or counting. To be called under the account's lock.
 */
export const addVisitorMessage = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  message: {
    channel: Channel
    text: string
    key: string | null
    inboundMailId?: InboundMailId
    attached?: Attached
  },
): Promise<{ row: MessageRow; view: MessageView }> => {
  const people = await loadPeople(tx, account)
  const { row, view } = await postMessage(tx, account, people.agents, conversation, {
    author: "visitor",
    agentId: null,
    ...message,
  })
  const fresh = conversation.last_seq === 0
  if (fresh || conversation.state === "closed") {
    await saveConversation(tx, account.id, conversation.id, {
      state: "unserved",
      joined_by: null,
      joined_at: null,
      taken_by: null,
    })
    await emit(tx, account.id, {
      kind: "conversation",
      conversationId: conversation.id,
      state: "unserved",
      why: fresh ? "new" : "reopened",
    })
  }
  const now = await findConversation(tx, account.id, conversation.id)
  const audience = await audienceRowOf(tx, people, conversation.group_id)
  await refreshBatch(tx, people, audience, now!, row.seq)
  await planPushes(tx, people, now!)
  if (message.channel === "chat") await notePatience(tx, account, now!, audience)
  if (people.agents.some((agent) => people.devicesOf(agent.id).some((device) => device.tells_idle === 0)))
    await planChange(tx, people, tx.now)
  return { row, view }
}

/**
 * Takes a message from a chat box. The same key again gives the message already stored (`repeated`) and
 * stores nothing. Refusal `not-found` for a visitor that is not known.
 */
export const takeVisitorMessage = async (
  tx: Tx,
  given: {
    accountId: AccountId
    siteId: SiteId
    groupId: GroupId | null
    visitorId: VisitorId
    key: string
    text: string
    page: { url: string; title: string | null } | null
    /** Sent before (`takeUpload`), by their ids. */
    files?: readonly string[]
  },
): Promise<{ conversationId: ConversationId; message: BoxMessage; repeated: boolean }> => {
  const account = await enter(tx, given.accountId)
  const visitor = await findVisitor(tx, account.id, given.visitorId)
  if (visitor?.site_id !== given.siteId)
    throw new Refusal("not-found", "this visitor is not known any more: open the box anew")
  const known = await messageByVisitorKey(tx, account.id, visitor.id, given.key)
  if (known) {
    const { conversation_id: conversationId, seq } = known
    const files = await attachmentsOf(tx, account.id, conversationId, seq)
    return { conversationId, message: boxMessage(known, account, [], files), repeated: true }
  }
  if (given.page)
    await saveVisitor(tx, account.id, visitor.id, { page_url: given.page.url, page_title: given.page.title })
  const conversation =
    (await conversationOfVisitor(tx, account.id, visitor.id, given.groupId)) ??
    (await startConversation(tx, account, visitor, given.groupId, "chat"))
  const { row, view } = await addVisitorMessage(tx, account, conversation, {
    channel: "chat",
    text: given.text,
    key: given.key,
    attached: given.files && { senderId: visitor.id, files: given.files },
  })
  const message = boxMessage(row, account, [], view.attachments)
  return { conversationId: conversation.id, message, repeated: false }
}
