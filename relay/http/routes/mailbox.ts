import { z } from "@hono/zod-openapi"
import { type DeliveryId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { mailAnswer, mailboxAnswer } from "../answers.ts"
import { readCaptured } from "../captured-mail.ts"
import { checkKey } from "../keys.ts"
import { type Route, route } from "../route.ts"

/** As many as a trial makes; older mails are there for the command line. */
const SHOWN = 200

/** Mail that does not leave the relay, for who has the key of the printed link. */
export const mailboxRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/mailbox",
    who: "key",
    summary: "The newest mails of the queue, newest first",
    answer: mailboxAnswer,
    handle: async ({ desk, key }) => {
      checkKey(key, desk.setupKey)
      const list = { accountId: null, limit: SHOWN }
      const deliveries = await desk.store.run("listDeliveries", list, desk.clock.now())
      const mails = deliveries.map(({ accountId: _, ...mail }) => mail)
      return { capture: desk.config.outbound.kind === "capture", mails }
    },
  }),
  route({
    method: "get",
    path: "/api/mailbox/{id}",
    who: "key",
    summary: "One captured mail: whole, and its text and HTML",
    params: z.object({ id: z.string().max(64) }),
    answer: mailAnswer,
    handle: async ({ desk, params, key }) => {
      checkKey(key, desk.setupKey)
      const id = params.id
      if (!isId("delivery", id)) throw new Refusal("not-found", `there is no mail ${id}`)
      const delivery = await desk.store.run("readDelivery", { id: id satisfies DeliveryId }, desk.clock.now())
      // Not the content: it holds what the mail says before it is written, sign-in codes among it.
      const { accountId: _, content: __, reports: ___, raw, ...mail } = delivery
      if (raw === null) return { mail, from: null, replyTo: null, text: null, html: null, raw: null }
      return { mail, ...(await readCaptured(raw)) }
    },
  }),
]
