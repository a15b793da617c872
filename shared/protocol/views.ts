import type { Identity } from "../words/identity.ts"
import type {
  AccountId,
  AgentId,
  AttachmentId,
  ConversationId,
  DeliveryId,
  DeviceId,
  GroupId,
  InboundMailId,
  MessageId,
  PictureId,
  VisitorId,
} from "../words/ids.ts"
import type { HoldReason, SenderProof } from "../words/mail-proof.ts"
import type {
  Author,
  Channel,
  ConversationState,
  DeliveryState,
  DeviceKind,
  HandOverWhy,
  Intent,
  Language,
  MailKind,
  NoticeKind,
  Presence,
  Role,
} from "../words/nouns.ts"
import type { DeliveryOutcome } from "../words/outcomes.ts"
import type { PushFailure } from "../words/push.ts"
import type { LightReason, Reason, ReasonCode } from "../words/reasons.ts"
import type { Millis } from "../words/time.ts"
import type { RatingView } from "./box-views.ts"

export type * from "./box-views.ts"
export type * from "./insight-views.ts"
export type * from "./list-views.ts"
export type * from "./settings-views.ts"

/** What screens show, as it crosses the wire in answers and events. Moments are relay milliseconds. */

export interface AgentView {
  id: AgentId
  name: string
  /** At `/api/pictures/{id}`; null: they have none. */
  picture: PictureId | null
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

export interface DeviceView {
  id: DeviceId
  kind: DeviceKind
  label: string
  presence: Presence
  /** Last active beat, or the end of the last use. */
  seenAt: Millis | null
  /** This is the device that asks. */
  own: boolean
  /** Its browser runs, whoever sits before it. */
  running: boolean
  /** How it is reached by push; null: it is not, and was not. */
  push: DevicePushView | null
}

/** Push to one device: on and well where `failure` is null. */
export interface DevicePushView {
  /** Notifications are on there. */
  on: boolean
  failure: PushFailure | null
  /** Since when nothing arrives. */
  failedAt: Millis | null
  /** What its push service said, for people to read. */
  answer: string | null
}

export interface TeammateView {
  id: AgentId
  name: string
  picture: PictureId | null
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
  /** What there is to know of that mail. */
  mail: MessageMailView | null
  attachments: AttachmentView[]
}

/** A mail that became a message. */
export interface MessageMailView {
  /** The one address it says it is from; null: none, or several. */
  from: string | null
  subject: string
  /** The name it was written to; null: it is an answer. */
  to: string | null
  /** What vouches for its sender; null: nobody looked. */
  proof: SenderProof | null
  /** Attachments that are only in the original. */
  more: number
}

/** A file of a message; its bytes are at `/api/attachments/{id}`, for its visitor at `/api/box/attachments/{id}`. */
export interface AttachmentView {
  id: AttachmentId
  name: string
  type: string
  /** Bytes. */
  size: number
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
  /** Class of the last answer, and the answer; null if it was good, or none came yet. */
  outcome: DeliveryOutcome | null
  answer: string | null
  /** When a report came that it could not be delivered, after a server had taken it. */
  bouncedAt: Millis | null
  /** Who holds or dropped it, and why. */
  note: string | null
  nextAt: Millis | null
  createdAt: Millis
  settledAt: Millis | null
}

export interface UnconfirmedView {
  id: InboundMailId
  from: string | null
  subject: string
  text: string
  /** Why it waits; null: that was not yet kept when it came. */
  why: HoldReason | null
  /** What vouches for its sender; null: nobody looked. */
  proof: SenderProof | null
  at: Millis
}

/** A mail that a program wrote: kept beside the messages. */
export interface AutomaticView {
  id: InboundMailId
  from: string | null
  subject: string
  text: string
  at: Millis
}

/** Who gave a conversation to whom, by names as they are now. */
export interface HandOverView {
  why: HandOverWhy
  /** Null: not known. */
  by: string | null
  /** The colleague or the group; null: everybody. */
  to: string | null
  at: Millis
}

export interface ConversationView extends ConversationSummary {
  visitorId: VisitorId
  /** What the page said of the visitor; `signed`: the site's server stands for it. */
  identity: (Identity & { signed: boolean }) | null
  rating: RatingView | null
  visitorAddress: string | null
  visitorZone: string
  /** Browser and system of their last tab, such as `Firefox · Windows`; null: not known. */
  visitorDevice: string | null
  visitorLanguage: Language
  page: { url: string; title: string | null } | null
  /** A tab of the visitor is open now. */
  visitorHere: boolean
  visitorSeenSeq: number
  /** When they saw the newest that they have seen; null: nothing yet, or that is not known. */
  visitorSeenAt: Millis | null
  messages: MessageView[]
  verdicts: VerdictView[]
  deliveries: DeliveryView[]
  handOvers: HandOverView[]
  unconfirmedAnswers: UnconfirmedView[]
  automaticMails: AutomaticView[]
}

/** A conversation that waits. `opened`: somebody of the account, whoever, has opened its newest message. */
export interface WaitingView extends ConversationSummary {
  opened: boolean
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
  waiting: WaitingView[]
  waitingCount: number
  latestVerdict: (VerdictView & { conversationId: ConversationId; visitor: string }) | null
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
        /** Given to a colleague; handed over to another group, or to everybody. */
        | "assigned"
        | "handed-over"
        /** Closing, handing back or assigning was taken back. */
        | "undone"
        | "closed"
        | "opened"
        | "covered"
        | "batch"
        | "missed"
        /** It is not there any more: its visitor's data was erased. */
        | "erased"
        | "rated"
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
