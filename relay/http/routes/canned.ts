import { z } from "@hono/zod-openapi"
import { cannedBody, cannedChangeBody } from "../../../shared/protocol/list-http.ts"
import { type CannedAnswerId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { cannedAnswerAnswer, cannedAnswers } from "../answers-canned.ts"
import { type Me, type Route, route } from "../route.ts"

const params = z.object({ id: z.string().max(64) })

/** Texts at hand. Those that everybody has are written by admins, who are told apart by the actions. */
export const cannedRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/canned-answers",
    who: "agent",
    summary: "Everybody's canned answers and one's own, by name",
    answer: cannedAnswers,
    handle: ({ desk, me }) => desk.store.run("listCannedAnswers", agent(me), desk.clock.now(), "reading"),
  }),
  route({
    method: "post",
    path: "/api/canned-answers",
    who: "agent",
    summary: "Adds a canned answer: one's own, or (admins) everybody's",
    body: cannedBody,
    answer: cannedAnswerAnswer,
    handle: ({ desk, me, body }) =>
      desk.store.run("createCannedAnswer", { ...agent(me), ...body }, desk.clock.now()),
  }),
  route({
    method: "patch",
    path: "/api/canned-answers/{id}",
    who: "agent",
    summary: "Changes a canned answer",
    params,
    body: cannedChangeBody,
    answer: cannedAnswerAnswer,
    handle: ({ desk, me, params, body }) =>
      desk.store.run("setCannedAnswer", { ...one(me, params.id), ...body }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/canned-answers/{id}/delete",
    who: "agent",
    summary: "Removes a canned answer",
    params,
    handle: ({ desk, me, params }) =>
      desk.store.run("deleteCannedAnswer", one(me, params.id), desk.clock.now()),
  }),
]

const agent = ({ accountId, agentId }: Me) => ({ accountId, agentId })

const one = (me: Me, id: string) => {
  if (!isId("canned-answer", id)) throw new Refusal("not-found", `there is no canned answer ${id}`)
  return { ...agent(me), id: id satisfies CannedAnswerId }
}
