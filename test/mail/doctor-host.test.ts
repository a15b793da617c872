import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { type AddressInfo, createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import {
  checkCertificate,
  checkClock,
  checkDisk,
  checkListener,
  checkPort25,
  checkQueue,
} from "../../relay/mail/doctor/host.ts"
import { checkWayOut } from "../../relay/mail/doctor/way-out.ts"
import { DAY, MINUTE, SECOND } from "../../shared/words/time.ts"
import { startDnsServer } from "../kit/dns-server.ts"
import { startSmtpSink } from "../kit/smtp-sink.ts"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"

const NOW = Date.UTC(2026, 10, 21, 12)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "porchlight-doctor-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe("the mail server", () => {
  const speaking = async (words: string | null, work: (port: number) => Promise<void>): Promise<void> => {
    const server: Server = createServer((socket) => {
      socket.on("error", () => undefined)
      socket.resume()
      if (words !== null) socket.end(words)
    })
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
    try {
      await work((server.address() as AddressInfo).port)
    } finally {
      await new Promise<unknown>((done) => server.close(done))
    }
  }

  test("is known by its greeting, also when it listens on all addresses", () =>
    speaking("220 relay.test ESMTP\r\n", async (port) => {
      const found = await checkListener({ host: "0.0.0.0", port }, ["relay.test"])
      expect(found).toMatchObject({ state: "right", subject: `127.0.0.1:${port}` })
    }))

  test("another one is told apart, and one that does not greet", async () => {
    await speaking("220 other.test ESMTP\r\n", async (port) => {
      const found = await checkListener({ host: "127.0.0.1", port }, ["relay.test"])
      expect(found).toMatchObject({ state: "wrong", code: "other-listener", found: "220 other.test ESMTP" })
    })
    await speaking("", async (port) => {
      const found = await checkListener({ host: "127.0.0.1", port }, ["relay.test"])
      expect(found).toMatchObject({
        code: "not-listening",
        facts: { detail: expect.stringContaining("closed") },
      })
    })
    await speaking(null, async (port) => {
      const found = await checkListener({ host: "127.0.0.1", port }, ["relay.test"], 50)
      expect(found.facts.detail).toContain("no greeting within")
    })
  })

  test("nobody there is said with what the system says", async () => {
    const found = await checkListener({ host: "127.0.0.1", port: 1 }, ["relay.test"])
    expect(found).toMatchObject({
      code: "not-listening",
      facts: { detail: expect.stringContaining("REFUSED") },
    })
  })

  test("what cannot be known from inside is said to be so", () => {
    expect(checkPort25(25, "relay.test")).toMatchObject({ state: "note", code: "outside-unknown" })
    expect(checkPort25(8425, "relay.test")).toMatchObject({ state: "note", code: "other-port" })
  })
})

describe("the certificate", () => {
  const ends = Date.UTC(2126, 9, 28, 11, 2, 35)
  test.each([
    ["good", "relay.test", NOW, "right cert-good"],
    ["of another name", "mx.lamps.example", NOW, "wrong cert-name"],
    ["soon over", "relay.test", ends - 3 * DAY, "wrong cert-soon"],
    ["over", "relay.test", ends + 2 * DAY, "wrong cert-expired"],
  ])("%s", async (_, host, now, said) => {
    const file = path.join(folder, "cert.pem")
    await writeFile(file, TEST_CERTIFICATE.cert)
    const { state, code } = await checkCertificate(file, host, now)
    expect(`${state} ${code}`).toBe(said)
  })

  test("none, and one that is none", async () => {
    expect(await checkCertificate(null, "relay.test", NOW)).toMatchObject({
      state: "note",
      code: "cert-none",
    })
    expect(await checkCertificate(path.join(folder, "nothing.pem"), "relay.test", NOW)).toMatchObject({
      code: "cert-unreadable",
      facts: { detail: expect.stringContaining("ENOENT") },
    })
  })
})

