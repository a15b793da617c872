import type { Millis } from "../../shared/words/time.ts"
import type { CheckedMail } from "./checks/check.ts"
import type { DkimKeys } from "./dkim-keys.ts"
import type { ForwardGiven } from "./forward.ts"

/** What pool.ts and its threads say to each other. */

/** What a thread is started with. */
export interface PoolSetup {
  /** As in `openResolver`. */
  dns: readonly string[] | null
  mailHost: string
}

export type PoolJob = { now: Millis } & (
  | { kind: "check"; mail: Omit<CheckedMail, "now"> }
  | { kind: "prepare"; raw: Buffer; given: Omit<ForwardGiven, "keys" | "now"> }
  | { kind: "sign"; raw: Buffer; domain: string }
)

export type ToPoolWorker = { keys: DkimKeys } | { id: number; job: PoolJob } | { end: true }

/** `fault`: what went wrong in a check itself, for the log; its answer comes all the same. */
export type PoolAnswer = { id: number; output: unknown } | { id: number; error: unknown } | { fault: unknown }
