import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { FALSE_ENDS } from "../kit/false-ends.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

const TO = "r-aaaabbbbccccdddd@relay.test"
const REFUSED = /^554 5\.6\.11 /

let server: TestServer
beforeEach(async () => {
  server = await testSmtpServer()
})
afterEach(() => server.close())

const visible = (bytes: string) => JSON.stringify(bytes)
const texts = () => server.inbox.taken.map(({ raw }) => raw.toString("latin1"))

describe("a second mail behind a false end", () => {
  const smuggled = `MAIL FROM:<evil@client.example>\r\nRCPT TO:<${TO}>\r\nDATA\r\nSubject: smuggled\r\n\r\nevil`

  test.each(FALSE_ENDS.map((end) => [visible(end), end]))(
    "after %s is neither taken nor answered",
    async (_name, end) => {
      const client = await RawSmtp.greeted(server.port)
      expect(await client.mail(`Subject: outer\r\n\r\nbody${end}${smuggled}`, TO)).toMatch(REFUSED)
      // the very next answer is that of the next command: nothing else was listened to
      expect(await client.say("NOOP")).toBe("250 2.0.0 OK")
      expect(server.inbox.taken).toEqual([])
      // the session goes on, and a right mail in it is taken
      expect(await client.mail("Subject: right\r\n\r\nbody", TO)).toMatch(/^250 /)
      await client.quit()
    },
  )

  test("after a dot-stuffed line is part of the one mail", async () => {
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail(`Subject: outer\r\n\r\nbody\r\n..\r\n${smuggled}`, TO)).toMatch(/^250 /)
    expect(await client.say("NOOP")).toBe("250 2.0.0 OK")
    expect(texts()).toEqual([`Subject: outer\r\n\r\nbody\r\n.\r\n${smuggled}\r\n`])
    await client.quit()
  })

  test("after CRLF.CRLF is a mail of its own (the control)", async () => {
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail(`Subject: outer\r\n\r\nbody\r\n.\r\n${smuggled}`, TO)).toMatch(/^250 /)
    for (const expected of [/^250 2\.1\.0/, /^250 2\.1\.5/, /^354 /, /^250 2\.6\.0/])
      expect(await client.answer()).toMatch(expected)
    expect(texts()).toEqual(["Subject: outer\r\n\r\nbody\r\n", "Subject: smuggled\r\n\r\nevil\r\n"])
    await client.quit()
  })
})

describe("the end of a mail", () => {
  test("is found whatever packets its bytes come in", async () => {
    const client = await RawSmtp.greeted(server.port)
    await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`, "DATA")
    for (const byte of "a\r\n..b\r\n.\r") await client.write(byte)
    await client.write("\n")
    expect(await client.answer()).toMatch(/^250 /)
    expect(texts()).toEqual(["a\r\n.b\r\n"])
    await client.quit()
  })

  test.each(FALSE_ENDS.map((end) => [visible(end), end]))(
    "%s is none byte by byte either",
    async (_name, end) => {
      const client = await RawSmtp.greeted(server.port)
      await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`, "DATA")
      for (const byte of `a${end}b\r\n.\r\n`) await client.write(byte)
      expect(await client.answer()).toMatch(REFUSED)
      expect(server.inbox.taken).toEqual([])
      await client.quit()
    },
  )

  test("is in the first line of an empty mail", async () => {
    const client = await RawSmtp.greeted(server.port)
    await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`, "DATA")
    expect(await client.say(".")).toMatch(/^250 /)
    expect(texts()).toEqual([""])
    await client.quit()
  })

  test("never comes for a client that hangs up before it: nothing is taken", async () => {
    const client = await RawSmtp.greeted(server.port)
    await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`, "DATA")
    await client.write("Subject: cut off\r\n\r\nbody\r\n.\r")
    client.hangUp()
    const next = await RawSmtp.greeted(server.port)
    expect(await next.mail("Subject: whole\r\n\r\nbody", TO)).toMatch(/^250 /)
    expect(texts()).toEqual(["Subject: whole\r\n\r\nbody\r\n"])
    await next.quit()
  })
})

describe("bytes of a mail", () => {
  test.each([
    ["NUL", "a\0b"],
    ["a CR of its own", "a\rb"],
    ["an LF of its own", "a\nb"],
    ["a CR as the last byte", "a\r"],
  ])("with %s are refused", async (_name, body) => {
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail(`Subject: a\r\n\r\n${body}`, TO)).toMatch(REFUSED)
    expect(server.inbox.taken).toEqual([])
    await client.quit()
  })

  test("of every other kind come through as they are", async () => {
    const others = Buffer.from([...Array(256).keys()].filter((byte) => ![0, 10, 13].includes(byte)))
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail(others, TO)).toMatch(/^250 /)
    expect(server.inbox.taken[0]?.raw).toEqual(Buffer.concat([others, Buffer.from("\r\n")]))
    await client.quit()
  })
})
