import type { MessageView } from "../../shared/protocol/views.ts"
import { type ConversationId, type InboundMailId, newId } from "../../shared/words/ids.ts"
import type { Author, Channel } from "../../shared/words/nouns.ts"
import { saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { insertMessage } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow, ConversationRow, MessageRow } from "../store/tables.ts"

/** A message as agents' screens show it; an answer in an inbox's name carries the account's. */
export const messageView = (
  message: MessageRow,
  account: AccountRow,
  agents: readonly AgentRow[],
): MessageView => ({
  id: message.id,
  seq: message.seq,
  author: message.author,
  name:
    message.author === "visitor"
      ? null
      : (agents.find((agent) => agent.id === message.agent_id)?.name ?? account.name),
  channel: message.channel,
  text: message.text,
  at: message.at,
  inboundMailId: message.inbound_mail_id,
})

/** Adds a message to a conversation, as its next number, and tells of it. Gives the row written. */
export const postMessage = async (
  tx: Tx,
  account: AccountRow,
  agents: readonly AgentRow[],
  conversation: ConversationRow,
  message: {
    author: Author
    agentId: MessageRow["agent_id"]
    channel: Channel
    text: string
    key: string | null
    inboundMailId?: InboundMailId
  },
): Promise<MessageRow> => {
  const row: MessageRow = {
    account_id: account.id,
    conversation_id: conversation.id as ConversationId,
    seq: conversation.last_seq + 1,
    id: newId("message"),
    author: message.author,
    agent_id: message.agentId,
    channel: message.channel,
    text: message.text,
    client_key: message.key,
    inbound_mail_id: message.inboundMailId ?? null,
    covered_at: null,
    covered_by: null,
    at: tx.now,
  }
  await insertMessage(tx, row)
  await saveConversation(tx, account.id, conversation.id, { last_seq: row.seq, last_message_at: row.at })
  await emit(tx, account.id, {
    kind: "message",
    conversationId: conversation.id,
    message: messageView(row, account, agents),
  })
  return row
}
