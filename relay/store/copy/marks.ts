import type { Millis } from "../../../shared/words/time.ts"

/** What two stores say of a copy between them, each for itself, in `relay_secrets`. */

/** In the store that was left: where it went, and when. Nobody opens it any more. */
export const MOVED_TO = "moved-to"
/** In the store that is being filled: from which. Nobody opens it before that is done. */
export const FILLED_FROM = "filled-from"
/** Which store it is, so that filling is taken up again from the same one only. */
export const STORE_ID = "store-id"

export const MARKS: readonly string[] = [MOVED_TO, FILLED_FROM, STORE_ID]

/** Value of the mark MOVED_TO. */
export interface Moved {
  /** Where to, without the password. */
  to: string
  at: Millis
}
