import { once } from "node:events"
import { type AddressInfo, createServer, type Server, type Socket } from "node:net"
import fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import { openConnection, type SmtpConnection } from "../../relay/mail/smtp-client/connection.ts"
import { openPool, type SmtpPool } from "../../relay/mail/smtp-client/pool.ts"
import { replyReader } from "../../relay/mail/smtp-client/replies.ts"
import type { SmtpTarget } from "../../relay/mail/smtp-client/target.ts"
import { dataSteps } from "../../relay/mail/smtp-client/wire.ts"
import { until } from "../kit/until.ts"

const RAW = Buffer.from("Subject: x\r\n\r\n.dot\r\nend\r\n")
const ENVELOPE = { from: "b-x@relay.test", to: "ada@example.net" }

/** A server that answers each line as it is told; the lines after 354 up to the dot are one of its `mails`. */
interface Script {
  greeting?: string
  /** Answer to a command line; null: none. Left out or undefined: a server that takes everything. */
  answer?: (line: string, socket: Socket) => string | null | undefined
  extensions?: string[]
}

interface Scripted {
  target: SmtpTarget
  lines: string[]
  mails: string[]
  connections: number
  sockets: Set<Socket>
  server: Server
}

let servers: Scripted[] = []
let open: (SmtpConnection | SmtpPool)[] = []

afterEach(async () => {
  for (const one of open) "destroy" in one ? one.destroy() : one.close()
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, "close")
  }
  servers = []
  open = []
})

const startServer = async ({ greeting = "220 hop", answer, extensions = [] }: Script = {}) => {
  const lines: string[] = []
  const mails: string[] = []
  const sockets = new Set<Socket>()
  const usual = (line: string): string => {
    if (line.startsWith("EHLO"))
      return ["250-hop", ...extensions.map((word) => `250-${word}`), "250 HELP"].join("\r\n")
    return line === "DATA" ? "354 go" : "250 2.0.0 Ok"
  }
  const server = createServer((socket) => {
    scripted.connections += 1
    sockets.add(socket)
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket))
    socket.write(`${greeting}\r\n`)
    let text = ""
    let inMail = false
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk
      for (;;) {
        const end = text.indexOf(inMail ? "\r\n.\r\n" : "\r\n")
        const emptyMail = inMail && text.startsWith(".\r\n")
        if (end < 0 && !emptyMail) return
        const line = emptyMail ? "" : text.slice(0, end)
        text = text.slice(emptyMail ? 3 : end + (inMail ? 5 : 2))
        if (inMail) mails.push(line)
        else lines.push(line)
        const said = answer?.(inMail ? "." : line, socket)
        const reply = said === undefined ? usual(inMail ? "." : line) : said
        inMail = reply?.startsWith("354") ?? false
        if (reply !== null && !socket.destroyed) socket.write(`${reply}\r\n`)
      }
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const target: SmtpTarget = {
    host: "127.0.0.1",
    port,
    secure: false,
    tls: "if-offered",
    verify: false,
    auth: null,
    name: "relay.test",
  }
  const scripted: Scripted = { target, lines, mails, connections: 0, sockets, server }
  servers.push(scripted)
  return scripted
}

const connectTo = async (server: Scripted, more: Partial<SmtpTarget> = {}): Promise<SmtpConnection> => {
  const connection = await openConnection({ ...server.target, ...more })
  open.push(connection)
  return connection
}

const poolOf = (server: Scripted): SmtpPool => {
  const pool = openPool({
    open: (signal) => openConnection(server.target, signal),
    connections: 2,
    perConnection: 3,
    idleMs: 10_000,
    deadlineMs: 5_000,
  })
  open.push(pool)
  return pool
}

describe("answers of a server", () => {
  it("are put together however they are cut, a status code said once", () => {
    const text = "250-5.1.1 No such\r\n250-5.1.1 user\n250 5.1.1 here\r\n354\r\n"
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (cuts) => {
        const reader = replyReader()
        const ends = [...new Set([...cuts, text.length])].sort((a, b) => a - b)
        const replies = ends.flatMap((end, n) => reader.add(text.slice(ends[n - 1] ?? 0, end)))
        expect(replies.map((reply) => reply.text)).toEqual(["250 5.1.1 No such user here", "354"])
        expect(reader.isBetween()).toBe(true)
      }),
    )
  })

  it.each([
    "HTTP/1.1 400 Bad Request\r\n",
    "999 x\r\n",
    "250*x\r\n",
    "250-x\r\n".repeat(300),
    "x".repeat(5000),
  ])("are none in %.20j", (text) => {
    expect(() => replyReader().add(text)).toThrow()
  })
})

