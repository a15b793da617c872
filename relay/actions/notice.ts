import { newId } from "../../shared/words/ids.ts"
import type { NoticeKind } from "../../shared/words/nouns.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import { type BounceKeys, unsubscribeToken } from "../mail/bounce-token.ts"
import type { Notice } from "../mail/content.ts"
import { MESSAGES_A_NOTICE } from "../rules/offline-notice.ts"
import type { Recipient } from "../rules/recipients.ts"
import type { ConversationFile } from "../store/attachments.ts"
import type { NewDelivery } from "../store/outbox.ts"
import type { Holder } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AgentRow, SiteRow } from "../store/tables-people.ts"
import type { NewVerdict } from "../store/verdicts.ts"
import type { People } from "./people.ts"

/** A notice gives up after this long (mail.md, Sending). */
const NOTICE_LIFE = 4 * DAY

/** A batch that is due, with all that its notices are written from. */
export interface Case {
  conversation: ConversationRow
  messages: readonly MessageRow[]
  site: SiteRow
  visitor: VisitorRow
  /** Where it is one by mail; null: a chat. */
  mail: MailSide | null
  /** What its messages came with, in the order of messages. */
  files: readonly ConversationFile[]
}

/** What notices about a conversation by mail say of it. */
export interface MailSide {
  /** The name that it was written to, and the subject it began with. */
  writtenTo: string
  subject: string
}

/**
 * As whom an answer to the mail is posted: the agent whose own address it is, also where it is a general inbox
 * besides; or whose redirect it is, if it is nobody else's. Null for an inbox that several share.
 */
const agentAt = (people: People, recipient: Recipient): AgentRow | null => {
  const own = people.agents.find((agent) => agent.active === 1 && agent.address === recipient.address)
  if (own) return own
  const [only, ...others] = new Set(recipient.ways.map(({ agent }) => agent.id))
  if (recipient.inbox || others.length > 0) return null
  return people.agents.find((agent) => agent.id === only) ?? null
}

/** Who answers the notice to this recipient. */
export const holderOf = (people: People, { conversation }: Case, recipient: Recipient): Holder => {
  const agent = agentAt(people, recipient)
  return {
    conversationId: conversation.id,
    holder: agent ? "agent" : "inbox",
    agentId: agent?.id ?? null,
    address: recipient.address,
  }
}

/** For whom a mail to this recipient stands, by name. */
export const forWhomOf = (recipient: Recipient): string[] => [
  ...new Set(recipient.ways.map((way) => way.agent.name)),
]

/** What agents are told whom a mail to this recipient, queued at `at`, stands for. */
export const sentToVerdicts = (recipient: Recipient, at: Millis): NewVerdict[] =>
  (recipient.failing ? [] : recipient.ways)
    // Where an agent gets it twice, the verdict is about the mail to their own address; where that one keeps
    // failing, about the mail to its fallback.
    .filter((way) => way.via !== "redirect" || way.agent.redirect?.mode === "instead-of")
    .map(({ agent, via, setBy, setAt }): NewVerdict => {
      const { address } = recipient
      const forWhom = forWhomOf(recipient)
      return { agentId: agent.id, reason: { code: "sent-to", address, forWhom, at, via, setBy, setAt } }
    })

/** What the subject is made of: that of the thread so far, or of the visitor's own mail. */
const topicOf = (root: { topic: string } | null, mail: MailSide | null): { topic?: string } => {
  if (root) return { topic: root.topic }
  return mail && mail.subject !== "" ? { topic: mail.subject } : {}
}

/** Some ten megabytes are what the strictest servers take of a whole mail: a notice must not be what they stop. */
const ALONG_BYTES = 5_000_000

/** What mail servers let through; they stop archives and documents that may hold programs, and the mail with them. */
const ALONG_TYPES =
  /^(?:image\/(?:png|jpeg|gif|webp|heic)|text\/plain|application\/(?:pdf|vnd\.o(?:penxmlformats-officedocument|asis\.opendocument)\..*))$/

/**
 * The files of each message: those sent through the chat go along with the notice, as long as there is room. What came
 * by mail is of whatever kind its sender says, and stays in the desk.
 */
const filesAlong = (files: readonly ConversationFile[]) => {
  const bySeq = Map.groupBy(files, ({ seq }) => seq)
  let room = ALONG_BYTES
  return (seq: number): NonNullable<Notice["messages"][number]["attachments"]> =>
    (bySeq.get(seq) ?? []).map(({ id, name, size, type, inbound_mail_id: mailId }) => {
      const along = mailId === null && size <= room && ALONG_TYPES.test(type)
      if (along) room -= size
      return { id, name, size, along }
    })
}

/** The mail for one recipient, and the verdicts of those it stands for. */
export const writeNotice = (
  tx: Tx,
  people: People,
  of: Case,
  recipient: Recipient,
  thread: {
    replyToken: string
    root: { messageId: string; topic: string } | null
    mailDomain: string
    keys: BounceKeys
  },
  kind: NoticeKind,
): { mail: NewDelivery; verdicts: NewVerdict[] } => {
  const { conversation, messages, site, visitor, mail: byMail } = of
  const filesOf = filesAlong(of.files)
  const { account } = people
  const agent = agentAt(people, recipient)
  const id = newId("delivery")
  const messageId = `<${id.replace("_", ".")}@${thread.mailDomain}>`
  const forWhom = forWhomOf(recipient)
  const mailKind = kind === "offline" ? "offline-notice" : "missed-notice"
  const content: Notice = {
    kind: mailKind,
    account: account.name,
    site: site.name,
    visitor: { name: visitor.name, address: visitor.address, zone: visitor.zone },
    page: visitor.page_url === null ? null : { url: visitor.page_url, title: visitor.page_title },
    conversationId: conversation.id,
    replyToken: thread.replyToken,
    language: agent?.language ?? account.language,
    zone: agent?.zone ?? account.zone,
    forWhom,
    inbox: recipient.inbox,
    messages: messages.slice(0, MESSAGES_A_NOTICE).map(({ text, at, seq }) => {
      const files = filesOf(seq)
      return { text, at, ...(files.length > 0 && { attachments: files }) }
    }),
    ...(byMail && { writtenTo: byMail.writtenTo }),
    more: Math.max(0, messages.length - MESSAGES_A_NOTICE),
    first: thread.root === null,
    threadId: thread.root?.messageId ?? messageId,
    ...topicOf(thread.root, byMail),
    reason: kind === "offline" ? "nobody-online" : "nobody-joined",
    ...(agent ? {} : { takeToken: thread.replyToken }),
    unsubscribeToken: unsubscribeToken(id, thread.keys),
  }
  const mail: NewDelivery = {
    account_id: account.id,
    id,
    kind: mailKind,
    conversation_id: conversation.id,
    agent_id: agent?.id ?? null,
    to_address: recipient.address,
    message_id: messageId,
    content: JSON.stringify(content),
    gives_up_at: tx.now + NOTICE_LIFE,
  }
  const verdicts = sentToVerdicts(recipient, tx.now).map((verdict) => ({ ...verdict, deliveryId: id }))
  return { mail, verdicts }
}
