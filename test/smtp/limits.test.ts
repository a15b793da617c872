import { afterEach, describe, expect, test } from "vitest"
import type { PerMailOutcome } from "../../relay/smtp/inbound-port.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

const TO = "r-aaaabbbbccccdddd@relay.test"

let server: TestServer
afterEach(() => server.close())

const inData = async (): Promise<RawSmtp> => {
  const client = await RawSmtp.greeted(server.port)
  expect((await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`, "DATA")).at(-1)).toMatch(
    /^354 /,
  )
  return client
}

describe("size", () => {
  test("a mail of exactly the limit is taken, one byte more is not, and the session goes on", async () => {
    server = await testSmtpServer({ mailBytes: 10_000 })
    const client = await RawSmtp.greeted(server.port)
    const line = `${"x".repeat(98)}\r\n`
    expect(await client.mail(line.repeat(100).slice(0, -2), TO)).toMatch(/^250 /)
    expect(await client.mail(`${line.repeat(100).slice(0, -2)}x`, TO)).toMatch(/^552 5\.3\.4/)
    expect(server.inbox.taken.map(({ raw }) => raw.length)).toEqual([10_000])
    await client.quit()
  })

  test("a client that sends on and on is cut off", async () => {
    server = await testSmtpServer({ mailBytes: 10_000, overrunBytes: 10_000 })
    const client = await inData()
    for (let n = 0; n < 300; n += 1) await client.write(`${"x".repeat(98)}\r\n`)
    expect(await client.answer()).toMatch(/^552 5\.3\.4/)
    await client.closed()
    expect(server.inbox.taken).toEqual([])
  })

  test("40 MB against the 25 MB limit: 552, and another session is served meanwhile", async () => {
    server = await testSmtpServer()
    const client = await inData()
    const sending = client.write(Buffer.alloc(40 * 1024 * 1024, `${"x".repeat(78)}\r\n`))
    const other = await RawSmtp.greeted(server.port)
    expect(await other.mail("Subject: meanwhile\r\n\r\nb", TO)).toMatch(/^250 /)
    await other.quit()
    expect(await client.answer()).toMatch(/^552 5\.3\.4/)
    client.hangUp()
    await sending
  })

  test("mails that do not fit in memory together are put off one by one", async () => {
    server = await testSmtpServer({ heldBytes: 5_000 })
    const first = await inData()
    await first.write(`${"x".repeat(3_998)}\r\n`)
    // the first mail's bytes have been read once the same session is asked to end and has its answer
    const ended = first.write(".\r\n")
    const taking = new Promise<(outcome: PerMailOutcome) => void>((begun) => {
      server.inbox.whenTaking = () => new Promise((finish) => begun(finish))
    })
    await ended
    const finish = await taking
    const second = await RawSmtp.greeted(server.port)
    expect(await second.mail("x".repeat(3_000), TO)).toMatch(/^452 4\.3\.1/)
    server.inbox.whenTaking = async () => ({ kind: "taken" })
    finish({ kind: "taken" })
    expect(await first.answer()).toMatch(/^250 /)
    expect(await second.mail("x".repeat(3_000), TO)).toMatch(/^250 /)
    await first.quit()
    await second.quit()
  })
})

describe("time", () => {
  test("a session ends when it has lasted too long, however busy", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    server.clock.advance(10 * MINUTE - 1)
    expect(await client.say("NOOP")).toMatch(/^250 /)
    server.clock.advance(1)
    expect(await client.answer()).toMatch(/^421 4\.4\.2 This session/)
    await client.closed()
  })

  test("a mail that trickles in is given up, and nothing of it is taken", async () => {
    server = await testSmtpServer()
    const client = await inData()
    for (let n = 0; n < 4; n += 1) {
      server.clock.advance(MINUTE)
      await client.write("x")
    }
    server.clock.advance(MINUTE)
    expect(await client.answer()).toMatch(/^421 4\.4\.2 The mail took too long/)
    await client.closed()
    expect(server.inbox.taken).toEqual([])
  })

  test("a mail that ends in time is taken, and its deadline goes with it", async () => {
    server = await testSmtpServer()
    const client = await inData()
    server.clock.advance(4 * MINUTE)
    expect(await client.say("Subject: a\r\n\r\nb\r\n.")).toMatch(/^250 /)
    server.clock.advance(2 * MINUTE)
    expect(await client.say("NOOP")).toMatch(/^250 /)
    await client.quit()
    await expect.poll(() => server.clock.nextWake()).toBeNull()
  })

  test("a session whose mail is being stored hears the mail's answer before its own end", async () => {
    server = await testSmtpServer()
    const taking = new Promise<(outcome: PerMailOutcome) => void>((begun) => {
      server.inbox.whenTaking = () => new Promise((finish) => begun(finish))
    })
    const client = await inData()
    await client.write("Subject: a\r\n\r\nb\r\n.\r\n")
    const finish = await taking
    server.clock.advance(11 * MINUTE)
    finish({ kind: "taken" })
    expect(await client.answer()).toMatch(/^250 /)
    expect(await client.answer()).toMatch(/^421 4\.4\.2/)
    await client.closed()
  })

  test("silence ends a session", async () => {
    server = await testSmtpServer({ silenceMs: 50 })
    const client = await RawSmtp.greeted(server.port)
    expect(await client.answer()).toMatch(/^421 4\.4\.2/)
    await client.closed()
  })
})

describe("what could not be stored", () => {
  test.each([
    ["a full store", new Refusal("store-full", "no room"), /^452 4\.3\.1/],
    ["a store that is away", new Refusal("store-unavailable", "gone"), /^451 4\.3\.0/],
    ["too many at once", new Refusal("too-many", "later"), /^452 4\.3\.1/],
    ["any other refusal", new Refusal("forbidden", "no"), /^451 4\.3\.0/],
    ["a fault", new Error("a fault"), /^451 4\.3\.0/],
  ])("%s: never 250, never 5xx, and the same mail is taken later", async (_name, error, answer) => {
    server = await testSmtpServer()
    const works = server.inbox.whenTaking
    server.inbox.whenTaking = () => Promise.reject(error)
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail("Subject: a\r\n\r\nb", TO)).toMatch(answer)
    server.inbox.whenTaking = works
    expect(await client.mail("Subject: a\r\n\r\nb", TO)).toMatch(/^250 /)
    expect(server.inbox.taken).toHaveLength(1)
    await client.quit()
  })

  test("250 is not said before the store has answered", async () => {
    server = await testSmtpServer()
    const taking = new Promise<(outcome: PerMailOutcome) => void>((begun) => {
      server.inbox.whenTaking = () => new Promise((finish) => begun(finish))
    })
    const client = await inData()
    const before = client.heard
    await client.write("Subject: a\r\n\r\nb\r\n.\r\n")
    const finish = await taking
    // a whole other session passes, and still nothing is said
    server.inbox.whenTaking = async () => ({ kind: "taken" })
    const other = await RawSmtp.greeted(server.port)
    expect(await other.mail("Subject: other\r\n\r\nb", TO)).toMatch(/^250 /)
    await other.quit()
    expect(client.heard).toBe(before)
    finish({ kind: "taken" })
    expect(await client.answer()).toBe("250 2.6.0 Stored")
    await client.quit()
  })
})
