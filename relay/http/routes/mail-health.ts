import { z } from "zod"
import { probeBody } from "../../../shared/protocol/http.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { allowAnswer, mailHealthAnswer, probeSent, probesAnswer } from "../answers-mail-health.ts"
import { type Route, route } from "../route.ts"

/** Whether mail finds the relay, leaves it and is trusted; and what others are to allow. */
export const mailHealthRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/mail-health",
    who: "admin",
    summary:
      "What the DNS says of the account's mail domain, and how the mail server fares; a minute old at most",
    answer: mailHealthAnswer,
    handle: ({ desk, me }) => desk.examiner.health(me.accountId, false),
  }),
  route({
    method: "post",
    path: "/api/mail-health/look",
    who: "admin",
    summary: "The same, looked up anew",
    answer: mailHealthAnswer,
    handle: ({ desk, me }) => {
      if (!desk.limits.looks.take(me.accountId))
        throw new Refusal("too-many", "it was looked up often in the last minutes: wait a little")
      return desk.examiner.health(me.accountId, true)
    },
  }),
  route({
    method: "get",
    path: "/api/mail-health/probes",
    who: "admin",
    summary: "The last trial mails, and what has become of them",
    answer: probesAnswer,
    handle: async ({ desk, me }) => ({
      probes: await desk.store.run("readProbes", { accountId: me.accountId }, desk.clock.now()),
    }),
  }),
  route({
    method: "post",
    path: "/api/mail-health/probes",
    who: "admin",
    summary: "Sends a trial mail to any address, ten an hour",
    body: probeBody,
    answer: probeSent,
    handle: async ({ desk, me, body }) => {
      const { accountId, agentId } = me
      const sent = await desk.store.run("sendProbe", { accountId, agentId, ...body }, desk.clock.now())
      desk.mailQueued()
      return sent
    },
  }),
  route({
    method: "get",
    path: "/api/allow",
    who: "public",
    summary: "What an IT department needs to know to let this relay's mail in",
    query: z.object({ domain: z.string().max(253).optional() }),
    answer: allowAnswer,
    handle: ({ desk, query }) => desk.allowing(query.domain),
  }),
]
