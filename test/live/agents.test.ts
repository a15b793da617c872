import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { type AgentPush, CLOSE } from "../../shared/protocol/live.ts"
import { connectAgent, ofType } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType as visitorOf } from "../kit/visitor-socket.ts"

type ToolbarPush = Extract<AgentPush, { type: "toolbar" }>

describe.each(STORES)("an agent's socket on %s", (kind) => {
  let relay: TestRelay
  let company: Company
  let token: string

  beforeEach(async () => {
    relay = await startRelay({ store: kind, socketTimes: { helloWithin: 500, pingEvery: 200 } })
    company = await relay.setUp()
    token = await relay.signIn()
  })
  afterEach(() => relay.stop())

  const lightOf = async (): Promise<boolean> =>
    (await api<{ light: boolean }>({ ...relay, token }, "GET", "/api/toolbar")).light

  test("a beat is acknowledged once it is stored, and turns the light on everywhere", async () => {
    const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    expect((await box.push(visitorOf("welcome"))).box.light).toBe(false)
    const agent = await connectAgent(relay, token)
    agent.beat()
    expect((await agent.push(ofType("ack"))).seq).toBe(1)
    expect(await lightOf()).toBe(true)
    expect((await box.push(visitorOf("light"))).on).toBe(true)
    await agent.event("light", ({ on }) => on)
    const toolbar = await agent.push(
      (push): push is Extract<typeof push, { type: "toolbar" }> =>
        push.type === "toolbar" && push.toolbar.light,
    )
    expect(toolbar.toolbar.lightReason.code).toBe("held-by")
    // A beat that changes nothing is acknowledged too, and is no event.
    const events = agent.events().length
    agent.beat()
    await until("the second ack", () => agent.pushes.filter(ofType("ack")).length === 2)
    expect(agent.events().length).toBe(events)
    await Promise.all([agent.close(), box.close()])
  })

  test("quitting the browser makes the device fade, and another one of the agent does not", async () => {
    const second = await relay.signIn()
    const [one, other] = [await connectAgent(relay, token), await connectAgent(relay, second)]
    const device = (await one.push(ofType("welcome"))).toolbar.device
    one.beat()
    other.beat()
    await Promise.all([one.push(ofType("ack")), other.push(ofType("ack"))])
    await one.close()
    const faded = await other.event("presence", ({ presence }) => presence === "fading")
    expect(faded.deviceId).toBe(device)
    expect(await lightOf()).toBe(true)
    await other.close()
  })

  test("a device that reconnects before its old socket is gone stays present", async () => {
    const watcher = await connectAgent(relay, token, { role: "screen" })
    const old = await connectAgent(relay, token)
    const bootId = "one-and-the-same-boot"
    old.beat({ bootId, seq: 1 })
    await old.push(ofType("ack"))
    const fresh = await connectAgent(relay, token)
    fresh.beat({ bootId, seq: 2 })
    await fresh.push(ofType("ack"))
    await old.close()
    await fresh.close()
    // Only the second close ends the presence: one event, after the one for being present.
    await watcher.event("presence", ({ presence }) => presence === "fading")
    expect(watcher.events().filter((event) => event.kind === "presence")).toHaveLength(2)
    await watcher.close()
  })

  test("a screen carries no beats", async () => {
    const screen = await connectAgent(relay, token, { role: "screen" })
    screen.beat()
    expect(await screen.closed).toBe(CLOSE.badFrame)
  })

  test("a change of intent is on every device, with the team's picture", async () => {
    const [one, other] = [
      await connectAgent(relay, token),
      await connectAgent(relay, token, { role: "screen" }),
    ]
    const { intentVersion } = (await one.push(ofType("welcome"))).toolbar.me
    await api({ ...relay, token }, "PUT", "/api/me/intent", { intent: "busy", version: intentVersion })
    for (const socket of [one, other]) {
      const changed = await socket.event("intent")
      expect(changed).toMatchObject({ agentId: company.agentId, intent: "busy", by: "person" })
      const busy = await socket.push(
        (push): push is ToolbarPush => push.type === "toolbar" && push.toolbar.me.intent === "busy",
      )
      expect(busy.toolbar.team).toEqual([])
    }
    // What a visitor writes changes nothing about the team: it is not told again.
    const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(visitorOf("you"))
    box.send({ type: "write", key: "a-first-message", text: "Hello?", page: null })
    const waiting = await other.push(
      (push): push is ToolbarPush => push.type === "toolbar" && push.toolbar.waitingCount === 1,
    )
    expect("team" in waiting.toolbar).toBe(false)
    await Promise.all([one.close(), other.close(), box.close()])
  })

  test("who was away catches up from the cursor; a cursor too new starts afresh", async () => {
    const first = await connectAgent(relay, token, { role: "screen" })
    const { cursor } = await first.push(ofType("welcome"))
    await first.close()
    const version = 1
    await api({ ...relay, token }, "PUT", "/api/me/intent", { intent: "busy", version })
    await api({ ...relay, token }, "PUT", "/api/me/intent", { intent: "available", version: version + 1 })
    const back = await connectAgent(relay, token, { role: "screen", cursor })
    await back.event("intent", ({ intent }) => intent === "available")
    const missed = back.events()
    expect(missed.map((event) => event.cursor)).toEqual(missed.map((_, i) => cursor + 1 + i))
    const afresh = await connectAgent(relay, token, { role: "screen", cursor: cursor + 10_000 })
    expect((await afresh.push(ofType("welcome"))).cursor).toBe(missed.at(-1)!.cursor)
    await Promise.all([back.close(), afresh.close()])
  })

  test("signing out closes the device's sockets, and a token that is none opens nothing", async () => {
    const [device, screen] = [
      await connectAgent(relay, token),
      await connectAgent(relay, token, { role: "screen" }),
    ]
    await api({ ...relay, token }, "POST", "/api/sign-out", { unavailable: false })
    expect(await Promise.all([device.closed, screen.closed])).toEqual([CLOSE.notSignedIn, CLOSE.notSignedIn])
    const unknown = await connectAgent(relay, null)
    unknown.send({ type: "hello", token, role: "device", cursor: null })
    expect(await unknown.closed).toBe(CLOSE.notSignedIn)
  })

  test.each([
    ["no JSON", "{"],
    ["a frame of no kind", '{"type":"shout"}'],
    [
      "a beat before hello",
      '{"type":"beat","bootId":"12345678","seq":1,"state":"active","intervalMs":20000}',
    ],
  ])("%s closes it", async (_, text) => {
    const socket = new WebSocket(`${relay.url.replace("http", "ws")}/live/agent`)
    socket.on("open", () => socket.send(text))
    const code = await new Promise((resolve) => socket.once("close", resolve))
    expect(code).toBe(CLOSE.badFrame)
  })

  test("who says nothing is sent away, and a frame past 64 kB ends it", async () => {
    const silent = await connectAgent(relay, null)
    expect(await silent.closed).toBe(CLOSE.noHello)
    const loud = await connectAgent(relay, token)
    loud.send({ type: "hello", token: "x".repeat(70_000), role: "device", cursor: null })
    expect(await loud.closed).toBe(1009)
  })

  test("a relay that goes down says so, and the device is not ended by it", async () => {
    const agent = await connectAgent(relay, token)
    agent.beat()
    await agent.push(ofType("ack"))
    await relay.restart()
    expect(await agent.closed).toBe(1001)
    expect(await lightOf()).toBe(true)
    const { devices } = await api<{ devices: { presence: string }[] }>(
      { ...relay, token },
      "GET",
      "/api/toolbar",
    )
    expect(devices.map(({ presence }) => presence)).toEqual(["present"])
  })

  test("a peer that does not answer pings is gone", async () => {
    const socket = new WebSocket(`${relay.url.replace("http", "ws")}/live/agent`, { autoPong: false })
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "hello", token, role: "device", cursor: null })),
    )
    const code = await new Promise((resolve) => socket.once("close", resolve))
    expect(code).toBe(1006)
  })
})
