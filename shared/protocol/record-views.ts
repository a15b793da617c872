import type { ChangeDeed, ChangedField, ChangeKind, ChangeWay } from "../words/changes.ts"
import type { AgentId, ConversationId, VisitorId, WebhookDeliveryId, WebhookId } from "../words/ids.ts"
import type { TagFinding } from "../words/tags.ts"
import type { Millis } from "../words/time.ts"
import type { WebhookEvent, WebhookState } from "../words/webhooks.ts"

/** Views of the record: changes, webhooks, persons' data, tags. */

export interface ChangeView {
  seq: number
  at: Millis
  way: ChangeWay
  byAgent: AgentId | null
  /** The command line's user, or the address that the link in a mail went to. */
  byName: string | null
  kind: ChangeKind
  thing: string
  /** What it was called; null where ids are looked up in `names`. */
  name: string | null
  deed: ChangeDeed
  fields: ChangedField[]
}

/** A page of the log. `names`: of agents and groups, by id. */
export interface ChangesView {
  changes: ChangeView[]
  names: Record<string, string>
  next: number | null
}

export interface WebhookView {
  id: WebhookId
  name: string
  url: string
  events: WebhookEvent[]
  active: boolean
  /** Since when and why the relay has stopped sending: an HTTP status, or what the network said. */
  stoppedAt: Millis | null
  stoppedWhy: string | null
  failingSince: Millis | null
  secretAt: Millis
  /** Until then the secret before signs along; null: it does not. */
  oldSecretUntil: Millis | null
  createdAt: Millis
}

export interface WebhookDeliveryView {
  /** As in its `webhook-id` header. */
  id: WebhookDeliveryId
  event: WebhookEvent
  conversationId: ConversationId | null
  /** JSON, as it is posted. */
  body: string
  state: WebhookState
  attempts: number
  nextAt: Millis | null
  /** Of the last answer; null where none came: then `answer` says why. */
  status: number | null
  answer: string | null
  tookMs: Millis | null
  createdAt: Millis
  settledAt: Millis | null
}

/** What is stored of a person: what an export holds, and what goes when they are erased. */
export interface PersonView {
  kind: "visitor" | "agent"
  /** Of visitors: several where one address was left in several browsers. */
  visitors: { id: VisitorId; name: string | null; address: string | null; site: string; since: Millis }[]
  agent: { id: AgentId; name: string; address: string } | null
  addresses: string[]
  conversations: number
  messages: number
  /** Mails to them and about their conversations, and theirs that came or were passed on. */
  mails: number
  attachments: number
  /** Of the attachments. */
  bytes: number
}

/** One thing that a look at a page found; `value`: the key, origin, directive or answer that it is about. */
export interface TagFindingView {
  finding: TagFinding
  value: string | null
}

/** A look at a page, as it was served to the relay. */
export interface TagLookView {
  /** Where the page was found in the end. */
  url: string
  at: Millis
  findings: TagFindingView[]
}

/** Where chat boxes of a site were loaded, the newest first; `listed`: they may be shown there. */
export interface TagHellosView {
  hellos: { origin: string; at: Millis; listed: boolean }[]
  now: Millis
}
