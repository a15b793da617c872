import type {
  AgentEvent,
  ConversationPageView,
  ConversationView,
  ListedView,
  MessageView,
  ToolbarState,
} from "../protocol/views.ts"
import { assertNever } from "../words/assert-never.ts"
import type { ConversationId } from "../words/ids.ts"
import type { Meanwhile } from "../words/meanwhile.ts"
import type { Millis } from "../words/time.ts"
import { type DraftFile, withFiles } from "./draft-files.ts"
import { withIntentNow } from "./intent-now.ts"
import { eventInList, freshList, listedInList, olderList, readInList } from "./lists.ts"
import { markSeen, type PendingAnswer } from "./pending.ts"
import type { Connection, IntentNow, IntentWish, ListName } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { Deed, DeskState, ListState } from "./state.ts"
import { type Typist, withTypist } from "./typing.ts"

/** What can happen to the desk. `at` is this machine's clock where a moment matters. */
export type DeskAction =
  | { type: "connection"; connection: Connection }
  | { type: "toolbar"; toolbar: ToolbarState; at: Millis }
  | { type: "event"; event: AgentEvent }
  | { type: "list-chosen"; list: ListName }
  | { type: "list-reading"; list: ListName }
  | { type: "list-read"; list: ListName; page: ConversationPageView; older: boolean }
  /** Some conversations were read again; `asked`: those that were to be. */
  | { type: "listed"; asked: readonly ConversationId[]; listed: ListedView }
  | { type: "lists-stale" }
  | { type: "list-failed"; list: ListName; problem: Problem }
  | { type: "opened"; id: ConversationId | null }
  | { type: "conversation-read"; view: ConversationView }
  | { type: "conversation-failed"; id: ConversationId; problem: Problem }
  | { type: "watermark"; id: ConversationId }
  | { type: "remembered"; drafts: Record<ConversationId, string>; pending: PendingAnswer[] }
  | { type: "draft"; id: ConversationId; text: string }
  | { type: "files"; id: ConversationId; files: DraftFile[] }
  | { type: "typing"; typist: Typist; on: boolean }
  | { type: "answer-written"; answer: PendingAnswer }
  | { type: "answer-changed"; key: string; state: PendingAnswer["state"]; problem: Problem | null }
  /** It may not fit any more; or the person says that it does. */
  | { type: "answer-held"; key: string; meanwhile: Meanwhile }
  | { type: "answer-sure"; key: string }
  | { type: "answer-posted"; key: string; conversationId: ConversationId; message: MessageView }
  | { type: "answer-dropped"; key: string }
  | { type: "intent-wanted"; wish: IntentWish }
  /** What the relay has; `saved` is the wish that it answers, if any. */
  | { type: "intent-is"; now: IntentNow; saved?: IntentWish }
  | { type: "intent-failed"; problem: Problem }
  | { type: "deed-begun"; id: ConversationId; deed: Deed }
  | { type: "deed-done"; id: ConversationId }
  | { type: "mishap"; what: Deed; problem: Problem }
  | { type: "mishap-put-away" }
  | { type: "look"; look: DeskState["look"] }
  | { type: "undo-offered"; undo: DeskState["undo"] }

