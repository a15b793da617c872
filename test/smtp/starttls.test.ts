import { createTransport } from "nodemailer"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"

let server: TestServer
beforeEach(async () => {
  server = await testSmtpServer({}, { tls: TEST_CERTIFICATE })
})
afterEach(() => server.close())

describe("STARTTLS", () => {
  test("is offered with a certificate, and a mail over it is taken as ESMTPS", async () => {
    const transport = createTransport({
      host: "127.0.0.1",
      port: server.port,
      requireTLS: true,
      tls: { rejectUnauthorized: false },
    })
    await transport.sendMail({ from: "a@b.example", to: "postmaster@relay.test", subject: "a", text: "b" })
    transport.close()
    expect(server.inbox.taken[0]?.envelope.protocol).toBe("ESMTPS")
  })

  test("throws away what was pipelined in plain text behind it", async () => {
    const client = await RawSmtp.greeted(server.port)
    const injected =
      "EHLO evil.example\r\nMAIL FROM:<evil@client.example>\r\nRCPT TO:<postmaster>\r\n".repeat(60)
    expect(await client.startTls(injected)).toMatch(/^220 /)
    // had anything of it been heard, DATA would be answered 354 or 503 "need RCPT", not "say EHLO first"
    expect(await client.say("DATA")).toMatch(/^503 .*HELO\/EHLO first/)
    expect(server.inbox.asked).toEqual([])
    await client.say("EHLO client.example")
    expect(await client.mail("Subject: right\r\n\r\nb", "postmaster@relay.test")).toMatch(/^250 /)
    await client.quit()
  })

  test("makes the session forget what was said before it", async () => {
    const client = await RawSmtp.greeted(server.port)
    await client.sayAll("MAIL FROM:<a@client.example>", "RCPT TO:<postmaster>")
    await client.startTls()
    await client.say("EHLO client.example")
    expect(await client.say("DATA")).toMatch(/^503 /)
    await client.quit()
  })

  test("a client that never shakes hands is cut off with the session's deadline or by silence", async () => {
    const silent = await testSmtpServer({ silenceMs: 50 }, { tls: TEST_CERTIFICATE })
    const client = await RawSmtp.greeted(silent.port)
    expect(await client.say("STARTTLS")).toMatch(/^220 /)
    await client.closed()
    await silent.close()
  })

  test("a renewed certificate is used by the next session, and the one that is open goes on", async () => {
    const open = await RawSmtp.greeted(server.port)
    await open.startTls()
    server.setCertificate(TEST_CERTIFICATE)
    expect(await open.say("EHLO client.example")).toMatch(/^250/)
    const next = await RawSmtp.greeted(server.port)
    expect(await next.startTls()).toMatch(/^220 /)
    await open.quit()
    await next.quit()
  })
})
