import type { AgentId } from "./ids.ts"
import type { ConversationState } from "./nouns.ts"

/** How a conversation stood when an answer was written that is sent only later. */
export interface KnownState {
  /** Its last message. */
  seq: number
  state: ConversationState
  joinedBy: AgentId | null
}

/** What happened in it since. */
export type Meanwhile =
  | { what: "closed" }
  | { what: "joined"; who: string }
  | { what: "answered"; who: string }
  /** The visitor wrote `count` more messages. */
  | { what: "wrote"; count: number }
