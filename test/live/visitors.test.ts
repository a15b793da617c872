import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { CLOSE } from "../../shared/protocol/live.ts"
import type { ConversationView, SettingsView } from "../../shared/protocol/views.ts"
import { PLAIN_LOOK } from "../../shared/words/look.ts"
import { connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

describe.each(STORES)("a chat box's socket on %s", (kind) => {
  let relay: TestRelay
  let company: Company
  let token: string

  beforeEach(async () => {
    relay = await startRelay({ store: kind })
    company = await relay.setUp()
    token = await relay.signIn()
  })
  afterEach(() => relay.stop())

  const box = (visitor: string | null = null): Promise<VisitorSocket> =>
    connectVisitor({ ...relay, siteKey: company.siteKey, visitor })

  const open = async (socket: VisitorSocket): Promise<string> => {
    socket.send({ type: "open", language: "en", zone: "Europe/Prague" })
    return (await socket.push(ofType("you"))).visitor
  }

  const write = async (socket: VisitorSocket, key: string, text: string) => {
    socket.send({ type: "write", key, text, page: { url: "https://shop.example/lamps", title: "Lamps" } })
    return (
      await socket.push(
        (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === key,
      )
    ).message
  }

  const conversations = async () =>
    (
      await api<{ conversations: ConversationView[] }>(
        { ...relay, token },
        "GET",
        "/api/conversations?list=all",
      )
    ).conversations

  test("a message is acknowledged, is there once, and comes to the agents and the visitor's other tabs", async () => {
    const first = await box()
    const visitor = await open(first)
    const second = await box(visitor)
    const agent = await connectAgent(relay, token, { role: "screen" })
    const message = await write(first, "message-one", "Do you have the lamp in blue?")
    expect(message).toMatchObject({ seq: 1, author: "visitor", name: null })
    expect(await write(first, "message-one", "Do you have the lamp in blue?")).toEqual(message)
    expect((await second.push(ofType("message"))).message).toEqual(message)
    expect((await agent.event("message")).message).toMatchObject({ seq: 1, text: message.text })
    expect(first.pushes.filter(ofType("message"))).toEqual([])
    expect(await conversations()).toHaveLength(1)
    await Promise.all([first.close(), second.close(), agent.close()])
  })

  test("agents see which browser and system the visitor uses, and no more of what it says", async () => {
    const firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0 (secret)"
    const first = await connectVisitor({ ...relay, siteKey: company.siteKey, userAgent: firefox })
    const visitor = await open(first)
    await write(first, "message-one", "Do you have the lamp in blue?")
    const [{ id } = { id: "" }] = await conversations()
    const device = async () => {
      const view = await api<ConversationView>({ ...relay, token }, "GET", `/api/conversations/${id}`)
      return view.visitorDevice
    }
    expect(await device()).toBe("Firefox · Windows")
    await first.close()
    const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    const later = await connectVisitor({ ...relay, siteKey: company.siteKey, visitor, userAgent: phone })
    await until("the phone is known", async () => (await device()) === "Safari · iOS")
    await later.close()
    // What says nothing changes nothing.
    const nameless = await box(visitor)
    await write(nameless, "message-two", "Or in green?")
    expect(await device()).toBe("Safari · iOS")
    await nameless.close()
  })

  test("an agent's answer comes live to all tabs, and is history for the next", async () => {
    const first = await box()
    const visitor = await open(first)
    await write(first, "message-one", "Hello?")
    const second = await box(visitor)
    const [{ id }] = (await conversations()) as [ConversationView]
    await api({ ...relay, token }, "POST", `/api/conversations/${id}/answer`, {
      key: "answer-one",
      text: "Yes!",
    })
    for (const tab of [first, second])
      expect((await tab.push(ofType("message"))).message).toMatchObject({
        seq: 2,
        author: "agent",
        name: "Anna",
      })
    const later = await box(visitor)
    const { messages } = (await later.push(ofType("welcome"))).box
    expect(messages.map(({ text }) => text)).toEqual(["Hello?", "Yes!"])
    await Promise.all([first, second, later].map((tab) => tab.close()))
  })

  test("another visitor hears nothing of it", async () => {
    const [mine, theirs] = [await box(), await box()]
    await open(mine)
    await open(theirs)
    await write(theirs, "their-message", "Good morning")
    await write(mine, "message-one", "Hello?")
    const agent = await connectAgent(relay, token)
    agent.beat()
    await theirs.push(ofType("light"))
    expect(theirs.pushes.filter(ofType("message"))).toEqual([])
    await Promise.all([mine.close(), theirs.close(), agent.close()])
  })

  test("the visitor is here while a tab is open, and what they have seen is known", async () => {
    const agent = await connectAgent(relay, token, { role: "screen" })
    const first = await box()
    const visitor = await open(first)
    await write(first, "message-one", "Hello?")
    const second = await box(visitor)
    const [{ id }] = (await conversations()) as [ConversationView]
    const read = () => api<ConversationView>({ ...relay, token }, "GET", `/api/conversations/${id}`)
    expect(await read()).toMatchObject({ visitorSeenSeq: 0, visitorSeenAt: null })
    second.send({ type: "seen", seq: 1 })
    const { at } = await agent.event("visitor", ({ here, seenSeq }) => here && seenSeq === 1)
    expect(await read()).toMatchObject({ visitorSeenSeq: 1, visitorSeenAt: at })
    await first.close()
    expect((await read()).visitorHere).toBe(true)
    await second.close()
    await agent.event("visitor", ({ here }) => !here)
    expect((await read()).visitorHere).toBe(false)
    await agent.close()
  })

  test("a tab that is cut off counts no longer, whoever cut it", async () => {
    const agent = await connectAgent(relay, token, { role: "screen" })
    const socket = await box()
    await open(socket)
    await write(socket, "message-one", "Hello?")
    socket.send({ type: "nonsense" } as never)
    expect(await socket.closed).toBe(CLOSE.badFrame)
    await agent.event("visitor", ({ here }) => !here)
    await agent.close()
  })

  test("an address for answers is checked, kept, and known to the other tab", async () => {
    const first = await box()
    const second = await box(await open(first))
    first.send({ type: "contact", address: "not an address", name: null })
    expect(await first.push(ofType("refused"))).toMatchObject({ key: null, code: "bad-input" })
    first.send({ type: "contact", address: "vera@home.example", name: "Vera" })
    for (const tab of [first, second])
      expect(await tab.push(ofType("contact"))).toMatchObject({ address: "vera@home.example", name: "Vera" })
    await Promise.all([first.close(), second.close()])
  })

  test("a message too long is refused with its key; the socket stays", async () => {
    const socket = await box()
    await open(socket)
    socket.send({ type: "write", key: "much-too-long", text: "x".repeat(10_001), page: null })
    expect(await socket.push(ofType("refused"))).toMatchObject({ key: "much-too-long", code: "bad-input" })
    expect((await write(socket, "short-enough", "Fine")).seq).toBe(1)
    await socket.close()
  })

  test("more than 20 messages in 10 s are refused, each with its key", async () => {
    const socket = await box()
    await open(socket)
    for (let n = 1; n <= 22; n++)
      socket.send({ type: "write", key: `message-${n}`, text: `number ${n}`, page: null })
    const refused = await socket.push(ofType("refused"))
    expect(refused).toMatchObject({ code: "too-many", key: "message-21" })
    expect(socket.pushes.filter(ofType("ack"))).toHaveLength(20)
    await socket.close()
  })

  test("that it was closed, and how it was, comes to all tabs; going on ends that", async () => {
    const { sites } = await api<SettingsView>({ ...relay, token }, "GET", "/api/settings")
    await api({ ...relay, token }, "PUT", `/api/sites/${sites[0]!.id}/box`, {
      look: PLAIN_LOOK,
      rates: true,
      transcripts: false,
    })
    const first = await box()
    const visitor = await open(first)
    await write(first, "message-one", "Hello?")
    const second = await box(visitor)
    first.send({ type: "rate", good: true })
    expect(await first.push(ofType("refused"))).toMatchObject({ key: "rate", code: "stale" })
    const [{ id }] = (await conversations()) as [ConversationView]
    await api({ ...relay, token }, "POST", `/api/conversations/${id}/close`)
    for (const tab of [first, second]) expect(await tab.push(ofType("ended"))).toMatchObject({ ended: true })
    second.send({ type: "rate", good: false, words: "  " })
    for (const tab of [first, second]) expect(await tab.push(ofType("rated"))).toMatchObject({ good: false })
    const third = await box(visitor)
    const { box: state } = await third.push(ofType("welcome"))
    expect([state.ended, state.rating]).toEqual([true, false])
    second.send({ type: "transcript" })
    expect(await second.push(ofType("refused"))).toMatchObject({ key: "transcript", code: "forbidden" })
    await write(first, "message-two", "One more thing")
    await second.push(
      (push): push is Extract<typeof push, { type: "ended" }> => push.type === "ended" && !push.ended,
    )
    await Promise.all([first.close(), second.close(), third.close()])
  })

  test("who the page says somebody is comes to all tabs as their address; too often is refused", async () => {
    const first = await box()
    const visitor = await open(first)
    const second = await box(visitor)
    const identify = (said: object) =>
      first.send({ type: "identify", said: JSON.stringify(said), signature: null })
    identify({ email: "Eve@Example.org" })
    expect(await second.push(ofType("contact"))).toMatchObject({ address: "eve@example.org" })
    identify({ email: "nobody" })
    expect(await first.push(ofType("refused"))).toMatchObject({ key: "identify", code: "bad-input" })
    for (let n = 1; n <= 20; n++) identify({ name: `Eve ${n}` })
    await first.push(
      (push): push is Extract<typeof push, { type: "refused" }> =>
        push.type === "refused" && push.code === "too-many" && push.key === "identify",
    )
    await Promise.all([first.close(), second.close()])
  })

  test("without having opened the box nobody writes", async () => {
    const socket = await box()
    socket.send({ type: "write", key: "message-one", text: "Hello?", page: null })
    expect(await socket.push(ofType("refused"))).toMatchObject({ key: "message-one", code: "bad-input" })
    await socket.close()
  })

  const closeOf = async (origin: string | undefined, hello: Record<string, unknown>): Promise<number> => {
    const socket = new WebSocket(`${relay.url.replace("http", "ws")}/live/visitor`, { origin })
    const frame = {
      type: "hello",
      site: company.siteKey,
      group: null,
      tab: "tab-12345678",
      visitor: null,
      ...hello,
    }
    socket.on("open", () => socket.send(JSON.stringify(frame)))
    return new Promise((resolve) => socket.once("close", resolve))
  }

  test("another origin, none, and an unknown site are sent away", async () => {
    expect(await closeOf("https://evil.example", {})).toBe(CLOSE.origin)
    expect(await closeOf(undefined, {})).toBe(CLOSE.origin)
    expect(await closeOf(relay.url, { site: "nobody" })).toBe(CLOSE.noSite)
    expect(await closeOf(relay.url, { tab: "" })).toBe(CLOSE.badFrame)
  })

  test("a made-up visitor is a new one", async () => {
    const socket = await box("vi_aaaaaaaaaaaaaaaaaaaa.guessed")
    expect((await socket.push(ofType("welcome"))).box.messages).toEqual([])
    expect(await open(socket)).not.toContain("guessed")
    await socket.close()
  })

  test("a relay that goes down sends the boxes away, and the visitor has not left by that", async () => {
    const socket = await box()
    await open(socket)
    await write(socket, "message-one", "Hello?")
    await relay.restart()
    expect(await socket.closed).toBe(1001)
    const [{ id }] = (await conversations()) as [ConversationView]
    const read = await api<ConversationView>({ ...relay, token }, "GET", `/api/conversations/${id}`)
    expect(read.visitorHere).toBe(true)
  })

  test("tabs are counted in the metrics", async () => {
    const socket = await box()
    const metrics = async () => (await fetch(`${relay.url}/metrics`)).text()
    expect(await metrics()).toContain('porchlight_sockets{who="visitor"} 1')
    await socket.close()
    await until("none left", async () => (await metrics()).includes('porchlight_sockets{who="visitor"} 0'))
  })
})
