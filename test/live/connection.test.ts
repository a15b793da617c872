import { EventEmitter, once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { type Connection, createSockets, type Side } from "../../relay/live/connection.ts"
import { textFrame } from "../../relay/live/peer.ts"
import { silentLog } from "../../relay/log.ts"
import { until } from "../kit/until.ts"

/** A socket of the `ws` package and the line below it, as far as a connection touches them. */
class FakeSocket extends EventEmitter {
  readyState = 1
  writableLength = 0
  sent: string[] = []
  ended: string[] = []
  /** Small frames: two bytes of head (RFC 6455, 5.2). */
  write(frame: Uint8Array): void {
    expect([frame[0], frame[1]]).toEqual([0x81, frame.length - 2])
    this.sent.push(Buffer.from(frame.subarray(2)).toString())
  }
  ping(): void {
    this.emit("pong")
  }
  terminate(): void {
    this.ended.push("cut off")
  }
  close(code: number): void {
    this.ended.push(`closed ${code}`)
  }
}

const connect = (side: Partial<Side<string>>) => {
  const sockets = createSockets(silentLog())
  const socket = new FakeSocket()
  const gone: boolean[] = []
  sockets.accept<string>(socket, socket, {
    take: async () => {},
    gone: (theirs) => gone.push(theirs),
    ...side,
  })
  const receive = (text: string, isBinary = false): boolean =>
    socket.emit("message", Buffer.from(text), isBinary)
  return { sockets, socket, gone, receive, lose: () => socket.emit("close") }
}

const greeting = JSON.stringify("hello")

test("frames are handled one after the other", async () => {
  const order: string[] = []
  const { sockets, receive } = connect({
    take: async (frame) => {
      order.push(`begin ${frame}`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`end ${frame}`)
    },
  })
  for (const frame of ["1", "2"]) receive(frame)
  await until("both handled", () => order.length === 4)
  expect(order).toEqual(["begin 1", "end 1", "begin 2", "end 2"])
  sockets.stop()
})

test("a reader that leaves more than 1 MB unread is cut off, and has not closed by itself", async () => {
  const { sockets, socket, gone, receive } = connect({
    take: async (_, connection: Connection<string>) => {
      connection.send("one")
      socket.writableLength = 2_000_000
      connection.send("two")
      connection.send("three")
    },
  })
  receive(greeting)
  await until("cut off", () => socket.ended.length > 0)
  expect([socket.sent, socket.ended, gone]).toEqual([[JSON.stringify("one")], ["cut off"], [false]])
  sockets.stop()
})

test("who sends more than can be handled is sent away", async () => {
  const { sockets, socket, receive } = connect({ take: () => new Promise(() => {}) })
  for (let n = 0; n < 70; n++) receive(greeting)
  expect(socket.ended).toEqual(["closed 4429"])
  sockets.stop()
})

test("a fault of ours ends the socket, not the process", async () => {
  const { sockets, socket, receive } = connect({ take: () => Promise.reject(new Error("a fault")) })
  receive(greeting)
  await until("closed", () => socket.ended.length > 0)
  expect(socket.ended).toEqual(["closed 1011"])
  sockets.stop()
})

test("bytes are no frame", () => {
  const { sockets, socket, receive } = connect({})
  receive("abc", true)
  expect(socket.ended).toEqual(["closed 4400"])
  sockets.stop()
})

test("a peer that goes is theirs; all gone is drained", async () => {
  const { sockets, gone, lose } = connect({})
  const drained = sockets.drained(5000)
  lose()
  await drained
  expect([gone, sockets.size]).toEqual([[true], 0])
  sockets.stop()
})

test("nothing follows a frame that ends the socket", async () => {
  const { sockets, socket, receive } = connect({
    take: async (_, connection: Connection<string>) => {
      connection.send("one")
      socket.readyState = 2
      connection.send("two")
    },
  })
  receive(greeting)
  await until("one is sent", () => socket.sent.length > 0)
  expect(socket.sent).toEqual([JSON.stringify("one")])
  sockets.stop()
})

test("frames of any length are read by others as they were written (RFC 6455, 5.2)", async () => {
  const texts = [0, 125, 126, 65_535, 65_536].map((length) => "ž".repeat(length / 2) + "x".repeat(length % 2))
  const server = createServer().listen(0, "127.0.0.1")
  const sockets = new WebSocketServer({ noServer: true })
  server.on("upgrade", (request, line, head) =>
    sockets.handleUpgrade(request, line, head, () =>
      texts.forEach((text) => void line.write(textFrame(text))),
    ),
  )
  await once(server, "listening")
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const received: string[] = []
  client.on("message", (data) => received.push(String(data)))
  await until("all are read", () => received.length === texts.length)
  expect(received).toEqual(texts)
  client.terminate()
  server.close()
  await once(server, "close")
})
