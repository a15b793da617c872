import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { textFrame } from "../../relay/live/peer.ts"

/**
 * The least a relay could do: takes sockets, welcomes whoever speaks, and writes a light to all of them when it is
 * told "on" or "off". What it takes is the machine's share of what the relay takes. Started by fork(); says its port.
 */
const lines = new Set<Duplex>()
const server = createServer()

server.on("upgrade", (_request, line) => {
  lines.add(line)
  line.on("error", () => line.destroy())
  line.on("close", () => lines.delete(line))
  line.once("data", () => line.write(textFrame(JSON.stringify({ type: "welcome" }))))
  line.resume()
  line.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
})

process.on("message", (said) => {
  const frame = textFrame(JSON.stringify({ type: "light", on: said === "on", opensAt: null, groups: [] }))
  for (const line of lines) line.write(frame)
})
process.once("disconnect", () => process.exit(0))
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port))
