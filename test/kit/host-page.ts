import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** A customer's website on an origin of its own, for the tag of the chat box. */
export interface HostPage {
  /** Another origin than the relay's on 127.0.0.1, but of the same site: the browser lets a frame keep things. */
  url: string
  /** Another site, too. A private window of Chromium denies storage to frames there. */
  foreignUrl: string
  close: () => Promise<void>
}

/** Serves `html` at every path with these headers, on a free port of the loopback. */
export const serveHostPage = async (
  html: string,
  headers: Record<string, string> = {},
): Promise<HostPage> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers })
    response.end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    foreignUrl: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
