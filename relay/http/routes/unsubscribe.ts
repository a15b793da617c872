import { unsubscribeBody } from "../../../shared/protocol/http.ts"
import { unsubscribeView } from "../answers-addresses.ts"
import { type Route, route } from "../route.ts"

/** "Switch these mails off", for the page behind the link; mail programs post to the link itself (one-click.ts). */
export const unsubscribeRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/unsubscribe/read",
    who: "public",
    summary: "What the link in a notice would switch off; changes nothing",
    body: unsubscribeBody,
    answer: unsubscribeView,
    handle: async ({ desk, body }) => desk.store.run("readUnsubscribe", body, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/unsubscribe",
    who: "public",
    summary: "Switches off notices to the address that the notice went to",
    body: unsubscribeBody,
    answer: unsubscribeView,
    handle: async ({ desk, body }) => desk.store.run("unsubscribe", body, desk.clock.now()),
  }),
]
