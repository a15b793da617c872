import { z } from "@hono/zod-openapi"
import { uploadQuery, visitorQuery, visitorUploadQuery } from "../../../shared/protocol/http.ts"
import type { AttachmentView } from "../../../shared/protocol/views.ts"
import { type AccountId, isId } from "../../../shared/words/ids.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import type { NewAttachment } from "../../actions/attachments.ts"
import type { Sender } from "../../actions/uploads.ts"
import { safeName } from "../../mail/attachment-name.ts"
import { kindOf, withEnding } from "../../rules/file-kinds.ts"
import { attachment } from "../answers-uploads.ts"
import { downloadInPieces } from "../download.ts"
import { type Desk, type Route, route } from "../route.ts"
import { readUpload } from "../upload-body.ts"

const byId = z.object({ id: z.string().max(64) })

/** Files sent through the chat: first the file, then the message that names it; and reading any attachment. */
export const uploadRoutes: Route[] = [
  route({
    method: "post",
    path: "/api/conversations/{id}/uploads",
    who: "agent",
    summary: "Sends a file for an answer that is being written; the same `key` is the same file",
    upload: true,
    params: byId,
    query: uploadQuery,
    answer: attachment,
    handle: async ({ desk, me, params: { id }, query, request, again }) => {
      if (!isId("conversation", id)) throw new Refusal("not-found", `there is no conversation ${id}`)
      const sender = { kind: "agent", id: me.agentId, conversationId: id } as const
      return take(desk, { accountId: me.accountId, sender }, { query, request, again }, me.agentId)
    },
  }),
  route({
    method: "post",
    path: "/api/uploads/{id}/remove",
    who: "agent",
    summary: "Throws a file away that was not sent with an answer yet",
    params: byId,
    handle: ({ desk, me: { accountId, agentId: senderId }, params: { id } }) =>
      desk.store.run("dropUpload", { accountId, senderId, id }, desk.clock.now()),
  }),
  route({
    method: "get",
    path: "/api/attachments/{attachmentId}",
    who: "agent",
    summary: "A file of a message, as it came: for saving; pictures of a few kinds for showing as well",
    params: z.object({ attachmentId: z.string().max(64) }),
    handle: async ({ desk, me: { accountId }, params: { attachmentId: id } }) => {
      if (!isId("attachment", id)) throw new Refusal("not-found", `there is no attachment ${id}`)
      return downloadInPieces((from) =>
        desk.store.run("readAttachmentPiece", { accountId, id, from }, desk.clock.now(), "reading"),
      )
    },
  }),
  route({
    method: "post",
    path: "/api/box/uploads",
    who: "visitor",
    summary: "Sends a file for a visitor's next message; the same `key` is the same file",
    upload: true,
    query: visitorUploadQuery,
    answer: attachment,
    handle: async ({ desk, me, address, query, request, again }) => {
      const sender = { kind: "visitor", id: me.visitorId } as const
      const by = { accountId: me.accountId, sender }
      return take(desk, by, { query, request, again }, address, takeMegabytes(desk, address))
    },
  }),
  route({
    method: "post",
    path: "/api/box/uploads/{id}/remove",
    who: "visitor",
    summary: "Throws a file away that the visitor did not send",
    params: byId,
    query: visitorQuery,
    handle: ({ desk, me: { accountId, visitorId: senderId }, params: { id } }) =>
      desk.store.run("dropUpload", { accountId, senderId, id }, desk.clock.now()),
  }),
  route({
    method: "get",
    path: "/api/box/attachments/{id}",
    who: "visitor",
    summary: "A file of the visitor's own conversations",
    params: byId,
    query: visitorQuery,
    handle: ({ desk, me: { accountId, visitorId }, params: { id } }) =>
      downloadInPieces((from) =>
        desk.store.run(
          "readVisitorAttachment",
          { accountId, visitorId, id, from },
          desk.clock.now(),
          "reading",
        ),
      ),
  }),
]

interface UploadCall {
  query: { key: string; name: string }
  request: Request
  again: () => Promise<void>
}

/**
 * Whether they may is asked before the bytes are waited for, and after: that may have taken minutes. `line`: of whom
 * only so many files come at a time; `room`: refuses more bytes than may come from there.
 */
const take = async (
  { store, clock, limits }: Desk,
  by: { accountId: AccountId; sender: Sender },
  { query: { key, name }, request, again }: UploadCall,
  line: string,
  room: (bytes: number) => void = () => undefined,
): Promise<AttachmentView> => {
  await store.run("mayUpload", by, clock.now())
  const leave = limits.uploads[by.sender.kind].enter(line)
  try {
    const bytes = await readUpload(request)
    room(bytes.length)
    const file = fileOf(bytes, name)
    await again()
    return await store.run("takeUpload", { ...by, key, file }, clock.now())
  } finally {
    leave()
  }
}

/** One for each megabyte that was begun. */
const takeMegabytes =
  ({ limits }: Desk, address: string) =>
  (bytes: number): void => {
    for (let left = bytes; left > 0; left -= 1_000_000)
      if (!limits.files.take(address))
        throw new Refusal("too-many", "too many files came from your network: try again in some minutes", {
          limit: "hour",
        })
  }

/** What a file is says its content; its name is made safe to show and to save. */
const fileOf = (bytes: Uint8Array, called: string): NewAttachment => {
  if (bytes.length === 0) throw new Refusal("bad-input", "the file is empty: choose another one")
  const kind = kindOf(bytes)
  if (kind === null)
    throw new Refusal(
      "wrong-kind",
      "files of this kind cannot be sent: send a picture, a PDF, a document or text",
    )
  return { name: withEnding(safeName(called, kind.type, 1), kind), type: kind.type, bytes }
}
