import type { Generated } from "kysely"
import type { BounceEffect, ReportAction } from "../../shared/words/bounces.ts"
import type {
  AccountId,
  AgentId,
  AttachmentId,
  BounceId,
  ConversationId,
  DeliveryId,
  DeviceId,
  GroupId,
  InboundMailId,
  MailId,
  MessageId,
  SiteId,
  VisitorId,
} from "../../shared/words/ids.ts"
import type { HoldReason } from "../../shared/words/mail-proof.ts"
import type {
  Author,
  Channel,
  ConversationState,
  DeliveryState,
  DeviceKind,
  IdleState,
  InboxMode,
  Intent,
  Language,
  MailKind,
  MailNameOwner,
  NoticeKind,
  Plan,
  Presence,
  RedirectOwner,
  Role,
} from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

/**
 * The tables, one interface each, as both databases give them back: moments and lengths are integers in
 * milliseconds, switches are 0 or 1, structured facts are JSON text, mails are bytes.
 * Every table is led by `account_id` (so that it can be distributed by account), but for the few that
 * find the account (`directory`) or belong to the relay itself (`relays`, `relay_secrets`).
 */
export interface Tables {
  accounts: AccountRow
  sites: SiteRow
  groups: GroupRow
  group_members: GroupMemberRow
  agents: AgentRow
  devices: DeviceRow
  audiences: AudienceRow
  sign_in_codes: SignInCodeRow
  visitors: VisitorRow
  visitor_tabs: VisitorTabRow
  conversations: ConversationRow
  messages: MessageRow
  watermarks: WatermarkRow
  verdicts: VerdictRow
  deliveries: DeliveryRow
  captured_mails: CapturedMailRow
  reply_tokens: ReplyTokenRow
  inbound_mails: InboundMailRow
  events: EventRow
  event_sweeps: EventSweepRow
  directory: DirectoryRow
  relays: RelayRow
  relay_secrets: RelaySecretRow
  redirects: RedirectRow
  verified_addresses: VerifiedAddressRow
  address_codes: AddressCodeRow
  mail_names: MailNameRow
  mails: MailRow
  attachments: AttachmentRow
  bounces: BounceRow
  probes: ProbeRow
  destinations: DestinationRow
  senders_told: SenderToldRow
}

/** 0 or 1; both databases store a small integer. */
export type Switch = 0 | 1

export interface AccountRow {
  id: AccountId
  name: string
  language: Language
  /** IANA time zone. */
  zone: string
  plan: Plan
  grace_ms: Millis
  wait_ms: Millis
  offline_notices: Switch
  offline_notices_at: Millis
  missed_notices: Switch
  missed_notices_at: Millis
  /** OfficeHours as JSON; null: always open. */
  hours: string | null
  /** What the "we're busy" bot says, by language, JSON; null: what the catalogues say. */
  busy_texts: string | null
  /** Grows with every change of the settings of the account, its groups, sites and team. */
  version: number
  /** When something changes by itself that no device does: hours, a status that ends, presumed idleness. */
  changes_at: Millis | null
  /** Last number given to an event of this account; see `events`. */
  event_seq: number
  /** After a time without any relay: no notice is due before this. */
  hold_until: Millis | null
  /** Mail domain of its own; null: that of the relay. Found through `directory` kind `mail-domain`. */
  mail_domain: string | null
  created_at: Millis
}

export interface SiteRow {
  account_id: AccountId
  id: SiteId
  name: string
  /** Public key that the tag carries; found through `directory` kind `site-key`. */
  key: string
  /** JSON array of origins that may show the chat box; `["*"]` allows all. */
  origins: string
  language: Language
  /** Ids of the groups that visitors choose from, JSON; `[]`: no choice. */
  groups: string
  created_at: Millis
}

export interface GroupRow {
  account_id: AccountId
  id: GroupId
  name: string
  /** OfficeHours as JSON; null: those of the account. */
  hours: string | null
  deleted_at: Millis | null
  created_at: Millis
}

export interface GroupMemberRow {
  account_id: AccountId
  group_id: GroupId
  agent_id: AgentId
}

