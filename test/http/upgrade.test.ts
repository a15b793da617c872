import { connect } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { type HttpServer, startHttpServer } from "../../relay/http/server.ts"

/** Which requests become sockets, and what the others are told. */
let server: HttpServer
beforeAll(async () => {
  server = await startHttpServer({ host: "127.0.0.1", port: 0 }, null)
})
afterAll(() => server.close(0))

const HANDSHAKE = [
  "Host: relay.example",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
]

/** First line of the answer to a request with these headers. */
const ask = (path: string, headers = HANDSHAKE): Promise<string> =>
  new Promise((resolve, reject) => {
    const line = connect(server.port, "127.0.0.1").setEncoding("latin1")
    line.once("error", reject)
    line.once("data", (text: unknown) => {
      line.destroy()
      resolve(String(text).split("\r\n")[0] ?? "")
    })
    line.write([`GET ${path} HTTP/1.1`, ...headers, "", ""].join("\r\n"))
  })

test("a socket is taken by its path, once there is somebody to take it", async () => {
  expect(await ask("/live/here")).toBe("HTTP/1.1 503 Service Unavailable")
  server.answer(() => new Response("a page"), {
    "/live/here": (socket, _line, { headers, address }) => socket.send(`${headers.origin} from ${address}`),
  })
  const client = new WebSocket(`ws://127.0.0.1:${server.port}/live/here?since=1`, {
    origin: "https://a.example",
  })
  const said = await new Promise((resolve) => client.once("message", (data) => resolve(String(data))))
  client.terminate()
  expect(said).toBe("https://a.example from 127.0.0.1")
  expect(await ask("/live/there")).toBe("HTTP/1.1 404 Not Found")
  expect(await ask("/constructor")).toBe("HTTP/1.1 404 Not Found")
})

test("what is no handshake of a socket is no socket", async () => {
  const without = HANDSHAKE.filter((header) => !header.startsWith("Sec-WebSocket-Key"))
  expect(await ask("/live/here", without)).toBe("HTTP/1.1 400 Bad Request")
  const other = HANDSHAKE.map((header) => header.replace("websocket", "h2c"))
  expect(await ask("/live/here", other)).toBe("HTTP/1.1 400 Bad Request")
})
