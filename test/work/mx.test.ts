import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { openTown, type Town } from "../kit/mx-town.ts"
import { until } from "../kit/until.ts"

const RAW = Buffer.from("From: a@relay.test\r\nTo: b@shop.example\r\nSubject: x\r\n\r\nhello\r\n.\r\n")
const to = (address: string) => ({ from: "b-abc@relay.test", to: address })

let town: Town

beforeEach(async () => {
  town = await openTown({
    "shop.example": {
      MX: [
        [10, "mx1.shop.example"],
        [20, "mx2.shop.example"],
      ],
    },
    "mx1.shop.example": { A: ["127.0.0.2"] },
    "mx2.shop.example": { A: ["127.0.0.3"] },
    "bare.example": { A: ["127.0.0.4"] },
  })
})

afterEach(() => town.close())

const said = (result: DeliveryResult): string => ("answer" in result ? result.answer : "")

describe("a mail straight to the recipient's server", () => {
  it("goes to the best of the domain's hosts, the very bytes that were signed", async () => {
    const [first, second] = [await town.sink("127.0.0.2"), await town.sink("127.0.0.3")]
    expect(await town.mx().send(to("b@shop.example"), RAW)).toEqual({
      kind: "delivered",
      server: "mx1.shop.example",
      answer: "250 2.0.0 kept as 1",
      tls: "in clear",
    })
    expect(first.mails[0]).toMatchObject({ from: "b-abc@relay.test", to: ["b@shop.example"] })
    expect(first.mails[0]?.raw.toString("latin1")).toBe(RAW.toString("latin1"))
    expect(second.mails).toHaveLength(0)
  })

  it("goes to the domain itself where there is no MX", async () => {
    const sink = await town.sink("127.0.0.4")
    expect(await town.mx().send(to("b@bare.example"), RAW)).toMatchObject({
      kind: "delivered",
      server: "bare.example",
    })
    expect(sink.mails).toHaveLength(1)
  })

  it("is shared by equals", async () => {
    const sinks = [await town.sink("127.0.0.2"), await town.sink("127.0.0.3")]
    town.dns.zone["shop.example"] = {
      MX: [
        [10, "mx1.shop.example"],
        [10, "mx2.shop.example"],
      ],
    }
    const mx = town.mx()
    for (let count = 0; count < 40 && sinks.some(({ mails }) => mails.length === 0); count++) {
      town.now += 61_000
      await mx.send(to("b@shop.example"), RAW)
    }
    expect(sinks.every(({ mails }) => mails.length > 0)).toBe(true)
  })

  it("goes to the next host when nobody is at the first, and leaves the first alone for a while", async () => {
    const second = await town.sink("127.0.0.3")
    const mx = town.mx()
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({ server: "mx2.shop.example" })
    const first = await town.sink("127.0.0.2")
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({ server: "mx2.shop.example" })
    expect(first.connections).toBe(0)
    town.now += 31_000
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({ server: "mx1.shop.example" })
    expect(second.mails).toHaveLength(2)
  })

  it.each([
    ["greets with 421", { greeting: "421 4.3.2 too busy" }],
    ["greets with 554", { greeting: "554 5.7.1 no SMTP here" }],
    ["greets without end", { greeting: `220-${"x".repeat(200_000)}` }],
    ["says HTTP", { greeting: "HTTP/1.1 400 Bad Request" }],
    [
      "refuses EHLO and HELO",
      { answer: (line: string) => (/^(EHLO|HELO)/.test(line) ? "550 no" : undefined) },
    ],
    ["hangs up at once", { answer: () => "hang up" }],
    [
      "hangs up after 421 at MAIL",
      { answer: (line: string) => (line.startsWith("MAIL") ? "421 4.4.5 busy" : undefined) },
    ],
    [
      "defers at RCPT",
      { answer: (line: string) => (line.startsWith("RCPT") ? "451 4.7.1 later" : undefined) },
    ],
    ["defers at DATA", { answer: (line: string) => (line === "DATA" ? "451 4.3.0 later" : undefined) }],
    ["defers after the dot", { answer: (line: string) => (line === "." ? "451 4.3.0 later" : undefined) }],
  ])("goes to the next host when the first %s", async (_what, script) => {
    await town.script("127.0.0.2", script)
    const second = await town.sink("127.0.0.3")
    expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "delivered",
      server: "mx2.shop.example",
    })
    expect(second.mails).toHaveLength(1)
  })

  it.each(["mail", "rcpt", "data"] as const)("is settled by a 5xx at %s", async (at) => {
    const first = await town.sink("127.0.0.2")
    const second = await town.sink("127.0.0.3")
    first.script.push({ kind: "refuse", at, code: 550, text: "5.1.1 no such user" })
    expect(await town.mx().send(to("b@shop.example"), RAW)).toEqual({
      kind: "failed",
      outcome: "address-wrong",
      server: "mx1.shop.example",
      answer: "550 5.1.1 no such user",
    })
    expect(second.connections).toBe(0)
  })

  it("comes back later when greylisted, and the two hosts' words are kept", async () => {
    for (const host of ["127.0.0.2", "127.0.0.3"]) {
      const sink = await town.sink(host)
      sink.answerFor.set("b@shop.example", {
        kind: "refuse",
        at: "rcpt",
        code: 451,
        text: `4.7.1 Greylisted at ${host}`,
      })
    }
    expect(await town.mx().send(to("b@shop.example"), RAW)).toEqual({
      kind: "deferred",
      outcome: "greylisted",
      server: "mx2.shop.example",
      answer: "451 4.7.1 Greylisted at 127.0.0.3",
    })
  })

  it("is refused for good when every host refuses us at the door", async () => {
    await town.script("127.0.0.2", { greeting: "554 5.7.1 blocked using zen.spamhaus.org" })
    await town.script("127.0.0.3", { greeting: "554 5.7.1 blocked using zen.spamhaus.org" })
    expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "failed",
      outcome: "domain-blocked",
    })
  })

  it.each(["127.0.0.2", "127.0.0.3"])(
    "waits when %s refuses us at the door and the other is away",
    async (at) => {
      await town.script(at, { greeting: "554 5.7.1 blocked" })
      expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({ kind: "deferred" })
    },
  )

  it("tells what a server said rather than that another is away", async () => {
    const first = await town.sink("127.0.0.2")
    first.script.push({ kind: "refuse", at: "rcpt", code: 452, text: "4.2.2 mailbox full" })
    expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "mailbox-full",
      server: "mx1.shop.example",
    })
  })

  it("does not go to a second host after the dot: the first may have it", async () => {
    const first = await town.sink("127.0.0.2")
    const second = await town.sink("127.0.0.3")
    first.script.push({ kind: "drop-after-dot" })
    expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "connection",
    })
    expect(first.mails).toHaveLength(1)
    expect(second.connections).toBe(0)
  })

  it.each(["MAIL", "RCPT", "DATA"])("is cut off at its deadline where a server hangs at %s", async (at) => {
    const hanging = await town.script("127.0.0.4", {
      extensions: [],
      answer: (line) => (line.startsWith(at) ? null : undefined),
    })
    const result = await town.mx({ deadlineMs: 300 }).send(to("b@bare.example"), RAW)
    expect(result).toMatchObject({ kind: "deferred", outcome: "connection" })
    expect(said(result)).toContain("not through within 0.3 s")
    await until("it was let go", () => hanging.open === 0)
  })

  it("is given up where a server never answers to it, and the next mail goes on", async () => {
    const first = await town.sink("127.0.0.2")
    const second = await town.sink("127.0.0.3")
    first.script.push({ kind: "hang" })
    const mx = town.mx({ dotMs: 400 })
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "connection",
    })
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(second.connections).toBe(0)
  })

  it("waits for a server that looks into it for longer than its deadline", async () => {
    let letGo: () => void = () => undefined
    const looked = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const slow = await town.script("127.0.0.4", {
      answer: async (line) => {
        if (line === ".") await looked
        return undefined
      },
    })
    const begun = performance.now()
    const sent = town.mx({ deadlineMs: 700 }).send(to("b@bare.example"), RAW)
    await until("it has the mail", () => slow.mails.length === 1)
    await until("the deadline is over", () => performance.now() - begun > 900)
    letGo()
    expect(await sent).toMatchObject({ kind: "delivered" })
  })

  it("can be cut off", async () => {
    const first = await town.sink("127.0.0.2")
    first.script.push({ kind: "hang" })
    const cut = new AbortController()
    const sent = town.mx().send(to("b@shop.example"), RAW, cut.signal)
    await first.received(1)
    cut.abort()
    expect(await sent).toMatchObject({ kind: "deferred", outcome: "connection" })
  })
})