describe("the way out", () => {
  const smarthost = (port: number, more = {}) =>
    ({ kind: "smtp", host: "127.0.0.1", port, secure: false, user: null, pass: null, ...more }) as const
  const look = async (
    outbound: Parameters<typeof checkWayOut>[1]["outbound"],
    probe: string | null = null,
  ) => {
    const dns = await startDnsServer({
      "shop.example": { MX: [[10, "mx.shop.example"]] },
      "mx.shop.example": { A: ["127.0.0.1"] },
      "closed.example": { MX: [[0, "."]] },
      "nowhere.example": { MX: [[10, "mx.nowhere.example"]] },
    })
    const found = await checkWayOut(dns.resolve, { outbound, name: "relay.test", probe })
    await dns.close()
    return found
  }

  test("a smarthost is tried as far as the sign-in, and no mail is sent", async () => {
    const sink = await startSmtpSink({ user: "me", pass: "right" })
    expect(await look(smarthost(sink.port, { user: "me", pass: "right" }))).toMatchObject({
      state: "right",
      code: "smarthost-good",
    })
    const refused = await look(smarthost(sink.port, { user: "me", pass: "wrong-pass" }))
    expect(refused).toMatchObject({ state: "wrong", code: "smarthost-refuses" })
    expect(JSON.stringify(refused)).not.toContain("wrong-pass")
    expect(sink.mails).toEqual([])
    await sink.close()
    expect(await look(smarthost(sink.port))).toMatchObject({ state: "wrong", code: "smarthost-fails" })
  })

  test("with mx a server of a recipient is tried only if one is named", async () => {
    const sink = await startSmtpSink()
    const mx = { kind: "mx", port: sink.port } as const
    expect(await look(mx)).toMatchObject({ state: "note", code: "way-untried" })
    expect(sink.connections).toBe(0)
    expect(await look(mx, "a@shop.example")).toMatchObject({
      state: "right",
      code: "way-good",
      facts: { host: "mx.shop.example" },
    })
    expect(sink.mails).toEqual([])
    await sink.close()
    expect(await look(mx, "a@shop.example")).toMatchObject({
      code: "way-blocked",
      facts: { host: "mx.shop.example", detail: expect.stringContaining("REFUSED") },
    })
    expect((await look(mx, "a@closed.example")).facts.detail).toContain("takes no mail")
    expect((await look(mx, "a@nowhere.example")).facts.detail).toBe("no address")
  })

  test("nothing leaves", async () => {
    expect(await look({ kind: "capture" })).toMatchObject({ state: "note", code: "capture" })
  })
})

describe("disk, queue and clock", () => {
  test("a folder that can be written to, and one that cannot", async () => {
    expect((await checkDisk(folder)).facts.free).toMatch(/^[\d.]+ GB$/)
    expect(await checkDisk(path.join(folder, "none"))).toMatchObject({ state: "wrong", code: "disk-fails" })
    const file = path.join(folder, "file")
    await writeFile(file, "")
    await chmod(file, 0o600)
    expect((await checkDisk(file)).code).toBe("disk-fails")
  })

  test("mail that waits for a quarter of an hour is worth a look", () => {
    const queue = (age: number) => checkQueue({ queued: 3, oldestQueuedAt: NOW - age }, NOW)
    expect(queue(15 * MINUTE)).toMatchObject({ state: "right", facts: { count: 3 } })
    expect(queue(16 * MINUTE)).toMatchObject({ state: "wrong", code: "queue-old", facts: { minutes: 16 } })
    expect(checkQueue({ queued: 0, oldestQueuedAt: null }, NOW).state).toBe("right")
  })

  test("the clock beside the database's, and beside what was written before", () => {
    const said = (offset: number | null, lastSign: number | null) =>
      checkClock({ offset, lastSign }, NOW).code
    expect(said(1.4 * SECOND, NOW)).toBe("clock-good")
    expect(said(-8 * SECOND, NOW)).toBe("clock-off")
    expect(said(null, NOW - DAY)).toBe("clock-alone")
    expect(said(null, NOW + 2 * MINUTE)).toBe("clock-off")
  })
})
