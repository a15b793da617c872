import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer, Server as TlsServer } from "node:https"
import type { AddressInfo, Socket } from "node:net"
import { createAdaptorServer } from "@hono/node-server"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import type { Listen } from "../settings/readers.ts"
import { type SocketPaths, takeUpgrades } from "./upgrade.ts"
import { isUpload } from "./upload-body.ts"

type Fetch = (request: Request, env: never) => Response | Promise<Response>

export interface HttpServer {
  /** The port it listens on. */
  port: number
  /** From now on requests are answered by `fetch`, and sockets taken by path; before, all get a 503. */
  answer(fetch: Fetch, sockets: SocketPaths): void
  /** Takes a renewed certificate for connections to come; only where it was started with one. */
  setCertificate(tls: { cert: Buffer; key: Buffer }): void
  /** Takes no more connections, lets running requests end (at most `withinMs`), then cuts what is left. */
  close(withinMs: number): Promise<void>
}

/** A browser that cannot send its head in 10 s, or all of it in 30 s, is none; but for files (upload-body.ts). */
const WITHIN = 30 * SECOND
const TIMEOUTS = {
  headersTimeout: 10 * SECOND,
  // past what readUpload gives a file, which tells its sender why it ends
  requestTimeout: 11 * MINUTE,
  // longer than the usual proxy's 60 s, so that it is never us who closes a connection it is about to use
  keepAliveTimeout: 65 * SECOND,
  // Node looks only so often for who is late, every half minute if left to itself
  connectionsCheckingInterval: 3 * SECOND,
  maxHeaderSize: 16 * 1024,
}

/**
 * Who takes nothing of an answer for so long is hung up on; what is left of it is not kept for them. Node looks at what
 * the system has taken only when this is over, so that it may be twice as long.
 */
const STALLED = 20 * SECOND

/** Cuts off who does not read on. While an answer is being made nothing is sent, and that may take its time. */
const endStalled = (server: Server): void => {
  const answers = new WeakMap<Socket, ServerResponse>()
  server.on("request", (request: IncomingMessage, answer: ServerResponse) => {
    answers.set(request.socket, answer)
  })
  server.setTimeout(STALLED, (socket) => {
    if (answers.get(socket)?.headersSent !== false) socket.destroy()
  })
}

/** Cuts off a request whose body is not there in time. */
const endLate = (request: IncomingMessage): void => {
  const { "content-length": length = "0", "transfer-encoding": coding } = request.headers
  if ((length === "0" && coding === undefined) || isUpload(request.url ?? "")) return
  const late = setTimeout(() => request.destroy(), WITHIN)
  request.once("end", () => clearTimeout(late)).once("close", () => clearTimeout(late))
}

/** Listens for HTTP and sockets, with TLS when given PEM texts. Rejects when it cannot (`EADDRINUSE`…). */
export const startHttpServer = async (
  { host, port }: Listen,
  tls: { cert: Buffer; key: Buffer } | null,
): Promise<HttpServer> => {
  let fetch: Fetch = () => new Response("starting", { status: 503, headers: { "Retry-After": "1" } })
  const answer: Fetch = (request, env) => fetch(request, env)
  const server = (
    tls === null
      ? createAdaptorServer({ fetch: answer as never, createServer, serverOptions: TIMEOUTS })
      : createAdaptorServer({
          fetch: answer as never,
          createServer: createTlsServer,
          serverOptions: { ...TIMEOUTS, ...tls },
        })
  ) as Server

  server.on("request", endLate)
  endStalled(server)
  const upgrades = takeUpgrades(server)

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      server.off("error", reject)
      resolve()
    })
  })

  return {
    port: (server.address() as AddressInfo).port,
    answer: (next, sockets) => {
      fetch = next
      upgrades.answer(sockets)
    },
    setCertificate: (pair) => {
      if (server instanceof TlsServer) server.setSecureContext(pair)
    },
    close: (withinMs) =>
      new Promise((resolve) => {
        const impatient = setTimeout(() => server.closeAllConnections(), withinMs)
        server.close(() => {
          clearTimeout(impatient)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
