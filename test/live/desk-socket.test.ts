import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type WebSocket, WebSocketServer } from "ws"
import { httpPort } from "../../shared/desk/http-port.ts"
import { type LiveOptions, openLive } from "../../shared/desk/live-socket.ts"
import { type DeskNews, Unreachable } from "../../shared/desk/port.ts"
import type { AgentFrame, AgentPush } from "../../shared/protocol/live.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { event, ONE, toolbar } from "../desk/samples.ts"
import { until } from "../kit/until.ts"

/** A relay that says what the test wants: each socket's hello is kept, and answered by `answer`. */
let http: Server
let sockets: WebSocketServer
let hellos: AgentFrame[]
let frames: AgentFrame[]
let answer: (socket: WebSocket) => void
let reply: { status: number; body: string }
let relay = ""
const stops: (() => void)[] = []

const say = (socket: WebSocket, push: AgentPush): void => socket.send(JSON.stringify(push))
const welcome = (socket: WebSocket): void =>
  say(socket, { type: "welcome", now: 0, cursor: 7, toolbar: toolbar() })

beforeEach(async () => {
  hellos = []
  frames = []
  answer = welcome
  reply = { status: 200, body: "{}" }
  http = createServer((_request, response) => {
    response.writeHead(reply.status, { "content-type": "application/json" })
    response.end(reply.body)
  })
  sockets = new WebSocketServer({ server: http })
  sockets.on("connection", (socket) =>
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as AgentFrame
      frames.push(frame)
      if (frame.type !== "hello") return
      hellos.push(frame)
      answer(socket)
    }),
  )
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  relay = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  for (const socket of sockets.clients) socket.terminate()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})

const live = (options: Partial<LiveOptions> = {}) => {
  const news: DeskNews[] = []
  const socket = openLive({
    relay,
    token: "t",
    role: "screen",
    listener: (one) => void news.push(one),
    ...options,
  })
  stops.push(socket.stop)
  const states = (): string[] =>
    news.flatMap((one) => (one.type === "connection" ? one.connection.state : one.type === "event" ? [] : []))
  return { socket, news, states }
}

describe("the live socket of a desk", () => {
  it("says hello without a cursor first, and with the last one it has seen when it comes back", async () => {
    const { states } = live()
    await until("it is connected", () => states().at(-1) === "connected")
    const [first] = sockets.clients
    say(first!, { type: "event", event: { ...event({ kind: "light", groupId: null, on: true }), cursor: 9 } })
    first!.close(1001)
    await until("it has come back", () => hellos.length === 2)
    expect(hellos).toMatchObject([{ cursor: null }, { cursor: 9 }])
    await until("it is connected again", () => states().at(-1) === "connected")
    expect(states()).toEqual(["connecting", "connected", "waiting", "connecting", "connected"])
  })

  it("gives up when the token is not known, and only then", async () => {
    answer = (socket) => socket.close(4401)
    const { news } = live()
    await until("it has ended", () => news.some(({ type }) => type === "signed-out"))
    expect(hellos).toHaveLength(1)
  })

  it("sends beats only once it is welcome, and tells which are stored", async () => {
    const acks: number[] = []
    const beat = { bootId: "boot-0001", seq: 4, state: "active", intervalMs: 20_000 } as const
    const { socket, states } = live({ role: "device", onAck: (seq) => void acks.push(seq) })
    expect(socket.beat(beat)).toBe(false)
    await until("it is connected", () => states().at(-1) === "connected")
    expect(socket.beat(beat)).toBe(true)
    await until("the beat is there", () => frames.some(({ type }) => type === "beat"))
    say([...sockets.clients][0]!, { type: "ack", seq: 4, now: 1 })
    await until("it is acknowledged", () => acks.includes(4))
  })

  it("is one for all listeners of a port, and closed with the last", async () => {
    const port = httpPort({ relay, token: "t" })
    const heard: string[] = []
    const stop = [port.live(({ type }) => void heard.push(type)), port.live(() => undefined)]
    await until("it is connected", () => heard.includes("toolbar"))
    expect(sockets.clients.size).toBe(1)
    for (const each of stop) each()
    await until("it is closed", () => sockets.clients.size === 0)
  })
})

describe("a call of the port", () => {
  const call = () => httpPort({ relay, token: "t" }).conversation(ONE)

  it("rejects with the relay's refusal, its facts with it", async () => {
    reply = {
      status: 409,
      body: JSON.stringify({ error: { code: "stale", message: "changed", facts: { version: 3 } } }),
    }
    const refusal = await call().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code: "stale", message: "changed", facts: { version: 3 } })
  })

  it.each([
    ["not-a-relay", { status: 502, body: "<html>Bad gateway</html>" }],
    ["not-a-relay", { status: 200, body: "<html>Sign in to the network</html>" }],
    [
      "broken",
      { status: 500, body: JSON.stringify({ error: { code: "internal", message: "", facts: {} } }) },
    ],
  ])("rejects as unreachable (%s) when what answers is no answer", async (why, given) => {
    reply = given
    const error = await call().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Unreachable)
    expect(error).toMatchObject({ why })
  })

  it("rejects as unreachable when nobody is there", async () => {
    const port = httpPort({ relay: "http://127.0.0.1:9", token: "t" })
    await expect(port.toolbar()).rejects.toMatchObject({ why: "network" })
  })

  it("rejects with its own abort", async () => {
    const abort = new AbortController()
    abort.abort()
    const port = httpPort({ relay, token: "t" })
    await expect(port.conversation(ONE, abort.signal)).rejects.toMatchObject({ name: "AbortError" })
  })
})
