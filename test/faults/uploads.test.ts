import { afterAll, beforeAll, expect, test } from "vitest"
import type { AttachmentView } from "../../shared/protocol/views.ts"
import { api, setUp, signIn } from "../kit/api.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"
import { fillDisk, isRoot, openDisk } from "./disk.ts"
import { createScene, type Scene } from "./scene.ts"

/** Files while the disk is full, or the relay is killed: what was acknowledged is there, whole; nothing else is. */

const AGENT = "anna@agents.example"
const FILE = Buffer.alloc(1_000_000, "a page of a file. ")

let disk: Awaited<ReturnType<typeof openDisk>>
let scene: Scene
let relay: RelayProcess
let token: string
let siteKey: string
let box: VisitorSocket

beforeAll(async () => {
  disk = await openDisk(48)
  scene = await createScene("sqlite", disk.folder)
  relay = await scene.start()
  siteKey = (await setUp(relay, { address: AGENT, grace: 0, wait: 0 })).siteKey
  token = await signIn(relay, AGENT, async () => (await scene.sink.received(1))[0]!.raw.toString())
  box = await connectVisitor({ url: relay.url, siteKey })
  box.send({ type: "open", language: "en", zone: "UTC" })
  await box.push(ofType("you"))
})
afterAll(async () => {
  await box?.close()
  await relay?.stop()
  await scene?.sink.close()
  await disk?.remove()
})

const send = async (key: string): Promise<{ status: number; json: AttachmentView }> => {
  const answer = await fetch(`${relay.url}/api/box/uploads?site=${siteKey}&key=${key}&name=${key}.txt`, {
    method: "POST",
    headers: { Authorization: `Bearer ${box.visitor()}` },
    body: FILE,
  })
  return { status: answer.status, json: (await answer.json()) as AttachmentView }
}

const inStore = () =>
  scene.read("SELECT name AS text FROM uploads UNION SELECT name FROM attachments ORDER BY 1")

test.each(isRoot ? ["full"] : [])(
  "a file finds the disk %s: 507 and nothing of it; the same again is taken once there is room",
  async () => {
    expect((await send("before-it")).status).toBe(200)
    const end = fillDisk(disk.folder)
    expect((await send("while-full")).status).toBe(507)
    end()
    expect(await inStore()).toEqual(["before-it.txt"])
    expect((await send("while-full")).status).toBe(200)
    expect(await inStore()).toEqual(["before-it.txt", "while-full.txt"])
  },
)

test("a file that was acknowledged outlives kill -9, with its message and without", async () => {
  const { id } = (await send("in-a-message")).json
  box.send({ type: "write", key: "with-a-file", text: "", page: null, files: [id] })
  await box.push(ofType("ack"))
  const waiting = (await send("still-waiting")).json.id
  await relay.kill()
  relay = await scene.start()
  const back = await connectVisitor({ url: relay.url, siteKey, visitor: box.visitor() })
  back.send({ type: "write", key: "with-the-other", text: "", page: null, files: [waiting] })
  await back.push(ofType("ack"))
  await back.close()
  for (const file of [id, waiting]) {
    const answer = await fetch(`${relay.url}/api/attachments/${file}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(Buffer.from(await answer.arrayBuffer()).equals(FILE)).toBe(true)
  }
  const list = await api<{ conversations: unknown[] }>(
    { url: relay.url, token },
    "GET",
    "/api/conversations?list=all",
  )
  expect(list.conversations).toHaveLength(1)
})
