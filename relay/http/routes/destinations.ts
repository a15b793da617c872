import { fallbackBody } from "../../../shared/protocol/http.ts"
import { actorOf } from "../actor.ts"
import { destinationsView, destinationView } from "../answers-addresses.ts"
import { type Route, route } from "../route.ts"

/** How the addresses fare that mail goes to, and what stands in for one that keeps failing. */
export const destinationRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/mail/destinations",
    who: "admin",
    summary: "Every address that mail of the account goes to, those that keep failing first",
    answer: destinationsView,
    handle: ({ desk, me }) =>
      desk.store.run("listDestinations", { accountId: me.accountId }, desk.clock.now()),
  }),
  route({
    method: "put",
    path: "/api/mail/destinations/fallback",
    who: "agent",
    summary: "Sets what gets notices along with an address that keeps failing: one's own, or as an admin any",
    body: fallbackBody,
    answer: destinationView,
    handle: ({ desk, me, body }) => {
      const { accountId, agentId } = me
      return desk.store.run(
        "setFallback",
        { accountId, agentId, actor: actorOf(me), ...body },
        desk.clock.now(),
      )
    },
  }),
]
