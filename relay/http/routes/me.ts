import { beatBody, intentBody, overrideBody, profileBody } from "../../../shared/protocol/http.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { actorOf } from "../actor.ts"
import { agentView, beatAnswer, intentNow, overrideNow, toolbarState } from "../answers.ts"
import { type Me, type Route, route } from "../route.ts"
import { toolbarOf } from "../toolbar.ts"

/** What an agent sees and says of themselves. */
export const meRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/toolbar",
    who: "agent",
    summary: "All that badge and popup show",
    answer: toolbarState,
    handle: ({ desk, me }) => toolbarOf(desk, me),
  }),
  route({
    method: "put",
    path: "/api/me/intent",
    who: "agent",
    summary: "Available, busy or unavailable; a stale version is refused with the current one",
    body: intentBody,
    answer: intentNow,
    handle: ({ desk, me, body }) => desk.store.run("setIntent", { ...who(me), ...body }, desk.clock.now()),
  }),
  route({
    method: "patch",
    path: "/api/me",
    who: "agent",
    summary: "Name, language, time zone, own switches of both kinds of notices",
    body: profileBody,
    answer: agentView,
    handle: async ({ desk, me, body }) => {
      await desk.store.run("setAgent", { ...who(me), actor: actorOf(me), ...body }, desk.clock.now())
      return (await toolbarOf(desk, me)).me
    },
  }),
  route({
    method: "put",
    path: "/api/me/override",
    who: "agent",
    summary: "Keeps open for oneself while office hours are closed, until they open next",
    body: overrideBody,
    answer: overrideNow,
    handle: ({ desk, me, body }) => desk.store.run("setOverride", { ...who(me), ...body }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/beat",
    who: "agent",
    summary: "A beat of this device, when it has no socket",
    body: beatBody,
    answer: beatAnswer,
    handle: async ({ desk, me, body }) => {
      const { role: _, ...device } = me
      if ((await desk.beats.take({ ...device, beat: body }, false)) === "revoked")
        throw new Refusal("not-signed-in", "this device was signed out: sign in again")
      return { now: desk.clock.now() }
    },
  }),
]

const who = ({ accountId, agentId }: Me) => ({ accountId, agentId })
