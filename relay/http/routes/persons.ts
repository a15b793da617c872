import type { z } from "zod"
import { personBody } from "../../../shared/protocol/http.ts"
import { type AccountId, type AgentId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { bytesOf, type ExportPlace } from "../../actions/export.ts"
import { whoseOf } from "../../actions/persons.ts"
import { zipOf } from "../../zip.ts"
import { actorOf } from "../actor.ts"
import { personErased, personView } from "../answers-record.ts"
import { type Desk, type Me, type Route, route } from "../route.ts"

/** What is stored of a person: to be looked at, handed out, erased; and of the whole account, to be handed out. */
export const personRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/persons/find",
    who: "admin",
    summary: "What is stored of a visitor or an agent, and would go; changes nothing",
    body: personBody,
    answer: personView,
    handle: ({ desk, me, body }) => {
      const { accountId } = me
      return "agentId" in body
        ? desk.store.run("readAgentData", { accountId, agentId: agentOf(body.agentId) }, desk.clock.now())
        : desk.store.run("readPerson", { accountId, whose: whoseOf(body.visitor) }, desk.clock.now())
    },
  }),
  route({
    method: "post",
    path: "/api/persons/export",
    who: "admin",
    summary: "All that is stored of a person, as a zip of text, JSON, attachments and mails",
    body: personBody,
    handle: async ({ desk, me, body }) => {
      const { files } = await exportOf(desk, me, body)
      const { store, clock } = desk
      const { accountId } = me
      const zip = zipOf(files, (file) =>
        bytesOf(file, (kept) => store.run("readKept", { accountId, kept }, clock.now(), "reading")),
      )
      return download(streamOf(zip), "application/zip", "person.zip")
    },
  }),
  route({
    method: "post",
    path: "/api/persons/erase",
    who: "admin",
    summary:
      "Erases a visitor with all that was said, or an agent's name and addresses; there is no way back",
    body: personBody,
    answer: personErased,
    handle: async ({ desk, me, body }) => {
      const own = { accountId: me.accountId, actor: actorOf(me) }
      const person =
        "agentId" in body
          ? await desk.store.run("eraseAgent", { ...own, agentId: agentOf(body.agentId) }, desk.clock.now())
          : await desk.store.run("erasePerson", { ...own, whose: whoseOf(body.visitor) }, desk.clock.now())
      const { how, copies } = await desk.scrub()
      return { person, store: how, copies: copies.length }
    },
  }),
  route({
    method: "post",
    path: "/api/export",
    who: "admin",
    summary: "All data of the account, as lines of JSON with the table of each row; without secrets",
    handle: async ({ desk, me }) => {
      const { accountId } = me
      const begun = await desk.store.run("beginExport", { accountId, actor: actorOf(me) }, desk.clock.now())
      return download(linesFrom(desk, accountId, begun.next), "application/x-ndjson", "account.jsonl")
    },
  }),
]

const agentOf = (id: string): AgentId => {
  if (isId("agent", id)) return id
  throw new Refusal("not-found", `there is no agent ${id}`)
}

const exportOf = ({ store, clock }: Desk, me: Me, body: z.output<typeof personBody>) => {
  const own = { accountId: me.accountId, actor: actorOf(me) }
  return "agentId" in body
    ? store.run("exportAgent", { ...own, agentId: agentOf(body.agentId) }, clock.now())
    : store.run("exportPerson", { ...own, whose: whoseOf(body.visitor) }, clock.now())
}

/** Read as fast as it is taken. */
const streamOf = (parts: AsyncGenerator<Uint8Array>): ReadableStream =>
  new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      cancel: async () => void (await parts.return(undefined)),
    },
    { highWaterMark: 0 },
  )

const download = (body: ReadableStream, type: string, name: string): Response =>
  new Response(body, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
  })

/** Read as fast as it is taken, so that an account of any size is never in memory. */
const linesFrom = ({ store, clock }: Desk, accountId: AccountId, first: ExportPlace): ReadableStream => {
  let place: ExportPlace | null = first
  return new ReadableStream({
    pull: async (controller) => {
      if (place === null) return controller.close()
      const { lines, next } = await store.run("exportRows", { accountId, place }, clock.now(), "reading")
      place = next
      controller.enqueue(Buffer.from(lines.map((line) => `${line}\n`).join("")))
    },
  })
}
