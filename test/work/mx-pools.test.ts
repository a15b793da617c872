import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTransport } from "../../relay/mail/transport.ts"
import { openTown, type Town } from "../kit/mx-town.ts"
import { until } from "../kit/until.ts"

const RAW = Buffer.from("From: a@relay.test\r\nSubject: x\r\n\r\nhello\r\n")
const to = (address: string) => ({ from: "b-abc@relay.test", to: address })

let town: Town

beforeEach(async () => {
  town = await openTown({
    "one.example": { A: ["127.0.0.2"] },
    "two.example": { A: ["127.0.0.3"] },
    "hosted.example": { MX: [[10, "one.example"]] },
  })
})

afterEach(() => town.close())

/** A server whose answers after the dot wait until the test lets them. */
const slow = async (address: string, greeting?: (open: number) => string) => {
  const held: (() => void)[] = []
  let waits = true
  let atOnce = 0
  let most = 0
  const server = await town.script(address, {
    greeting,
    answer: async (line) => {
      if (line !== "." || !waits) return undefined
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise<void>((resolve) => held.push(resolve))
      atOnce -= 1
      return undefined
    },
  })
  return {
    server,
    held,
    most: () => most,
    letGo: () => {
      waits = false
      for (const go of held.splice(0)) go()
    },
  }
}

