import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTransport, type Transport, type TransportOptions } from "../../relay/mail/transport.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"

const RAW = Buffer.from(
  "From: a@relay.test\r\nTo: b@example.net\r\nSubject: x\r\nMessage-ID: <1@relay.test>\r\n\r\n.\r\n..two\r\nline \r\n\r\n",
)
const ENVELOPE = { from: "b-abcdefghijklmnopqrst@relay.test", to: "b@example.net" }

let sink: SmtpSink
let transport: Transport

const open = (
  options: Partial<TransportOptions> = {},
  user: string | null = null,
  pass: string | null = null,
) =>
  openTransport(
    { kind: "smtp", host: "127.0.0.1", port: sink.port, secure: false, user, pass },
    { name: "relay.test", ...options },
  )

beforeEach(async () => {
  sink = await startSmtpSink()
  transport = open()
})

afterEach(async () => {
  transport.close()
  await sink.close()
})

describe("the way out by a smarthost", () => {
  it("hands over the very bytes that were signed", async () => {
    const result = await transport.send(ENVELOPE, RAW)
    expect(result).toEqual({
      kind: "delivered",
      server: "127.0.0.1",
      answer: "250 2.0.0 kept as 1",
      tls: "in clear",
    })
    expect(sink.mails[0]).toMatchObject({ from: ENVELOPE.from, to: [ENVELOPE.to] })
    expect(sink.mails[0]?.raw.toString("latin1")).toBe(RAW.toString("latin1"))
  })

  it("uses a connection again", async () => {
    for (let count = 0; count < 5; count++) await transport.send(ENVELOPE, RAW)
    expect(sink.mails).toHaveLength(5)
    expect(sink.connections).toBe(1)
  })

  it.each([
    ["mail", 451, "4.7.1 Greylisted, come back later", "deferred", "greylisted"],
    ["rcpt", 550, "5.1.1 no such user", "failed", "address-wrong"],
    ["rcpt", 452, "4.2.2 mailbox full", "deferred", "mailbox-full"],
    ["rcpt", 554, "5.7.1 Client host blocked using zen.spamhaus.org", "failed", "domain-blocked"],
    ["data", 552, "5.3.4 Message size exceeds fixed limit", "failed", "too-large"],
    ["data", 421, "4.3.2 going down", "deferred", "unknown"],
    ["data", 550, "5.7.26 unauthenticated", "failed", "policy"],
  ] as const)("judges a no at %s: %i %s", async (at, answerCode, text, kind, outcome) => {
    sink.script.push({ kind: "refuse", at, code: answerCode, text })
    const result = await transport.send(ENVELOPE, RAW)
    expect(result).toEqual({ kind, outcome, server: "127.0.0.1", answer: `${answerCode} ${text}` })
    expect((await transport.send(ENVELOPE, RAW)).kind).toBe("delivered")
  })

  it("does not send again by itself what was dropped after the dot", async () => {
    sink.script.push({ kind: "drop-after-dot" })
    expect(await transport.send(ENVELOPE, RAW)).toMatchObject({ kind: "deferred", outcome: "connection" })
    expect(sink.mails).toHaveLength(1)
  })

  it("gives up a server that never answers to a mail, and goes on with the next", async () => {
    transport.close()
    transport = open({ dotMs: 300 })
    sink.script.push({ kind: "hang" })
    expect(await transport.send(ENVELOPE, RAW)).toMatchObject({ kind: "deferred", outcome: "connection" })
    expect((await transport.send(ENVELOPE, RAW)).kind).toBe("delivered")
  })

  it("can be cut off", async () => {
    sink.script.push({ kind: "hang" })
    const controller = new AbortController()
    const sent = transport.send(ENVELOPE, RAW, controller.signal)
    await sink.received(1)
    controller.abort()
    expect(await sent).toMatchObject({ kind: "deferred", outcome: "connection" })
  })

  it("says so when nobody listens", async () => {
    await sink.close()
    const result = await transport.send(ENVELOPE, RAW)
    expect(result).toMatchObject({ kind: "deferred", outcome: "connection", server: null })
    expect("answer" in result && result.answer).toContain("ECONNREFUSED")
    sink = await startSmtpSink()
  })

  it.each([
    "b@example.net\r\nRCPT TO:<c@example.net>",
    "b@example.net>\nDATA",
    "",
    "b",
    "b c@example.net",
    "<b@example.net>",
    "b@exa mple.net",
    `${"b".repeat(65)}@example.net`,
  ])("refuses %j as an address without connecting", async (to) => {
    expect(await transport.send({ ...ENVELOPE, to }, RAW)).toMatchObject({
      kind: "failed",
      outcome: "address-wrong",
    })
    expect(sink.connections).toBe(0)
  })
})

describe("signing in at the smarthost", () => {
  it("works, and a wrong password is our trouble, not the recipient's", async () => {
    await sink.close()
    sink = await startSmtpSink({ user: "relay", pass: "secret" })
    const right = open({}, "relay", "secret")
    expect((await right.send(ENVELOPE, RAW)).kind).toBe("delivered")
    right.close()
    const wrong = open({}, "relay", "guess")
    const result = await wrong.send(ENVELOPE, RAW)
    expect(result).toMatchObject({ kind: "deferred", outcome: "connection", server: null })
    expect(JSON.stringify(result)).not.toContain("guess")
    wrong.close()
  })
})

it("takes up an offered STARTTLS, proven or not", async () => {
  const secured = await startSmtpSink({ tls: true })
  const out = openTransport(
    { kind: "smtp", host: "127.0.0.1", port: secured.port, secure: false, user: null, pass: null },
    { name: "relay.test" },
  )
  expect(await out.send(ENVELOPE, RAW)).toMatchObject({
    kind: "delivered",
    tls: expect.stringMatching(/^TLSv1\.3, certificate not verified/),
  })
  expect(secured.mails[0]?.secure).toBe(true)
  out.close()
  await secured.close()
})

it("captures: nothing leaves", async () => {
  const capture = openTransport({ kind: "capture" }, { name: "relay.test" })
  expect(await capture.send(ENVELOPE, RAW)).toEqual({ kind: "captured", raw: RAW })
  expect(await capture.send({ ...ENVELOPE, to: "x\r\ny" }, RAW)).toMatchObject({ kind: "failed" })
  capture.close()
  expect(sink.connections).toBe(0)
})
