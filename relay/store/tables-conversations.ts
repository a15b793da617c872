import type {
  AccountId,
  AgentId,
  ConversationId,
  DeliveryId,
  GroupId,
  InboundMailId,
  MessageId,
  SiteId,
  VisitorId,
} from "../../shared/words/ids.ts"
import type {
  Author,
  Channel,
  ConversationState,
  HandOverWhy,
  Language,
  NoticeKind,
} from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

export interface VisitorRow {
  account_id: AccountId
  id: VisitorId
  site_id: SiteId
  secret_hash: string
  name: string | null
  address: string | null
  language: Language
  zone: string
  /** Browser and system of their last tab, such as `Firefox · Windows`; null: not known. */
  device: string | null
  /** Address and title of the page they wrote from last. */
  page_url: string | null
  page_title: string | null
  /** When the last tab closed; null while one is open. */
  closed_at: Millis | null
  created_at: Millis
}

/** An open tab of a visitor, held by the relay process that has its socket. */
export interface VisitorTabRow {
  account_id: AccountId
  visitor_id: VisitorId
  tab_id: string
  relay_id: string
  opened_at: Millis
}

export interface ConversationRow {
  account_id: AccountId
  id: ConversationId
  site_id: SiteId
  /** Who answers it; a conversation that was handed over has another one than it began with. */
  group_id: GroupId | null
  /** Whom the visitor wrote to: by this their box and their next mail find it again. */
  asked_group_id: GroupId | null
  visitor_id: VisitorId
  channel: Channel
  state: ConversationState
  joined_by: AgentId | null
  joined_at: Millis | null
  handed_back_at: Millis | null
  /** Number of the last message. */
  last_seq: number
  last_message_at: Millis
  /** Oldest uncovered visitor message; null when all are covered. */
  uncovered_seq: number | null
  uncovered_at: Millis | null
  /** Oldest uncovered message that came by mail: it counts whoever is there (rules.md, offline notice 10). */
  uncovered_mail_at: Millis | null
  batch: "none" | "resting" | "counting"
  /** The due time is not before this: the hour's mails are used up, or the relay was down. */
  not_before: Millis | null
  /** Start of the count, and its end; null unless counting. */
  t0: Millis | null
  due_at: Millis | null
  /** Last message a tab of the visitor has shown. */
  visitor_seen_seq: number
  /** When that grew last; null: it never did, or before this was kept. */
  visitor_seen_at: Millis | null
  /** When unseen answers are to be mailed to the visitor; null if none are waiting. */
  answer_due_at: Millis | null
  /** Last agent message that went out to the visitor by mail. */
  answer_mailed_seq: number
  /** When the conversation counts as missed; null unless the visitor's tabs are closed and nobody joined. */
  missed_due_at: Millis | null
  /** First message of the visitor that nobody has answered; null when all are. */
  unanswered_at: Millis | null
  /** When the "we're busy" bot is to look at it, and when it spoke: once a conversation. */
  bot_due_at: Millis | null
  bot_at: Millis | null
  /** Name of who took it by a mail to a general inbox without being an agent. */
  taken_by: string | null
  created_at: Millis
}

export interface MessageRow {
  account_id: AccountId
  conversation_id: ConversationId
  /** 1, 2, 3 … in its conversation. */
  seq: number
  id: MessageId
  author: Author
  agent_id: AgentId | null
  channel: Channel
  text: string
  /** Idempotency key of the client that wrote it; unique in its conversation. */
  client_key: string | null
  inbound_mail_id: InboundMailId | null
  covered_at: Millis | null
  covered_by: "opened" | "joined" | "mailed" | "withheld" | null
  at: Millis
}

/** That a conversation was given to a colleague, handed over to a group (null: to everybody), or handed back. */
export interface HandOverRow {
  account_id: AccountId
  conversation_id: ConversationId
  /** 1, 2, 3 … in its conversation. */
  n: number
  why: HandOverWhy
  /** Null: somebody who is no agent had it. */
  by_agent: AgentId | null
  to_agent: AgentId | null
  to_group: GroupId | null
  at: Millis
}

export interface WatermarkRow {
  account_id: AccountId
  conversation_id: ConversationId
  agent_id: AgentId
  seq: number
  at: Millis
}

/** The decision about one visitor message and one agent, for each kind of notice. `facts` is the Reason as JSON. */
export interface VerdictRow {
  account_id: AccountId
  conversation_id: ConversationId
  seq: number
  agent_id: AgentId
  kind: NoticeKind
  code: string
  facts: string
  /** The mail that carries it, once there is one. */
  delivery_id: DeliveryId | null
  at: Millis
}

/** `r-<token>@D`: who may answer in which conversation. */
export interface ReplyTokenRow {
  account_id: AccountId
  token: string
  conversation_id: ConversationId
  holder: "agent" | "inbox" | "visitor"
  agent_id: AgentId | null
  /** The address the mail with this token goes to. */
  address: string
  created_at: Millis
}

/** What happened, in order: `seq` is 1, 2, 3 … in its account, without gaps. `body` is JSON. */
export interface EventRow {
  account_id: AccountId
  seq: number
  kind: string
  conversation_id: ConversationId | null
  /** The device (presence), agent (intent), `hours:` of an agent or `light:` of a group that it says the new state of. */
  subject: string | null
  body: string
  at: Millis
}

/** How far the history of an account was swept; no row: not at all. */
export interface EventSweepRow {
  account_id: AccountId
  /** Up to this number only the last event of each subject is left. */
  seq: number
  swept_at: Millis
}
