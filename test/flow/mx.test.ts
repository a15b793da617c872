import { afterEach, beforeEach, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { DeliveryState } from "../../shared/words/nouns.ts"
import { SECOND } from "../../shared/words/time.ts"
import { openTown, type Town } from "../kit/mx-town.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import type { SmtpSink } from "../kit/smtp-sink.ts"
import { messageIdOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

let town: Town
let relay: TestRelay
let clock: HandClock
let company: Company
let box: VisitorSocket

beforeEach(async () => {
  town = await openTown({
    "lamplight.example": { MX: [[10, "mx.lamplight.example"]] },
    "mx.lamplight.example": { A: ["127.0.0.2"] },
    "home.example": {
      MX: [
        [10, "away.home.example"],
        [20, "mx.home.example"],
      ],
    },
    "away.home.example": { A: ["127.0.0.4"] },
    "mx.home.example": { A: ["127.0.0.3"] },
  })
  clock = testClock()
  relay = await startRelay({
    clock,
    outbound: "mx",
    env: {
      PORCHLIGHT_DNS: town.dns.address,
      PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8",
      PORCHLIGHT_TEST_MX_PORT: String(town.port),
    },
  })
  company = await relay.setUp({ wait: 5 })
  await relay.addAgent(company, "Ben", "ben@home.example")
  box = await connectVisitor({ ...relay, siteKey: company.siteKey })
  box.send({ type: "open", language: "en", zone: "Europe/Prague" })
  await box.push(ofType("you"))
})

afterEach(async () => {
  await box.close()
  await relay.stop()
  await town.close()
})

const write = async (text: string): Promise<void> => {
  const key = crypto.randomUUID()
  box.send({ type: "write", key, text, page: null })
  await box.push(
    (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === key,
  )
}

const states = async (): Promise<Record<string, DeliveryState>> => {
  const list = await relay.store.run("listDeliveries", { accountId: null, limit: 50 }, clock.now())
  return Object.fromEntries(list.map(({ to, state }) => [to, state]))
}

test("a notice goes to each agent's own server, past a host that is not there", async () => {
  const sinks: [SmtpSink, SmtpSink] = [await town.sink("127.0.0.2"), await town.sink("127.0.0.3")]
  await write("Do you have the lamp in blue?")
  await relay.pass(6 * SECOND)
  const [[anna], [ben]] = await Promise.all([sinks[0].received(1), sinks[1].received(1)])
  expect([anna?.to, ben?.to]).toEqual([[company.address], ["ben@home.example"]])
  expect(anna?.from).toMatch(/^b-[a-z2-7]{46}@porchlight\.localhost$/)
  await until("both are settled", async () =>
    Object.values(await states()).every((state) => state === "delivered"),
  )
})

test("a server that is away gets the same mail when it is back; the other's is not held up", async () => {
  const first = await town.sink("127.0.0.2")
  await write("Do you have the lamp in blue?")
  await relay.pass(6 * SECOND)
  await first.received(1)
  await until("it is to be tried again", async () => {
    const [mail] = (
      await relay.store.run("listDeliveries", { accountId: null, limit: 50 }, clock.now())
    ).filter(({ to }) => to === "ben@home.example")
    return mail?.state === "queued" && mail.attempts === 1
  })
  const second = await town.sink("127.0.0.3")
  await relay.pass(61 * SECOND)
  const [mail] = await second.received(1)
  expect(mail && messageIdOf(mail)).toMatch(/^<.+@porchlight\.localhost>$/)
  await until("both are settled", async () =>
    Object.values(await states()).every((state) => state === "delivered"),
  )
  expect(first.mails).toHaveLength(1)
})

test("a machine of the network is not written to by a domain's say-so", async () => {
  const sink = await town.sink("127.0.0.2")
  town.dns.zone["mx.lamplight.example"] = { A: ["10.9.9.9"] }
  town.dns.zone["mx.home.example"] = { A: ["127.0.0.2"] }
  await write("Do you have the lamp in blue?")
  await relay.pass(6 * SECOND)
  await until("one failed", async () => (await states())[company.address] === "failed")
  await sink.received(1)
  expect(sink.mails.map(({ to }) => to)).toEqual([["ben@home.example"]])
})
