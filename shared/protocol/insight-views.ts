import type { AgentId, ConversationId, DeliveryId, DeviceId, GroupId } from "../words/ids.ts"
import type { Author, DeliveryState, DeviceKind, Intent, MailKind, Presence } from "../words/nouns.ts"
import type { Reason, ReasonCode } from "../words/reasons.ts"
import type { Millis } from "../words/time.ts"

/** What is foreseen, and what was: the simulator and the timeline. */

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
