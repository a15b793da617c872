import type { AttachmentView, MessageMailView, MessageView } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type AgentId,
  type ConversationId,
  type InboundMailId,
  newId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import type { Author, Channel } from "../../shared/words/nouns.ts"
import { keptProof } from "../mail/sender-proof.ts"
import { type AttachmentFacts, putUnder } from "../store/attachments.ts"
import { saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { findInboundMail, type MailFacts } from "../store/inbound-mails.ts"
import { insertMessage } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow } from "../store/tables-conversations.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { attach } from "./uploads.ts"

/** What a message has besides its text. */
export interface CameWith {
  mail: MessageMailView | null
  attachments: AttachmentView[]
}

/** Files that wait for a message, and who sent them. */
export interface Attached {
  senderId: AgentId | VisitorId
  files: readonly string[]
}

const NOTHING: CameWith = { mail: null, attachments: [] }

/** A message as agents' screens show it; an answer in an inbox's name carries the account's. */
export const messageView = (
  message: MessageRow,
  account: AccountRow,
  agents: readonly AgentRow[],
  came: CameWith = NOTHING,
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
  ...came,
})

/** The mail of a message, as its screens show it. */
export const mailView = (mail: MailFacts, attachments: readonly AttachmentView[]): MessageMailView => ({
  from: mail.from_address,
  subject: mail.subject,
  to: mail.to_address,
  proof: keptProof(mail),
  more: Math.max(0, mail.attachments - attachments.length),
})

/** What came with a mail that has just become the message `seq`. */
const cameWith = async (
  tx: Tx,
  accountId: AccountId,
  mailId: InboundMailId,
  seq: number,
): Promise<CameWith> => {
  const mail = await findInboundMail(tx, accountId, mailId)
  const attachments = (await putUnder(tx, accountId, mailId, seq)).map(attachmentView)
  return { mail: mail ? mailView(mail, attachments) : null, attachments }
}

export const attachmentView = ({ id, name, type, size }: AttachmentFacts): AttachmentView => ({
  id,
  name,
  type,
  size,
})

/**
 * Adds a message to a conversation, as its next number, and tells of it. What came with its mail, or was sent for it
 * before, is shown under it from now on. Gives the row written, and what screens show. Refusals as of `attach`.
 */
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
    /** What waits to be sent with it, and who sent it. */
    attached?: Attached
  },
): Promise<{ row: MessageRow; view: MessageView }> => {
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
  const mailId = row.inbound_mail_id
  const came = mailId === null ? NOTHING : await cameWith(tx, account.id, mailId, row.seq)
  const files = message.attached ? await attach(tx, conversation, row.seq, message.attached) : []
  const attachments = [...came.attachments, ...files]
  await insertMessage(
    tx,
    row,
    attachments.map(({ name }) => name),
  )
  await saveConversation(tx, account.id, conversation.id, { last_seq: row.seq, last_message_at: row.at })
  const view = messageView(row, account, agents, { ...came, attachments })
  await emit(tx, account.id, { kind: "message", conversationId: conversation.id, message: view })
  return { row, view }
}
