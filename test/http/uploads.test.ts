import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { AttachmentView, ConversationView } from "../../shared/protocol/views.ts"
import { MOST_BYTES, MOST_FILES } from "../../shared/words/files.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import * as files from "../kit/some-files.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

describe.each(STORES)("files through the chat on %s", (kind) => {
  let relay: TestRelay
  let company: Company
  let token: string
  let box: VisitorSocket
  let visitor: string
  let conversationId: string
  let keys = 0

  const key = (): string => `key-of-test-${String(++keys).padStart(4, "0")}`

  const enter = async (): Promise<VisitorSocket> => {
    const socket = await connectVisitor({ ...relay, siteKey: company.siteKey })
    socket.send({ type: "open", language: "en", zone: "UTC" })
    await socket.push(ofType("you"))
    return socket
  }

  const write = async (socket: VisitorSocket, text: string, ids: string[] = []) => {
    const mine = key()
    socket.send({ type: "write", key: mine, text, page: null, files: ids })
    return socket.push(
      (push): push is Extract<typeof push, { type: "ack" | "refused" }> =>
        (push.type === "ack" || push.type === "refused") && push.key === mine,
    )
  }

  beforeAll(async () => {
    relay = await startRelay({ store: kind })
    company = await relay.setUp()
    token = await relay.signIn()
    box = await enter()
    visitor = box.visitor() ?? ""
    await write(box, "Hello?")
    const list = await api<{ conversations: { id: string }[] }>(
      { ...relay, token },
      "GET",
      "/api/conversations",
    )
    conversationId = list.conversations[0]!.id
  })
  afterAll(async () => {
    await box?.close()
    await relay?.stop()
  })

  interface Sent {
    status: number
    json: AttachmentView & { error?: { code: string; message: string; facts: Record<string, unknown> } }
  }

  const post = async (path: string, bearer: string, body: Uint8Array): Promise<Sent> => {
    const answer = await fetch(`${relay.url}${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}` },
      body: new Uint8Array(body),
    })
    const text = await answer.text()
    return { status: answer.status, json: text === "" ? {} : JSON.parse(text) }
  }

  const asVisitor = (name: string, body: Uint8Array, who = visitor, mine = key()): Promise<Sent> =>
    post(`/api/box/uploads?site=${company.siteKey}&key=${mine}&name=${encodeURIComponent(name)}`, who, body)

  const asAgent = (name: string, body: Uint8Array, who = token, mine = key()): Promise<Sent> =>
    post(
      `/api/conversations/${conversationId}/uploads?key=${mine}&name=${encodeURIComponent(name)}`,
      who,
      body,
    )

  const read = () => api<ConversationView>({ ...relay, token }, "GET", `/api/conversations/${conversationId}`)
  const get = (path: string, bearer: string) =>
    fetch(`${relay.url}${path}`, { headers: { Authorization: `Bearer ${bearer}` } })
  const waiting = async (): Promise<number> =>
    (await relay.store.run("sweepUploads", { after: "", limit: 0 }, relay.clock.now())).removed

  test("a visitor's picture comes to the agents with its message, and is shown; its key again is the same file", async () => {
    const picture = files.png()
    const mine = key()
    const first = await asVisitor("holiday.png", picture, visitor, mine)
    expect(first).toMatchObject({
      status: 200,
      json: { name: "holiday.png", type: "image/png", size: picture.length },
    })
    expect((await asVisitor("holiday.png", picture, visitor, mine)).json.id).toBe(first.json.id)
    expect(await write(box, "", [first.json.id])).toMatchObject({
      type: "ack",
      message: { text: "", attachments: [{ id: first.json.id, name: "holiday.png" }] },
    })
    const view = await read()
    expect(view.messages.at(-1)?.attachments).toEqual([first.json])
    expect(view.excerpt).toBe("holiday.png")
    const answer = await get(`/api/attachments/${first.json.id}`, token)
    expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true)
    expect(answer.headers.get("content-type")).toBe("image/png")
    expect(answer.headers.get("content-disposition")).toMatch(/^inline; filename="holiday.png"/)
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
    expect(answer.headers.get("content-security-policy")).toContain("sandbox; default-src 'none'")
  })
})
