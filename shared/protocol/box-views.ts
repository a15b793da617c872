import type { GroupId } from "../words/ids.ts"
import type { Author, Language } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"
import type { AttachmentView } from "./views.ts"

/** What a visitor's chat box knows. */
export interface BoxMessage {
  seq: number
  author: Author
  name: string | null
  text: string
  at: Millis
  /** Left out: none. */
  attachments?: AttachmentView[]
}

export interface BoxState {
  light: boolean
  /** When somebody will be back, where hours are closed now; null otherwise, and while the light is on. */
  opensAt: Millis | null
  /** The group the visitor writes to; null: none. */
  groupId: GroupId | null
  /** Groups to choose from, with the light of each; empty where there is no choice, or the tag names one. */
  groups: { id: GroupId; name: string; on: boolean }[]
  siteName: string
  language: Language
  messages: BoxMessage[]
  seenSeq: number
  /** The visitor has left an address for answers. */
  address: string | null
  /** The conversation is closed, and how the visitor found it; null: they did not say. */
  ended: boolean
  rating: boolean | null
}

/** How a visitor found a conversation. */
export interface RatingView {
  good: boolean
  words: string | null
  /** Who had answered last; null: an inbox, or somebody who is gone. */
  agent: string | null
  at: Millis
}
