import { afterAll, beforeAll, expect, test } from "vitest"
import { MINUTE } from "../../shared/words/time.ts"
import { ask, bearer } from "../http/kit.ts"
import { connectAgent } from "../kit/agent-socket.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"

/** A whole run with everything that is a secret, at the most talkative level, and then a look into the log. */

let relay: TestRelay
let company: Company

beforeAll(async () => {
  relay = await startRelay({ clock: testClock() })
  company = await relay.setUp()
})
afterAll(() => relay.stop())

test("no key, token, code or password is in the log, whatever goes wrong on the way", async () => {
  const secrets = new Map<string, string>([["set-up key", relay.setupKey]])
  const token = await relay.signIn()
  secrets.set("bearer token", token)

  const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
  box.send({ type: "open", language: "en", zone: "UTC" })
  const { visitor } = await box.push(ofType("you"))
  secrets.set("visitor's secret", visitor.split(".")[1] ?? "")
  box.send({
    type: "write",
    key: crypto.randomUUID(),
    text: "A word nobody else is to read: marzipan",
    page: null,
  })
  await box.push(ofType("ack"))
  secrets.set("what a visitor wrote", "marzipan")
  await box.close()
  await relay.pass(3 * MINUTE)

  const mails = await until("the notice", async () => {
    const list = await relay.store.run("listDeliveries", { accountId: null, limit: 50 }, relay.clock.now())
    return list.some(({ kind, state }) => kind === "offline-notice" && state === "captured") && list
  })
  for (const { id } of mails) {
    const { content } = await relay.store.run("readDelivery", { id }, relay.clock.now())
    for (const [name, value] of Object.entries(content)) {
      if (/token|code$/i.test(name) && typeof value === "string" && value !== "")
        secrets.set(`${id} ${name}`, value)
    }
  }
  expect(secrets.size).toBeGreaterThan(5)

  // Each of them in every place where it might be written down: right, nearly right, and where it does not belong.
  const replyToken = [...secrets].find(([name]) => name.endsWith("replyToken"))?.[1] ?? ""
  const client = await RawSmtp.greeted(relay.smtpPort, "mx.lamplight.example")
  await client.say("MAIL FROM:<anna@lamplight.example>")
  await client.say(`RCPT TO:<r-${replyToken}@porchlight.localhost>`)
  await client.say(`RCPT TO:<${replyToken}@porchlight.localhost>`)
  await client.say("DATA")
  await client.write(
    `From: anna@lamplight.example\r\nSubject: ${replyToken}\r\nMessage-ID: <1@x.example>\r\n\r\nmarzipan\r\n`,
  )
  await client.say(".")
  client.hangUp()
  for (const [, secret] of secrets) {
    await ask(relay, "GET", `/api/mailbox?key=${secret}`, { ...bearer(secret), "X-Porchlight-Key": secret })
    await ask(relay, "GET", `/api/conversations/${secret}?token=${secret}`, bearer(secret))
    await ask(relay, "POST", "/api/sign-in", { body: { address: "anna@lamplight.example", code: secret } })
    await ask(relay, "POST", "/api/take/read", { body: { token: secret } })
    await ask(relay, "POST", "/api/unsubscribe", { body: { token: secret } })
    await ask(relay, "POST", "/api/setup", { body: { key: secret, company: 1 } })
    await ask(relay, "POST", `/unsubscribe/${secret}`, { body: "List-Unsubscribe=One-Click" })
  }
  const socket = await connectAgent(relay, null)
  socket.send({ type: "hello", token, role: "screen", cursor: -1 } as never)
  await socket.closed

  const log = JSON.stringify(relay.logged)
  expect(log.length).toBeGreaterThan(200)
  const found = [...secrets].filter(([, secret]) => secret.length > 5 && log.includes(secret))
  expect(found.map(([name]) => name)).toEqual([])
})

test("and what is logged in the open would be found", () => {
  relay.logged.push({ msg: `it was ${relay.setupKey}` })
  expect(JSON.stringify(relay.logged)).toContain(relay.setupKey)
})
