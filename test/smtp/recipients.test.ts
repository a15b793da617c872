import { domainToASCII } from "node:url"
import { afterEach, describe, expect, test } from "vitest"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type TestServer, testSmtpServer } from "../kit/smtp-server.ts"

const REPLY = "r-aaaabbbbccccdddd@relay.test"

let server: TestServer
afterEach(() => server.close())

const afterMail = async (): Promise<RawSmtp> => {
  const client = await RawSmtp.greeted(server.port)
  await client.say("MAIL FROM:<a@client.example>")
  return client
}

describe("RCPT TO", () => {
  test.each([
    ["a reply address", `<${REPLY}>`, /^250 2\.1\.5/],
    ["a reply address in capitals", `<${REPLY.toUpperCase()}>`, /^250 2\.1\.5/],
    ["the operator", "<postmaster@relay.test>", /^250 2\.1\.5/],
    ["the operator in capitals", "<POSTMASTER@RELAY.TEST>", /^250 2\.1\.5/],
    ["the operator without a domain", "<Postmaster>", /^250 2\.1\.5/],
    ["where abuse is reported", "<abuse@relay.test>", /^250 2\.1\.5/],
    ["nobody we know", "<nobody@relay.test>", /^550 5\.1\.1/],
    ["another domain", "<somebody@elsewhere.example>", /^550 5\.7\.1/],
    ["a domain below ours", "<postmaster@sub.relay.test>", /^550 5\.7\.1/],
    ["a domain that ends like ours", "<postmaster@notrelay.test>", /^550 5\.7\.1/],
    ["an address literal", "<postmaster@[127.0.0.1]>", /^550 5\.7\.1/],
    ["a % route", "<victim%elsewhere.example@relay.test>", /^553 5\.1\.3/],
    ["a bang path", "<elsewhere.example!victim@relay.test>", /^553 5\.1\.3/],
    ["a source route", `<@relay.test:${REPLY}>`, /^553 5\.1\.3/],
    ["a source route outwards", "<@relay.test:victim@elsewhere.example>", /^553 5\.1\.3/],
    ["two domains", "<victim@elsewhere.example@relay.test>", /^501 5\.1\.3/],
    ["an unknown parameter", `<${REPLY}> FROB=1`, /^555 5\.5\.4/],
    ["a parameter of DSN, which is not offered", `<${REPLY}> NOTIFY=NEVER`, /^555 5\.5\.4/],
    ["no address", "<>", /^501 /],
    ["a NUL in it", "<r-a\0b@relay.test>", /^501 /],
  ])("%s", async (_name, recipient, answer) => {
    server = await testSmtpServer()
    const client = await afterMail()
    expect(await client.say(`RCPT TO:${recipient}`)).toMatch(answer)
    // the control: the session goes on, and takes the right one
    expect(await client.say(`RCPT TO:<${REPLY}>`)).toMatch(/^250 /)
    await client.quit()
  })

  test("takes our domain in both forms of an international name", async () => {
    server = await testSmtpServer({}, { domain: "pošta.example" })
    const client = await afterMail()
    expect(await client.say("RCPT TO:<postmaster@pošta.example>")).toMatch(/^250 /)
    expect(await client.say(`RCPT TO:<postmaster@${domainToASCII("pošta.example")}>`)).toMatch(/^250 /)
    expect(await client.say("RCPT TO:<postmaster@posta.example>")).toMatch(/^550 5\.7\.1/)
    await client.quit()
  })

  test("asks the inbox, which knows all domains, for what is an address", async () => {
    server = await testSmtpServer()
    const client = await afterMail()
    await client.sayAll(
      "RCPT TO:<x@elsewhere.example>",
      "RCPT TO:<a%b@relay.test>",
      "RCPT TO:<nobody@relay.test>",
    )
    expect(server.inbox.asked).toEqual(["x@elsewhere.example", "nobody@relay.test"])
    await client.quit()
  })

  test("is 4xx, not 5xx, while the store cannot be asked", async () => {
    server = await testSmtpServer()
    const known = server.inbox.whenAsked
    server.inbox.whenAsked = async () => {
      throw new Error("no store")
    }
    const client = await afterMail()
    expect(await client.say(`RCPT TO:<${REPLY}>`)).toMatch(/^451 4\.3\.0/)
    server.inbox.whenAsked = known
    expect(await client.say(`RCPT TO:<${REPLY}>`)).toMatch(/^250 /)
    await client.quit()
  })

  test("takes a hundred, and puts off the hundred and first", async () => {
    server = await testSmtpServer()
    const client = await afterMail()
    const address = (n: number) =>
      `r-${n.toString(2).padStart(16, "0").replaceAll("0", "a").replaceAll("1", "b")}@relay.test`
    for (let n = 0; n < 100; n += 1) expect(await client.say(`RCPT TO:<${address(n)}>`)).toMatch(/^250 /)
    expect(await client.say(`RCPT TO:<${address(100)}>`)).toMatch(/^452 4\.5\.3/)
    await client.say("DATA")
    expect(await client.say("Subject: to a hundred\r\n\r\nhello\r\n.")).toMatch(/^250 /)
    expect(server.inbox.taken[0]?.envelope.to).toHaveLength(100)
    await client.quit()
  })
})

describe("MAIL FROM", () => {
  test.each([
    ["an address", "<a@client.example>", /^250 2\.1\.0/],
    ["the null sender", "<>", /^250 2\.1\.0/],
    ["a size below the limit", "<a@client.example> SIZE=1000", /^250 2\.1\.0/],
    ["a size above the limit", "<a@client.example> SIZE=41943040", /^552 5\.3\.4/],
    ["8-bit content", "<a@client.example> BODY=8BITMIME", /^250 2\.1\.0/],
    ["binary content, which is not offered", "<a@client.example> BODY=BINARYMIME", /^501 /],
    ["an international address, announced", "<jiří@client.example> SMTPUTF8", /^250 2\.1\.0/],
    ["an international address, unannounced", "<jiří@client.example>", /^553 5\.6\.7/],
    ["an international domain in ASCII", "<a@xn--pota-h6a.example>", /^250 2\.1\.0/],
    ["an unknown parameter", "<a@client.example> FROB", /^555 5\.5\.4/],
    ["AUTH, which is not offered", "<a@client.example> AUTH=<>", /^555 5\.5\.4/],
    ["RET, which is not offered", "<a@client.example> RET=HDRS", /^555 5\.5\.4/],
    ["a source route", "<@x.example:a@client.example>", /^553 5\.1\.3/],
    ["a hidden line end", "<a@client.example> SIZE=1+0D+0ARCPT", /^501 /],
  ])("%s", async (_name, sender, answer) => {
    server = await testSmtpServer()
    const client = await RawSmtp.greeted(server.port)
    expect(await client.say(`MAIL FROM:${sender}`)).toMatch(answer)
    await client.quit()
  })
})
