import type { AccountId, AgentId, DeviceId, GroupId, PictureId, SiteId } from "../../shared/words/ids.ts"
import type {
  DeviceKind,
  IdleState,
  InboxMode,
  Intent,
  Language,
  Plan,
  Presence,
  RedirectOwner,
  Role,
} from "../../shared/words/nouns.ts"
import type { PushFailure } from "../../shared/words/push.ts"
import type { Millis } from "../../shared/words/time.ts"

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
  /** Which of `agent_pictures` is theirs; null: they have none. */
  picture: PictureId | null
  created_at: Millis
}

/** An agent's picture: square and small, as the browser made it. */
export interface AgentPictureRow {
  account_id: AccountId
  agent_id: AgentId
  /** Another one with every picture. */
  id: PictureId
  /** MIME type, by its content. */
  type: string
  bytes: Buffer
  at: Millis
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
  /** Push subscription (JSON as the browser gives it); null: not to be reached in the background. */
  push: string | null
  /** Since when there is one, or when it last worked. */
  push_at: Millis | null
  /** Since when nothing sent to it arrives; null while all is well. */
  push_failed_at: Millis | null
  /** What was wrong with it at last, and what its push service said. */
  push_failure: PushFailure | null
  push_answer: string | null
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
