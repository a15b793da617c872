import { z } from "@hono/zod-openapi"
import { tagLookBody } from "../../../shared/protocol/http.ts"
import { isId, type SiteId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { tagHellosView, tagLookView } from "../answers-record.ts"
import { type Me, type Route, route } from "../route.ts"
import { lookAtTag } from "../tag-look.ts"

const byId = z.object({ id: z.string().max(64) })

/** Whether the tag of a site is on its pages. */
export const tagRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/sites/{id}/tag",
    who: "admin",
    summary: "Where the site's chat box was loaded, and when last",
    params: byId,
    answer: tagHellosView,
    handle: async ({ desk, me, params }) => {
      const { hellos, now } = await desk.store.run("readTag", which(me, params.id), desk.clock.now())
      return { hellos, now }
    },
  }),
  route({
    method: "post",
    path: "/api/sites/{id}/tag",
    who: "admin",
    summary: "Looks at a page now, and says whether the tag is there, and what is in its way",
    params: byId,
    body: tagLookBody,
    answer: tagLookView,
    handle: async ({ desk, me, params, body }) => {
      const { key, origins, keys } = await desk.store.run("readTag", which(me, params.id), desk.clock.now())
      if (!desk.limits.tags.take(me.accountId))
        throw new Refusal("too-many", "pages were looked at often in the last minutes: wait a little")
      const relay = new URL(desk.config.publicUrl).origin
      const site = { key, origins, relay, nameOfKey: (other: string) => keys[other] }
      return lookAtTag(desk.outside, body.url, site, desk.clock.now())
    },
  }),
]

const which = ({ accountId }: Me, id: string) => {
  if (!isId("site", id)) throw new Refusal("not-found", `there is no site ${id}`)
  return { accountId, siteId: id satisfies SiteId }
}
