import { z } from "@hono/zod-openapi"
import { webhookBody, webhookChangeBody, webhookSecretBody } from "../../../shared/protocol/http.ts"
import { isId, type WebhookDeliveryId, type WebhookId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { HOUR } from "../../../shared/words/time.ts"
import { refuseUnfit } from "../../outside.ts"
import { actorOf } from "../actor.ts"
import { settingsVersion } from "../answers-addresses.ts"
import {
  webhookDeliveriesAnswer,
  webhookMade,
  webhookSecret,
  webhooksAnswer,
  webhookTested,
} from "../answers-record.ts"
import { type Me, type Route, route } from "../route.ts"

const byId = z.object({ id: z.string().max(64) })
const byBoth = z.object({ id: z.string().max(64), deliveryId: z.string().max(64) })

/** Where the account is told of what happens; `porchlight webhook` is it for operators. */
export const webhookRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/webhooks",
    who: "admin",
    summary: "The webhooks of the account, and how they fare",
    answer: webhooksAnswer,
    handle: async ({ desk, me }) => ({
      webhooks: await desk.store.run("listWebhooks", { accountId: me.accountId }, desk.clock.now()),
    }),
  }),
  route({
    method: "post",
    path: "/api/webhooks",
    who: "admin",
    summary: "A new webhook; its secret is in this answer and in none later",
    body: webhookBody,
    answer: webhookMade,
    handle: async ({ desk, me, body }) => {
      await refuseUnfit(desk.outside, body.url)
      const given = { accountId: me.accountId, actor: actorOf(me), ...body }
      return desk.store.run("createWebhook", given, desk.clock.now())
    },
  }),
  route({
    method: "patch",
    path: "/api/webhooks/{id}",
    who: "admin",
    summary: "Name, address, events of a webhook, or on and off; on: told of what happens from now on",
    params: byId,
    body: webhookChangeBody,
    answer: settingsVersion,
    handle: async ({ desk, me, params, body: { name, url, events, active } }) => {
      const change = {
        ...(name !== undefined && { name }),
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events }),
        ...(active !== undefined && { active }),
      }
      if (url !== undefined) await refuseUnfit(desk.outside, url)
      const given = { ...which(me, params.id), actor: actorOf(me), ...change }
      return desk.store.run("setWebhook", given, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/webhooks/{id}/delete",
    who: "admin",
    summary: "A webhook is no more, with all that went to it",
    params: byId,
    answer: settingsVersion,
    handle: ({ desk, me, params }) =>
      desk.store.run("removeWebhook", { ...which(me, params.id), actor: actorOf(me) }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/webhooks/{id}/secret",
    who: "admin",
    summary: "A new secret, in this answer and in none later; for some hours the old one signs along",
    params: byId,
    body: webhookSecretBody,
    answer: webhookSecret,
    handle: ({ desk, me, params, body }) => {
      const given = { ...which(me, params.id), actor: actorOf(me), overlapMs: body.overlapHours * HOUR }
      return desk.store.run("rotateWebhookSecret", given, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/webhooks/{id}/test",
    who: "admin",
    summary: "Sends something to try the webhook with, once",
    params: byId,
    answer: webhookTested,
    handle: async ({ desk, me, params }) => {
      if (!desk.limits.looks.take(me.accountId))
        throw new Refusal("too-many", "it was tried often in the last minutes: wait a little")
      const sent = await desk.store.run("testWebhook", which(me, params.id), desk.clock.now())
      desk.webhookQueued()
      return sent
    },
  }),
  route({
    method: "get",
    path: "/api/webhooks/{id}/deliveries",
    who: "admin",
    summary: "What went or goes to a webhook of late, newest first, with what it answered",
    params: byId,
    answer: webhookDeliveriesAnswer,
    handle: async ({ desk, me, params }) => ({
      deliveries: await desk.store.run(
        "listWebhookDeliveries",
        { ...which(me, params.id), limit: 100 },
        desk.clock.now(),
      ),
    }),
  }),
  route({
    method: "post",
    path: "/api/webhooks/{id}/deliveries/{deliveryId}/again",
    who: "admin",
    summary: "Sends something once more, as the same: its webhook-id stays",
    params: byBoth,
    handle: async ({ desk, me, params: { id, deliveryId } }) => {
      if (!isId("webhook-delivery", deliveryId))
        throw new Refusal("not-found", `nothing ${deliveryId} went to this webhook`)
      const given = { ...which(me, id), id: deliveryId satisfies WebhookDeliveryId }
      await desk.store.run("sendWebhookAgain", given, desk.clock.now())
      desk.webhookQueued()
    },
  }),
]

const which = ({ accountId }: Me, id: string) => {
  if (!isId("webhook", id)) throw new Refusal("not-found", `there is no webhook ${id}`)
  return { accountId, webhookId: id satisfies WebhookId }
}
