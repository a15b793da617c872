import { afterEach, describe, expect, test } from "vitest"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import type { SmtpSink } from "../kit/smtp-sink.ts"
import { startSmtpSink } from "../kit/smtp-sink.ts"
import { STORES } from "../kit/stores.ts"

/** The table of addresses in mail.md, over real SMTP: what comes in, and what goes out to the next server. */

const D = "porchlight.localhost"
let relay: TestRelay
let sink: SmtpSink
let company: Company

afterEach(async () => {
  await relay.stop()
  await sink.close()
})

const start = async (store: (typeof STORES)[number]): Promise<void> => {
  sink = await startSmtpSink()
  relay = await startRelay({ store, outbound: `smtp://127.0.0.1:${sink.port}` })
  company = await relay.setUp()
}

const run: TestRelay["store"]["run"] = (name, input, now = relay.clock.now()) =>
  relay.store.run(name, input, now)

const mailOf = (fields: Record<string, string>, body = "Do you deliver to Brno?"): Buffer => {
  const head = {
    From: "Jana Nováková <jana@customer.example>",
    To: `<inbox@${D}>`,
    Subject: "Lamps",
    "Message-ID": `<${Math.random()}@customer.example>`,
    ...fields,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from([...lines, "", body, ""].join("\r\n"))
}

/** Sends a mail as it is; gives the answer. */
const send = async (raw: Buffer, to: string | string[], from = "jana@customer.example"): Promise<string> => {
  const client = await RawSmtp.greeted(relay.smtpPort)
  await client.say(`MAIL FROM:<${from}>`)
  let last = ""
  for (const one of [to].flat()) last = await client.say(`RCPT TO:<${one}>`)
  if (!last.startsWith("250")) return last
  await client.say("DATA")
  await client.write(Buffer.concat([raw, Buffer.from(".\r\n")]))
  const answer = await client.answer()
  await client.quit()
  return answer
}

const conversations = async () =>
  (
    await run(
      "listConversations",
      { accountId: company.accountId, agentId: company.agentId, list: "all", limit: 50 },
      relay.clock.now(),
    )
  ).conversations

describe.each(STORES)("mail to names, on %s", (kind) => {
  test("to an agent goes on to where they read, byte for byte under what the relay puts on top", async () => {
    await start(kind)
    const raw = mailOf({ To: `<anna@${D}>` })
    expect(await send(raw, `Anna@${D}`)).toBe("250 2.6.0 Stored")
    const [mail] = await sink.received(1)
    expect(mail!.to).toEqual([company.address])
    expect(mail!.from).toMatch(new RegExp(`^b-[a-z2-7]{46}@${D}$`))
    expect(mail!.raw.subarray(-raw.length).equals(raw)).toBe(true)
    expect(mail!.raw.subarray(0, -raw.length).toString()).toMatch(
      /^Porchlight-Loop: [\w-]{22}\r\nReceived: from client\.example /,
    )
    expect(await conversations()).toEqual([])
  })

  test("to the inbox becomes a conversation by mail", async () => {
    await start(kind)
    expect(await send(mailOf({}), `inbox@${D}`)).toBe("250 2.6.0 Stored")
    const [conversation] = await conversations()
    expect(conversation).toMatchObject({
      channel: "mail",
      state: "unserved",
      visitor: "Jana Nováková",
      excerpt: "Do you deliver to Brno?",
      group: null,
    })
  })
})