describe("a mail on the wire", () => {
  it("comes out as it went in", () => {
    const piece = fc.constantFrom(".", "..", "\r\n", "\r\n.", "x", "\r\n.\r\n", "é")
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const raw = pieces.join("")
        const wire = Buffer.concat([...dataSteps(Buffer.from(raw))].flat()).toString()
        const whole = raw === "" || raw.endsWith("\r\n") ? raw : `${raw}\r\n`
        expect(wire.endsWith(whole === "" ? ".\r\n" : "\r\n.\r\n")).toBe(true)
        const content = wire.slice(0, -3)
        expect(content).not.toMatch(/(?:^|\r\n)\.(?:\r\n|$)/)
        expect(content.replace(/(^|\r\n)\./g, "$1")).toBe(whole)
      }),
    )
  })

  it("is made ready in steps where it is large, also where all of its lines begin with a dot", () => {
    for (const shift of [0, 1, 2, 3]) {
      const raw = Buffer.from(`${"x".repeat(shift)}\r\n${".\r\n".repeat(200_000)}`)
      const steps = [...dataSteps(raw)]
      expect(steps.length).toBe(5)
      expect(Math.max(...steps.map((pieces) => pieces.length))).toBeLessThan(20)
      const wire = Buffer.concat(steps.flat())
      expect(wire.equals(Buffer.from(`${"x".repeat(shift)}\r\n${"..\r\n".repeat(200_000)}.\r\n`))).toBe(true)
    }
  })
})

describe("a connection to a mail server", () => {
  it("says everything at once where that is offered, and in turn where it is not", async () => {
    for (const extensions of [["PIPELINING", "SIZE 1000", "8BITMIME"], []]) {
      const server = await startServer({ extensions })
      const connection = await connectTo(server)
      expect((await connection.send(ENVELOPE, RAW)).text).toBe("250 2.0.0 Ok")
      expect(connection).toMatchObject({
        sent: 1,
        usable: true,
        maxSize: extensions.length > 0 ? 1000 : null,
        tls: null,
      })
      expect(server.mails).toEqual(["Subject: x\r\n\r\n..dot\r\nend"])
      const size = extensions.length > 0 ? ` SIZE=${RAW.length}` : ""
      expect(server.lines.slice(1)).toEqual([
        `MAIL FROM:<${ENVELOPE.from}>${size}`,
        "RCPT TO:<ada@example.net>",
        "DATA",
      ])
    }
  })

  it("takes the first no as the reason, though the server would take a mail for nobody", async () => {
    const server = await startServer({
      extensions: ["PIPELINING"],
      answer: (line) => (line.includes("gone@") ? "550 5.1.1 no such user" : undefined),
    })
    const connection = await connectTo(server)
    await expect(connection.send({ ...ENVELOPE, to: "gone@example.net" }, RAW)).rejects.toMatchObject({
      stage: "rcpt",
      reply: { code: 550, text: "550 5.1.1 no such user" },
    })
    expect(server.mails).toEqual([""])
    expect(connection.usable).toBe(true)
    await connection.send(ENVELOPE, RAW)
    expect(server.mails).toHaveLength(2)
    expect(server.connections).toBe(1)
  })

  it("is not used again after a 421", async () => {
    const server = await startServer({
      answer: (line) => (line.startsWith("RCPT") ? "421 4.3.2 bye" : undefined),
    })
    const connection = await connectTo(server)
    await expect(connection.send(ENVELOPE, RAW)).rejects.toMatchObject({
      stage: "rcpt",
      reply: { code: 421 },
    })
    expect(connection.usable).toBe(false)
  })

  it("says nothing that an address would make a command of, nor what the server does not take", async () => {
    const server = await startServer({ extensions: ["SIZE 10"] })
    const connection = await connectTo(server)
    const crooked = { ...ENVELOPE, to: "a@b.c>\r\nRCPT TO:<eve@example.net" }
    await expect(connection.send(crooked, Buffer.from("x"))).rejects.toThrow("ends a command")
    await expect(connection.send(ENVELOPE, RAW)).rejects.toMatchObject({ reply: { code: 552 } })
    const beyond = { ...ENVELOPE, to: "jörg@example.net" }
    await expect(connection.send(beyond, Buffer.from("x"))).rejects.toMatchObject({ reply: { code: 553 } })
    expect(server.lines).toEqual(["EHLO relay.test"])
  })

  it("speaks to servers that know no EHLO, and tells of those that are no mail servers", async () => {
    const old = await startServer({ answer: (line) => (line.startsWith("EHLO") ? "502 what?" : undefined) })
    await (await connectTo(old)).send(ENVELOPE, RAW)
    expect(old.mails).toHaveLength(1)
    const web = await startServer({ greeting: "HTTP/1.1 400 Bad Request" })
    await expect(connectTo(web)).rejects.toMatchObject({ stage: "greeting", reply: null })
    const busy = await startServer({ greeting: "421 4.3.2 too many" })
    await expect(connectTo(busy)).rejects.toMatchObject({ stage: "greeting", reply: { code: 421 } })
  })

  it("trusts nothing that was said in clear after STARTTLS", async () => {
    const server = await startServer({
      extensions: ["STARTTLS"],
      answer: (line) => (line === "STARTTLS" ? "220 go\r\n250-evil\r\n250 SIZE 1" : undefined),
    })
    await expect(connectTo(server)).rejects.toMatchObject({ stage: "tls" })
    expect(server.lines).toEqual(["EHLO relay.test", "STARTTLS"])
  })
})

