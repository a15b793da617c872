import type {
  AccountId,
  AgentId,
  ConversationId,
  DeliveryId,
  DeviceId,
  GroupId,
  InboundMailId,
  MessageId,
  VisitorId,
} from "../words/ids.ts"
import type {
  Author,
  Channel,
  ConversationState,
  DeliveryState,
  DeviceKind,
  Intent,
  Language,
  MailKind,
  Presence,
  Role,
} from "../words/nouns.ts"
import type { LightReason, Reason } from "../words/reasons.ts"
import type { Millis } from "../words/time.ts"

/** What screens show, as it crosses the wire in answers and events. Moments are relay milliseconds. */

export interface AgentView {
  id: AgentId
  name: string
  address: string
  role: Role
  language: Language
  intent: Intent
  intentVersion: number
  offlineNotices: boolean
}

export interface DeviceView {
  id: DeviceId
  kind: DeviceKind
  label: string
  presence: Presence
  /** Last active beat, or the end of the last use. */
  seenAt: Millis | null
  /** This is the device that asks. */
  own: boolean
}

export interface TeammateView {
  id: AgentId
  name: string
  intent: Intent
  online: boolean
  presence: Presence
}

/** A conversation in a list. */
export interface ConversationSummary {
  id: ConversationId
  state: ConversationState
  channel: Channel
  site: string
  group: string | null
  visitor: string
  joinedBy: AgentId | null
  joinedByName: string | null
  /** First words of the last message, at most 120 characters. */
  excerpt: string
  lastAuthor: Author
  lastSeq: number
  lastAt: Millis
  /** Visitor messages after this agent's watermark. */
  unopened: number
  /** Answers by mail that nobody has confirmed yet. */
  unconfirmed: number
  batch: "none" | "resting" | "counting"
  dueAt: Millis | null
}

export interface MessageView {
  id: MessageId
  seq: number
  author: Author
  /** Name of the agent or inbox who wrote it; null for the visitor. */
  name: string | null
  channel: Channel
  text: string
  at: Millis
  /** The mail it came in: its complete original can be asked for. */
  inboundMailId: InboundMailId | null
}

export interface VerdictView {
  seq: number
  agentId: AgentId
  agentName: string
  reason: Reason
  at: Millis
  deliveryId: DeliveryId | null
}

export interface DeliveryView {
  id: DeliveryId
  kind: MailKind
  conversationId: ConversationId | null
  to: string
  subject: string
  state: DeliveryState
  attempts: number
  answer: string | null
  nextAt: Millis | null
  createdAt: Millis
  settledAt: Millis | null
}

export interface UnconfirmedView {
  id: InboundMailId
  from: string | null
  subject: string
  text: string
  at: Millis
}

export interface ConversationView extends ConversationSummary {
  visitorId: VisitorId
  visitorAddress: string | null
  visitorZone: string
  visitorLanguage: Language
  page: { url: string; title: string | null } | null
  /** A tab of the visitor is open now. */
  visitorHere: boolean
  visitorSeenSeq: number
  messages: MessageView[]
  verdicts: VerdictView[]
  deliveries: DeliveryView[]
  unconfirmedAnswers: UnconfirmedView[]
}

/** All that badge and popup show; pushed whenever something of it changes. */
export interface ToolbarState {
  now: Millis
  account: { id: AccountId; name: string }
  me: AgentView
  device: DeviceId
  devices: DeviceView[]
  /** What sites show: for this agent (would their own light be on) and for the account's sites. */
  online: boolean
  light: boolean
  lightReason: LightReason
  team: TeammateView[]
  /**
   * What waits for this agent, at most 5, and how many in all: their own conversations in which the visitor
   * wrote again, then the unserved ones of their audience; newest first in each.
   */
  waiting: ConversationSummary[]
  waitingCount: number
  latestVerdict: (VerdictView & { conversationId: ConversationId; visitor: string }) | null
}

/** What a visitor's chat box knows. */
export interface BoxMessage {
  seq: number
  author: Author
  name: string | null
  text: string
  at: Millis
}

export interface BoxState {
  light: boolean
  siteName: string
  language: Language
  messages: BoxMessage[]
  seenSeq: number
  /** The visitor has left an address for answers. */
  address: string | null
}

/** Events that an account's agents get live. `cursor` is the event's number in the account. */
export type AgentEvent = { cursor: number; at: Millis } & (
  | { kind: "light"; groupId: GroupId | null; on: boolean }
  | { kind: "presence"; agentId: AgentId; deviceId: DeviceId; presence: Presence }
  | { kind: "intent"; agentId: AgentId; intent: Intent; version: number; by: "person" | "admin" }
  | { kind: "message"; conversationId: ConversationId; message: MessageView }
  | {
      kind: "conversation"
      conversationId: ConversationId
      state: ConversationState
      why: "new" | "reopened" | "joined" | "handed-back" | "closed" | "opened" | "covered" | "batch"
    }
  | { kind: "verdict"; conversationId: ConversationId; seq: number; agentId: AgentId; code: string }
  | { kind: "delivery"; deliveryId: DeliveryId; conversationId: ConversationId | null; state: DeliveryState }
  | { kind: "unconfirmed"; conversationId: ConversationId; inboundMailId: InboundMailId }
  | { kind: "visitor"; conversationId: ConversationId; here: boolean; seenSeq: number }
  | { kind: "team"; agentId: AgentId }
  | { kind: "revoked"; deviceId: DeviceId }
)

/** An event as an action writes it, before it has a number. */
export type NewEvent = AgentEvent extends infer E
  ? E extends AgentEvent
    ? Omit<E, "cursor" | "at">
    : never
  : never
