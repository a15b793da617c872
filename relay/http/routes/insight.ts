import { simulateQuery, timelineQuery } from "../../../shared/protocol/http.ts"
import { type AgentId, type GroupId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { foresightAnswer, timelineAnswer } from "../answers-insight.ts"
import { type Me, type Route, route } from "../route.ts"

/** What would happen, and what did. */
export const insightRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/simulate",
    who: "admin",
    summary: "If a visitor wrote now: who would get a mail, when, where, and who not and why",
    query: simulateQuery,
    answer: foresightAnswer,
    handle: ({ desk, me, query }) =>
      desk.store.run(
        "simulate",
        { accountId: me.accountId, groupId: groupOf(query.groupId) },
        desk.clock.now(),
      ),
  }),
  route({
    method: "get",
    path: "/api/timeline",
    who: "agent",
    summary: "Who was there, what the light showed, and what was decided; an agent's is their own lane",
    query: timelineQuery,
    answer: timelineAnswer,
    handle: ({ desk, me, query: { from, to, agentId } }) =>
      desk.store.run(
        "readTimeline",
        { accountId: me.accountId, from, to, ...laneOf(me, agentId) },
        desk.clock.now(),
      ),
  }),
]

const groupOf = (given: string | undefined): GroupId | null => {
  if (given === undefined || given === "") return null
  if (!isId("group", given)) throw new Refusal("not-found", `there is no group ${given}`)
  return given satisfies GroupId
}

/** Whose lane is shown: admins choose, everybody else sees their own. */
const laneOf = (me: Me, given: string | undefined): { agentId?: AgentId } => {
  if (given !== undefined && !isId("agent", given))
    throw new Refusal("not-found", `there is no agent ${given}`)
  if (me.role === "admin") return given === undefined ? {} : { agentId: given satisfies AgentId }
  if (given !== undefined && given !== me.agentId)
    throw new Refusal("forbidden", "only admins see other people's timelines: leave agentId out for your own")
  return { agentId: me.agentId }
}
