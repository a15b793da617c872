import type { OfficeHours } from "../words/hours.ts"
import type { AccountId, AgentId, GroupId, PictureId, SiteId } from "../words/ids.ts"
import type { SiteBox } from "../words/look.ts"
import type {
  ConversationState,
  InboxMode,
  Language,
  MailNameOwner,
  NoticeKind,
  Plan,
  RedirectOwner,
  Role,
} from "../words/nouns.ts"
import type { DeliveryOutcome } from "../words/outcomes.ts"
import type { Feature } from "../words/plans.ts"
import type { Millis } from "../words/time.ts"
import type { AgentView } from "./views.ts"

/** What screens of settings show: one's own, those of the account, and the page behind a mail's link. */

/** A second address that takes somebody's mail. */
export interface RedirectView {
  owner: { kind: RedirectOwner; id: string }
  address: string
  mode: InboxMode
  setBy: string
  setAt: Millis
}

/** How an address fares that mail of the account goes to. */
export interface DestinationView {
  address: string
  /** Whose mail goes there: agents, by destination or redirect; and the general inboxes, "" for the account's. */
  agents: { id: AgentId; name: string }[]
  inboxes: string[]
  /** Several mails in a row have failed there, or one thing or another has for a day. */
  failing: boolean
  /** Mails that have failed for good since the last one that arrived. */
  failures: number
  /** Since the first failure after the last mail that arrived; null: nothing is wrong. */
  failingSince: Millis | null
  lastFailure: { outcome: DeliveryOutcome; answer: string; server: string | null; at: Millis } | null
  /** The last mail that arrived, to the hour; null where no failure ever made us look. */
  deliveredAt: Millis | null
  /** Gets notices, too, while this one keeps failing. */
  fallback: { address: string; setBy: string; setAt: Millis } | null
}

/** A name at the mail domain: mail to an agent's is forwarded, mail to the others' becomes a conversation. */
export interface MailNameView {
  name: string
  /** With the domain, as people write to it. */
  address: string
  owner: { kind: MailNameOwner; id: string }
  ownerName: string
  /** Null: the relay gave it. */
  madeBy: string | null
  madeAt: Millis
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
  /** How one's own destination fares. */
  destination: DestinationView
  /** Addresses that may be its fallback. */
  fallbackTargets: string[]
}

/** A member of the team as admins see them. */
export interface MemberView {
  id: AgentId
  name: string
  picture: PictureId | null
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
  /** How its chat box looks and what it offers; `signs`: its server has a key to sign visitors with. */
  box: SiteBox & { signs: boolean }
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

/** What the page behind "Switch these mails off" shows. */
export interface UnsubscribeView {
  account: string
  /** To which no notices go any more. */
  address: string
  /** Whose own notices go there still, by name. */
  agents: string[]
  /** Whose notices are sent on there still. */
  sentOn: { kind: RedirectOwner; name: string }[]
  unreached: UnreachedView[]
}

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
