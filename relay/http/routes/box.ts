import { z } from "@hono/zod-openapi"
import { ratingsQuery, siteBoxBody } from "../../../shared/protocol/http.ts"
import type { SiteId } from "../../../shared/words/ids.ts"
import { actorOf } from "../actor.ts"
import { settingsVersion } from "../answers-addresses.ts"
import { identityKeyMade, ratingList } from "../answers-box.ts"
import { type Route, route } from "../route.ts"

const byId = z.object({ id: z.string().max(64) })

/** How a site's chat box looks and what it offers; and what visitors say of their conversations. */
export const boxRoutes: Route[] = [
  route({
    method: "put",
    path: "/api/sites/{id}/box",
    who: "admin",
    summary: "How a site's chat box looks, and whether it asks for ratings and sends transcripts",
    params: byId,
    body: siteBoxBody,
    answer: settingsVersion,
    handle: ({ desk, me, params, body }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), siteId: params.id as SiteId }
      return desk.store.run("setSiteBox", { ...which, ...body }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/sites/{id}/identity-key",
    who: "admin",
    summary:
      "A new key for the site's server to sign with who its visitors are; the one before counts no more",
    params: byId,
    answer: identityKeyMade,
    handle: ({ desk, me, params }) => {
      const which = { accountId: me.accountId, actor: actorOf(me), siteId: params.id as SiteId }
      return desk.store.run("makeIdentityKey", which, desk.clock.now())
    },
  }),
  route({
    method: "get",
    path: "/api/ratings",
    who: "agent",
    summary: "How visitors found their conversations, newest first",
    query: ratingsQuery,
    answer: ratingList,
    handle: ({ desk, me, query }) =>
      desk.store.run("listRatings", { accountId: me.accountId, ...query }, desk.clock.now()),
  }),
]