/** The desk after something happened. Pure. */
export const reduce = (state: DeskState, action: DeskAction): DeskState => {
  switch (action.type) {
    case "connection":
      return { ...state, connection: action.connection }
    case "toolbar":
      return withToolbar(state, action.toolbar, action.at)
    case "event":
      return withEvent(state, action.event)
    case "list-chosen":
      return { ...state, list: action.list }
    case "list-reading":
      return withList(state, action.list, (list) => ({ ...list, reading: true }))
    case "list-read":
      return {
        ...withList(state, action.list, (list) =>
          action.older ? olderList(list, action.page) : freshList(list, action.page),
        ),
        counts: action.page.counts,
      }
    case "listed":
      return {
        ...eachList(state, (list, name) => listedInList(name, list, action.asked, action.listed)),
        counts: action.listed.counts,
      }
    case "lists-stale":
      return eachList(state, (list) => ({ ...list, stale: true }))
    case "list-failed":
      return withList(state, action.list, (list) => ({ ...list, reading: false, problem: action.problem }))
    case "opened":
      if (state.open?.id === action.id) return state
      return {
        ...state,
        open: action.id === null ? null : { id: action.id, view: null, problem: null, doing: null },
        mishap: null,
      }
    case "conversation-read":
      return withOpen(state, action.view.id, (open) => ({
        ...open,
        view: withLaterMessages(action.view, open.view),
        problem: null,
      }))
    case "conversation-failed":
      return withOpen(state, action.id, (open) => ({ ...open, problem: action.problem }))
    case "watermark":
      return withWatermark(state, action.id)
    case "remembered":
      return { ...state, drafts: action.drafts, pending: action.pending }
    case "draft":
      return { ...state, drafts: withDraft(state.drafts, action.id, action.text) }
    case "files":
      return { ...state, files: withFiles(state.files, action.id, action.files) }
    case "typing": {
      const typists = withTypist(state.typists, action.typist, action.on)
      return typists === state.typists ? state : { ...state, typists }
    }
    case "answer-written":
      return {
        ...state,
        pending: [...state.pending, action.answer],
        drafts: withDraft(state.drafts, action.answer.conversationId, ""),
      }
    case "answer-changed":
      return withAnswer(state, action.key, { state: action.state, problem: action.problem })
    case "answer-held":
      return withAnswer(state, action.key, { state: "held", problem: null, meanwhile: action.meanwhile })
    case "answer-sure":
      return withAnswer(state, action.key, {
        state: "waiting",
        problem: null,
        meanwhile: undefined,
        sure: true,
      })
    case "answer-posted":
      return {
        ...withMessage(state, action.conversationId, action.message),
        pending: state.pending.filter((answer) => answer.key !== action.key),
      }
    case "answer-dropped":
      return { ...state, pending: state.pending.filter((answer) => answer.key !== action.key) }
    case "intent-wanted":
      return { ...state, wantedIntent: action.wish, mishap: null }
    case "intent-is":
      return withIntent(
        state.wantedIntent === action.saved ? { ...state, wantedIntent: null } : state,
        action.now,
      )
    case "intent-failed":
      return { ...state, wantedIntent: null, mishap: { what: "intent", problem: action.problem } }
    case "deed-begun":
      return { ...withOpen(state, action.id, (open) => ({ ...open, doing: action.deed })), mishap: null }
    case "deed-done":
      return withOpen(state, action.id, (open) => ({ ...open, doing: null }))
    case "mishap":
      return { ...state, mishap: { what: action.what, problem: action.problem } }
    case "mishap-put-away":
      return { ...state, mishap: null }
    case "look":
      return { ...state, look: action.look }
    case "undo-offered":
      return { ...state, undo: action.undo }
    default:
      return assertNever(action)
  }
}

/** An event shows at once what it carries; what it only hints at is read again (see `staleAfter`). */
const withEvent = (state: DeskState, event: AgentEvent): DeskState => {
  const next = eachList(state, (list, name) => eventInList(name, list, event))
  switch (event.kind) {
    case "message":
      return {
        ...withMessage(next, event.conversationId, event.message),
        typists: withoutAuthor(next.typists, event),
        pending: markSeen(next.pending, event.conversationId, event.message),
      }
    case "conversation":
      return withView(next, event.conversationId, (view) => ({ ...view, state: event.state }))
    case "visitor":
      return withView(next, event.conversationId, (view) => ({
        ...view,
        visitorHere: event.here,
        visitorSeenSeq: Math.max(view.visitorSeenSeq, event.seenSeq),
        visitorSeenAt: event.seenSeq > view.visitorSeenSeq ? event.at : view.visitorSeenAt,
      }))
    case "intent":
      return next.toolbar?.me.id === event.agentId ? withIntent(next, event) : next
    default:
      return next
  }
}

/** Who has written is not writing any more. */
const withoutAuthor = (
  typists: readonly Typist[],
  { conversationId, message }: Extract<AgentEvent, { kind: "message" }>,
): readonly Typist[] =>
  typists.filter(
    (one) =>
      one.conversationId !== conversationId ||
      (message.author === "visitor" ? one.from !== "visitor" : one.name !== message.name),
  )

