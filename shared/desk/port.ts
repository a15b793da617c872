import type { LISTS } from "../protocol/list-http.ts"
import type { TypingPush } from "../protocol/live.ts"
import type {
  AgentEvent,
  AgentView,
  AttachmentView,
  CannedAnswerView,
  ConversationPageView,
  ConversationView,
  HeirsView,
  ListedView,
  MessageView,
  ProfileView,
  SearchPageView,
  ToolbarState,
} from "../protocol/views.ts"
import type {
  AgentId,
  AttachmentId,
  CannedAnswerId,
  ConversationId,
  GroupId,
  InboundMailId,
  PictureId,
} from "../words/ids.ts"
import type { KnownState } from "../words/meanwhile.ts"
import type { InboxMode, Intent, IntentEnd, Language, UndoableDeed } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"

/**
 * All that the desk needs from the world, so that side panel, tab and phone are the same screens over
 * different connections. Every call rejects with a `Refusal` (the relay said no, and why), with
 * `Unreachable` (no answer), or with an `AbortError` when its signal was aborted.
 */
export interface DeskPort {
  /** Origin of the relay, for what is not in the desk (the admin screens). */
  readonly relay: string
  toolbar(signal?: AbortSignal): Promise<ToolbarState>
  /** A page of a list, newest first; `after` is `next` of the page before it. */
  conversations(list: ListName, after?: string, signal?: AbortSignal): Promise<ConversationPageView>
  /** Some conversations as they are now (at most 50), and in which lists. What is gone is left out. */
  listed(ids: readonly ConversationId[]): Promise<ListedView>
  /** Conversations in which all of these words stand; `before` is `next` of the page before it. */
  search(q: string, before: number | null, signal: AbortSignal): Promise<SearchPageView>
  conversation(id: ConversationId, signal?: AbortSignal): Promise<ConversationView>
  /** The conversation was visible and focused for a second, up to message `seq`. */
  open(id: ConversationId, seq: number): Promise<void>
  join(id: ConversationId): Promise<void>
  handBack(id: ConversationId): Promise<void>
  /** Gives it to a colleague, or to a group (null: to everybody). */
  assign(id: ConversationId, to: Heir): Promise<void>
  /** Groups that it can be given to. */
  heirs(signal?: AbortSignal): Promise<HeirsView>
  /** Takes one's own last deed back. Refusal `stale` when something happened meanwhile. */
  undo(id: ConversationId, deed: UndoableDeed): Promise<void>
  /** Everybody's canned answers, and one's own. */
  cannedAnswers(signal?: AbortSignal): Promise<CannedAnswerView[]>
  /** Adds one, or changes the one with that id. */
  saveCanned(id: CannedAnswerId | null, canned: CannedWish): Promise<CannedAnswerView>
  removeCanned(id: CannedAnswerId): Promise<void>
  /**
   * Says it again safely: the same `key` is the same message. `files`: what `upload` gave. With `known`, refusal `stale`
   * with `Meanwhile` in its facts when something has happened in the conversation since.
   */
  answer(
    id: ConversationId,
    key: string,
    text: string,
    files?: readonly AttachmentId[],
    known?: KnownState,
  ): Promise<MessageView>
  /**
   * Sends a file for an answer that is being written; the same `key` is the same file. `onShare` hears how much of it
   * is on its way, 0 to 1.
   */
  upload(
    id: ConversationId,
    file: { key: string; name: string; bytes: Blob },
    onShare: (share: number) => void,
    signal: AbortSignal,
  ): Promise<AttachmentView>
  /** Throws a file away that went with no answer. */
  removeUpload(id: AttachmentId): Promise<void>
  /** Says that one is writing in a conversation, or has stopped; not kept for later where there is no connection. */
  typing(id: ConversationId, on: boolean): void
  /** Which conversation is shown: of that `live` tells who is writing. */
  look(id: ConversationId | null): void
  close(id: ConversationId): Promise<void>
  /** Posts an unconfirmed answer as the agent it is said to be from. */
  release(id: InboundMailId): Promise<MessageView>
  /** The complete mail as it came (RFC 5322), plain text. */
  original(id: InboundMailId, signal?: AbortSignal): Promise<Blob>
  /** A file of a message. */
  attachment(id: AttachmentId): Promise<Blob>
  /** Refusal `stale` carries the current `{ intent, version, until }` in its facts. */
  setIntent(wish: IntentWish, version: number): Promise<IntentNow>
  /** Stays open by oneself while office hours are closed, until they open next; or no longer. */
  setOverride(on: boolean): Promise<void>
  profile(signal?: AbortSignal): Promise<ProfileView>
  saveProfile(change: ProfileChange): Promise<AgentView>
  /** The picture of somebody of the team. */
  picture(id: PictureId): Promise<Blob>
  /** One's own; null takes it away. */
  setPicture(picture: Blob | null): Promise<void>
  /** Sends a code to what is to be the new destination; until it is entered nothing else goes there. */
  askDestination(address: string): Promise<CodeSent>
  /** Refusal `code-wrong` where the code is another one. */
  confirmDestination(address: string, code: string): Promise<void>
  /** The same for an address that notices are to be redirected to. */
  askAddress(address: string): Promise<CodeSent>
  confirmAddress(address: string, code: string): Promise<void>
  /** One's own redirect; null switches it off. Refusal `unverified` where a code is to be entered first. */
  setRedirect(me: AgentId, redirect: RedirectWish | null): Promise<void>
  /** What gets notices along with one's own address while that one keeps failing; null for none. */
  setFallback(address: string, fallback: string | null): Promise<void>
  /** With `unavailable` the light goes at once instead of after the grace. */
  signOut(unavailable: boolean): Promise<void>
  /**
   * What happens, as it happens. On every `connection` with state `connected` the caller reads again what
   * it shows: events missed meanwhile follow, but a relay may have forgotten old ones. Returns how to stop.
   */
  live(listener: (news: DeskNews) => void): () => void
}

