import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto"
import { once } from "node:events"
import type { IncomingHttpHeaders } from "node:http"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { PushPayload } from "../../shared/protocol/push.ts"
import { LOOPBACK_CERTIFICATE } from "./loopback-certificate.ts"
import { until } from "./until.ts"

/** A push that arrived for a device, decrypted with the device's own keys. */
export interface ArrivedPush {
  /** Path of the endpoint it came to. */
  device: string
  payload: PushPayload
  /** Seconds. */
  ttl: number
  urgency: string
  topic: string | null
  /** What the relay claims to be (VAPID, RFC 8292 2): its signature was checked. */
  claims: { aud: string; exp: number; sub: string }
  /** The key it signed with. */
  key: string
}

/** A device that has subscribed: what its browser would give the page, with the keys that stay in the browser. */
export interface PushDevice {
  name: string
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
}

export interface PushService {
  url: string
  arrived: ArrivedPush[]
  /** A fresh subscription. */
  subscribe(name: string): PushDevice
  /** Waits for the push number `count` (the first is 1) to a device. */
  pushTo(device: PushDevice, count?: number): Promise<ArrivedPush>
  /** How it answers from now on; 201 as push services do, until told otherwise. */
  answer(status: number, text?: string): void
  /** How many requests came, whatever was answered. */
  asked(): number
  stop(): Promise<void>
}

/**
 * A push service as browsers' makers run them, on loopback over TLS. It believes nothing: who does not sign with a key
 * that fits, or sends what a device could not decrypt, gets 400 or 403, and the test sees no push.
 */
export const startPushService = async (): Promise<PushService> => {
  const arrived: ArrivedPush[] = []
  const devices = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>()
  let next = { status: 201, text: "" }
  let asked = 0

  const server = createServer(LOOPBACK_CERTIFICATE, (request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      asked++
      const { status, text } = next.status === 201 ? take(request.url ?? "", request.headers, chunks) : next
      response.writeHead(status, { "Content-Type": "text/plain" }).end(text)
    })
  })

  const take = (path: string, headers: IncomingHttpHeaders, chunks: Buffer[]) => {
    const device = devices.get(path)
    if (!device) return { status: 404, text: "no such subscription" }
    if (headers["content-encoding"] !== "aes128gcm") return { status: 415, text: "aes128gcm only" }
    if (headers.ttl === undefined) return { status: 400, text: "no TTL" }
    const { topic } = headers
    if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return { status: 400, text: "bad topic" }
    try {
      const { claims, key } = readVapid(headers.authorization ?? "")
      if (claims.aud !== url()) return { status: 403, text: `signed for ${claims.aud}` }
      arrived.push({
        device: path,
        payload: JSON.parse(decrypt(Buffer.concat(chunks), device)) as PushPayload,
        ttl: Number(headers.ttl),
        urgency: String(headers.urgency),
        topic: topic === undefined ? null : String(topic),
        claims,
        key,
      })
    } catch (error) {
      return { status: 403, text: String(error) }
    }
    return { status: 201, text: "" }
  }

  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const url = (): string => `https://127.0.0.1:${port}`

  return {
    url: url(),
    arrived,
    subscribe: (name) => {
      const path = `/push/${name}-${randomBytes(6).toString("hex")}`
      const ecdh = createECDH("prime256v1")
      const p256dh = ecdh.generateKeys("base64url")
      const auth = randomBytes(16)
      devices.set(path, { ecdh, auth })
      return {
        name: path,
        subscription: { endpoint: `${url()}${path}`, keys: { p256dh, auth: auth.toString("base64url") } },
      }
    },
    pushTo: (device, count = 1) =>
      until(
        `push ${count} to ${device.name}`,
        () => arrived.filter((one) => one.device === device.name)[count - 1],
      ),
    answer: (status, text = "") => {
      next = { status, text }
    },
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

/** The claims of a VAPID header, `vapid t=<JWT>, k=<key>`, whose signature holds (RFC 8292 3, RFC 7515). */
const readVapid = (header: string): { claims: ArrivedPush["claims"]; key: string } => {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? []
  const [head = "", body = "", signature = ""] = token.split(".")
  const { alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as { alg: string }
  if (alg !== "ES256") throw new Error(`signed with ${alg}`)
  const point = Buffer.from(key, "base64url")
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  }
  const publicKey = createPublicKey({ key: jwk, format: "jwk" })
  const fits = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  )
  if (!fits) throw new Error("the signature does not fit")
  return { claims: JSON.parse(Buffer.from(body, "base64url").toString()) as ArrivedPush["claims"], key }
}

/** One record of aes128gcm (RFC 8188 2) under the keys of RFC 8291 3.4. */
const decrypt = (
  body: Buffer,
  { ecdh, auth }: { ecdh: ReturnType<typeof createECDH>; auth: Buffer },
): string => {
  const salt = body.subarray(0, 16)
  const idLength = body[20]!
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender])
  const ikm = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: aes128gcm\0", 16))
  const nonce = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: nonce\0", 12))
  const decipher = createDecipheriv("aes-128-gcm", key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  // The last record ends with 2 and zeros (RFC 8188 2).
  const end = plain.lastIndexOf(2)
  return plain.subarray(0, end).toString()
}