/** What an event makes worth reading again: one conversation of the lists or all, the open conversation. */
export const staleAfter = (
  event: AgentEvent,
  open: ConversationId | null,
): { lists: ConversationId | "all" | null; open: boolean } => {
  switch (event.kind) {
    case "message":
    case "conversation":
    case "unconfirmed":
      return { lists: event.conversationId, open: event.conversationId === open }
    case "delivery":
      return { lists: null, open: event.conversationId === open }
    case "visitor":
      // Here or gone is in the event; an address that was left is not.
      return { lists: event.conversationId, open: event.conversationId === open }
    case "team":
      return { lists: "all", open: true }
    case "light":
    case "presence":
    case "intent":
    case "settings":
    case "hours":
    case "revoked":
      return { lists: null, open: false }
    default:
      return assertNever(event)
  }
}

/** A push can be overtaken by the answer to our own change: the newer intent stays. */
const withToolbar = (state: DeskState, toolbar: ToolbarState, at: Millis): DeskState => {
  const shown = state.toolbar?.me
  const me =
    shown?.id === toolbar.me.id && shown.intentVersion > toolbar.me.intentVersion
      ? {
          ...toolbar.me,
          intent: shown.intent,
          intentVersion: shown.intentVersion,
          intentUntil: shown.intentUntil,
          intentBack: shown.intentBack,
        }
      : toolbar.me
  return { ...state, toolbar: { ...toolbar, me }, clockOffset: toolbar.now - at }
}

/** Messages that came live while the conversation was being read are not lost by what was read. */
const withLaterMessages = (view: ConversationView, shown: ConversationView | null): ConversationView => {
  const last = view.messages.at(-1)?.seq ?? 0
  const later = (shown?.messages ?? []).filter(({ seq }) => seq > last)
  return later.length === 0 ? view : { ...view, messages: [...view.messages, ...later] }
}

const withAnswer = (state: DeskState, key: string, change: Partial<PendingAnswer>): DeskState => ({
  ...state,
  pending: state.pending.map((answer) => (answer.key === key ? { ...answer, ...change } : answer)),
})

const withList = (state: DeskState, name: ListName, change: (list: ListState) => ListState): DeskState => ({
  ...state,
  lists: { ...state.lists, [name]: change(state.lists[name]) },
})

const withOpen = (
  state: DeskState,
  id: ConversationId,
  change: (open: NonNullable<DeskState["open"]>) => NonNullable<DeskState["open"]>,
): DeskState => (state.open?.id === id ? { ...state, open: change(state.open) } : state)

const withView = (
  state: DeskState,
  id: ConversationId,
  change: (view: ConversationView) => ConversationView,
): DeskState =>
  withOpen(state, id, (open) => (open.view === null ? open : { ...open, view: change(open.view) }))

/** A message takes its place by its number; one that is there already stays as it is. */
const withMessage = (state: DeskState, id: ConversationId, message: MessageView): DeskState =>
  withView(state, id, (view) =>
    view.messages.some(({ seq }) => seq === message.seq)
      ? view
      : { ...view, messages: [...view.messages, message].sort((a, b) => a.seq - b.seq) },
  )

const withWatermark = (state: DeskState, id: ConversationId): DeskState =>
  eachList(
    withView(state, id, (view) => ({ ...view, unopened: 0 })),
    (list) => readInList(list, id),
  )

const eachList = (state: DeskState, change: (list: ListState, name: ListName) => ListState): DeskState => {
  const { unserved, mine, all } = state.lists
  const lists = {
    unserved: change(unserved, "unserved"),
    mine: change(mine, "mine"),
    all: change(all, "all"),
  }
  const same = lists.unserved === unserved && lists.mine === mine && lists.all === all
  return same ? state : { ...state, lists }
}

const withDraft = (
  drafts: Record<ConversationId, string>,
  id: ConversationId,
  text: string,
): Record<ConversationId, string> => {
  if (text !== "") return { ...drafts, [id]: text }
  const { [id]: _, ...others } = drafts
  return others
}

/** The intent as the relay has it; an older version than the one shown says nothing new. */
const withIntent = (state: DeskState, now: IntentNow): DeskState => {
  const { toolbar } = state
  if (toolbar === null || now.version < toolbar.me.intentVersion) return state
  return {
    ...state,
    toolbar: { ...toolbar, me: withIntentNow(toolbar.me, now) },
  }
}
