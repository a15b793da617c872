import { z } from "zod"
import type { ConversationId } from "../words/ids.ts"
import type { Language } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"

/** What a push brings to the installed desk, JSON: few words, and where they lead. */
export type PushPayload =
  | {
      type: "message"
      conversation: ConversationId | ""
      lang: Language
      title: string
      text: string
      /** When it was written (relay's clock). */
      at: Millis
    }
  /** Somebody opened, joined or closed it: its notification goes. */
  | { type: "close"; conversation: ConversationId | "" }
  | { type: "test"; lang: Language; title: string; text: string }

/** 65 bytes of a P-256 point and 16 of a secret, base64url (RFC 8291 2.1, 3.2); browsers leave the padding out. */
const pointOfKey = z.string().regex(/^[\w-]{87}=?$/, "it is the p256dh of a push subscription")
const secretOfKey = z.string().regex(/^[\w-]{22}(==)?$/, "it is the auth of a push subscription")

/** The push subscription of this device as its browser gives it; null: not to be reached in the background. */
export const pushBody = z.object({
  subscription: z
    .object({
      endpoint: z.url().max(1000),
      keys: z.object({ p256dh: pointOfKey, auth: secretOfKey }),
    })
    .nullable(),
})
