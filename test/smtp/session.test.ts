import { createTransport } from "nodemailer"
import { afterEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

let server: TestServer
afterEach(() => server.close())

describe("a well-behaved client", () => {
  test("hears 250 and its mail is taken as it came", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail("Subject: hello\r\n\r\nfirst\r\n..second")).toBe("250 2.6.0 Stored")
    expect(server.inbox.taken[0]?.raw.toString()).toBe("Subject: hello\r\n\r\nfirst\r\n.second\r\n")
    expect(server.inbox.taken[0]?.envelope).toEqual({
      from: "a@client.example",
      to: ["r-aaaabbbbccccdddd@relay.test"],
      remoteAddress: "127.0.0.1",
      helo: "client.example",
      protocol: "ESMTP",
    })
    await client.quit()
  })

  test("is told the extensions, and nothing else", async () => {
    server = await testSmtpServer()
    const client = await RawSmtp.connect(server.port)
    expect(await client.answer()).toBe("220 relay.test ESMTP")
    expect((await client.say("EHLO client.example")).split("\r\n")).toEqual([
      "250-relay.test greets [127.0.0.1]",
      "250-PIPELINING",
      "250-8BITMIME",
      "250-SMTPUTF8",
      "250-ENHANCEDSTATUSCODES",
      "250 SIZE 26214400",
    ])
    await client.quit()
  })

  test("nodemailer sends three mails over one connection", async () => {
    server = await testSmtpServer()
    const transport = createTransport({
      host: "127.0.0.1",
      port: server.port,
      ignoreTLS: true,
      pool: true,
      maxConnections: 1,
    })
    for (const n of [1, 2, 3])
      await transport.sendMail({
        from: "a@b.example",
        to: "r-aaaabbbbccccdddd@relay.test",
        subject: `no. ${n}`,
        text: "čau",
      })
    transport.close()
    expect(server.inbox.taken).toHaveLength(3)
  })
})
