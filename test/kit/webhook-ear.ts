import { createServer, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { until } from "./until.ts"

/** What came, as it came. */
export interface Heard {
  path: string
  headers: IncomingHttpHeaders
  body: string
  json: { type: string; timestamp: string; account: string; data: Record<string, never> }
}

/** A server of somebody else, that a webhook leads to. */
export interface WebhookEar {
  url: string
  heard: Heard[]
  /** What is answered from now on. */
  answer(status: number, headers?: Record<string, string>): void
  /** The first that came of this type, already here or still to come. */
  of(type: string): Promise<Heard>
  stop(): Promise<void>
}

export const openEar = async (): Promise<WebhookEar> => {
  const heard: Heard[] = []
  let status = 204
  let extra: Record<string, string> = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString()
      heard.push({
        path: request.url ?? "",
        headers: request.headers,
        body,
        json: JSON.parse(body || "null"),
      })
      response.writeHead(status, extra).end(status >= 400 ? "not today" : undefined)
    })
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    heard,
    answer: (next, headers = {}) => {
      status = next
      extra = headers
    },
    of: (type) => until(`a webhook ${type}`, () => heard.find(({ json }) => json?.type === type)),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
