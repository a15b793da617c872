import type { Finding, FindingCode } from "../../../shared/words/findings.ts"
import { MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import { findingsOf } from "./ask.ts"

/** What is to be said of the store, and of what the relays do by themselves. */

export interface StoreState {
  /** SQLite or PostgreSQL, and its version. */
  kind: string
  bytes: number
  /** How long a commit takes until it is on disk; or why there was none. */
  commit: { ms: number } | { failed: string }
  /** Of a database server: those open, and those that may be. */
  connections: { used: number; most: number } | null
}

/** A visitor's message waits for a commit, and each worker for its own; slower ones are felt. */
const SLOW: Millis = 100

/** A relay takes 11, and one that is started before another ends takes as many. */
const FEW = 15

/** The store: how fast it is, how large, and whether a relay more could connect to it. */
export const checkStore = ({ kind, bytes, commit, connections }: StoreState): Finding[] => {
  const find = findingsOf("store", kind, null)
  if ("failed" in commit) return [find("wrong", "store-fails", { facts: { detail: commit.failed } })]
  const facts = { ms: Math.max(1, Math.ceil(commit.ms)), size: sizeOf(bytes) }
  const found: Finding[] = []
  if (commit.ms > SLOW) found.push(find("wrong", "store-slow", { facts }))
  if (connections === null) return found.length > 0 ? found : [find("right", "store-good", { facts })]
  const free = Math.max(0, connections.most - connections.used)
  const more = { facts: { ...facts, free, most: connections.most } }
  if (free < FEW) found.push(find("wrong", "store-few-connections", more))
  return found.length > 0 ? found : [find("right", "store-served", more)]
}

const sizeOf = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`

export interface Workers {
  /** Relays that run. */
  relays: number
  /** When what waits longest was or is due; null: nothing waits. */
  decisions: Millis | null
  webhooks: Millis | null
  pushes: Millis | null
}

/** A batch is decided within a second of its moment. What is tried again later is not due before. */
const LATE: readonly ["decisions" | "webhooks" | "pushes", FindingCode, Millis][] = [
  ["decisions", "decisions-late", 10 * SECOND],
  ["webhooks", "webhooks-late", 5 * MINUTE],
  ["pushes", "pushes-late", 5 * MINUTE],
]

/** Whether relays run, and keep up with what is due. Where none does, all that is due waits for one. */
export const checkWorkers = (workers: Workers, now: Millis): Finding[] => {
  const find = findingsOf("workers", "", null)
  if (workers.relays === 0) return [find("note", "workers-none")]
  const late = LATE.flatMap(([what, code, most]) => {
    const by = now - (workers[what] ?? now)
    const facts = { seconds: Math.floor(by / SECOND), minutes: Math.floor(by / MINUTE) }
    return by > most ? [find("wrong", code, { facts })] : []
  })
  return late.length > 0 ? late : [find("right", "workers-good", { facts: { count: workers.relays } })]
}
