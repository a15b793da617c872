import { DAY, HOUR, type Millis } from "../../shared/words/time.ts"

/** How much may be sent, beside the size of one file and how many a message has (shared/words/files.ts). */
interface UploadLimits {
  /** In an hour, by one person. */
  files: number
  /** Bytes. */
  size: number
  /** Waiting for their message at a time, by one person. */
  waiting: number
}

/** A visitor sends some photos; who sends more is no visitor. Agents are known by name. */
export const UPLOAD_LIMITS: Record<"agent" | "visitor", UploadLimits> = {
  visitor: { files: 40, size: 100_000_000, waiting: 10 },
  agent: { files: 300, size: 1_000_000_000, waiting: 100 },
}

/** What all files of a conversation may come to, bytes; those that come by mail count but are not refused. */
export const CONVERSATION_SIZE = 500_000_000

/** The stretch of time that `files` and `size` are counted in. */
export const UPLOADS_PER: Millis = HOUR

/** How long a file waits for its message: an agent's draft may lie over a holiday, a visitor is gone the next day. */
export const WAITING_KEPT: Record<"agent" | "visitor", Millis> = { visitor: DAY, agent: 14 * DAY }

/** Which limit a further file of `size` bytes would pass, of somebody who has sent so much; null: none. */
export const passed = (
  kind: "agent" | "visitor",
  sent: { files: number; size: number; waiting: number },
  size: number,
): "hour" | "waiting" | null => {
  const most = UPLOAD_LIMITS[kind]
  if (sent.waiting + 1 > most.waiting) return "waiting"
  return sent.files + 1 > most.files || sent.size + size > most.size ? "hour" : null
}