export interface AgentRow {
  account_id: AccountId
  id: AgentId
  name: string
  /** Destination and sign-in address, normalised; unique on the relay through `directory` kind `address`. */
  address: string
  role: Role
  active: Switch
  /** Since when active or not. */
  active_at: Millis
  language: Language
  zone: string
  intent: Intent
  intent_version: number
  intent_at: Millis
  offline_notices: Switch
  offline_notices_at: Millis
  missed_notices: Switch
  missed_notices_at: Millis
  /** When the intent ends by itself, and what it is then; null: when a person changes it. */
  intent_until: Millis | null
  intent_back: Intent | null
  /** Until then hours that are closed do not count for this agent. */
  override_until: Millis | null
  /** Who set the address, by name, and when; null: it is as it was at the beginning. */
  address_by: string | null
  address_at: Millis | null
  /** Removed from the account: not listed any more, kept for the names of old messages. */
  removed_at: Millis | null
  /** 1 while they have hours for some conversation, as the last `hours` event said. */
  open: Switch
  /** 1 while active, intent not unavailable and some device present (hours aside). */
  there: Switch
  /** Start of the present or last time of being there, absences under 45 s bridged. */
  there_since: Millis | null
  /** End of the last time of being there; stale while `there` is 1. */
  there_until: Millis | null
  created_at: Millis
}

export interface DeviceRow {
  account_id: AccountId
  id: DeviceId
  agent_id: AgentId
  kind: DeviceKind
  label: string
  /** SHA-256 of the bearer token, hex; found through `directory` kind `device-token`. */
  token_hash: string
  state: IdleState | null
  interval_ms: Millis
  boot_id: string
  seq: number
  beat_at: Millis | null
  seen_at: Millis | null
  ended_at: Millis | null
  held_until: Millis | null
  /** Presence as last written; it changes by itself at `changes_at`. */
  presence: Presence
  changes_at: Millis | null
  last_used_at: Millis
  /** Push subscription of a phone (JSON as the browser gives it); null: not to be reached in the background. */
  push: string | null
  /** A notice went out that had waited for this phone: not reachable until used again. */
  lease_ended_at: Millis | null
  /** 0: the browser cannot tell idle (Wayland). */
  tells_idle: Switch
  /** Last input in our own pages. */
  used_at: Millis | null
  /** Since when it counts as idle for having left a message unopened; until used. */
  presumed_idle_at: Millis | null
  revoked_at: Millis | null
  created_at: Millis
}

/** One row a group, and one with group_id '' for conversations without a group. */
export interface AudienceRow {
  account_id: AccountId
  group_id: GroupId | ""
  there: Switch
  there_until: Millis | null
  light: Switch
  light_at: Millis
  /** Everybody who is there is busy, and somebody is. */
  busy: Switch
  /** Who is there, and since when: JSON, agent's id → moment. */
  who: string
}

export interface SignInCodeRow {
  account_id: AccountId
  id: string
  agent_id: AgentId
  code_hash: string
  tries: number
  created_at: Millis
  expires_at: Millis
  used_at: Millis | null
}

export interface VisitorRow {
  account_id: AccountId
  id: VisitorId
  site_id: SiteId
  secret_hash: string
  name: string | null
  address: string | null
  language: Language
  zone: string
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
  group_id: GroupId | null
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

/** Finds the account that a key from outside belongs to. */
export interface DirectoryRow {
  kind: "address" | "site-key" | "device-token" | "reply-token" | "mail-domain" | "mail-name"
  key: string
  account_id: AccountId
  target: string
}

/** One row a relay process; `seen_at` is its last sign of life. */
export interface RelayRow {
  id: string
  started_at: Millis
  seen_at: Millis
}

/** Keys made on first run: DKIM, set-up. */
export interface RelaySecretRow {
  name: string
  value: string
  created_at: Generated<Millis>
}

/** A second address that takes an agent's mail, or a general inbox of a group or the account. */
export interface RedirectRow {
  account_id: AccountId
  owner_kind: RedirectOwner
  /** Id of the agent, the group or the account itself. */
  owner_id: string
  address: string
  mode: InboxMode
  /** Name of who set it. */
  set_by: string
  set_at: Millis
}

/** Addresses that somebody of the account has shown to read; redirects go to no others. */
export interface VerifiedAddressRow {
  account_id: AccountId
  address: string
  verified_by: string
  verified_at: Millis
}

/** A code sent to an address, to show that it is read. */
export interface AddressCodeRow {
  account_id: AccountId
  id: string
  purpose: "destination" | "redirect"
  /** Whose destination it is to become; null for a redirect. */
  agent_id: AgentId | null
  address: string
  code_hash: string
  tries: number
  created_at: Millis
  expires_at: Millis
  used_at: Millis | null
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
