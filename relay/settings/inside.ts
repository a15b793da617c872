import { Refusal } from "../../shared/words/refusals.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Actions } from "../actions/index.ts"
import type { Patient } from "../mail/doctor/examine.ts"
import type { StoreState } from "../mail/doctor/inside.ts"
import type { Store } from "../store/store.ts"

/** The middle one of so many counts; of a slow store as many as there is time for. */
const TRIES = 5
const LONG_ENOUGH: Millis = 2 * SECOND

/**
 * What a store and its workers say, to be examined. Writes one row a few times, to see how long that takes;
 * `elapsed`: a clock that only grows, ms.
 */
export const lookInside = async (
  store: Store<Actions>,
  now: Millis,
  elapsed: () => Millis = () => performance.now(),
): Promise<Pick<Patient, "store" | "workers">> => {
  const workers = await store.run("readWorkers", {}, now)
  const { version, bytes, connections } = await store.run("readStoreFacts", {}, now)
  const kind = `${store.dialect === "postgres" ? "PostgreSQL" : "SQLite"} ${version}`
  return { workers, store: { kind, bytes, connections, commit: await timeCommits(store, now, elapsed) } }
}

const timeCommits = async (
  store: Store<Actions>,
  now: Millis,
  elapsed: () => Millis,
): Promise<StoreState["commit"]> => {
  const took: Millis[] = []
  const began = elapsed()
  try {
    while (took.length < TRIES && elapsed() - began < LONG_ENOUGH) {
      const before = elapsed()
      await store.run("tryCommit", {}, now)
      took.push(elapsed() - before)
    }
  } catch (error) {
    if (error instanceof Refusal) return { failed: error.message }
    throw error
  }
  return { ms: took.sort((a, b) => a - b)[Math.floor(took.length / 2)]! }
}
