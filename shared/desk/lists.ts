import type { AgentEvent, ConversationPageView, ConversationSummary, ListedView } from "../protocol/views.ts"
import type { ConversationId } from "../words/ids.ts"
import type { ConversationState } from "../words/nouns.ts"
import type { ListName } from "./port.ts"
import type { ListState } from "./state.ts"

/** Characters of a message that a list shows; as the relay cuts them. */
const EXCERPT = 120

/** Newest first; those of one moment by their ids, as the relay has them. */
const isBefore = (a: ConversationSummary, b: ConversationSummary): boolean =>
  a.lastAt === b.lastAt ? a.id > b.id : a.lastAt > b.lastAt

/**
 * A list after its first page was read again: what the page covers is as the page says; what was read below it
 * before stays, as long as the two meet: between them there may be conversations that nobody has read.
 */
export const freshList = (list: ListState, page: ConversationPageView): ListState => {
  const fresh = page.conversations
  const last = fresh.at(-1)
  const known = list.conversations ?? []
  const ids = new Set(fresh.map(({ id }) => id))
  const meets = last !== undefined && known.some(({ id }) => ids.has(id))
  const below =
    page.next !== null && meets ? known.filter((old) => isBefore(last, old) && !ids.has(old.id)) : []
  return {
    conversations: [...fresh, ...below],
    reading: false,
    next: below.length > 0 ? list.next : page.next,
    stale: false,
    problem: null,
  }
}

/** A list after its next page was read. */
export const olderList = (list: ListState, page: ConversationPageView): ListState => {
  const known = new Set((list.conversations ?? []).map(({ id }) => id))
  return {
    ...list,
    conversations: [...(list.conversations ?? []), ...page.conversations.filter(({ id }) => !known.has(id))],
    reading: false,
    next: page.next,
    problem: null,
  }
}

/** A list after an event: first words and order at once; what has left the list goes. */
export const eventInList = (name: ListName, list: ListState, event: AgentEvent): ListState => {
  const at = "conversationId" in event ? placeOf(list, event.conversationId) : -1
  const summary = list.conversations?.[at]
  if (summary === undefined) return list
  switch (event.kind) {
    case "message": {
      const { message } = event
      if (message.seq <= summary.lastSeq) return list
      return put(list, {
        ...summary,
        excerpt: (message.text || (message.attachments[0]?.name ?? "")).slice(0, EXCERPT),
        lastAuthor: message.author,
        lastSeq: message.seq,
        lastAt: message.at,
        unopened: summary.unopened + (message.author === "visitor" ? 1 : 0),
      })
    }
    case "conversation":
      return belongs(name, event.state)
        ? put(list, { ...summary, state: event.state })
        : without(list, summary.id)
    default:
      return list
  }
}

/** A list after some conversations were read again: each is at its place in it, or not in it. */
export const listedInList = (
  name: ListName,
  list: ListState,
  asked: readonly ConversationId[],
  { conversations }: ListedView,
): ListState => {
  if (list.conversations === null) return list
  const now = new Map(conversations.map((one) => [one.summary.id, one]))
  let next = list
  for (const id of asked) {
    const one = now.get(id)
    next = one?.lists.includes(name) ? put(next, one.summary) : without(next, id)
  }
  return next
}

/** A list in which one conversation is shown as read. */
export const readInList = (list: ListState, id: ConversationId): ListState => {
  const summary = list.conversations?.[placeOf(list, id)]
  return summary === undefined || summary.unopened === 0 ? list : put(list, { ...summary, unopened: 0 })
}

/** Whether a list can hold a conversation in that state (whose it is, only the relay knows). */
const belongs = (name: ListName, state: ConversationState): boolean =>
  name === "all" || (name === "unserved" ? state === "unserved" : state === "mine")

const placeOf = (list: ListState, id: ConversationId | null): number =>
  list.conversations?.findIndex((summary) => summary.id === id) ?? -1

const without = (list: ListState, id: ConversationId): ListState => {
  const at = placeOf(list, id)
  return at === -1 ? list : { ...list, conversations: list.conversations?.toSpliced(at, 1) ?? null }
}

/** At its place. What belongs below the last one that was read is read with its page. */
const put = (list: ListState, summary: ConversationSummary): ListState => {
  const others = without(list, summary.id).conversations ?? []
  const at = others.findIndex((other) => isBefore(summary, other))
  if (at === -1 && list.next !== null) return { ...list, conversations: others }
  return { ...list, conversations: others.toSpliced(at === -1 ? others.length : at, 0, summary) }
}
