import { once } from "node:events"
import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { ZoneName } from "../kit/dns-server.ts"
import { openTown, type Town } from "../kit/mx-town.ts"
import { SECURE_EXAMPLE } from "../kit/test-authority.ts"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"

const RAW = Buffer.from("From: a@relay.test\r\nSubject: x\r\n\r\nhello\r\n")
const POLICY = "version: STSv1\nmode: enforce\nmx: mx.secure.example\nmax_age: 86400\n"
const MAIL = { from: "b-abc@relay.test", to: "b@secure.example" }

let town: Town

beforeEach(async () => {
  town = await openTown({
    "secure.example": { MX: [[10, "mx.secure.example"]] },
    "mx.secure.example": { A: ["127.0.0.2"] },
  })
})

afterEach(() => town.close())

describe("TLS where nothing asks for it", () => {
  it("is taken up and told, proven", async () => {
    const sink = await town.sink("127.0.0.2", { tls: SECURE_EXAMPLE })
    expect(await town.mx().send(MAIL, RAW)).toMatchObject({
      kind: "delivered",
      tls: "TLSv1.3, certificate verified",
    })
    expect(sink.mails[0]?.secure).toBe(true)
  })

  it("is taken up and told, not proven", async () => {
    const sink = await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    expect(await town.mx().send(MAIL, RAW)).toMatchObject({
      kind: "delivered",
      tls: expect.stringMatching(/^TLSv1\.3, certificate not verified: /),
    })
    expect(sink.mails[0]?.secure).toBe(true)
  })

  it.each([
    ["comes to nothing", { tls: "garbage" as const }],
    ["breaks off", { tls: "reset" as const }],
    [
      "is refused",
      {
        extensions: ["STARTTLS"],
        answer: (line: string) => (line === "STARTTLS" ? "454 4.7.0 not now" : undefined),
      },
    ],
    [
      "ends the connection",
      { extensions: ["STARTTLS"], answer: (line: string) => (line === "STARTTLS" ? "hang up" : undefined) },
    ],
  ])("is done without where it %s", async (_what, script) => {
    const server = await town.script("127.0.0.2", script)
    expect(await town.mx().send(MAIL, RAW)).toMatchObject({ kind: "delivered", tls: "in clear" })
    expect(server.mails).toHaveLength(1)
    expect(server.connections).toBe(2)
  })
})

