import type { ChangeDeed, ChangeKind, ChangeWay } from "../../shared/words/changes.ts"
import type {
  AccountId,
  AgentId,
  ConversationId,
  SiteId,
  WebhookDeliveryId,
  WebhookId,
} from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { WebhookEvent, WebhookState } from "../../shared/words/webhooks.ts"
import type { Switch } from "./tables-people.ts"

/** Rows of the record: the log of changes, webhooks, and where chat boxes were seen. */

/** One thing that was changed in one go. Never holds secrets or codes. */
export interface ChangeRow {
  account_id: AccountId
  /** 1, 2, 3 … in its account. */
  seq: number
  at: Millis
  way: ChangeWay
  /** Who, where it was an agent; their name is looked up. */
  by_agent: AgentId | null
  /** Who, where it was nobody of the team: the command line's user, the address a mail went to. */
  by_name: string | null
  kind: ChangeKind
  /** Id of the thing among its kind. */
  thing: string
  /** What it was called then; null where names are looked up, as those of agents are. */
  name: string | null
  deed: ChangeDeed
  /** ChangedField[] as JSON. */
  fields: string
}

/** Where an account is told of what happens. */
export interface WebhookRow {
  account_id: AccountId
  id: WebhookId
  name: string
  url: string
  /** WebhookEvent[] as JSON. */
  events: string
  active: Switch
  /** Since when and why the relay sends nothing any more; null while it does, or while a person switched it off. */
  stopped_at: Millis | null
  stopped_why: string | null
  /** Since the first failure after the last success. */
  failing_since: Millis | null
  /** Number of the last event that was looked at. */
  cursor: number
  /** `whsec_` and base64. */
  secret: string
  secret_at: Millis
  /** The one before, which signs along until then. */
  old_secret: string | null
  old_until: Millis | null
  created_at: Millis
}

/** One message to one webhook. */
export interface WebhookDeliveryRow {
  account_id: AccountId
  id: WebhookDeliveryId
  webhook_id: WebhookId
  event: WebhookEvent
  conversation_id: ConversationId | null
  /** What is posted, JSON. */
  body: string
  state: WebhookState
  attempts: number
  /** When it is tried next, or the lease ends; null once settled. */
  next_at: Millis | null
  gives_up_at: Millis
  claimed_by: string | null
  claimed_until: Millis | null
  /** Of the last answer; null where none came. */
  status: number | null
  /** The beginning of the last answer, or why there was none. */
  answer: string | null
  took_ms: Millis | null
  created_at: Millis
  settled_at: Millis | null
}

/** When a chat box of a site last said hello from an origin. */
export interface TagHelloRow {
  account_id: AccountId
  site_id: SiteId
  origin: string
  at: Millis
}
