import type { CannedAnswerId, GroupId } from "../words/ids.ts"
import type { FoundKind } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"
import type { ConversationSummary } from "./views.ts"

/** What lists and searches show, whom a conversation can be given to, and texts at hand; as views.ts. */

/** A page of a list. */
export interface ConversationPageView {
  conversations: ConversationSummary[]
  counts: ListCounts
  /** To be asked with for the page after this one; null: there is none. */
  next: string | null
}

/** How many conversations are in each list of an agent. */
export interface ListCounts {
  unserved: number
  mine: number
  all: number
}

/** Conversations as they are now, and in which lists of the agent. What was asked for and is not here is gone. */
export interface ListedView {
  conversations: { summary: ConversationSummary; lists: (keyof ListCounts)[] }[]
  counts: ListCounts
}

/** A piece of a text that was found; `hit`: it is what was searched for. */
export interface SnippetPart {
  text: string
  hit: boolean
}

/** A conversation that a search found, by what of it, and where. */
export interface FoundView {
  summary: ConversationSummary
  kind: FoundKind
  /** Number of the message; null where it is none. */
  seq: number | null
  at: Millis
  snippet: SnippetPart[]
}

/** Groups that a conversation can be handed over to; `on`: their lights. */
export interface HeirsView {
  groups: { id: GroupId; name: string; on: boolean }[]
}

/** A text at hand; `{visitor}` and `{agent}` in it stand for their names. */
export interface CannedAnswerView {
  id: CannedAnswerId
  name: string
  text: string
  /** Everybody's; else one's own. */
  shared: boolean
  setBy: string
  setAt: Millis
}

export interface SearchPageView {
  found: FoundView[]
  /** To be asked with for older ones; null: there are none. A conversation may be found again there. */
  next: number | null
}
