import type { Notified } from "../../shared/desk/notices.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { AgentId, DeviceId } from "../../shared/words/ids.ts"

/** Raised whenever the shape of anything below changes. */
export const SAVED_VERSION = 4

/** Who is signed in, and where. */
export interface Session {
  /** Origin of the relay. */
  relay: string
  /** Bearer token of this device; revocable at the relay. */
  token: string
  agentId: AgentId
  deviceId: DeviceId
  address: string
}

/** What outlives the browser: kept in `storage.local`, one key each. */
export interface Saved {
  session: Session | null
  /** Last event seen, to catch up from. */
  cursor: number | null
  /** The last toolbar state, so that the popup is painted before the relay has answered. */
  toolbar: ToolbarState | null
  /** null: just signed in. */
  notified: Notified | null
}

export const NOTHING_SAVED: Saved = { session: null, cursor: null, toolbar: null, notified: null }

/**
 * What was saved, by this version of the extension or another. The session moves over (nobody should have to
 * sign in because of an update); what the relay says anew in the next second is dropped when its shape may
 * have changed. A session that does not read as one is none.
 */
export const readSaved = (raw: Readonly<Record<string, unknown>>): Saved => {
  const session = readSession(raw.session)
  if (session === null) return NOTHING_SAVED
  if (raw.version !== SAVED_VERSION) return { ...NOTHING_SAVED, session }
  return {
    session,
    cursor: typeof raw.cursor === "number" ? raw.cursor : null,
    toolbar: (raw.toolbar ?? null) as ToolbarState | null,
    notified: (raw.notified ?? null) as Notified | null,
  }
}

const SESSION_FIELDS = ["relay", "token", "agentId", "deviceId", "address"] as const

const readSession = (raw: unknown): Session | null => {
  if (typeof raw !== "object" || raw === null) return null
  const fields = raw as Record<string, unknown>
  return SESSION_FIELDS.every((name) => typeof fields[name] === "string")
    ? (fields as unknown as Session)
    : null
}
