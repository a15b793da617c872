import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { UPLOAD_LIMITS } from "../../relay/rules/upload-limits.ts"
import type { AttachmentView, ConversationView, MessageView } from "../../shared/protocol/views.ts"
import { MOST_BYTES, MOST_FILES } from "../../shared/words/files.ts"
import type { VisitorId } from "../../shared/words/ids.ts"
import { DAY, HOUR } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import * as files from "../kit/some-files.ts"
import { STORES } from "../kit/stores.ts"
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

  const answer = (text: string, ids: string[]) =>
    api<{ message: MessageView }>(
      { ...relay, token },
      "POST",
      `/api/conversations/${conversationId}/answer`,
      { key: key(), text, files: ids },
    )

  /** How many files waited to be sent; none does after that. */
  const waited = async (at = relay.clock.now() + 15 * DAY): Promise<number> =>
    (await relay.store.run("sweepUploads", { after: "", limit: 1000 }, at)).removed

  const read = () => api<ConversationView>({ ...relay, token }, "GET", `/api/conversations/${conversationId}`)
  const get = (path: string, bearer: string) =>
    fetch(`${relay.url}${path}`, { headers: { Authorization: `Bearer ${bearer}` } })

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
    expect(answer.headers.get("cache-control")).toContain("no-store")
  })

  test("an agent's files stand in the chat box, live and as history, and only its visitor reads them", async () => {
    const sheet = await asAgent("data sheet.pdf", files.pdf())
    const answered = await answer("Here it is", [sheet.json.id])
    expect(answered.message.attachments).toEqual([sheet.json])
    const live = await box.push(
      (push): push is Extract<typeof push, { type: "message" }> =>
        push.type === "message" && push.message.seq === answered.message.seq,
    )
    expect(live.message.attachments).toEqual([sheet.json])
    const later = await connectVisitor({ ...relay, siteKey: company.siteKey, visitor })
    const { messages } = (await later.push(ofType("welcome"))).box
    expect(messages.at(-1)?.attachments).toEqual([sheet.json])
    await later.close()

    const path = `/api/box/attachments/${sheet.json.id}?site=${company.siteKey}`
    const own = await get(path, visitor)
    expect([own.status, own.headers.get("content-type")]).toEqual([200, "application/octet-stream"])
    expect(own.headers.get("content-disposition")).toMatch(/^attachment; filename="data sheet.pdf"/)
    const stranger = await enter()
    expect((await get(path, stranger.visitor() ?? "")).status).toBe(404)
    await stranger.close()
    const [id] = visitor.split(".")
    for (const bearer of [`${id}.guessed`, "vi_guessed.guessed", token, "x"])
      expect((await get(path, bearer)).status).toBe(401)
    expect((await get(path.replace(company.siteKey, "another"), visitor)).status).toBe(401)
  })

  test("the same answer sent again is the same message with the same files", async () => {
    const sent = await asAgent("once.txt", Buffer.from("once"))
    const mine = key()
    const body = { key: mine, text: "", files: [sent.json.id] }
    const once = () =>
      api<{ message: MessageView }>(
        { ...relay, token },
        "POST",
        `/api/conversations/${conversationId}/answer`,
        body,
      )
    expect(await once()).toEqual(await once())
  })

  test("nothing at all is no message; a file alone is one", async () => {
    await expect(answer("", [])).rejects.toThrow(/400.*write something first/)
    expect(await write(box, "  ", [])).toMatchObject({ type: "refused", code: "bad-input" })
  })

  test.each([
    ["a web page", "page.png", files.html()],
    ["SVG", "drawing.svg", files.svg()],
    ["SVG that calls itself a picture", "drawing.png", files.svg()],
    [
      "XML with an entity",
      "data.txt",
      Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'),
    ],
    ["a page after a byte order mark", "a.txt", Buffer.from("\ufeff  <html><script>1</script>")],
    ["a page in UTF-16", "a.txt", Buffer.from("\ufeff<html><script>1</script> ", "utf16le")],
    ["a program", "invoice.pdf.exe", files.program()],
    ["a program that calls itself a picture", "photo.png", files.program()],
    ["bytes of no kind", "noise.bin", Buffer.from([0, 1, 2, 3, 250, 251])],
  ])("%s is refused, whatever it is called", async (_, name, bytes) => {
    for (const sent of [await asVisitor(name, bytes), await asAgent(name, bytes)])
      expect([sent.status, sent.json.error?.code]).toEqual([415, "wrong-kind"])
  })

  test.each([
    ["../../etc/passwd", Buffer.from("root"), "passwd.txt"],
    ["C:\\windows\\evil.exe", Buffer.from("plain words"), "evil.exe.txt"],
    ["invoice.pdf.exe", files.png(), "invoice.pdf.exe.png"],
    ["picture.svg", files.png(), "picture.svg.png"],
    ["gnp.\u202Eexe.txt", Buffer.from("turned"), "gnp.exe.txt"],
    ["CON.txt", Buffer.from("device"), "_CON.txt"],
    ["nul\0name\r\nX: y.csv", Buffer.from("a;b"), "nulnameX_ y.csv"],
    ["", files.png(), "image-1.png"],
    [`${"long ".repeat(40)}.pdf`, files.pdf(), /^long (?:long ){9,}long…\.pdf$/],
    ["bomb.zip", files.zip(), "bomb.zip"],
    ["macro.docm", files.zip("[Content_Types].xml", "word/vbaProject.bin"), "macro.docm.docx"],
    ["program.jar", files.zip("META-INF/MANIFEST.MF"), "program.jar.zip"],
  ])("the name %j is made safe, and says what the file is", async (name, bytes, kept) => {
    const { status, json } = await asVisitor(name, bytes)
    expect(status).toBe(200)
    if (typeof kept === "string") expect(json.name).toBe(kept)
    else expect(json.name).toMatch(kept)
    await post(`/api/box/uploads/${json.id}/remove?site=${company.siteKey}`, visitor, new Uint8Array())
  })

  test("a picture that would unfold to gigabytes is for saving only", async () => {
    const huge = await asAgent("huge.png", files.hugePng())
    await answer("", [huge.json.id])
    const served = await get(`/api/attachments/${huge.json.id}`, token)
    expect(served.headers.get("content-type")).toBe("application/octet-stream")
    expect(served.headers.get("content-disposition")).toMatch(/^attachment/)
  })

  test("a file too large is refused before it is sent whole, said or not; nothing of it stays", async () => {
    const large = new Uint8Array(MOST_BYTES + 1).fill(65)
    const said = await asVisitor("large.txt", large).catch(() => null)
    if (said) expect([said.status, said.json.error?.code]).toEqual([413, "too-large"])
    const unsaid = await chunked(large)
    if (unsaid) expect(unsaid).toMatch(/^HTTP\/1.1 413 /)
    const fits = await asVisitor("fits.txt", large.subarray(0, MOST_BYTES))
    expect(fits).toMatchObject({ status: 200, json: { size: MOST_BYTES } })
    await post(`/api/box/uploads/${fits.json.id}/remove?site=${company.siteKey}`, visitor, new Uint8Array())
    const empty = await asVisitor("empty.txt", new Uint8Array())
    expect([empty.status, empty.json.error?.code]).toEqual([400, "bad-input"])
    expect(await waited()).toBe(0)
  })

  /** Sends without saying how much; gives the first line of the answer, null where the line was cut. */
  const chunked = (bytes: Uint8Array): Promise<string | null> =>
    new Promise((resolve) => {
      const socket = connect(relay.httpPort, "127.0.0.1")
      let heard = ""
      socket.on("data", (data) => {
        heard += data.toString("latin1")
      })
      socket.on("error", () => resolve(heard === "" ? null : heard))
      socket.on("close", () => resolve(heard === "" ? null : heard))
      const path = `/api/box/uploads?site=${company.siteKey}&key=${key()}&name=a.txt`
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${visitor}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`,
      )
      socket.write(`${bytes.length.toString(16)}\r\n`)
      socket.write(bytes)
      socket.write("\r\n0\r\n\r\n")
    })

  test("half a file leaves nothing", async () => {
    const socket = connect(relay.httpPort, "127.0.0.1")
    const path = `/api/box/uploads?site=${company.siteKey}&key=${key()}&name=half.txt`
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${visitor}\r\nContent-Length: 1000\r\n\r\nhalf of it`,
    )
    socket.on("error", () => {})
    // The relay has begun to read it, as it has answered what came after on another line.
    await get("/api/toolbar", token)
    socket.destroy()
    const after = await asVisitor("after.txt", Buffer.from("whole"))
    expect(after.status).toBe(200)
    expect(await waited()).toBe(1)
  })

  test("a file belongs to who sent it: nobody else sends it, reads it or throws it away", async () => {
    const mine = (await asVisitor("mine.txt", Buffer.from("mine"))).json.id
    const agents = (await asAgent("draft.txt", Buffer.from("draft"))).json.id
    const stranger = await enter()
    const theirs = stranger.visitor() ?? ""
    expect(await write(stranger, "", [mine])).toMatchObject({ type: "refused", code: "not-found" })
    expect(await write(box, "", [agents])).toMatchObject({ type: "refused", code: "not-found" })
    await expect(answer("", [mine])).rejects.toThrow(/404/)
    const remove = (id: string, who: string) =>
      post(`/api/box/uploads/${id}/remove?site=${company.siteKey}`, who, new Uint8Array())
    expect((await remove(mine, theirs)).status).toBe(404)
    expect((await remove(agents, visitor)).status).toBe(404)
    // What was not sent is nobody's attachment, not even for the agents.
    expect((await get(`/api/attachments/${mine}`, token)).status).toBe(404)
    expect((await remove(mine, visitor)).status).toBe(204)
    expect(await write(box, "", [mine])).toMatchObject({ type: "refused", code: "not-found" })
    await stranger.close()
    await api({ ...relay, token }, "POST", `/api/uploads/${agents}/remove`)
    expect(await waited()).toBe(0)
  })

  test("an agent who was signed out meanwhile keeps nothing here", async () => {
    const leaving = await relay.signIn()
    const socket = connect(relay.httpPort, "127.0.0.1")
    const answered = new Promise<string>((resolve) => {
      let heard = ""
      socket.on("data", (data) => {
        heard += data.toString("latin1")
      })
      socket.on("close", () => resolve(heard))
    })
    const path = `/api/conversations/${conversationId}/uploads?key=${key()}&name=late.txt`
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${leaving}\r\nContent-Length: 8\r\nConnection: close\r\n\r\nlate`,
    )
    await api({ ...relay, token: leaving }, "POST", "/api/sign-out", { unavailable: false })
    socket.write("late")
    expect(await answered).toMatch(/^HTTP\/1.1 401 /)
    expect(await waited()).toBe(0)
  })

  test(`a message has at most ${MOST_FILES} files, and so many wait at a time`, async () => {
    const ids: string[] = []
    for (let n = 0; n < MOST_FILES; n++)
      ids.push((await asVisitor(`${n}.txt`, Buffer.from(`file ${n}`))).json.id)
    const more = await asVisitor("more.txt", Buffer.from("more"))
    expect([more.status, more.json.error?.code, more.json.error?.facts]).toEqual([
      429,
      "too-many",
      { limit: "waiting" },
    ])
    expect(await write(box, "eleven", [...ids, "at_x"])).toMatchObject({ type: "refused", code: "bad-input" })
    expect(await write(box, "ten", ids)).toMatchObject({ type: "ack" })
    expect(await waited()).toBe(0)
  })

  describe("an agent's picture", () => {
    const put = (picture: Uint8Array | string | null, by = token) =>
      fetch(`${relay.url}/api/me/picture`, {
        method: "PUT",
        headers: { Authorization: `Bearer ${by}`, "Content-Type": "application/json" },
        body: JSON.stringify({
          picture: picture instanceof Uint8Array ? Buffer.from(picture).toString("base64") : picture,
        }),
      })
    const read = (id: string | null, by: string) =>
      fetch(`${relay.url}/api/pictures/${id}`, { headers: { Authorization: `Bearer ${by}` } })
    const mine = async (): Promise<string | null> =>
      (await api<{ me: { picture: string | null } }>({ ...relay, token }, "GET", "/api/toolbar")).me.picture

    test("is seen by their team and by nobody else, and runs nowhere", async () => {
      const face = files.png(160, 160)
      const set = await put(face)
      expect(set.status).toBe(200)
      const { picture } = (await set.json()) as { picture: string }
      expect(await mine()).toBe(picture)

      await relay.addAgent(company, "Paula", "paula@lamplight.example")
      const paula = await relay.signIn("paula@lamplight.example")
      const { team } = await api<{ team: { name: string; picture: string | null }[] }>(
        { ...relay, token: paula },
        "GET",
        "/api/toolbar",
      )
      expect(team.map((mate) => mate.picture)).toContain(picture)
      const seen = await read(picture, paula)
      expect(Buffer.from(await seen.arrayBuffer()).equals(face)).toBe(true)
      expect(Object.fromEntries(seen.headers)).toMatchObject({
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringContaining("sandbox"),
        "cache-control": "no-store",
      })

      const other = await relay.store.run(
        "createAccount",
        { name: "Other", language: "en", zone: "UTC", graceMs: 1000, waitMs: 1000 },
        relay.clock.now(),
      )
      const eve = { name: "Eve", address: `eve@${kind}.example`, role: "admin" } as const
      await relay.store.run(
        "createAgent",
        { ...other, ...eve, language: "en", zone: "UTC" },
        relay.clock.now(),
      )
      expect((await read(picture, await relay.signIn(eve.address))).status).toBe(404)
      expect((await read(picture, "guessed")).status).toBe(401)
      expect((await read(picture, visitor)).status).toBe(401)
    })

    test("is another one under another id, and none once it was taken away", async () => {
      const before = await mine()
      await put(files.png(32, 32, [0, 0, 255]))
      const after = await mine()
      expect(after).not.toBe(before)
      expect((await read(before, token)).status).toBe(404)
      expect((await read(after, token)).status).toBe(200)
      await put(null)
      expect(await mine()).toBeNull()
      expect((await read(after, token)).status).toBe(404)
    })

    test.each([
      ["a drawing with a script", () => files.svg(), 415],
      ["a page", () => files.html(), 415],
      ["a program", () => files.program(), 415],
      ["a document", () => files.pdf(), 415],
      ["a picture that moves", () => Buffer.from("GIF89a\x02\0\x02\0\0\0\0;", "latin1"), 415],
      ["a picture that does not say how large it is", () => files.png().subarray(0, 12), 415],
      ["a picture that would unfold to gigabytes", () => files.hugePng(), 413],
      ["a picture of too many pixels", () => files.png(513, 512), 413],
      ["too many bytes", () => Buffer.concat([files.png(), Buffer.alloc(24_000)]), 413],
      ["more than a request may have", () => Buffer.alloc(70_000), 413],
      ["nothing", () => "", 400],
      ["what is no base64", () => "<script>", 400],
    ])("is not %s; the one before stays", async (_, bytes, status) => {
      await put(files.png())
      const before = await mine()
      expect((await put(bytes())).status).toBe(status)
      expect(await mine()).toBe(before)
      expect((await read(before, token)).status).toBe(200)
    })
  })

  test("files that nobody sent go by themselves, and those of messages stay", async () => {
    const { json } = await asVisitor("forgotten.txt", Buffer.from("forgotten"))
    expect(await waited(relay.clock.now() + 23 * HOUR)).toBe(0)
    expect(await waited(relay.clock.now() + 25 * HOUR)).toBe(1)
    expect(await write(box, "", [json.id])).toMatchObject({ type: "refused", code: "not-found" })
    const kept = (await read()).messages.flatMap(({ attachments }) => attachments)
    for (const { id } of kept) expect((await get(`/api/attachments/${id}`, token)).status).toBe(200)
  })

  test("an hour's files are counted, thrown away or not; the next hour begins anew", async () => {
    const someone = await enter()
    const who = someone.visitor() ?? ""
    const { accountId } = company
    const id = who.split(".")[0] as VisitorId
    const sender = { kind: "visitor", id } as const
    const send = (now: number) =>
      relay.store.run(
        "takeUpload",
        {
          accountId,
          sender,
          key: key(),
          file: { name: "a.txt", type: "text/plain", bytes: Buffer.from("a") },
        },
        now,
      )
    const start = relay.clock.now()
    for (let n = 0; n < UPLOAD_LIMITS.visitor.files; n++) {
      const { id: file } = await send(start)
      await relay.store.run("dropUpload", { accountId, senderId: id, id: file }, start)
    }
    await expect(send(start)).rejects.toMatchObject({ code: "too-many", facts: { limit: "hour" } })
    await expect(send(start + HOUR)).resolves.toMatchObject({ name: "a.txt" })
    await someone.close()
  })
})
