import type { OfficeHours } from "../words/hours.ts"
import type {
  AccountId,
  AgentId,
  ConversationId,
  DeliveryId,
  DeviceId,
  GroupId,
  InboundMailId,
  MessageId,
  SiteId,
  VisitorId,
} from "../words/ids.ts"
import type {
  Author,
  Channel,
  ConversationState,
  DeliveryState,
  DeviceKind,
  InboxMode,
  Intent,
  Language,
  MailKind,
  NoticeKind,
  Plan,
  Presence,
  RedirectOwner,
  Role,
} from "../words/nouns.ts"
import type { Feature } from "../words/plans.ts"
import type { LightReason, Reason, ReasonCode } from "../words/reasons.ts"
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
  /** When the intent ends by itself, and what it is then. */
  intentUntil: Millis | null
  intentBack: Intent | null
  offlineNotices: boolean
  missedNotices: boolean
}

/** A second address that takes somebody's mail. */
export interface RedirectView {
  owner: { kind: RedirectOwner; id: string }
  address: string
  mode: InboxMode
  setBy: string
  setAt: Millis
}

/** An audience to which no notice of a kind would go to anybody; `groupId` null: conversations without a group. */
export interface UnreachedView {
  groupId: GroupId | null
  group: string | null
  kind: NoticeKind
}

/** An agent's own settings. */
export interface ProfileView {
  me: AgentView
  /** IANA. */
  zone: string
  redirect: RedirectView | null
  /** A new destination waits for its code; nothing but the code was sent there. */
  pendingAddress: { address: string; expiresAt: Millis } | null
  groups: { id: GroupId; name: string }[]
  features: readonly Feature[]
  unreached: UnreachedView[]
}

/** A member of the team as admins see them. */
export interface MemberView {
  id: AgentId
  name: string
  address: string
  role: Role
  active: boolean
  language: Language
  /** IANA. */
  zone: string
  groups: GroupId[]
  offlineNotices: boolean
  missedNotices: boolean
  redirect: RedirectView | null
  /** Has signed in at least once. */
  joined: boolean
}

export interface GroupView {
  id: GroupId
  name: string
  members: AgentId[]
  /** Null: those of the account. */
  hours: OfficeHours | null
  inbox: RedirectView | null
  light: boolean
}

export interface SiteSettingsView {
  id: SiteId
  name: string
  key: string
  origins: string[]
  language: Language
  /** Groups that visitors choose from; none: no choice. */
  groups: GroupId[]
}

/** All settings of an account, for its admins. `version` grows with every change of any of them. */
export interface SettingsView {
  version: number
  account: {
    id: AccountId
    name: string
    language: Language
    zone: string
    plan: Plan
    features: readonly Feature[]
    graceMs: Millis
    waitMs: Millis
    offlineNotices: boolean
    missedNotices: boolean
    /** Null: always open. */
    hours: OfficeHours | null
    /** What the "we're busy" bot says where it is not what the catalogues say. */
    busyTexts: Partial<Record<Language, string>>
    inbox: RedirectView | null
  }
  groups: GroupView[]
  sites: SiteSettingsView[]
  team: MemberView[]
  /** Addresses that redirects and inboxes can go to, and those whose code is awaited. */
  verified: string[]
  pending: { address: string; expiresAt: Millis }[]
  unreached: UnreachedView[]
}

/** "If a visitor wrote now": who would get a mail, when, where, and who not and why. */
export interface Foresight {
  now: Millis
  groupId: GroupId | null
  group: string | null
  light: boolean
  /** When the hours open, if they are closed now. */
  opensAt: Millis | null
  offline: ForesightOf
  /** Supposing that the visitor closed the page at once and nobody joined. */
  missed: ForesightOf
}

export interface ForesightOf {
  /** When mails would go out, as things stand; null: none would while it stays so. */
  at: Millis | null
  mails: { address: string; forWhom: string[]; inbox: boolean }[]
  agents: { id: AgentId; name: string; reason: Reason }[]
}

