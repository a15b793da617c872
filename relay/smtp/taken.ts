import { Refusal } from "../../shared/words/refusals.ts"
import type { PerMailOutcome } from "./inbound-port.ts"
import { REPLIES } from "./replies.ts"

/** What became of a mail for one recipient, and for all of them together. */

/**
 * `unknown`: the recipient went away between RCPT and the end of the data; `loop`: it came from here, or would come back.
 */
export type Taken = "taken" | "unknown" | "loop"

/** What it is when `run` is through: it is stored, or there is nobody to store it for. */
export const settle = async (run: () => Promise<void>): Promise<Taken> => {
  try {
    await run()
    return "taken"
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") return "unknown"
    if (error instanceof Refusal && error.code === "redirect-loop") return "loop"
    throw error
  }
}

/** Waits for all of them, whatever becomes of one; throws if one failed. */
export const allTaken = async (jobs: readonly Promise<Taken>[]): Promise<Taken[]> => {
  await Promise.allSettled(jobs)
  return Promise.all(jobs)
}

/** One answer for all recipients: final only if there was nobody to store it for. */
export const outcomeOf = (ends: readonly Taken[]): PerMailOutcome => {
  if (ends.includes("taken")) return { kind: "taken" }
  return { kind: "refused", reply: ends.includes("loop") ? REPLIES.comesBack : REPLIES.noSuchRecipient }
}
