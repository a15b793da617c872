import { z } from "@hono/zod-openapi"
import { queueQuery, reasonBody } from "../../../shared/protocol/http.ts"
import { type DeliveryId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { deliveryView } from "../answers.ts"
import { type Desk, type Me, type Route, route } from "../route.ts"

const params = z.object({ id: z.string().max(64) })

/** Mails of the account on their way out, for its admins; `porchlight queue` is it for operators. */
export const queueRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/queue",
    who: "admin",
    summary: "Mails of the account, newest first, at most 200",
    query: queueQuery,
    answer: z.object({ mails: z.array(deliveryView) }),
    handle: async ({ desk, me, query: { state } }) => ({
      mails: await desk.store.run(
        "listDeliveries",
        { accountId: me.accountId, limit: 200, ...(state && { state }) },
        desk.clock.now(),
      ),
    }),
  }),
  route({
    method: "post",
    path: "/api/queue/{id}/retry",
    who: "admin",
    summary: "Tries a mail now that waits, is held, failed or was dropped",
    params,
    handle: async ({ desk, me, params: { id } }) => {
      await desk.store.run("retryDelivery", await ofAdmin(desk, me, id), desk.clock.now())
      desk.mailQueued()
    },
  }),
  route({
    method: "post",
    path: "/api/queue/{id}/hold",
    who: "admin",
    summary: "Keeps a waiting mail from being tried; whoever waits for it reads the reason",
    params,
    body: reasonBody,
    handle: async ({ desk, me, params: { id }, body: { reason: note } }) =>
      desk.store.run("holdMail", { ...(await ofAdmin(desk, me, id)), note }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/queue/{id}/drop",
    who: "admin",
    summary: "Takes a mail out of the queue; whoever waits for it reads the reason",
    params,
    body: reasonBody,
    handle: async ({ desk, me, params: { id }, body: { reason: note } }) =>
      desk.store.run("dropDelivery", { ...(await ofAdmin(desk, me, id)), note }, desk.clock.now()),
  }),
]

/** The mail, and in whose name it is dealt with. */
const ofAdmin = async ({ store, clock }: Desk, { accountId, agentId }: Me, id: string) => {
  if (!isId("delivery", id)) throw new Refusal("not-found", `there is no mail ${id} in the queue`)
  const { me } = await store.run("readProfile", { accountId, agentId }, clock.now())
  return { accountId, id: id satisfies DeliveryId, by: me.name }
}
