import type { BounceEffect, ReportAction } from "../../shared/words/bounces.ts"
import type {
  AccountId,
  AgentId,
  AttachmentId,
  BounceId,
  ConversationId,
  DeliveryId,
  InboundMailId,
  MailId,
} from "../../shared/words/ids.ts"
import type { HoldReason } from "../../shared/words/mail-proof.ts"
import type { DeliveryState, MailKind, MailNameOwner } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

export interface DeliveryRow {
  account_id: AccountId
  id: DeliveryId
  kind: MailKind
  conversation_id: ConversationId | null
  /** Agent or visitor it is for; null for a general inbox. */
  agent_id: AgentId | null
  to_address: string
  /** RFC 5322 Message-ID with angle brackets; the same at every try. */
  message_id: string
  /** The frozen facts to write the mail from (relay/mail/content.ts), JSON. */
  content: string
  state: DeliveryState
  attempts: number
  /** When it is tried next; null once settled. */
  next_at: Millis | null
  gives_up_at: Millis
  claimed_by: string | null
  claimed_until: Millis | null
  /** Class of the last answer (relay/rules/delivery.ts), the answer itself, and who gave it. */
  outcome: string | null
  answer: string | null
  server: string | null
  /** The mail that is forwarded, of `mails`. */
  mail_id: MailId | null
  /** Why it is held or was dropped, and by whom, as people read it. */
  note: string | null
  /** When a report came that it could not be delivered, after the next server had taken it. */
  bounced_at: Millis | null
  created_at: Millis
  settled_at: Millis | null
}

export interface CapturedMailRow {
  account_id: AccountId
  delivery_id: DeliveryId
  raw: Buffer
  at: Millis
}

export interface InboundMailRow {
  account_id: AccountId
  id: InboundMailId
  conversation_id: ConversationId
  /** Of the reply address; '' for a mail to a name. */
  token: string
  envelope_from: string
  from_address: string | null
  subject: string
  /** Message-ID field, or a hash of the mail where there is none; unique in its conversation. */
  message_id: string
  /** The whole mail as it came. */
  raw: Buffer
  /** What is left of it without the quoted part. */
  text: string
  state: "posted" | "unconfirmed" | "released" | "automatic"
  /** The name at a mail domain it was written to; null: an answer, found by its token. */
  to_address: string | null
  /** Message-IDs that it answers, oldest first, as its References and In-Reply-To fields say. */
  thread: string | null
  /** AuthResult (relay/mail/auth-result.ts) as JSON; null: not checked. */
  auth: string | null
  /** Why it is or was unconfirmed; null: it never was, or before the reason was kept. */
  hold: HoldReason | null
  /** When its sender is looked at again, as nobody could tell; null: not. */
  recheck_at: Millis | null
  /** How many attachments it has. */
  attachments: number
  at: Millis
}

/**
 * A name at the mail domain of its account. Found through `directory` kind `mail-name`, key `name@domain` at an
 * own domain and `name@` at the relay's.
 */
export interface MailNameRow {
  account_id: AccountId
  /** Local part, lowercase. */
  name: string
  owner_kind: MailNameOwner
  /** Id of the agent or group; of the account itself for its inbox. */
  owner_id: string
  /** Name of who made it; '': the relay itself. */
  made_by: string
  made_at: Millis
}

/** A mail on its way to destinations, kept until none of its deliveries is under way. */
export interface MailRow {
  account_id: AccountId
  id: MailId
  envelope_from: string
  from_address: string | null
  message_id: string
  subject: string
  /** AuthResult (relay/mail/auth-result.ts) as JSON; null: not checked. */
  auth: string | null
  /** As it goes out, but for what each delivery puts on top. */
  raw: Buffer
  at: Millis
}

export interface AttachmentRow {
  account_id: AccountId
  id: AttachmentId
  conversation_id: ConversationId
  /** Of the message it came with; 0 while that is not posted (an answer that waits to be confirmed). */
  seq: number
  /** Among those of its mail: 0, 1, 2 … */
  position: number
  inbound_mail_id: InboundMailId | null
  /** As it may be shown and saved: no path, no control characters. */
  name: string
  /** MIME type as it was said to be; what is served is decided when it is served. */
  type: string
  /** Bytes. */
  size: number
  bytes: Buffer
  at: Millis
}

/** A report about one of our mails. */
export interface BounceRow {
  account_id: AccountId
  id: BounceId
  delivery_id: DeliveryId
  /** Of the report (RFC 3464 2.3.3). */
  action: ReportAction
  /** What it did. */
  effect: BounceEffect
  outcome: string
  answer: string
  /** As it came, at most its first 256 kB. */
  raw: Buffer
  at: Millis
}

/** A trial mail that an admin sent; its delivery has the same id. */
export interface ProbeRow {
  account_id: AccountId
  id: DeliveryId
  /** Name of who sent it. */
  by: string
  at: Millis
}

/** How an address fares that we write to. */
export interface DestinationRow {
  account_id: AccountId
  address: string
  /** In a row, since the last mail that arrived. */
  failures: number
  failing_since: Millis | null
  /** The last failure: its class (shared/words/outcomes.ts), the answer, who gave it. */
  outcome: string | null
  answer: string | null
  server: string | null
  last_at: Millis
  delivered_at: Millis | null
  /** A verified address that gets notices instead while this one keeps failing. */
  fallback: string | null
  fallback_by: string | null
  fallback_at: Millis | null
}

/** How many delivery reports a sender of forwarded mail has had of late. */
export interface SenderToldRow {
  account_id: AccountId
  /** Lowercase. */
  address: string
  since: Millis
  count: number
}
