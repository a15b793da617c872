import type { ConversationSummary, ConversationView, ToolbarState } from "../protocol/views.ts"
import type { ConversationId } from "../words/ids.ts"
import type { UndoableDeed } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"
import type { DraftFiles } from "./draft-files.ts"
import type { PendingAnswer } from "./pending.ts"
import type { Connection, IntentWish, ListName } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { Typist } from "./typing.ts"

/** All that the desk's screens show; changed by `reduce` only. */
export interface DeskState {
  connection: Connection
  /** Null until the relay has answered once. */
  toolbar: ToolbarState | null
  /** The relay's clock less this machine's: countdowns are of the relay's time. */
  clockOffset: Millis
  /** What the person just chose and the relay has not confirmed yet. */
  wantedIntent: IntentWish | null
  list: ListName
  lists: Record<ListName, ListState>
  counts: Record<ListName, number> | null
  open: OpenConversation | null
  drafts: Record<ConversationId, string>
  pending: PendingAnswer[]
  /** Files of answers that are being written. */
  files: DraftFiles
  /** Who is writing right now. */
  typists: readonly Typist[]
  /** Something that was tried and did not work, until it is put away. */
  mishap: { what: Deed; problem: Problem } | null
  /** A message that was found, to be shown once its conversation is. */
  look: { id: ConversationId; seq: number } | null
  /** What was just done and can be taken back; `name`: of whoever a conversation was given to. */
  undo: { id: ConversationId; deed: UndoableDeed; visitor: string; name: string } | null
}

/** What a person can have tried, for the sentence that says it did not work. */
export type Deed =
  | "join"
  | "close"
  | "hand-back"
  | "assign"
  | "undo"
  | "release"
  | "intent"
  | "override"
  | "sign-out"

export interface ListState {
  /** Null until read for the first time. */
  conversations: ConversationSummary[] | null
  reading: boolean
  /** To read on with; null: this is all of it. */
  next: string | null
  /** Something may have happened in it that nobody told of: to be read again before it is shown. */
  stale: boolean
  problem: Problem | null
}

export interface OpenConversation {
  id: ConversationId
  /** Null until read for the first time. */
  view: ConversationView | null
  problem: Problem | null
  /** A deed on its way: its button waits. */
  doing: Deed | null
}

const unread: ListState = { conversations: null, reading: false, next: null, stale: false, problem: null }

export const initialState = (): DeskState => ({
  connection: { state: "connecting" },
  toolbar: null,
  clockOffset: 0,
  wantedIntent: null,
  list: "unserved",
  lists: { unserved: unread, mine: unread, all: unread },
  counts: null,
  open: null,
  drafts: {},
  pending: [],
  files: {},
  typists: [],
  mishap: null,
  look: null,
  undo: null,
})
