import type { DeviceKind, Intent, Presence } from "../../shared/words/nouns.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/**
 * When a device is told by push of a visitor's message. It is told once of each conversation, until somebody opens
 * that; devices whose pages or toolbar are open tell their agent by themselves, over their sockets.
 */
export interface PushFacts {
  intent: Intent
  /** The agent is online, on whatever device. */
  online: boolean
  /** Hours are open for the agent in this conversation, or it is theirs. */
  open: boolean
  device: { kind: DeviceKind; presence: Presence }
  /** The agent sits at one of their devices. */
  present: boolean
  /** The extension of the same browser is running: it tells of it itself. */
  besideExtension: boolean
}

/** Who reads a conversation as the message comes has opened it by then (that takes them a second). */
export const READING: Millis = 2 * SECOND

/** Who sits at one device hears of it there; the others follow if they have not opened it by then. */
export const ELSEWHERE_FIRST: Millis = 30 * SECOND

/** How long a message is worth being pushed: by then a notice has gone out, or somebody has opened it. */
export const MESSAGE_LIFE: Millis = 10 * MINUTE

/** How long a push service may keep what takes a notification away. */
export const CLOSE_LIFE: Millis = 60 * MINUTE

/** How long after the message the device is told; null: it is not. */
export const pushDelay = (facts: PushFacts): Millis | null => {
  const { intent, online, open, device, present, besideExtension } = facts
  if (intent === "unavailable" || !online || !open) return null
  // A phone is reached for as long as it counts as reachable, and no longer: then mails go out.
  if (device.kind === "phone" && device.presence === "gone") return null
  if (device.kind === "tab" && besideExtension) return null
  return present ? ELSEWHERE_FIRST : READING
}

/** Pauses between tries; the last one again and again until it is of no use any more. */
const PAUSES: readonly Millis[] = [5 * SECOND, 20 * SECOND, MINUTE, 2 * MINUTE]

/** When a push that failed is tried again; null: not any more. `attempts`: so far. */
export const nextPushTry = (attempts: number, givesUpAt: Millis, now: Millis): Millis | null => {
  const at = now + (PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 0)
  return at < givesUpAt ? at : null
}

/**
 * Whether a notification may be taken away by a push that shows nothing. Apple's push service ends a subscription
 * after three of those; there the desk does it by itself when it is opened next.
 */
export const mayClose = (endpoint: string): boolean =>
  !URL.canParse(endpoint) || !new URL(endpoint).hostname.endsWith(".push.apple.com")
