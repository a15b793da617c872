import { randomBytes } from "node:crypto"
import { connect } from "node:net"
import { stamp } from "./agent-socket.ts"

/**
 * A chat box as cheap as can be, so that ten thousand of them measure the relay and not themselves: it speaks
 * RFC 6455 as far as a loopback needs it (frames come whole), and looks into nothing but what it waits for.
 */
export interface BoxPlan {
  url: string
  siteKey: string
  onLight(on: boolean, at: number): void
  onClosed(): void
}

/** Opcode 9 without content; what comes besides is JSON, which has neither of these bytes. */
const PING = Buffer.from([0x89, 0])
/** Masked, as clients' frames have to be, with a mask of zeros. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

/** A text frame of 126 to 65,535 bytes. */
const clientFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text)
  const head = Buffer.from([0x81, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0])
  return Buffer.concat([head, Buffer.from(text)])
}

/** Resolves once it is welcomed. */
export const openBox = ({ url, siteKey, onLight, onClosed }: BoxPlan): Promise<void> =>
  new Promise((resolve, reject) => {
    const { host, hostname, port } = new URL(url)
    const line = connect(Number(port), hostname)
    let upgraded = false
    line.once("error", reject)
    line.once("close", onClosed)
    line.write(
      [
        "GET /live/visitor HTTP/1.1",
        `Host: ${host}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        `Origin: ${url}`,
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "\r\n",
      ].join("\r\n"),
    )
    line.on("data", (chunk) => {
      const at = stamp()
      if (!upgraded) {
        upgraded = true
        if (!chunk.includes(" 101 "))
          return reject(new Error(`the relay said ${chunk.toString().slice(0, 80)}`))
        const hello = { type: "hello", site: siteKey, group: null, tab: crypto.randomUUID(), visitor: null }
        line.write(clientFrame(JSON.stringify(hello)))
        return
      }
      if (chunk.includes(PING)) line.write(PONG)
      if (chunk.includes('"type":"light"')) onLight(chunk.includes('"on":true'), at)
      else if (chunk.includes('"type":"welcome"')) resolve()
    })
  })
