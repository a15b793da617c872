import { Refusal, type RefusalCode } from "../words/refusals.ts"
import { Unreachable } from "./port.ts"

/** What went wrong, as the screens keep and word it. */
export type Problem =
  | { kind: "refused"; code: RefusalCode; message: string; facts?: Record<string, unknown> }
  | { kind: "unreachable"; why: Unreachable["why"] }

/** Whether a call was given up by us: nothing to show. */
export const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError"

/** The problem behind an error of a port; anything that is not one of its errors is ours and is thrown on. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Refusal) {
    const { code, message, facts } = error
    return { kind: "refused", code, message, ...(Object.keys(facts).length > 0 && { facts }) }
  }
  if (error instanceof Unreachable) return { kind: "unreachable", why: error.why }
  throw error
}
