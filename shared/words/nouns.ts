/** The vocabulary of the product: words that rules, store, wire and screens share. */

/** What an agent chose. One per agent, shared by all devices. */
export const INTENTS = ["available", "busy", "unavailable"] as const
export type Intent = (typeof INTENTS)[number]

/** What a device shows of its agent; see relay/rules/presence.ts. */
export const PRESENCES = ["present", "reachable", "fading", "gone"] as const
export type Presence = (typeof PRESENCES)[number]

/** What the browser says of the person in front of it (WebExtensions `idle.IdleState`). */
export const IDLE_STATES = ["active", "idle", "locked"] as const
export type IdleState = (typeof IDLE_STATES)[number]

/** `extension`: a browser profile with the extension; `tab`: the desk in a tab without it; `phone`. */
export const DEVICE_KINDS = ["extension", "tab", "phone"] as const
export type DeviceKind = (typeof DEVICE_KINDS)[number]

export const ROLES = ["agent", "admin"] as const
export type Role = (typeof ROLES)[number]

/** `unserved` → `mine` (joined by an agent) → `closed`; any visitor message reopens as unserved. */
export const CONVERSATION_STATES = ["unserved", "mine", "closed"] as const
export type ConversationState = (typeof CONVERSATION_STATES)[number]

/** How a conversation or a message came. */
export const CHANNELS = ["chat", "mail"] as const
export type Channel = (typeof CHANNELS)[number]

export const AUTHORS = ["visitor", "agent", "bot"] as const
export type Author = (typeof AUTHORS)[number]

/** What an agent can take back for a moment. */
export const UNDOABLE_DEEDS = ["close", "hand-back", "assign"] as const
export type UndoableDeed = (typeof UNDOABLE_DEEDS)[number]

/** What a search found: a message, the subject of a mail, a visitor's name or address. */
export const HAND_OVER_WHYS = ["assigned", "handed-over", "handed-back"] as const
export type HandOverWhy = (typeof HAND_OVER_WHYS)[number]

export const FOUND_KINDS = ["message", "subject", "visitor"] as const
export type FoundKind = (typeof FOUND_KINDS)[number]

export const PLANS = ["free", "standard", "pro"] as const
export type Plan = (typeof PLANS)[number]

export const LANGUAGES = ["en", "cs", "de", "es", "fr"] as const
export type Language = (typeof LANGUAGES)[number]

/** With the agents, or instead of them: how a general inbox takes part in a notice. */
export const INBOX_MODES = ["along-with", "instead-of"] as const
export type InboxMode = (typeof INBOX_MODES)[number]

/** What a name at a mail domain is of: mail to an agent's is forwarded, to the others' it becomes a conversation. */
export const MAIL_NAME_OWNERS = ["agent", "group", "account"] as const
export type MailNameOwner = (typeof MAIL_NAME_OWNERS)[number]

/** Whose mail a redirect takes: one agent's, or that of a group or the account (its general inbox). */
export const REDIRECT_OWNERS = ["agent", "group", "account"] as const
export type RedirectOwner = (typeof REDIRECT_OWNERS)[number]

/** The two kinds of notices; each has its own switches, and its own verdicts. */
export const NOTICE_KINDS = ["offline", "missed"] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** When a status ends by itself. The relay works out the moment; the end of the day is that of the agent's zone. */
export const INTENT_ENDS = ["30-minutes", "1-hour", "end-of-day"] as const
export type IntentEnd = (typeof INTENT_ENDS)[number]

/** What a mail in the queue is. */
export const MAIL_KINDS = [
  "offline-notice",
  "missed-notice",
  "answer",
  /** A conversation, to the visitor who asked for it. */
  "transcript",
  "sign-in-code",
  "address-code",
  "destination-changed",
  "invitation",
  /** Somebody's mail to `<agent>@D`, on its way to the agent's destination. */
  "forward",
  /** To the genuine sender of a forwarded mail: it could not be delivered (RFC 3464). */
  "delivery-report",
  /** To any address, to see what becomes of it. */
  "probe",
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/**
 * States of a delivery: `queued` (due at nextAt) → `sending` (claimed by an owner until the lease ends)
 * → `delivered` | `queued` again (deferred) | `failed`; `captured` is what `delivered` is while nothing
 * leaves the relay; `held` (not tried) and `dropped` by an operator, with a reason.
 */
export const DELIVERY_STATES = [
  "queued",
  "sending",
  "delivered",
  "captured",
  "failed",
  "held",
  "dropped",
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]
