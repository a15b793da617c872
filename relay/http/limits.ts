import { SECOND } from "../../shared/words/time.ts"
import { type Limit, slidingWindow, tokenBucket } from "../rates.ts"
import type { SharedLimits } from "../shared-limits.ts"
import { type UploadGate, uploadGate } from "./upload-body.ts"

/** The limits of the HTTP and socket edges. */
export interface Limits {
  /** Sign-in codes asked for, by network address: an office of thirty signs in behind one. */
  codes: Limit
  /** Codes tried, by network address. The tries of one code are counted by the action. */
  tries: Limit
  /** Messages of a visitor, by visitor and network address. */
  messages: Limit
  /** Looks at, and takes of, conversations by the link in a mail, by network address. */
  takes: Limit
  /** Looks at the DNS and the mail server, by account. */
  looks: Limit
  /** Looks at pages of sites, by account: while an admin looks on, some a minute. */
  tags: Limit
  /** New visitors, by network address. */
  visitors: Limit
  /** Megabytes of visitors' files, by network address; the action counts those of one visitor. */
  files: Limit
  /** Files that are on their way at this moment, by agent, and by visitors' network address. */
  uploads: Record<"agent" | "visitor", UploadGate>
}

/** `share`: keeps a limit together with other relays, under its name; alone if left out. */
export const createLimits = (
  visitorRate: number,
  share: SharedLimits["share"] = (_name, limit) => limit,
): Limits => ({
  codes: share("codes", tokenBucket(30, 30 * 60 * SECOND)),
  tries: share("tries", tokenBucket(60, 10 * 60 * SECOND)),
  takes: share("takes", tokenBucket(60, 10 * 60 * SECOND)),
  looks: share("looks", tokenBucket(10, 5 * 60 * SECOND)),
  tags: share("tags", tokenBucket(60, 5 * 60 * SECOND)),
  messages: share("messages", slidingWindow(visitorRate, 10 * SECOND)),
  visitors: share("visitors", tokenBucket(60, 60 * SECOND)),
  files: share("files", tokenBucket(300, 60 * 60 * SECOND)),
  uploads: { agent: uploadGate(16, 4), visitor: uploadGate(16, 4) },
})
