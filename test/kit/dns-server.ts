import { createSocket, type Socket as UdpSocket } from "node:dgram"
import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import packet, { type Answer, type DecodedPacket } from "dns-packet"
import { type DnsType, openResolver, type Resolve } from "../../relay/mail/resolver.ts"

/**
 * What goes wrong instead of an answer. `nxdomain`: there is no such name; `nodata`: the name has no such
 * record; `servfail`, `refused`: the server's trouble; `drop`: no answer at all.
 */
export type DnsFault = "nxdomain" | "nodata" | "servfail" | "refused" | "drop"

/** One name: its records, each type with its values or with a fault of its own. */
export interface ZoneName {
  A?: string[] | DnsFault
  AAAA?: string[] | DnsFault
  MX?: [priority: number, exchange: string][] | DnsFault
  /** Each text is one record, however long: cut into strings of 255 bytes. */
  TXT?: string[] | DnsFault
  /** Is followed inside the zone; what is asked for beside it comes along. Loops are given as they are. */
  CNAME?: string
  PTR?: string[] | DnsFault
  /** For every type. */
  fault?: DnsFault
  /** Answers come so many ms late. */
  slowMs?: number
  /** Over UDP only the TC bit is given: whoever wants the answer asks again over TCP. */
  truncated?: boolean
}

/** Names (any case, without the last dot) and what they have. A name that is not in it does not exist. */
export type Zone = Record<string, ZoneName>

export interface DnsQuestion {
  name: string
  type: string
  over: "udp" | "tcp"
}

export interface DnsServer {
  port: number
  /** `127.0.0.1:<port>`, as PORCHLIGHT_DNS and `openResolver([address])` take it. */
  address: string
  /** May be changed at any time; the next question sees it. */
  zone: Zone
  /** All questions so far, in order, names in lower case. */
  questions: DnsQuestion[]
  /** A resolver that asks this server; `timeout` of one try in ms (each has two). */
  resolve: Resolve
  close(): Promise<void>
}

/** RFC 1035 4.1.1 and the flag for an answer with authority. */
const CODES: Record<string, number> = { nxdomain: 3, servfail: 2, refused: 5 }
const AUTHORITATIVE = 1 << 10
const TRUNCATED = 1 << 9

/**
 * An authoritative DNS server on a free port of 127.0.0.1, UDP and TCP, for tests.
 *
 *     const dns = await startDnsServer({
 *       "shop.example": { MX: [[10, "mx.shop.example"]], TXT: ["v=spf1 mx -all"] },
 *       "mx.shop.example": { A: ["127.0.0.2"] },
 *       "broken.example": { fault: "servfail" },
 *     })
 *     await dns.resolve("shop.example", "MX")
 *     await dns.close()
 */
export const startDnsServer = async (zone: Zone = {}, timeoutMs = 300): Promise<DnsServer> => {
  const { udp, tcp } = await listenOnBoth()
  const { port } = udp.address()
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  const server: DnsServer = {
    port,
    address: `127.0.0.1:${port}`,
    zone,
    questions: [],
    resolve: openResolver([`127.0.0.1:${port}`], timeoutMs),
    close: async () => {
      for (const timer of timers) clearTimeout(timer)
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise((resolve) => tcp.close(resolve)),
      ])
    },
  }

  const answer = (query: DecodedPacket, over: "udp" | "tcp", send: (reply: Buffer) => void): void => {
    const question = query.questions?.[0]
    if (question === undefined) return
    const name = question.name.toLowerCase()
    server.questions.push({ name, type: question.type, over })
    const found = lookUp(server.zone, name, question.type)
    if (found.fault === "drop") return
    const cut = over === "udp" && found.truncated
    const reply = packet.encode({
      type: "response",
      id: query.id ?? 0,
      flags: AUTHORITATIVE | (cut ? TRUNCATED : 0) | (CODES[found.fault ?? ""] ?? 0),
      questions: [question],
      answers: cut ? [] : found.answers,
    })
    if (found.slowMs === 0) {
      send(reply)
      return
    }
    const timer = setTimeout(() => {
      timers.delete(timer)
      send(reply)
    }, found.slowMs)
    timers.add(timer)
  }

  udp.on("message", (bytes, from) =>
    answer(packet.decode(bytes), "udp", (reply) => udp.send(reply, from.port, from.address)),
  )
  tcp.on("connection", (socket) => {
    sockets.add(socket)
    let heard = Buffer.alloc(0)
    socket.on("close", () => sockets.delete(socket))
    // whoever hung up does not want the answer any more
    socket.on("error", () => socket.destroy())
    socket.on("data", (chunk) => {
      heard = Buffer.concat([heard, chunk])
      while (heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE(0)) {
        const end = 2 + heard.readUInt16BE(0)
        const query = packet.decode(heard.subarray(2, end))
        heard = heard.subarray(end)
        answer(query, "tcp", (reply) => socket.write(framed(reply)))
      }
    })
  })
  return server
}

