import { z } from "@hono/zod-openapi"
import { pictureBody } from "../../../shared/protocol/http.ts"
import { actorOf } from "../actor.ts"
import { agentView } from "../answers.ts"
import { download } from "../download.ts"
import { type Route, route } from "../route.ts"
import { toolbarOf } from "../toolbar.ts"

/** Agents' pictures, for those of their account. */
export const pictureRoutes: Route[] = [
  route({
    method: "put",
    path: "/api/me/picture",
    who: "agent",
    summary: "One's own picture: WebP, JPEG or PNG of at most 24 kB and 512 × 512 pixels; null takes it away",
    body: pictureBody,
    answer: agentView,
    handle: async ({ desk, me, body }) => {
      const { accountId, agentId } = me
      const picture = body.picture === null ? null : new Uint8Array(Buffer.from(body.picture, "base64"))
      await desk.store.run(
        "setPicture",
        { accountId, agentId, actor: actorOf(me), picture },
        desk.clock.now(),
      )
      return (await toolbarOf(desk, me)).me
    },
  }),
  route({
    method: "get",
    path: "/api/pictures/{id}",
    who: "agent",
    summary: "The picture of somebody of one's own account; another picture has another id",
    params: z.object({ id: z.string().max(64) }),
    handle: async ({ desk, me: { accountId }, params: { id } }) => {
      const { type, bytes } = await desk.store.run("readPicture", { accountId, id }, desk.clock.now())
      return download({ name: `picture.${type.replace("image/", "")}`, bytes })
    },
  }),
]
