import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http"
import type { Duplex } from "node:stream"
import { type WebSocket, WebSocketServer } from "ws"
import { MAX_FRAME } from "../../shared/protocol/live.ts"

/** Of the request that asked for a socket. */
export interface Asked {
  headers: IncomingHttpHeaders & { "x-forwarded-for"?: string }
  /** Network address of the connection's other end; none when it is gone already. */
  address: string | undefined
}

/** Who takes the sockets of which path; `line` is what is below the socket. */
export type SocketPaths = Readonly<Record<string, (socket: WebSocket, line: Duplex, asked: Asked) => void>>

/**
 * Takes sockets (RFC 6455, 4.2) without the app of the requests: its request, context and answer would be kept
 * for as long as the socket is open, which is most of what an idle chat box would cost.
 * Before `answer` was called all are told 503; other paths 404; what is no handshake 400.
 */
export const takeUpgrades = (server: Server): { answer(paths: SocketPaths): void } => {
  let paths: SocketPaths | null = null
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    // small frames: compressing costs memory for each socket and gains nothing
    perMessageDeflate: false,
    clientTracking: false,
  })

  server.on("upgrade", (request: IncomingMessage, line: Duplex, head: Buffer) => {
    if (paths === null) return refuse(line, "503 Service Unavailable", ["Retry-After: 1"])
    const path = request.url?.split("?", 1)[0] ?? ""
    const take = Object.hasOwn(paths, path) ? paths[path] : undefined
    if (take === undefined) return refuse(line, "404 Not Found")
    const { headers, socket } = request
    const asked = { headers, address: socket.remoteAddress }
    sockets.handleUpgrade(request, line, head, (taken) => take(taken, line, asked))
  })

  return {
    answer: (next) => {
      paths = next
    },
  }
}

const refuse = (line: Duplex, status: string, more: string[] = []): void => {
  // Whoever is gone needs no answer.
  line.on("error", () => line.destroy())
  line.end([`HTTP/1.1 ${status}`, "Connection: close", "Content-Length: 0", ...more, "", ""].join("\r\n"))
}
