import type { Millis } from "../../shared/words/time.ts"

/**
 * The batch of a conversation: its uncovered visitor messages (rules.md, "Offline notice" 1–3, 10).
 *
 *   none ──message──▶ resting (somebody is there) ◀──somebody comes, before due── counting ──due──▶ mailed
 *                        └───────────nobody is there any more, from t0 anew──────────▲
 *
 * A message that came by mail counts whoever is there.
 */
export interface BatchFacts {
  /** When the oldest uncovered message came; null if all are covered. */
  uncoveredAt: Millis | null
  /** When the oldest uncovered message that came by mail did. */
  uncoveredMailAt: Millis | null
  handedBackAt: Millis | null
  /** Somebody of the audience is there now. */
  there: boolean
  /** The last moment somebody was there; looked at only if nobody is. */
  thereUntil: Millis | null
  /** Not due before: the hour's mails are used up, or what a gap of the relay moved. */
  notBefore: Millis | null
  wait: Millis
}

export type Batch = { kind: "none" } | { kind: "resting" } | { kind: "counting"; t0: Millis; dueAt: Millis }

const latest = (...moments: (Millis | null)[]): Millis =>
  Math.max(...moments.map((moment) => moment ?? Number.NEGATIVE_INFINITY))

/** What the batch is, given its facts. The same facts always give the same due time: later messages do not move it. */
export const batchOf = (facts: BatchFacts): Batch => {
  if (facts.uncoveredAt === null) return { kind: "none" }
  const byMail = facts.uncoveredMailAt === null ? null : latest(facts.uncoveredMailAt, facts.handedBackAt)
  const byChat = facts.there ? null : latest(facts.uncoveredAt, facts.thereUntil, facts.handedBackAt)
  if (byMail === null && byChat === null) return { kind: "resting" }
  const t0 = Math.min(byMail ?? Number.POSITIVE_INFINITY, byChat ?? Number.POSITIVE_INFINITY)
  return { kind: "counting", t0, dueAt: latest(t0 + facts.wait, facts.notBefore) }
}

/** At most so many notices an hour for a conversation and address; past that they are folded into the next. */
export const MAILS_AN_HOUR = 6

/** At most so many messages in one notice, and "n more". */
export const MESSAGES_A_NOTICE = 10

const HOUR: Millis = 3_600_000

/**
 * When the hour allows the next notice to an address: null if now. `sentAt` are the moments of earlier
 * notices of this conversation to it, in any order.
 */
export const foldedUntil = (sentAt: readonly Millis[], now: Millis): Millis | null => {
  const recent = sentAt.filter((at) => at > now - HOUR).sort((a, b) => a - b)
  return recent.length < MAILS_AN_HOUR ? null : recent[recent.length - MAILS_AN_HOUR]! + HOUR
}