describe("connections to one server", () => {
  it("are used again, also for another domain that it takes mail for", async () => {
    const sink = await town.sink("127.0.0.2")
    const mx = town.mx()
    for (let count = 0; count < 5; count++) await mx.send(to("b@one.example"), RAW)
    await mx.send(to("b@hosted.example"), RAW)
    expect(sink.mails).toHaveLength(6)
    expect(sink.connections).toBe(1)
  })

  it("are at most four at a time; other servers do not wait", async () => {
    const one = await slow("127.0.0.2")
    const other = await town.sink("127.0.0.3")
    const mx = town.mx()
    const sent = Array.from({ length: 12 }, (_, n) => mx.send(to(`b${n}@one.example`), RAW))
    await until("four are under way", () => one.held.length === 4)
    expect(await mx.send(to("b@two.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(other.mails).toHaveLength(1)
    expect(one.held).toHaveLength(4)
    one.letGo()
    expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(Array(12).fill("delivered"))
    expect(one.most()).toBe(4)
    expect(one.server.connections).toBe(4)
  })

  it.each(["421 4.7.0 Error: too many connections from 127.0.0.1", "hang up"])(
    "are fewer where the third gets “%s”, and no mail waits for another try",
    async (no) => {
      const two = await slow("127.0.0.2", (open) => (open > 2 ? no : "220 scripted"))
      const mx = town.mx()
      const first = mx.send(to("a@one.example"), RAW)
      await until("one is under way", () => two.held.length === 1)
      const sent = [first, ...Array.from({ length: 9 }, (_, n) => mx.send(to(`b${n}@one.example`), RAW))]
      await until(
        "two are under way, and two were refused",
        () => two.held.length === 2 && two.server.connections >= 4,
      )
      two.letGo()
      expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(Array(10).fill("delivered"))
      expect(two.most()).toBe(2)
      expect(two.server.connections).toBeLessThanOrEqual(4)
    },
  )

  it("carry at most 100 mails each", async () => {
    const server = await town.script("127.0.0.2", {})
    const mx = town.mx()
    for (let count = 0; count < 101; count++) await mx.send(to("b@one.example"), RAW)
    expect(server.mails).toHaveLength(101)
    expect(server.connections).toBe(2)
    await until("the first is closed", () => server.open === 1)
  })

  it("are at most a hundred over all that have nothing to do", async () => {
    const everywhere = await town.script("0.0.0.0", {})
    for (let n = 0; n < 120; n++) town.dns.zone[`d${n}.example`] = { A: [`127.0.1.${n}`] }
    const mx = town.mx()
    for (let n = 0; n < 120; n++) {
      expect(await mx.send(to(`b@d${n}.example`), RAW)).toMatchObject({ kind: "delivered" })
    }
    await until("the oldest are closed", () => everywhere.open <= 100)
    expect(everywhere.open).toBe(100)
    expect(await mx.send(to("b@d119.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(everywhere.connections).toBe(120)
    expect(await mx.send(to("b@d0.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(everywhere.connections).toBe(121)
  })

  it("that the server has closed meanwhile cost no mail and no delay", async () => {
    const sink = await town.sink("127.0.0.2")
    const mx = town.mx()
    await mx.send(to("b@one.example"), RAW)
    sink.hangUp()
    await until("it hung up", () => sink.open === 0)
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(sink.mails).toHaveLength(2)
  })

  it("that the server ends with 421 at the next mail are made anew for it", async () => {
    let mails = 0
    const server = await town.script("127.0.0.2", {
      answer: (line) => {
        if (line === ".") mails += 1
        if (mails !== 1 || !line.startsWith("MAIL")) return undefined
        mails += 1
        return "421 4.7.0 too many mails in this connection"
      },
    })
    const mx = town.mx()
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(server.connections).toBe(2)
    expect(server.mails).toHaveLength(2)
  })

  it("end with close(): idle ones at once, others when their mail is through", async () => {
    const idle = await town.sink("127.0.0.3")
    const busy = await slow("127.0.0.2")
    const mx = town.mx()
    await mx.send(to("b@two.example"), RAW)
    const sent = mx.send(to("b@one.example"), RAW)
    await until("one is under way", () => busy.held.length === 1)
    mx.close()
    await until("the idle one is closed", () => idle.open === 0)
    busy.letGo()
    expect(await sent).toMatchObject({ kind: "delivered" })
    await until("the other is closed", () => busy.server.open === 0)
    expect(await mx.send(to("b@two.example"), RAW)).toMatchObject({ kind: "deferred" })
    expect(idle.connections).toBe(1)
  })
})

describe("a server that wants to be left alone", () => {
  it("is, for a while that grows, and no other server with it", async () => {
    let busy = true
    const server = await town.script("127.0.0.2", {
      answer: (line) =>
        busy && line.startsWith("EHLO") ? "421 4.7.0 too many connections from you" : undefined,
    })
    await town.sink("127.0.0.3")
    const mx = town.mx()
    const first = await mx.send(to("b@one.example"), RAW)
    expect(first).toMatchObject({ kind: "deferred", outcome: "rate-limited", server: "one.example" })
    expect(await mx.send(to("c@one.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "rate-limited",
      answer: "not tried again yet: 421 4.7.0 too many connections from you",
    })
    expect(server.connections).toBe(1)
    expect(await mx.send(to("b@two.example"), RAW)).toMatchObject({ kind: "delivered" })
    town.now += 31_000
    await mx.send(to("b@one.example"), RAW)
    expect(server.connections).toBe(2)
    town.now += 31_000
    await mx.send(to("b@one.example"), RAW)
    expect(server.connections).toBe(2)
    town.now += 31_000
    busy = false
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
  })

  it("is not one that defers a single recipient", async () => {
    const sink = await town.sink("127.0.0.2")
    sink.answerFor.set("busy@one.example", {
      kind: "refuse",
      at: "rcpt",
      code: 450,
      text: "4.2.1 The user you are trying to contact is receiving mail too quickly",
    })
    const mx = town.mx()
    expect(await mx.send(to("busy@one.example"), RAW)).toMatchObject({ outcome: "rate-limited" })
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
  })
})

describe("a network that leads nowhere", () => {
  it("is no server's fault: the next mail is tried at once", async () => {
    // no connection is made to the address of everybody: ENETUNREACH
    town.dns.zone["far.example"] = { A: ["255.255.255.255"] }
    const mx = town.mx({ privateTargets: ["255.255.255.255"] })
    for (let count = 0; count < 2; count++) {
      expect(await mx.send(to("b@far.example"), RAW)).toMatchObject({
        kind: "deferred",
        answer: expect.stringMatching(/^far\.example .*ENETUNREACH/),
      })
    }
  })
})

describe("a server that says nothing", () => {
  it("holds up four mails, not those that wait behind them", async () => {
    await town.script("127.0.0.2", { greeting: null })
    const mx = town.mx({ stuckMs: 400 })
    const cut = new AbortController()
    const results = Array.from({ length: 10 }, () => mx.send(to("b@one.example"), RAW, cut.signal))
    const busy = "all 4 connections to it are busy, and nothing moved for 0.4 s"
    expect(await results[9]).toMatchObject({ kind: "deferred", answer: expect.stringContaining(busy) })
    expect(await mx.send(to("b@one.example"), RAW)).toMatchObject({
      kind: "deferred",
      answer: expect.stringContaining("not tried again yet"),
    })
    cut.abort()
    for (const result of await Promise.all(results)) expect(result.kind).toBe("deferred")
  })
})

describe("a smarthost", () => {
  const smarthost = () =>
    openTransport(
      { kind: "smtp", host: "127.0.0.2", port: town.port, secure: false, user: null, pass: null },
      { name: "relay.test", deadlineMs: 5000 },
    )

  it("that says 421 at the door is there again for the next mail", async () => {
    let busy = true
    await town.script("127.0.0.2", {
      answer: (line) => (busy && line.startsWith("EHLO") ? "421 4.3.2 restarting" : undefined),
    })
    const out = smarthost()
    expect(await out.send(to("b@one.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "connection",
      answer: expect.stringContaining("421 4.3.2 restarting"),
    })
    busy = false
    expect(await out.send(to("b@one.example"), RAW)).toMatchObject({ kind: "delivered" })
    out.close()
  })

  it("says 421 at MAIL in words that are kept", async () => {
    await town.script("127.0.0.2", {
      answer: (line) => (line.startsWith("MAIL") ? "421 4.7.0 too many messages from you" : undefined),
    })
    const out = smarthost()
    expect(await out.send(to("b@one.example"), RAW)).toMatchObject({
      kind: "deferred",
      outcome: "rate-limited",
      answer: "421 4.7.0 too many messages from you",
    })
    out.close()
  })

  it("without SMTPUTF8, 8BITMIME and room gets what it can take, and nothing else", async () => {
    const old = await town.script("127.0.0.2", { extensions: ["SIZE 500"] })
    const out = smarthost()
    const eight = Buffer.from("Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBöhm\r\n")
    expect(await out.send(to("böhm@one.example"), RAW)).toMatchObject({ kind: "failed" })
    expect(await out.send(to("b@bücher.example"), eight)).toMatchObject({ kind: "delivered" })
    expect(await out.send(to("b@one.example"), Buffer.concat([RAW, Buffer.alloc(600, "x")]))).toMatchObject({
      kind: "failed",
      outcome: "too-large",
    })
    expect(old.mails).toHaveLength(1)
    expect(old.lines).toContain("RCPT TO:<b@xn--bcher-kva.example>")
    out.close()
  })

  it("refuses one recipient and takes the others", async () => {
    const sink = await town.sink("127.0.0.2")
    sink.answerFor.set("gone@one.example", { kind: "refuse", at: "rcpt", code: 550, text: "5.1.1 unknown" })
    const out = smarthost()
    const results = await Promise.all(
      ["a", "gone", "b"].map((name) => out.send(to(`${name}@one.example`), RAW)),
    )
    expect(results.map(({ kind }) => kind)).toEqual(["delivered", "failed", "delivered"])
    out.close()
  })
})
