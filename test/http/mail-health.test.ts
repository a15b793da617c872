import { afterAll, beforeAll, expect, test } from "vitest"
import type { AllowView, MailHealthView, ProbeView } from "../../shared/protocol/mail-health-views.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { ask, bearer } from "./kit.ts"

const DOMAIN = "chat.lamps.example"
let relay: TestRelay
let company: Company
let admin: string
let dns: DnsServer
let sink: SmtpSink

beforeAll(async () => {
  dns = await startDnsServer({
    [DOMAIN]: { A: ["93.184.216.34"], MX: [[10, DOMAIN]], TXT: ["v=spf1 mx -all", "v=spf1 -all"] },
  })
  sink = await startSmtpSink()
  relay = await startRelay({
    outbound: `smtp://127.0.0.1:${sink.port}`,
    env: {
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_DNS: dns.address,
      PORCHLIGHT_MAIL_ADDRESSES: "93.184.216.34",
    },
  })
  company = await relay.setUp()
  admin = await signIn()
})
afterAll(async () => {
  await relay.stop()
  await sink.close()
  await dns.close()
})

/** The code is in the mail that the sink got. */
const signIn = async (): Promise<string> => {
  await ask(relay, "POST", "/api/sign-in/code", { body: { address: company.address } })
  const [mail] = await sink.received(1)
  const code = /Subject: (\d{6})/.exec(mail!.raw.toString())![1]
  const device = { kind: "tab", label: "Test" }
  const answer = await ask(relay, "POST", "/api/sign-in", {
    body: { address: company.address, code, device },
  })
  return answer.json.token as unknown as string
}

const health = async (method = "GET", path = "/api/mail-health") =>
  (await ask(relay, method, path, bearer(admin))).json as unknown as MailHealthView
const probes = async (): Promise<ProbeView[]> =>
  (
    (await ask(relay, "GET", "/api/mail-health/probes", bearer(admin))).json as unknown as {
      probes: ProbeView[]
    }
  ).probes

test("an admin reads what the DNS says, a minute old at most, or anew", async () => {
  const before = await health()
  const of = (view: MailHealthView, check: string) => view.findings.find((one) => one.check === check)
  expect(of(before, "mx")).toMatchObject({ state: "right", found: `10 ${DOMAIN}.` })
  expect(of(before, "spf")).toMatchObject({ state: "wrong", code: "several" })
  expect(of(before, "listener")?.state).toBe("right")
  expect(of(before, "store")).toMatchObject({
    code: expect.stringMatching(/^store-(good|slow)$/),
    facts: { ms: expect.any(Number) },
  })
  expect(of(before, "workers")).toMatchObject({ state: "right", code: "workers-good", facts: { count: 1 } })
  expect(of(before, "way-out")).toMatchObject({ state: "right", code: "smarthost-good" })
  expect(before.keys.map(({ state }) => state)).toEqual(["signing", "signing"])
  expect(JSON.stringify(before)).not.toContain("PRIVATE KEY")

  dns.zone[DOMAIN] = { ...dns.zone[DOMAIN], TXT: ["v=spf1 ip4:93.184.216.34 -all"] }
  const kept = await health()
  expect([kept.checkedAt, of(kept, "spf")?.state]).toEqual([before.checkedAt, "wrong"])
  const anew = await health("POST", "/api/mail-health/look")
  expect(of(anew, "spf")?.state).toBe("right")
  expect(of(await health(), "spf")?.state).toBe("right")
})

test("a trial mail is followed to the answer of the server, and to a report that comes later", async () => {
  const send = (to: string) =>
    ask(relay, "POST", "/api/mail-health/probes", { ...bearer(admin), body: { to } })
  sink.answerFor.set("it@shop.example", {
    kind: "refuse",
    at: "rcpt",
    code: 554,
    text: "5.7.1 Service unavailable; Client host blocked using Spamhaus",
  })
  expect((await send("it@shop.example")).status).toBe(200)
  expect((await send("all@shop.example")).status).toBe(200)
  const [good, bad] = await until("both are answered", async () => {
    const all = await probes()
    return all.length === 2 && all.every(({ settledAt }) => settledAt !== null) && all
  })
  expect(bad).toMatchObject({ to: "it@shop.example", state: "failed", outcome: "domain-blocked" })
  expect(bad!.answer).toContain("Spamhaus")
  expect(good).toMatchObject({ to: "all@shop.example", state: "delivered", outcome: null, by: "Anna" })
  const mail = sink.mails.find(({ to }) => to.includes("all@shop.example"))!
  expect(mail.raw.toString()).toMatch(/^From: Porchlight <postmaster@chat\.lamps\.example>/im)
  expect(mail.raw.toString().match(/^DKIM-Signature:/gim)).toHaveLength(2)
  expect((await send("nonsense")).status).toBe(400)
})

test("what is to be allowed is public, and says nothing of any account", async () => {
  const answer = await ask(relay, "GET", "/api/allow", {})
  const allow = answer.json as unknown as AllowView
  expect(allow).toMatchObject({ domain: DOMAIN, host: DOMAIN, addresses: ["93.184.216.34"], capture: false })
  expect(allow.selectors).toHaveLength(2)
  expect(JSON.stringify(allow)).not.toMatch(/Lamplight|anna@/)
  const other = (await ask(relay, "GET", "/api/allow?domain=evil.example", {})).json as unknown as AllowView
  expect(other.domain).toBe(DOMAIN)
})

test("where several accounts are on a relay, what is the machine's is its operator's business", async () => {
  const OF_THE_MACHINE = ["way-out", "queue", "disk", "clock", "store", "workers"]
  const machine = (view: MailHealthView) =>
    view.findings.map(({ check }) => check as string).filter((check) => OF_THE_MACHINE.includes(check))
  expect(machine(await health())).toEqual(OF_THE_MACHINE)
  const other = { name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
  const { accountId } = await relay.store.run("createAccount", other, relay.clock.now())
  const shared = await health()
  expect(machine(shared)).toEqual([])
  expect(shared.findings.map(({ check }) => check)).toEqual(expect.arrayContaining(["mx", "spf", "dkim"]))

  const accounts = await relay.store.run("listAccounts", {}, relay.clock.now())
  const { version } = accounts.find(({ id }) => id === accountId)!
  await relay.store.run(
    "setAccount",
    { accountId, version, mailDomain: "mail.shop.example" },
    relay.clock.now(),
  )
  const named = await ask(relay, "GET", "/api/allow?domain=Mail.Shop.example", {})
  expect(named.json.domain).toBe("mail.shop.example")
})
