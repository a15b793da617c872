import { listedQuery, listQuery, searchQuery } from "../../../shared/protocol/list-http.ts"
import { type ConversationId, isId } from "../../../shared/words/ids.ts"
import { conversationPage, listed, searchPage } from "../answers-search.ts"
import { type Route, route } from "../route.ts"

/** Lists of conversations, and finding some: what an agent looks for one in. They write nothing. */
export const searchRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/conversations",
    who: "agent",
    summary: "A page of a list, newest first, with the counts of all three",
    query: listQuery,
    answer: conversationPage,
    handle: ({ desk, me: { accountId, agentId }, query: { after, ...page } }) =>
      desk.store.run(
        "listConversations",
        { accountId, agentId, ...page, ...(after === undefined ? {} : { after }) },
        desk.clock.now(),
        "reading",
      ),
  }),
  route({
    method: "get",
    path: "/api/listed",
    who: "agent",
    summary: "Some conversations as lists show them now, and which lists they are in",
    query: listedQuery,
    answer: listed,
    handle: ({ desk, me: { accountId, agentId }, query }) => {
      const ids = query.ids.filter((id): id is ConversationId => isId("conversation", id))
      return desk.store.run("readListed", { accountId, agentId, ids }, desk.clock.now(), "reading")
    },
  }),
  route({
    method: "get",
    path: "/api/search",
    who: "agent",
    summary: "Conversations in which these words stand; the last word may be a beginning",
    query: searchQuery,
    answer: searchPage,
    handle: ({ desk, me: { accountId, agentId }, query: { before, ...page } }) =>
      desk.store.run(
        "searchConversations",
        { accountId, agentId, ...page, ...(before === undefined ? {} : { before }) },
        desk.clock.now(),
        "reading",
      ),
  }),
]