describe("a domain with a policy (MTA-STS)", () => {
  let web: Server
  let policyPort: number
  let asked: number
  /** What its web server answers. */
  let policy: string
  let serve: { status: number; type: string }

  beforeEach(async () => {
    asked = 0
    policy = POLICY
    serve = { status: 200, type: "text/plain" }
    web = createServer(SECURE_EXAMPLE, (request, response) => {
      asked += 1
      const right =
        request.url === "/.well-known/mta-sts.txt" && request.headers.host === "mta-sts.secure.example"
      response.writeHead(right ? serve.status : 404, { "content-type": serve.type, location: "/other" })
      response.end(policy)
    })
    web.listen(0, "127.0.0.9")
    await once(web, "listening")
    policyPort = (web.address() as AddressInfo).port
    Object.assign(town.dns.zone, {
      "_mta-sts.secure.example": { TXT: ["v=STSv1; id=1;"] },
      "mta-sts.secure.example": { A: ["127.0.0.9"] },
    })
  })

  afterEach(async () => {
    web.closeAllConnections()
    web.close()
    await once(web, "close")
  })

  const deferred = (words: RegExp) => ({
    kind: "deferred",
    outcome: "connection",
    answer: expect.stringMatching(words),
  })

  it("gets mail over TLS that proves itself, and its policy is asked for once", async () => {
    const sink = await town.sink("127.0.0.2", { tls: SECURE_EXAMPLE })
    const mx = town.mx({ policyPort })
    for (let count = 0; count < 3; count++) {
      expect(await mx.send(MAIL, RAW)).toMatchObject({
        kind: "delivered",
        tls: "TLSv1.3, certificate verified",
      })
      town.now += 3_600_000
    }
    expect(sink.mails).toHaveLength(3)
    expect(asked).toBe(1)
  })

  it("gets none over a wrong certificate, and none in clear", async () => {
    const sink = await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toEqual({
      server: null,
      ...deferred(/MTA-STS.*(self-signed|unable to verify)/i),
    })
    expect(sink.mails).toHaveLength(0)
  })

  it("gets none over a right certificate of another name", async () => {
    town.dns.zone["secure.example"] = { MX: [[10, "mail.elsewhere.example"]] }
    town.dns.zone["mail.elsewhere.example"] = { A: ["127.0.0.2"] }
    policy = policy.replace("mx.secure.example", "mail.elsewhere.example")
    const sink = await town.sink("127.0.0.2", { tls: SECURE_EXAMPLE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject(deferred(/MTA-STS.*altnames/i))
    expect(sink.mails).toHaveLength(0)
  })

  it.each([
    ["has none", {}],
    ["takes it back", { tls: "garbage" as const }],
    [
      "refuses it for good",
      {
        extensions: ["STARTTLS"],
        answer: (line: string) => (line === "STARTTLS" ? "502 5.5.1 no" : undefined),
      },
    ],
  ])("gets none where the server offers TLS and %s", async (_what, script) => {
    const server = await town.script("127.0.0.2", script)
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject(deferred(/MTA-STS/))
    expect(server.lines.some((line) => line.startsWith("MAIL"))).toBe(false)
  })

  it("gets none at a host that the policy does not name, but at one that it does", async () => {
    town.dns.zone["secure.example"] = {
      MX: [
        [5, "mx.thief.example"],
        [10, "mx.secure.example"],
      ],
    }
    town.dns.zone["mx.thief.example"] = { A: ["127.0.0.3"] }
    const thief = await town.sink("127.0.0.3", { tls: SECURE_EXAMPLE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject(deferred(/./))
    await town.sink("127.0.0.2", { tls: SECURE_EXAMPLE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject({ server: "mx.secure.example" })
    expect(thief.connections).toBe(0)
  })

  it("that only tests gets its mail all the same, and a note is made", async () => {
    policy = policy.replace("enforce", "testing").replace("mx.secure.example", "other.secure.example")
    await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    expect(town.notes.join()).toContain("not in the MTA-STS policy")
  })

  it("of mode none is a domain without", async () => {
    policy = "version: STSv1\nmode: none\nmax_age: 86400\n"
    await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    expect(town.notes).toEqual([])
  })

  it.each<[string, { status?: number; type?: string; policy?: string; at?: ZoneName; certificate?: true }]>([
    ["that its web server does not have", { status: 404 }],
    ["that is elsewhere", { status: 301 }],
    ["that is a page", { type: "text/html" }],
    ["that is none", { policy: "Hello\n" }],
    ["that has no end", { policy: `${POLICY}${"x: y\n".repeat(20_000)}` }],
    ["whose web server is not there", { at: { A: "nodata" } }],
    ["under a wrong certificate", { certificate: true }],
  ])("cannot demand by a policy %s: as if there were none, with a note", async (_what, change) => {
    serve = { ...serve, ...change }
    policy = change.policy ?? policy
    if (change.at) town.dns.zone["mta-sts.secure.example"] = change.at
    if (change.certificate) web.setSecureContext(TEST_CERTIFICATE)
    await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    expect(await town.mx({ policyPort }).send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    expect(town.notes.join()).toContain("could not be had")
  })

  it("whose web server is said to be a machine of ours is not asked for it", async () => {
    await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    const mx = town.mx({ policyPort, privateTargets: ["127.0.0.2"] })
    expect(await mx.send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    expect(town.notes.join()).toContain("private network")
    expect(asked).toBe(0)
  })

  it("is held to what is known while its DNS or web server is away, until that ends", async () => {
    await town.sink("127.0.0.2", { tls: SECURE_EXAMPLE })
    const mx = town.mx({ policyPort })
    expect(await mx.send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    town.dns.zone["secure.example"] = { MX: [[10, "mx.other.example"]] }
    town.dns.zone["mx.other.example"] = { A: ["127.0.0.2"] }
    serve.status = 503
    const away: ZoneName[] = [{ fault: "servfail" }, { TXT: ["v=STSv1; id=2;"] }, { TXT: "nodata" }]
    for (const record of away) {
      town.dns.zone["_mta-sts.secure.example"] = record
      town.now += 3_600_000
      expect(await mx.send(MAIL, RAW)).toMatchObject(deferred(/policy/))
    }
    town.now += 86_400_000
    expect(await mx.send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
  })

  it("may change it: by its id it is seen", async () => {
    await town.sink("127.0.0.2", { tls: TEST_CERTIFICATE })
    const mx = town.mx({ policyPort })
    expect(await mx.send(MAIL, RAW)).toMatchObject(deferred(/MTA-STS/))
    policy = policy.replace("enforce", "testing")
    town.dns.zone["_mta-sts.secure.example"] = { TXT: ["v=STSv1; id=2;"] }
    town.now += 301_000
    expect(await mx.send(MAIL, RAW)).toMatchObject({ kind: "delivered" })
    expect(asked).toBe(2)
  })
})
