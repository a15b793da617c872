import { type Millis, SECOND } from "../../shared/words/time.ts"

/** Input in our own pages is told at once, and while it goes on so often: of minutes, not of key strokes. */
const TELL_EVERY = 15 * SECOND

/** Whether input in a page of ours is told to the background; `toldAt` of the page's own clock, null for never. */
export const isTellDue = (toldAt: Millis | null, now: Millis): boolean =>
  toldAt === null || toldAt > now || now - toldAt >= TELL_EVERY
