import { z } from "@hono/zod-openapi"
import { answerBody, openBody } from "../../../shared/protocol/http.ts"
import { type ConversationId, type InboundMailId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { conversationView, messageAnswer } from "../answers.ts"
import { type Me, type Route, route } from "../route.ts"

const byId = z.object({ id: z.string().max(64) })
const byMail = z.object({ inboundMailId: z.string().max(64) })

/** Conversations as agents read, open, join, answer and close them. */
export const conversationRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/conversations/{id}",
    who: "agent",
    summary: "A conversation with its messages, verdicts and mails",
    params: byId,
    answer: conversationView,
    handle: ({ desk, me, params }) =>
      desk.store.run("readConversation", one(me, params.id), desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/open",
    who: "agent",
    summary: "It was visible and focused for a second, up to message `seq`",
    params: byId,
    body: openBody,
    handle: ({ desk, me, params, body }) =>
      desk.store.run("openConversation", { ...one(me, params.id), seq: body.seq }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/join",
    who: "agent",
    summary: "The agent takes it",
    params: byId,
    handle: ({ desk, me, params }) =>
      desk.store.run("joinConversation", one(me, params.id), desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/hand-back",
    who: "agent",
    summary: "The agent gives it back: it is unserved again",
    params: byId,
    handle: ({ desk, me, params }) =>
      desk.store.run("handBackConversation", one(me, params.id), desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/answer",
    who: "agent",
    summary: "Writes to the visitor and joins; the same `key` is the same message",
    params: byId,
    body: answerBody,
    answer: messageAnswer,
    handle: ({ desk, me, params, body }) =>
      desk.store.run("answerConversation", { ...one(me, params.id), ...body }, desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/conversations/{id}/close",
    who: "agent",
    summary: "Done with it, until the visitor writes again",
    params: byId,
    handle: ({ desk, me, params }) =>
      desk.store.run("closeConversation", one(me, params.id), desk.clock.now()),
  }),
  route({
    method: "post",
    path: "/api/answers/{inboundMailId}/release",
    who: "agent",
    summary: "Posts an answer that came by mail and that nobody had confirmed",
    params: byMail,
    answer: messageAnswer,
    handle: ({ desk, me, params }) =>
      desk.store.run("releaseAnswer", { ...agent(me), inboundMailId: mailId(params) }, desk.clock.now()),
  }),
  route({
    method: "get",
    path: "/api/mails/{inboundMailId}",
    who: "agent",
    summary: "The complete mail as it came (RFC 5322), as a text file",
    params: byMail,
    handle: async ({ desk, me, params }) => {
      const inboundMailId = mailId(params)
      const { accountId } = me
      const { raw } = await desk.store.run("readOriginal", { accountId, inboundMailId }, desk.clock.now())
      return new Response(new Uint8Array(raw), {
        headers: {
          "Content-Type": "text/plain; charset=utf-8",
          "Content-Disposition": `attachment; filename="${inboundMailId}.eml.txt"`,
        },
      })
    },
  }),
]

const agent = ({ accountId, agentId }: Me) => ({ accountId, agentId })

const one = (me: Me, id: string) => {
  if (!isId("conversation", id)) throw new Refusal("not-found", `there is no conversation ${id}`)
  return { ...agent(me), conversationId: id satisfies ConversationId }
}

const mailId = ({ inboundMailId }: { inboundMailId: string }): InboundMailId => {
  if (!isId("inbound-mail", inboundMailId))
    throw new Refusal("not-found", `there is no mail ${inboundMailId}`)
  return inboundMailId
}
