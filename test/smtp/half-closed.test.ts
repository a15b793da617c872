import { afterEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"

/**
 * A client that has said all it will may close its direction at once: Exim sends the end of its last mail, QUIT
 * and the close in one go, and listens on. Its mail would come again and again if nobody told it of the 250.
 */
let server: TestServer
afterEach(() => server.close())

const ENVELOPE = ["MAIL FROM:<a@client.example>", "RCPT TO:<r-aaaabbbbccccdddd@relay.test>", "DATA"]
const MAIL = "Subject: hello\r\n\r\nlast words\r\n.\r\n"

/** Storing takes until another client came and went: the close of the first has long been read by then. */
const storeSlowly = (): void => {
  server.inbox.whenTaking = async () => {
    await (await RawSmtp.greeted(server.port)).quit()
    return { kind: "taken" }
  }
}

describe("a client that closes its direction with its last bytes", () => {
  test.each(["in clear", "over TLS"])("hears what became of its mail, %s", async (way) => {
    server = await testSmtpServer({}, { tls: TEST_CERTIFICATE })
    storeSlowly()
    const client = await RawSmtp.greeted(server.port)
    if (way === "over TLS") {
      await client.startTls()
      await client.say("EHLO client.example")
    }
    await client.sayAll(...ENVELOPE)
    client.finish(`${MAIL}QUIT\r\n`)
    expect(await client.answer()).toBe("250 2.6.0 Stored")
    expect(await client.answer()).toBe("221 2.0.0 Bye")
    await client.closed()
    expect(server.inbox.taken.map(({ raw }) => raw.toString())).toEqual([
      "Subject: hello\r\n\r\nlast words\r\n",
    ])
  })

  test("hears every answer, and then the end, without a QUIT", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    client.finish("NOOP\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<nobody@relay.test>\r\n")
    expect(await client.answer()).toMatch(/^250 /)
    expect(await client.answer()).toMatch(/^250 2\.1\.0 /)
    expect(await client.answer()).toMatch(/^550 5\.1\.1 /)
    expect(await client.answer()).toBe("")
    await client.closed()
  })

  test("in the middle of its mail has sent none", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    await client.sayAll(...ENVELOPE)
    client.finish("Subject: hello\r\n\r\nunfinis")
    expect(await client.answer()).toBe("")
    await client.closed()
    expect(server.inbox.taken).toEqual([])
  })

  test("without having said a word is let go", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    client.finish("")
    await client.closed()
  })
})
