import type { AgentEvent, ConversationSummary } from "../protocol/views.ts"
import type { ConversationState } from "../words/nouns.ts"
import type { ConversationPage, ListName } from "./port.ts"
import { type ListState, PAGE } from "./state.ts"

/** Characters of a message that a list shows; as the relay cuts them. */
const EXCERPT = 120

/**
 * A list after its first page was read again: what the page covers is as the page says; what was read
 * below it before stays.
 */
export const freshList = (list: ListState, page: ConversationPage): ListState => {
  const fresh = page.conversations
  const full = fresh.length >= PAGE
  const oldest = fresh.at(-1)?.lastAt ?? 0
  const ids = new Set(fresh.map(({ id }) => id))
  const below = full
    ? (list.conversations ?? []).filter((old) => old.lastAt < oldest && !ids.has(old.id))
    : []
  return {
    conversations: [...fresh, ...below],
    reading: false,
    more: full && (below.length > 0 ? list.more : true),
    problem: null,
  }
}

/** A list after its next page was read. */
export const olderList = (list: ListState, page: ConversationPage): ListState => {
  const known = new Set((list.conversations ?? []).map(({ id }) => id))
  return {
    conversations: [...(list.conversations ?? []), ...page.conversations.filter(({ id }) => !known.has(id))],
    reading: false,
    more: page.conversations.length >= PAGE,
    problem: null,
  }
}

/** A list after an event: first words and order at once; what has left the list goes. */
export const eventInList = (name: ListName, list: ListState, event: AgentEvent): ListState => {
  if (list.conversations === null) return list
  switch (event.kind) {
    case "message": {
      const { message } = event
      return replace(list, event.conversationId, (summary) =>
        message.seq <= summary.lastSeq
          ? summary
          : {
              ...summary,
              excerpt: (message.text || (message.attachments[0]?.name ?? "")).slice(0, EXCERPT),
              lastAuthor: message.author,
              lastSeq: message.seq,
              lastAt: message.at,
              unopened: summary.unopened + (message.author === "visitor" ? 1 : 0),
            },
      )
    }
    case "conversation":
      return replace(list, event.conversationId, (summary) =>
        belongs(name, event.state) ? { ...summary, state: event.state } : null,
      )
    default:
      return list
  }
}

/** Whether a list can hold a conversation in that state (whose it is, only the relay knows). */
const belongs = (name: ListName, state: ConversationState): boolean =>
  name === "all" || (name === "unserved" ? state === "unserved" : state === "mine")

const replace = (
  list: ListState,
  id: ConversationSummary["id"],
  change: (summary: ConversationSummary) => ConversationSummary | null,
): ListState => {
  const conversations = (list.conversations ?? [])
    .flatMap((summary) => (summary.id === id ? (change(summary) ?? []) : summary))
    .sort((a, b) => b.lastAt - a.lastAt)
  return { ...list, conversations }
}
