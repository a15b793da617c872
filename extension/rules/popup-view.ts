import type { DeviceView, TeammateView, ToolbarState } from "../../shared/protocol/views.ts"
import type { Presence } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type Connection, isReached } from "./connection.ts"
import type { Saved } from "./saved.ts"

export interface PopupFacts extends Pick<Saved, "session" | "toolbar"> {
  connection: Connection
  /** The relay ended the session: the device was signed out elsewhere. */
  ended: boolean
  draft: { relay: string; address: string } | null
}

export type PopupView =
  | { kind: "sign-in"; ended: boolean; draft: PopupFacts["draft"] }
  /** Signed in, but the relay has not told anything yet. */
  | { kind: "first"; relay: string; reached: "trying" | "lost" }
  | {
      kind: "shown"
      relay: string
      toolbar: ToolbarState
      /** `old`: what is shown is the last that was known, and may not be so any more. */
      known: "now" | "old"
      ack: { kind: "live" | "beating" | "connecting" | "lost"; at: Millis | null }
      devices: DeviceView[]
      team: TeammateView[]
      /** Address of the admin screens; null for who is no admin. */
      adminUrl: string | null
      /** Waiting conversations beyond those that are listed. */
      more: number
    }

/** What the popup shows, from what is kept; so that it is painted at once and never waits for the relay. */
export const popupView = ({ session, toolbar, connection, ended, draft }: PopupFacts): PopupView => {
  if (session === null) return { kind: "sign-in", ended, draft }
  if (toolbar === null) {
    return { kind: "first", relay: session.relay, reached: connection.state === "lost" ? "lost" : "trying" }
  }
  return {
    kind: "shown",
    relay: session.relay,
    toolbar,
    known: isReached(connection) ? "now" : "old",
    ack: { kind: connection.state, at: connection.ackAt },
    devices: devicesInOrder(toolbar.devices),
    team: toolbar.team.filter(({ id }) => id !== toolbar.me.id).sort(byOnline),
    adminUrl: toolbar.me.role === "admin" ? `${session.relay}/admin` : null,
    more: Math.max(0, toolbar.waitingCount - toolbar.waiting.length),
  }
}

const PRESENCE_ORDER: Record<Presence, number> = { present: 0, reachable: 1, fading: 2, gone: 3 }

/** This device first; then those that hold the light before those that do not, the latest seen first. */
const devicesInOrder = (devices: readonly DeviceView[]): DeviceView[] =>
  devices.toSorted(
    (a, b) =>
      Number(b.own) - Number(a.own) ||
      PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] ||
      (b.seenAt ?? 0) - (a.seenAt ?? 0),
  )

const byOnline = (a: TeammateView, b: TeammateView): number =>
  Number(b.online) - Number(a.online) || a.name.localeCompare(b.name)
