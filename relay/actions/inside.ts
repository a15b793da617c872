import { type Millis, SECOND } from "../../shared/words/time.ts"
import { type StoreFacts, storeFacts } from "../store/facts.ts"
import { oldestDueAt } from "../store/moments.ts"
import { nextPushAt } from "../store/pushes.ts"
import { relaysSeenSince } from "../store/relays.ts"
import { saveSecret } from "../store/secrets.ts"
import type { Tx } from "../store/store.ts"
import { nextWebhookAt } from "../store/webhook-queue.ts"

/** What the store and the workers say of themselves, for `porchlight doctor` and the Mail health page. */

export const readStoreFacts = (tx: Tx): Promise<StoreFacts> => storeFacts(tx)

/** Writes one row, always the same: how long that takes is how long a commit takes. */
export const tryCommit = (tx: Tx): Promise<void> => saveSecret(tx, "commit-tried", String(tx.now))

/** A relay signs every 5 s. */
const RUNS: Millis = 15 * SECOND

/** When what waits longest for each worker was or is due; null: nothing waits. */
export interface WorkerFacts {
  /** Relays that run. */
  relays: number
  decisions: Millis | null
  webhooks: Millis | null
  pushes: Millis | null
}

export const readWorkers = async (tx: Tx): Promise<WorkerFacts> => ({
  relays: await relaysSeenSince(tx, tx.now - RUNS),
  decisions: await oldestDueAt(tx),
  webhooks: await nextWebhookAt(tx),
  pushes: await nextPushAt(tx),
})
