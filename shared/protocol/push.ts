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
