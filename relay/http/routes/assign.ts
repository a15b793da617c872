import { z } from "@hono/zod-openapi"
import { assignBody, undoBody } from "../../../shared/protocol/list-http.ts"
import { type ConversationId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import type { Heir } from "../../actions/assign.ts"
import { heirs } from "../answers-search.ts"
import { type Me, type Route, route } from "../route.ts"

const params = z.object({ id: z.string().max(64) })

/** Who has a conversation, and taking back what was done to it a moment ago. */
export const assignRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/heirs",
    who: "agent",
    summary: "The groups that a conversation can be handed over to; none where the plan has none",
    answer: heirs,
    handle: ({ desk, me: { accountId } }) =>
      desk.store.run("readHeirs", { accountId }, desk.clock.now(), "reading"),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/assign",
    who: "agent",
    summary:
      "Gives it to a colleague (`agentId`), or hands it over to a group (`groupId`; null: to everybody)",
    params,
    body: assignBody,
    handle: ({ desk, me, params, body }) =>
      desk.store.run("assignConversation", { ...one(me, params.id), to: heirIn(body) }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/undo",
    who: "agent",
    summary: "Takes back one's own last closing, handing back or assigning; 409 if something happened since",
    params,
    body: undoBody,
    handle: ({ desk, me, params, body }) =>
      desk.store.run("undoDeed", { ...one(me, params.id), deed: body.deed }, desk.clock.now()),
  }),
]

const one = ({ accountId, agentId }: Me, id: string) => {
  if (!isId("conversation", id)) throw new Refusal("not-found", `there is no conversation ${id}`)
  return { accountId, agentId, conversationId: id satisfies ConversationId }
}

const heirIn = (body: z.output<typeof assignBody>): Heir => {
  if ("agentId" in body) {
    if (!isId("agent", body.agentId)) throw new Refusal("not-found", `there is no agent ${body.agentId}`)
    return { agentId: body.agentId }
  }
  if (body.groupId === null) return { groupId: null }
  if (!isId("group", body.groupId)) throw new Refusal("not-found", `there is no group ${body.groupId}`)
  return { groupId: body.groupId }
}