/** What a picture of some time is drawn from; spans are [from, to) and complete in it. */
export interface TimelineView {
  from: Millis
  to: Millis
  /** More happened than fits into one answer: `to` is earlier than was asked for. */
  cut: boolean
  /** How far back there is anything. */
  keptFrom: Millis
  lights: {
    groupId: GroupId | null
    group: string | null
    spans: { from: Millis; to: Millis; on: boolean }[]
  }[]
  agents: {
    id: AgentId
    name: string
    intents: { from: Millis; to: Millis; intent: Intent }[]
    /** While their hours were closed for every conversation: online or not, they held no light. */
    closed: { from: Millis; to: Millis }[]
    devices: {
      id: DeviceId
      label: string
      kind: DeviceKind
      spans: { from: Millis; to: Millis; presence: Presence }[]
    }[]
  }[]
  marks: TimelineMark[]
}

export type TimelineMark = { at: Millis; conversationId: ConversationId; visitor: string } & (
  | { kind: "message"; author: Author; seq: number; excerpt: string }
  | { kind: "mail"; deliveryId: DeliveryId; to: string; mail: MailKind; state: DeliveryState }
  /** Codes by agent: what was decided, or changed its mind, at that moment. */
  | { kind: "verdict"; seqs: number[]; codes: Partial<Record<ReasonCode, AgentId[]>> }
)

/** What the page behind "I'll take it" shows. */
export interface TakeView {
  account: string
  site: string
  language: Language
  visitor: string
  excerpt: string
  state: ConversationState
  /** Who has it, since when. */
  takenBy: string | null
  takenAt: Millis | null
  /** Agents it can be taken as; somebody else gives their name. */
  agents: { id: AgentId; name: string }[]
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
  kind: NoticeKind
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
  /** Of each group this agent answers for, where the plan has groups; empty without any. */
  lights: { groupId: GroupId; group: string; on: boolean }[]
  /**
   * Hours as they are for this agent: open or not, until when, and whether they keep open themselves;
   * null where nobody has set any, or the plan has none.
   */
  hours: { open: boolean; until: Millis | null; overrideUntil: Millis | null } | null
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
  /** When somebody will be back, where hours are closed now; null otherwise, and while the light is on. */
  opensAt: Millis | null
  /** The group the visitor writes to; null: none. */
  groupId: GroupId | null
  /** Groups to choose from, with the light of each; empty where there is no choice, or the tag names one. */
  groups: { id: GroupId; name: string; on: boolean }[]
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
  | {
      kind: "intent"
      agentId: AgentId
      intent: Intent
      version: number
      by: "person" | "time"
      until: Millis | null
    }
  /** Whether an agent has hours for any conversation; while closed they hold no light. */
  | { kind: "hours"; agentId: AgentId; open: boolean }
  | { kind: "message"; conversationId: ConversationId; message: MessageView }
  | {
      kind: "conversation"
      conversationId: ConversationId
      state: ConversationState
      why:
        | "new"
        | "reopened"
        | "joined"
        | "handed-back"
        | "closed"
        | "opened"
        | "covered"
        | "batch"
        | "missed"
      /** What was decided at that moment, for the timeline; not sent to screens, which read verdicts anew. */
      decided?: { seqs: number[]; codes: Partial<Record<ReasonCode, AgentId[]>> }
    }
  /** Settings of the account, its groups or sites changed; `version` as in SettingsView. */
  | { kind: "settings"; version: number }
  | { kind: "delivery"; deliveryId: DeliveryId; conversationId: ConversationId | null; state: DeliveryState }
  | { kind: "unconfirmed"; conversationId: ConversationId; inboundMailId: InboundMailId }
  | { kind: "visitor"; conversationId: ConversationId; here: boolean; seenSeq: number }
  | { kind: "team"; agentId: AgentId }
  | { kind: "revoked"; deviceId: DeviceId }
)

export type ConversationEvent = Extract<AgentEvent, { kind: "conversation" }>

/** An event as an action writes it, before it has a number. */
export type NewEvent = AgentEvent extends infer E
  ? E extends AgentEvent
    ? Omit<E, "cursor" | "at">
    : never
  : never