export type ListName = (typeof LISTS)[number]

export type Heir = { agentId: AgentId } | { groupId: GroupId | null }

export interface CannedWish {
  name: string
  text: string
  /** Everybody's, which only admins may write; as it is where one is changed. */
  shared: boolean
}

export interface IntentNow {
  intent: Intent
  version: number
  /** When it ends by itself (relay's clock); null: when somebody changes it. */
  until: Millis | null
}

/** A status and when it is to end; null: when somebody changes it. */
export interface IntentWish {
  intent: Intent
  until: IntentEnd | null
}

export interface CodeSent {
  /** Until when the code is good (relay's clock). */
  expiresAt: Millis
}

export interface RedirectWish {
  address: string
  mode: InboxMode
}

export interface ProfileChange {
  name?: string
  language?: Language
  zone?: string
  offlineNotices?: boolean
  missedNotices?: boolean
}

/**
 * `connecting`: trying; `connected`: the relay has said welcome; `waiting`: no connection, tried again at
 * `retryAt` (this machine's clock).
 */
export type Connection =
  | { state: "connecting" }
  | { state: "connected" }
  | { state: "waiting"; retryAt: Millis }

export type DeskNews =
  | { type: "connection"; connection: Connection }
  | { type: "toolbar"; toolbar: ToolbarState }
  | { type: "event"; event: AgentEvent }
  | TypingPush
  /** The token is not, or no longer, known to the relay: nothing more will come. */
  | { type: "signed-out" }

/**
 * No good answer: the relay was not reached or cut off, was too late, had an error of its own (`broken`), or
 * something that is no relay answered.
 */
export class Unreachable extends Error {
  readonly why: "network" | "timeout" | "broken" | "not-a-relay"

  constructor(why: Unreachable["why"], message: string) {
    super(message)
    this.name = "Unreachable"
    this.why = why
  }
}
