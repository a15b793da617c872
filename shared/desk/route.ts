import { type ConversationId, isId } from "../words/ids.ts"

/** Where the desk is: in the list (null) or in a conversation. Kept in the page's address as `#/c/<id>`. */
export interface DeskRoute {
  read(): ConversationId | null
  go(id: ConversationId | null): void
  listen(changed: () => void): () => void
}

/** Reads `#/c/<conversationId>`; anything else is the list. */
export const conversationIn = (hash: string): ConversationId | null => {
  const id = /^#\/c\/([^/?]+)/.exec(hash)?.[1] ?? ""
  return isId("conversation", id) ? id : null
}

export const hashOf = (id: ConversationId | null): string => (id === null ? "#/" : `#/c/${id}`)

/** The route of a page, in its hash: back and forward of the browser work, a link opens a conversation. */
export const hashRoute = (page: Window): DeskRoute => ({
  read: () => conversationIn(page.location.hash),
  go: (id) => {
    if (conversationIn(page.location.hash) !== id) page.location.hash = hashOf(id)
  },
  listen: (changed) => {
    page.addEventListener("hashchange", changed)
    return () => page.removeEventListener("hashchange", changed)
  },
})
