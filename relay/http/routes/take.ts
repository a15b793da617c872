import { takeBody, takeReadBody } from "../../../shared/protocol/http.ts"
import { type AgentId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { takeView } from "../answers-addresses.ts"
import { type Route, route } from "../route.ts"

/**
 * "I'll take it": what the link in a mail to a general inbox leads to. Mail scanners follow links, so that a
 * GET shows a page and no more; the token stands in the fragment, which browsers send to nobody.
 */
export const takeRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/take/read",
    who: "public",
    summary: "What the token of a mail to a general inbox is about, and who has it; changes nothing",
    body: takeReadBody,
    answer: takeView,
    handle: async ({ desk, address, body }) => {
      if (!desk.limits.takes.take(address)) throw tooMany()
      return desk.store.run("readTake", body, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/take",
    who: "public",
    summary: "Takes the conversation, as an agent it stands for or by a name",
    body: takeBody,
    answer: takeView,
    handle: async ({ desk, address, body }) => {
      if (!desk.limits.takes.take(address)) throw tooMany()
      const { token, agentId, name, takenAt } = body
      const given = { token, agentId: agentId === null ? null : agentOf(agentId), name, takenAt }
      return desk.store.run("takeConversation", given, desk.clock.now())
    },
  }),
]

const agentOf = (id: string): AgentId => {
  if (isId("agent", id)) return id
  throw new Refusal("bad-input", `“${id}” is no agent: choose one of those named, or give a name`)
}

const tooMany = (): Refusal =>
  new Refusal(
    "too-many",
    "too many conversations were looked at from your network: try again in a few minutes",
  )
