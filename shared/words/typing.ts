import { type Millis, SECOND } from "./time.ts"

/** That somebody is writing: said again while it goes on, and over by itself when nothing more is heard. */
export const TYPING: Record<"again" | "pause" | "ends", Millis> = {
  /** Said at most so often. */
  again: 3 * SECOND,
  /** Who has not touched a key for so long has stopped. */
  pause: 4 * SECOND,
  /** Heard last so long ago, it counts as over: two sayings and a late one. */
  ends: 7 * SECOND,
}
