import { afterEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

let server: TestServer
afterEach(() => server.close())

const MAIL = ["MAIL FROM:<a@client.example>", "RCPT TO:<r-aaaabbbbccccdddd@relay.test>", "DATA"]

describe("commands", () => {
  test.each([
    ["WIZ please", /^500 5\.5\.2/],
    ["SHELL", /^500 5\.5\.2/],
    ["KILL", /^500 5\.5\.2/],
    ["FROB", /^500 5\.5\.2/],
    ["AUTH PLAIN AGEAYg==", /^500 5\.5\.2/],
    ["STARTTLS", /^500 5\.5\.2/],
    ["XCLIENT ADDR=1.2.3.4", /^500 5\.5\.2/],
    ["BDAT 10 LAST", /^500 5\.5\.2/],
    ["VRFY postmaster", /^252 2\.5\.0 Addresses are not told here; RCPT TO says who takes mail$/],
    ["EXPN agents", /^502 5\.5\.1/],
    ["HELP", /^214 [^\r\n]{1,100}$/],
    ["NOOP", /^250 /],
    ["DATA", /^503 /],
    ["RCPT TO:<postmaster>", /^503 /],
  ])("%s", async (command, answer) => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    expect(await client.say(command)).toMatch(answer)
    await client.quit()
  })

  test.each([
    "GET / HTTP/1.1",
    "POST http://relay.test:25/ HTTP/1.0",
    "CONNECT relay.test:25 HTTP/1.1",
    "PRI * HTTP/2.0",
    "Host: relay.test",
  ])("%s closes the session, and what follows is not listened to", async (line) => {
    server = await testSmtpServer()
    const client = await RawSmtp.connect(server.port)
    await client.answer()
    await client.write(`${line}\r\nEHLO x\r\n${MAIL.join("\r\n")}\r\nSubject: a\r\n\r\nb\r\n.\r\n`)
    const heard = await client.closed()
    expect(heard).toBe(
      "220 relay.test ESMTP\r\n421 4.7.0 This is a mail server, not a web server; closing\r\n",
    )
    expect(server.inbox.taken).toEqual([])
  })

  test("the same lines without the HTTP are taken (the control), pipelined as they are", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.connect(server.port)
    await client.answer()
    await client.write(`EHLO x\r\n${MAIL.join("\r\n")}\r\nSubject: a\r\n\r\nb\r\n.\r\nQUIT\r\n`)
    expect(await client.closed()).toContain("250 2.6.0 Stored")
    expect(server.inbox.taken).toHaveLength(1)
  })

  test.each([
    ["with its end", `NOOP ${"x".repeat(3000)}\r\n`],
    ["without an end", "x".repeat(3000)],
  ])("a line too long, %s, closes the session", async (_name, line) => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    await client.write(line)
    expect(await client.answer()).toMatch(/^421 .*too long/)
    await client.closed()
  })

  test("a line of the longest length is listened to", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    expect(await client.say(`NOOP ${"x".repeat(2048 - 5)}`)).toMatch(/^250 /)
    await client.quit()
  })
})

describe("a session", () => {
  test("ends after too many errors", async () => {
    server = await testSmtpServer({ errors: 3 })
    const client = await RawSmtp.greeted(server.port)
    await client.say("MAIL FROM:<a@client.example>")
    for (let n = 0; n < 3; n += 1) expect(await client.say(`RCPT TO:<guess${n}@relay.test>`)).toMatch(/^550 /)
    expect(await client.say("RCPT TO:<guess4@relay.test>")).toMatch(/^550 /)
    expect(await client.answer()).toMatch(/^421 4\.7\.0 Too many errors/)
    await client.closed()
  })

  test("has its errors forgotten by a mail that is taken", async () => {
    server = await testSmtpServer({ errors: 3 })
    const client = await RawSmtp.greeted(server.port)
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 3; n += 1) expect(await client.say("FROB")).toMatch(/^500 /)
      expect(await client.mail("Subject: a\r\n\r\nb")).toMatch(/^250 /)
    }
    await client.quit()
  })

  test("ends after too many commands without a mail", async () => {
    server = await testSmtpServer({ idleCommands: 5 })
    const client = await RawSmtp.greeted(server.port)
    for (let n = 0; n < 4; n += 1) expect(await client.say("NOOP")).toMatch(/^250 /)
    expect(await client.say("RSET")).toMatch(/^421 4\.7\.0 Too many commands/)
    await client.closed()
  })

  test("that floods with pipelined commands and reads no answer is cut off, and others are served", async () => {
    server = await testSmtpServer()
    const flood = await RawSmtp.greeted(server.port)
    const written = flood.write("RSET\r\n".repeat(200_000))
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail("Subject: meanwhile\r\n\r\nb")).toMatch(/^250 /)
    await client.quit()
    const heard = await flood.closed()
    await written
    expect(heard).toContain("421 4.7.0 Too many commands")
    expect(heard.match(/250 2\.0\.0 Flushed/g)).toHaveLength(99)
  })

  test("of one client too many hears 421; when another has left, the next is let in", async () => {
    server = await testSmtpServer({ sessionsPerClient: 2 })
    const first = await RawSmtp.greeted(server.port)
    const second = await RawSmtp.greeted(server.port)
    const third = await RawSmtp.connect(server.port)
    expect(await third.answer()).toMatch(/^421 4\.7\.0 Too many connections from your address/)
    await third.closed()
    await first.quit()
    const fourth = await RawSmtp.connect(server.port)
    expect(await fourth.answer()).toMatch(/^220 /)
    await fourth.quit()
    await second.quit()
  })

  test("too many of all hears 421", async () => {
    server = await testSmtpServer({ sessions: 1 })
    const first = await RawSmtp.greeted(server.port)
    const second = await RawSmtp.connect(server.port)
    expect(await second.answer()).toMatch(/^421 4\.3\.2/)
    await second.closed()
    await first.quit()
  })
})
