import { afterEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

const TO = "r-aaaabbbbccccdddd@relay.test"

let server: TestServer
afterEach(() => server.close())

/** A session that a load balancer opens for a client. */
const through = async (client: string): Promise<RawSmtp> => {
  const session = await RawSmtp.connect(server.port)
  await session.write(`PROXY TCP4 ${client} 192.0.2.1 40000 25\r\n`)
  return session
}

const greeted = async (client: string): Promise<RawSmtp> => {
  const session = await through(client)
  expect(await session.answer()).toMatch(/^220 /)
  expect(await session.say("EHLO client.example")).toMatch(/^250/)
  return session
}

describe("the PROXY protocol", () => {
  test("from a listed network: the client is who it speaks for", async () => {
    server = await testSmtpServer({}, { proxies: ["127.0.0.0/30"] })
    const client = await greeted("203.0.113.9")
    expect(await client.mail("Subject: x\r\n\r\ny", TO)).toMatch(/^250 /)
    expect(server.inbox.taken.map(({ envelope }) => envelope.remoteAddress)).toEqual(["203.0.113.9"])
    await client.quit()
  })

  test("from anybody else it is no command, and the connection's own address counts", async () => {
    server = await testSmtpServer({}, { proxies: ["10.0.0.0/8"] })
    const client = await RawSmtp.connect(server.port)
    expect(await client.answer()).toMatch(/^220 /)
    expect(await client.say("PROXY TCP4 203.0.113.9 192.0.2.1 40000 25")).toMatch(/^500 /)
    expect(await client.say("EHLO client.example")).toMatch(/^250/)
    expect(await client.mail("Subject: x\r\n\r\ny", TO)).toMatch(/^250 /)
    expect(server.inbox.taken[0]?.envelope.remoteAddress).toBe("127.0.0.1")
    await client.quit()
  })

  test.each([
    "PROXY TCP4 not.an.address 192.0.2.1 1 25\r\n",
    "EHLO client.example\r\n",
    `PROXY ${"x".repeat(2000)}\r\n`,
  ])("a listed balancer that says %j is sent away", async (line) => {
    server = await testSmtpServer({}, { proxies: ["127.0.0.1"] })
    const client = await RawSmtp.connect(server.port)
    await client.write(line)
    await client.closed()
    expect(server.inbox.asked).toEqual([])
  })
})

describe("what comes too fast", () => {
  const behind = { proxies: ["127.0.0.1"] }

  test("sessions of one client: 421, and another client is served", async () => {
    server = await testSmtpServer({ sessionsAMinute: 2 }, behind)
    for (const session of [await greeted("203.0.113.9"), await greeted("203.0.113.9")]) await session.quit()
    const third = await through("203.0.113.9")
    expect(await third.answer()).toMatch(/^421 4\.7\.0 /)
    await third.closed()
    await (await greeted("203.0.113.10")).quit()
  })

  test("mails of one client: 451, and another client's are taken", async () => {
    server = await testSmtpServer({ mailsAMinute: 2 }, behind)
    const client = await greeted("203.0.113.9")
    expect(await client.mail("Subject: 1\r\n\r\nx", TO)).toMatch(/^250 /)
    expect(await client.mail("Subject: 2\r\n\r\nx", TO)).toMatch(/^250 /)
    expect((await client.sayAll("MAIL FROM:<a@client.example>", `RCPT TO:<${TO}>`)).at(-1)).toMatch(
      /^451 4\.7\.1 /,
    )
    const other = await greeted("203.0.113.10")
    expect(await other.mail("Subject: 3\r\n\r\nx", TO)).toMatch(/^250 /)
    for (const session of [client, other]) await session.quit()
  })

  test("mails to one address, from whomever and whatever stands behind its plus: 450", async () => {
    server = await testSmtpServer({ mailsToOneAMinute: 2 }, behind)
    const [name, domain] = TO.split("@")
    for (const [client, tag] of [
      ["203.0.113.9", ""],
      ["203.0.113.10", "+x"],
    ]) {
      const session = await greeted(client as string)
      expect(await session.mail("Subject: 1\r\n\r\nx", `${name}${tag}@${domain}`)).toMatch(/^250 /)
      await session.quit()
    }
    const third = await greeted("203.0.113.11")
    const again = ["MAIL FROM:<a@client.example>", `RCPT TO:<${name}+y@${domain}>`] as const
    expect((await third.sayAll(...again)).at(-1)).toMatch(/^450 4\.2\.1 /)
    expect(await third.say("RCPT TO:<postmaster@relay.test>")).toMatch(/^250 /)
    await third.quit()
  })

  test("negative control: machines of our own networks are not counted", async () => {
    server = await testSmtpServer({ sessionsAMinute: 1, mailsAMinute: 1, mailsToOneAMinute: 1 }, behind)
    for (const own of ["127.0.0.1", "10.1.2.3", "192.168.0.9"]) {
      for (let n = 0; n < 2; n += 1) {
        const session = await greeted(own)
        expect(await session.mail("Subject: 1\r\n\r\nx", TO)).toMatch(/^250 /)
        await session.quit()
      }
    }
  })
})
