import type { Finding } from "../words/findings.ts"
import type { DeliveryId } from "../words/ids.ts"
import type { DeliveryState } from "../words/nouns.ts"
import type { DeliveryOutcome } from "../words/outcomes.ts"
import type { Millis } from "../words/time.ts"

/** What the Mail health page shows. */
export interface MailHealthView {
  /** When all of it was looked up. */
  checkedAt: Millis
  findings: Finding[]
  /** Mail of the account that waits. */
  queue: { queued: number; oldestQueuedAt: Millis | null }
  keys: {
    selector: string
    algorithm: "rsa" | "ed25519"
    state: "waiting" | "signing" | "retired" | "gone"
    signsFrom: Millis
    retiresAt: Millis | null
    publishedUntil: Millis | null
  }[]
}

/** A trial mail, and what has become of it so far. */
export interface ProbeView {
  id: DeliveryId
  to: string
  by: string
  at: Millis
  state: DeliveryState
  attempts: number
  nextAt: Millis | null
  /** Class of the last answer; null if it was good, or none came yet. */
  outcome: DeliveryOutcome | null
  /** The last answer word for word, and who gave it. */
  answer: string | null
  server: string | null
  /** Who holds or dropped it, and why, as they said it. */
  note: string | null
  /** When a report came that it could not be delivered, after a server had taken it. */
  bouncedAt: Millis | null
  settledAt: Millis | null
}

/** What an IT department is told that has to let the relay's mail in. Public: nothing of any account. */
export interface AllowView {
  /** The mail domain it is about, in From and envelope sender and as who signs. */
  domain: string
  /** Under which mail servers reach the relay, and what it calls itself. */
  host: string
  /** Selectors of the keys that are published. */
  selectors: string[]
  /** IP addresses that its mail comes from, as far as they are known. */
  addresses: string[]
  /** The server that its mail goes out through; null: straight from the relay. */
  smarthost: string | null
  /** Nothing leaves the relay for now. */
  capture: boolean
  publicUrl: string
}