describe("domains and their DNS", () => {
  it.each([
    ["null.example", "failed", "address-wrong", "5.1.10"],
    ["gone.example", "failed", "address-wrong", "NXDOMAIN"],
    ["loop.example", "failed", "address-wrong", "no address"],
    ["hollow.example", "failed", "address-wrong", "no address"],
    ["broken.example", "deferred", "connection", "ESERVFAIL"],
    ["silent.example", "deferred", "connection", "ETIMEOUT"],
    ["dark.example", "deferred", "connection", "ESERVFAIL"],
    ["ours.example", "failed", "policy", "5.4.6"],
  ])("%s: %s", async (domain, kind, outcome, words) => {
    Object.assign(town.dns.zone, {
      "null.example": { MX: [[0, "."]] },
      "loop.example": { CNAME: "pool.example" },
      "pool.example": { CNAME: "loop.example" },
      "hollow.example": { MX: [[10, "nowhere.hollow.example"]] },
      "broken.example": { fault: "servfail" },
      "silent.example": { fault: "drop" },
      "dark.example": { MX: [[10, "mx.dark.example"]] },
      "mx.dark.example": { fault: "servfail" },
      "ours.example": { MX: [[10, "relay.test"]] },
    })
    const result = await town.mx().send(to(`b@${domain}`), RAW)
    expect(result).toMatchObject({ kind, outcome })
    expect(said(result)).toContain(words)
  })

  it("are asked again after trouble, and not for every mail otherwise", async () => {
    await town.sink("127.0.0.4")
    const mx = town.mx()
    town.dns.zone["late.example"] = { fault: "servfail" }
    expect(await mx.send(to("b@late.example"), RAW)).toMatchObject({ kind: "deferred" })
    town.dns.zone["late.example"] = { A: ["127.0.0.4"] }
    expect(await mx.send(to("b@late.example"), RAW)).toMatchObject({ kind: "delivered" })
    const before = town.dns.questions.length
    expect(await mx.send(to("c@late.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(town.dns.questions).toHaveLength(before)
    town.now += 61_000
    expect(await mx.send(to("c@late.example"), RAW)).toMatchObject({ kind: "delivered" })
    const again = town.dns.questions.slice(before).map(({ type }) => type)
    expect(again.sort()).toEqual(["A", "AAAA", "MX"])
  })

  it("lead past a host without an address", async () => {
    town.dns.zone["mx1.shop.example"] = { A: "nodata" }
    await town.sink("127.0.0.3")
    expect(await town.mx().send(to("b@shop.example"), RAW)).toMatchObject({ server: "mx2.shop.example" })
  })

  it("may be slow", async () => {
    town.dns.zone["bare.example"] = { A: ["127.0.0.4"], slowMs: 150 }
    await town.sink("127.0.0.4")
    expect(await town.mx().send(to("b@bare.example"), RAW)).toMatchObject({ kind: "delivered" })
  })
})

describe("machines of private networks", () => {
  it("get no mail that a domain points at them", async () => {
    const sink = await town.sink("127.0.0.2")
    Object.assign(town.dns.zone, {
      "mapped.example": { AAAA: ["::ffff:127.0.0.2"] },
      "nat64.example": { AAAA: ["64:ff9b::7f00:2"] },
    })
    const mx = town.mx({ privateTargets: [] })
    for (const domain of ["mapped.example", "nat64.example"]) {
      const result = await mx.send(to(`b@${domain}`), RAW)
      expect(result, domain).toMatchObject({ kind: "failed", outcome: "address-wrong" })
      expect(said(result)).toContain("private network")
    }
    delete town.dns.zone["mx2.shop.example"]
    expect(await mx.send(to("b@shop.example"), RAW)).toMatchObject({ kind: "failed" })
    expect(sink.connections).toBe(0)
  })

  it("get it where the operator says so", async () => {
    const sink = await town.sink("127.0.0.2")
    expect(await town.mx({ privateTargets: ["127.0.0.2"] }).send(to("b@shop.example"), RAW)).toMatchObject({
      kind: "delivered",
    })
    expect(sink.mails).toHaveLength(1)
  })

  it.each([
    "b@[127.0.0.2]",
    "b@[IPv6:::1]",
    "b@127.0.0.2",
    "b@127.2",
    "b@2130706434",
    "b@localhost",
    "b@shop.example\r\nRCPT TO:<c@shop.example>",
    "b@shop.example> SIZE=1",
    "@other.example:b@shop.example",
  ])("get none by %j", async (address) => {
    const sink = await town.sink("127.0.0.2")
    expect(await town.mx({ privateTargets: ["127.0.0.2"] }).send(to(address), RAW)).toMatchObject({
      kind: "failed",
      outcome: "address-wrong",
    })
    expect(sink.connections).toBe(0)
  })
})

describe("what the next server takes", () => {
  const EIGHT = Buffer.from(
    "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBöhm\r\n",
  )

  it("a domain of another script is asked for, and spoken of, in ASCII", async () => {
    town.dns.zone["xn--bcher-kva.example"] = { A: ["127.0.0.4"] }
    const server = await town.script("127.0.0.4", {})
    expect(await town.mx().send(to("b@Bücher.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(server.lines).toContain("RCPT TO:<b@xn--bcher-kva.example>")
  })

  it("a name of another script goes where SMTPUTF8 is offered, and is told where it is not", async () => {
    const server = await town.script("127.0.0.4", { extensions: ["SMTPUTF8", "8BITMIME", "PIPELINING"] })
    expect(await town.mx().send(to("žluťoučký@bare.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(server.lines.find((line) => line.startsWith("MAIL"))).toBe("MAIL FROM:<b-abc@relay.test> SMTPUTF8")
    const old = await town.script("127.0.0.2", {})
    const result = await town.mx().send(to("žluťoučký@shop.example"), RAW)
    expect(result).toMatchObject({ kind: "failed", outcome: "policy" })
    expect(said(result)).toContain("553 5.6.7")
    const sender = Buffer.concat([Buffer.from("From: <žluť@shop.example>\r\n"), RAW])
    const other = await town.mx().send(to("b@shop.example"), sender)
    expect(other).toMatchObject({ kind: "failed", outcome: "policy" })
    expect(said(other)).toContain("554 5.6.7")
    expect(old.lines.some((line) => line.startsWith("MAIL"))).toBe(false)
  })

  it("eight bits go as they are where 8BITMIME is offered, and in an encoding where it is not", async () => {
    const server = await town.script("127.0.0.4", {})
    await town.mx().send(to("b@bare.example"), EIGHT)
    expect(server.lines.find((line) => line.startsWith("MAIL"))).toMatch(/ BODY=8BITMIME$/)
    expect(Buffer.from(server.mails[0] ?? "", "latin1").toString()).toContain("Böhm")
    const old = await town.script("127.0.0.2", { extensions: [] })
    expect(await town.mx().send(to("b@shop.example"), EIGHT)).toMatchObject({ kind: "delivered" })
    expect(old.lines.find((line) => line.startsWith("MAIL"))).toBe("MAIL FROM:<b-abc@relay.test>")
    expect(old.mails[0]).toContain("B=C3=B6hm")
  })

  it("a mail larger than the server says it takes is not even begun", async () => {
    const sink = await town.sink("127.0.0.4", { size: 200 })
    const large = Buffer.from(`Subject: x\r\n\r\n${"long line\r\n".repeat(50)}`)
    const result = await town.mx().send(to("b@bare.example"), large)
    expect(result).toMatchObject({ kind: "failed", outcome: "too-large" })
    expect(sink.mails).toHaveLength(0)
    expect(await town.mx().send(to("b@bare.example"), RAW)).toMatchObject({ kind: "delivered" })
  })

  it("HELO is enough", async () => {
    const server = await town.script("127.0.0.4", {
      answer: (line) => (line.startsWith("EHLO") ? "502 5.5.1 what?" : undefined),
    })
    expect(await town.mx().send(to("b@bare.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(server.lines.slice(0, 3)).toEqual([
      "EHLO relay.test",
      "HELO relay.test",
      "MAIL FROM:<b-abc@relay.test>",
    ])
  })

  it("reports have no sender", async () => {
    const sink = await town.sink("127.0.0.4")
    await town.mx().send({ from: "", to: "b@bare.example" }, RAW)
    expect(sink.mails[0]?.from).toBe("")
  })
})