describe("a pool of connections", () => {
  it("has no more than it may, and ends each after its share", async () => {
    const server = await startServer({ extensions: ["PIPELINING"] })
    const pool = poolOf(server)
    const sent = await Promise.all(Array.from({ length: 12 }, () => pool.send(ENVELOPE, RAW)))
    expect(sent).toHaveLength(12)
    expect(server.mails).toHaveLength(12)
    expect(server.connections).toBe(4)
    expect(server.lines.filter((line) => line === "QUIT").length).toBeGreaterThanOrEqual(2)
    expect(pool.waiting).toBe(0)
  })

  it("finds a connection closed that was idle, and takes a new one without a word", async () => {
    let deaf = false
    const server = await startServer({
      answer: (line, socket) => {
        if (!deaf || !line.startsWith("MAIL")) return undefined
        deaf = false
        socket.destroy()
        return null
      },
    })
    const pool = poolOf(server)
    await pool.send(ENVELOPE, RAW)
    deaf = true
    await pool.send(ENVELOPE, RAW)
    expect(server.mails).toHaveLength(2)
    expect(server.connections).toBe(2)
  })

  it("does not send again what may have arrived", async () => {
    const server = await startServer({
      answer: (line, socket) => {
        if (line !== "." || server.mails.length !== 2) return undefined
        socket.destroy()
        return null
      },
    })
    const pool = poolOf(server)
    await pool.send(ENVELOPE, RAW)
    await expect(pool.send(ENVELOPE, RAW)).rejects.toMatchObject({ stage: "dot", reply: null })
    expect(server.mails).toHaveLength(2)
    await until("its place is free", () => pool.size === 0)
  })

  it("tells all who wait when nobody is there", async () => {
    const server = await startServer({ greeting: "554 5.7.1 not for you" })
    const pool = poolOf(server)
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => pool.send(ENVELOPE, RAW)))
    expect(results.every((result) => result.status === "rejected")).toBe(true)
    expect(server.connections).toBeLessThan(9)
  })

  it("gives up what is cut off while it waits, and goes on with the others", async () => {
    const held: Socket[] = []
    const server = await startServer({
      answer: (line, socket) => {
        if (line !== "." || held.length === 2) return undefined
        held.push(socket)
        return null
      },
    })
    const pool = poolOf(server)
    const first = [pool.send(ENVELOPE, RAW), pool.send(ENVELOPE, RAW)]
    await until("both are held", () => held.length === 2)
    const cutOff = new AbortController()
    const given = pool.send(ENVELOPE, RAW, cutOff.signal)
    const next = pool.send(ENVELOPE, RAW)
    cutOff.abort()
    await expect(given).rejects.toThrow("cut off")
    for (const socket of held) socket.write("250 2.0.0 Ok\r\n")
    await Promise.all([...first, next])
    expect(server.mails).toHaveLength(3)
  })
})