/** RFC 1035 4.2.2: over TCP each message comes after its length. */
const framed = (reply: Buffer): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(reply.length)
  return Buffer.concat([length, reply])
}

interface Found {
  answers: Answer[]
  fault: DnsFault | null
  slowMs: number
  truncated: boolean
}

const lookUp = (zone: Zone, asked: string, type: string): Found => {
  const names = new Map(Object.entries(zone).map(([name, entry]) => [name.toLowerCase(), entry]))
  const found: Found = { answers: [], fault: null, slowMs: 0, truncated: false }
  const seen = new Set<string>()
  let name = asked
  for (;;) {
    const entry = names.get(name)
    if (entry === undefined) {
      // a name that others lie under exists, without a record of its own (RFC 8020)
      const isBranch = [...names.keys()].some((other) => other.endsWith(`.${name}`))
      return { ...found, fault: isBranch ? null : "nxdomain" }
    }
    found.slowMs = Math.max(found.slowMs, entry.slowMs ?? 0)
    found.truncated ||= entry.truncated ?? false
    if (entry.fault !== undefined) return { ...found, fault: entry.fault }
    if (entry.CNAME === undefined || type === "CNAME") {
      const values = entry[type as DnsType]
      if (typeof values === "string" && type !== "CNAME") return { ...found, fault: values as DnsFault }
      found.answers.push(...recordsOf(name, type, values ?? []))
      return found
    }
    found.answers.push(...recordsOf(name, "CNAME", entry.CNAME))
    seen.add(name)
    name = entry.CNAME.toLowerCase()
    if (seen.has(name)) return found
  }
}

const TTL = 60

const recordsOf = (name: string, type: string, values: string | (string | [number, string])[]): Answer[] =>
  [values].flat(1).map((value): Answer => {
    const record = { name, ttl: TTL, class: "IN" as const }
    if (typeof value !== "string")
      return { ...record, type: "MX", data: { preference: value[0], exchange: value[1] } }
    if (type === "TXT") return { ...record, type, data: pieces(Buffer.from(value)) }
    return { ...record, type: type as "A", data: value }
  })

const pieces = (text: Buffer): Buffer[] =>
  Array.from({ length: Math.max(1, Math.ceil(text.length / 255)) }, (_, at) =>
    text.subarray(at * 255, (at + 1) * 255),
  )

/** The same free port for both; taken by somebody else over TCP: another. */
const listenOnBoth = async (): Promise<{ udp: UdpSocket; tcp: ReturnType<typeof createServer> }> => {
  for (let tries = 0; ; tries++) {
    const udp = createSocket("udp4").bind(0, "127.0.0.1")
    await once(udp, "listening")
    const tcp = createServer().listen((udp.address() as AddressInfo).port, "127.0.0.1")
    try {
      await once(tcp, "listening")
      return { udp, tcp }
    } catch (error) {
      await new Promise<void>((resolve) => udp.close(() => resolve()))
      if (tries >= 5) throw error
    }
  }
}
