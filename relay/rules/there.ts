import type { Intent, Presence } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { SHORT_ABSENCE } from "./presence.ts"

/** Who is *there* and who is *online* (rules.md, "Intent"). There is stricter: it takes a device present. */
export interface AgentFacts {
  active: boolean
  intent: Intent
  presences: readonly Presence[]
}

export const isOnline = ({ active, intent, presences }: AgentFacts): boolean =>
  active && intent !== "unavailable" && presences.some((presence) => presence !== "gone")

export const isThere = ({ active, intent, presences }: AgentFacts): boolean =>
  active && intent !== "unavailable" && presences.includes("present")

/** Since when and until when an agent is, or was, there. `until` is stale while they are there. */
export interface Stay {
  there: boolean
  since: Millis | null
  until: Millis | null
}

/**
 * The stay after the facts changed at a moment.
 * - Leaving by falling silent counts from when the device was last seen (`lastSeenAt`), by a decision
 *   (intent, deactivated) from now.
 * - Coming back after a short absence, or after a gap of the relay (`held`), is no coming back: `since` stays.
 */
export const stepStay = (
  stay: Stay,
  facts: { there: boolean; decided: boolean; lastSeenAt: Millis | null; held: boolean },
  now: Millis,
): Stay => {
  if (facts.there === stay.there) return stay
  if (!facts.there) {
    const until = facts.decided || facts.lastSeenAt === null ? now : Math.min(facts.lastSeenAt, now)
    return { there: false, since: stay.since, until: Math.max(until, stay.since ?? until) }
  }
  const away = stay.until === null ? Number.POSITIVE_INFINITY : now - stay.until
  const bridged = stay.since !== null && (facts.held || away < SHORT_ABSENCE)
  return { there: true, since: bridged ? stay.since : now, until: stay.until }
}
