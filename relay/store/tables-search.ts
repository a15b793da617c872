import type { AccountId, AgentId, CannedAnswerId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import type { ConversationState, FoundKind, UndoableDeed } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

/** Rows of what makes a desk quick: what can be found, how many are in a list, texts at hand, what can be undone. */

/**
 * Something of a conversation that a search can find. Its words are in `search_words` under the same number:
 * on SQLite an FTS5 table, on PostgreSQL one with a tsvector. Both are written by relay/store/search.ts only.
 */
export interface SearchEntryRow {
  account_id: AccountId
  /** Newer ones are greater; unique on the relay. */
  entry: number
  conversation_id: ConversationId
  kind: FoundKind
  /** Number of the message, id of the mail; '' for the visitor's name and address. */
  ref: string
  at: Millis
}

/** How many conversations there are of each state, group and owner ('': none); kept in step by relay/store/counts.ts. */
export interface ConversationCountRow {
  account_id: AccountId
  state: ConversationState
  group_id: GroupId | ""
  joined_by: AgentId | ""
  n: number
}

export interface CannedAnswerRow {
  account_id: AccountId
  id: CannedAnswerId
  /** Whose it is; '': everybody's. */
  owner: AgentId | ""
  name: string
  text: string
  /** Name of who wrote it last. */
  set_by: string
  set_at: Millis
}

/** The last deed of an agent in a conversation that they may want to take back. */
export interface UndoableRow {
  account_id: AccountId
  conversation_id: ConversationId
  agent_id: AgentId
  deed: UndoableDeed
  /** How things stood before it, and what they were left like (relay/actions/undo.ts), JSON. */
  facts: string
  at: Millis
}
