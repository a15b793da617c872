import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { mailDomain } from "../kit/mail-domain.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"

const ANNA = "anna@lamplight.example"
const BEN = "ben@papers.example"
const KEY = "s1._domainkey.lamplight.example"

// Minutes of a hand-set clock pass in steps, each of which asks the store.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Who an answer by mail is from: over real sockets, with a DNS server that says what domains publish. */
describe.each(STORES)("an answer by mail on %s", (kind) => {
  let clock: HandClock
  let dns: DnsServer
  let relay: TestRelay
  let company: Company
  let conversationId: ConversationId
  const replyTo = new Map<string, string>()

  const lamplight = mailDomain("lamplight.example", { spf: "ip4:192.0.2.1 -all" })
  const papers = mailDomain("papers.example", { spf: "ip4:127.0.0.0/8 -all" })
  const evil = mailDomain("evil.example", { spf: "ip4:127.0.0.0/8 -all" })

  const start = async (checks: "on" | "off" | ""): Promise<void> => {
    clock = testClock()
    dns = await startDnsServer({ ...lamplight.zone, ...papers.zone, ...evil.zone })
    const env = { PORCHLIGHT_MAIL_CHECKS: checks, PORCHLIGHT_DNS: dns.address }
    relay = await startRelay({ store: kind, clock, env })
    company = await relay.setUp()
    await relay.addAgent(company, "Ben", BEN)
    const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(ofType("you"))
    box.send({ type: "write", key: crypto.randomUUID(), text: "Hello?", page: null })
    await box.push(ofType("ack"))
    await box.close()
    await relay.pass(3 * MINUTE)
    for (const address of [ANNA, BEN]) {
      const notice = await until(`the notice to ${address}`, async () =>
        (await mails()).find(({ kind, to }) => kind === "offline-notice" && to === address),
      )
      conversationId = notice.conversationId!
      const { content } = await relay.store.run("readDelivery", { id: notice.id }, clock.now())
      replyTo.set(address, "replyToken" in content ? `r-${content.replyToken}@porchlight.localhost` : "")
    }
  }
  beforeEach(() => start("on"))
  afterEach(async () => {
    await relay.stop()
    await dns.close()
  })

  const mails = () =>
    relay.store.run("listDeliveries", { accountId: company.accountId, limit: 50 }, clock.now())

  const view = () => relay.store.run("readConversation", { ...company, conversationId }, clock.now())

  let count = 0
  const letter = (text: string, from = `Anna <${ANNA}>`): string =>
    `From: ${from}\r\nSubject: Re: Hello?\r\nMessage-ID: <${++count}@lamplight.example>\r\n\r\n${text}\r\n`

  /** `to`: whose token it is. */
  const send = async (raw: Buffer | string, from = ANNA, to = ANNA): Promise<void> => {
    const client = await RawSmtp.greeted(relay.smtpPort, "mx.lamplight.example")
    await client.say(`MAIL FROM:<${from}>`)
    expect(await client.say(`RCPT TO:<${replyTo.get(to)}>`)).toMatch(/^250/)
    expect(await client.say("DATA")).toMatch(/^354/)
    await client.write(raw)
    expect(await client.say(".")).toMatch(/^250/)
    client.hangUp()
  }

  const looks = () => relay.logged.filter(({ msg }) => msg === "an answer by mail was checked again")

  const said = async () => (await view()).messages.slice(1).map(({ text, mail }) => [text, mail?.proof])
  const held = async () =>
    (await view()).unconfirmedAnswers.map(({ text, why, proof }) => `${text}: ${why}, ${proof?.by}`).sort()

  test("is theirs by their domain's signature, or its server; not by their address alone", async () => {
    await send(await lamplight.sign(letter("signed")))
    await send(letter("from their server", BEN), BEN, BEN)
    expect(await said()).toEqual([
      ["signed", { by: "dkim", domain: "lamplight.example" }],
      ["from their server", { by: "spf", domain: "papers.example" }],
    ])

    await send(letter("forged"))
    // Ben's own, proven, with Anna's token
    await send(letter("Ben's, as Anna", BEN), BEN)
    await send(await evil.sign(letter("forged and signed")), "eve@evil.example")
    await send(await lamplight.sign(letter("two", "eve@evil.example\r\nFrom: anna@lamplight.example")))
    expect(await said()).toHaveLength(2)
    expect(await held()).toEqual([
      "Ben's, as Anna: other-sender, spf",
      "forged and signed: not-proven, nothing",
      "forged: not-proven, nothing",
      "two: no-sender, nothing",
    ])
  })

  test("waits while the DNS is silent, and is looked at again: posted once it can be proven", async () => {
    const key = dns.zone[KEY]
    dns.zone[KEY] = { fault: "servfail" }
    await send(await lamplight.sign(letter("signed, in a storm")))
    await send(letter("forged, in a storm"))
    expect(await held()).toEqual([
      "forged, in a storm: not-proven, nothing",
      "signed, in a storm: not-proven-yet, open",
    ])
    dns.zone[KEY] = key ?? {}
    await relay.pass(3 * MINUTE)
    await until("its message", async () => (await said()).length === 1)
    expect(await said()).toEqual([["signed, in a storm", { by: "dkim", domain: "lamplight.example" }]])
    expect((await view()).joinedByName).toBe("Anna")
    // negative control: what nothing proved is not looked at again
    expect(await held()).toEqual(["forged, in a storm: not-proven, nothing"])
    expect(looks().map(({ outcome }) => outcome)).toEqual(["posted"])
  })

  test("is not looked at again once somebody has posted it", async () => {
    const key = dns.zone[KEY]
    dns.zone[KEY] = { fault: "servfail" }
    await send(await lamplight.sign(letter("once")))
    const [answer] = (await view()).unconfirmedAnswers
    const { accountId, agentId } = company
    await relay.store.run("releaseAnswer", { accountId, agentId, inboundMailId: answer!.id }, clock.now())
    dns.zone[KEY] = key ?? {}
    await relay.pass(3 * MINUTE)
    expect((await said()).map(([text]) => text)).toEqual(["once"])
    expect(looks()).toEqual([])
  })

  test.each([
    ["on a network of our own (checks off)", "off"],
    ["in a first run, where nothing leaves the relay (checks not set)", ""],
  ] as const)("%s token and From are enough", async (_where, checks) => {
    await relay.stop()
    await dns.close()
    await start(checks)
    await send(letter("the harbour has no lamps"))
    await send(letter("somebody else", "eve@evil.example"))
    expect(await said()).toEqual([["the harbour has no lamps", null]])
    expect(await held()).toEqual(["somebody else: other-sender, undefined"])
    expect(dns.questions).toEqual([])
  })
})
