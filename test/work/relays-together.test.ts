import { afterEach, beforeEach, expect, test } from "vitest"
import { DOMAIN } from "../kit/mail-relay.ts"
import { openTown, type Town } from "../kit/mx-town.ts"
import { type RelayOptions, startRelay, type TestRelay } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import type { ScriptedSmtp } from "../kit/smtp-script.ts"
import { until } from "../kit/until.ts"

/** Two relays that send straight to the same servers: on one PostgreSQL, and on stores that have nothing in common. */

const MOST = 4
const MAILS = 12

let town: Town
const relays: TestRelay[] = []

beforeEach(async () => {
  town = await openTown({
    "lamplight.example": { MX: [[10, "mx.lamplight.example"]] },
    "mx.lamplight.example": { A: ["127.0.0.2"] },
  })
})
afterEach(async () => {
  for (const relay of relays.splice(0).reverse()) await relay.stop()
  await town.close()
})

const start = async (name: string, options: RelayOptions = {}): Promise<TestRelay> => {
  const relay = await startRelay({
    ...options,
    outbound: "mx",
    env: {
      PORCHLIGHT_DNS: town.dns.address,
      PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8",
      PORCHLIGHT_TEST_MX_PORT: String(town.port),
      PORCHLIGHT_MAIL_HOST: `${name}.relay.test`,
    },
  })
  relays.push(relay)
  return relay
}

/** `together`: on one database, with one company. */
const startTwo = async (together: boolean): Promise<[TestRelay, TestRelay]> => {
  const one = await start("one", together ? { store: "postgres" } : {})
  const two = await start("two", together ? { beside: one } : {})
  await one.setUp()
  if (!together) await two.setUp()
  return [one, two]
}

/** Mails to an agent's name, which go on to the agent's own server. */
const write = async (relay: TestRelay, count: number): Promise<void> => {
  const client = await RawSmtp.greeted(relay.smtpPort)
  for (let n = 0; n < count; n += 1) {
    await client.say("MAIL FROM:<jana@customer.example>")
    expect(await client.say(`RCPT TO:<anna@${DOMAIN}>`)).toMatch(/^250/)
    await client.say("DATA")
    const id = `<${crypto.randomUUID()}@customer.example>`
    expect(await client.say(`From: jana@customer.example\r\nMessage-ID: ${id}\r\n\r\nHello\r\n.`)).toMatch(
      /^250/,
    )
  }
  await client.quit()
}

/** A server that keeps each mail's sender waiting until the test says so. */
const slowServer = async () => {
  const held: (() => void)[] = []
  let most = 0
  const server: ScriptedSmtp = await town.script("127.0.0.2", {
    greeting: (open) => {
      most = Math.max(most, open)
      return "220 slow"
    },
    answer: async (line) => {
      if (line === ".") await new Promise<void>((resolve) => held.push(resolve))
      return undefined
    },
  })
  return { server, held, most: () => most }
}

const whispered = (relay: TestRelay, kind: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = relay.store.whispers.listen((text) => {
      if (!text.startsWith(`{"kind":"${kind}"`)) return
      stop()
      resolve()
    })
  })

test("two relays on one database have four connections to a server together, and each has its turn", async () => {
  const { server, held, most } = await slowServer()
  const [one, two] = await startTwo(true)
  await write(one, MAILS)
  await until("the first has all there are", () => held.length === MOST)
  const wanted = whispered(one, "wanted")
  await write(two, MAILS)
  await wanted
  await until("the other has a turn", () => {
    held.shift()?.()
    return server.lines.some((line) => line.startsWith("EHLO two."))
  })
  expect(server.mails.length, "before the first was through").toBeLessThan(MAILS)
  await until(
    "all are through",
    () => {
      held.shift()?.()
      return server.mails.length === 2 * MAILS
    },
    30_000,
  )
  for (const go of held) go()
  expect(most()).toBe(MOST)
  expect(new Set(server.mails.map((mail) => /Message-ID: (\S+)/i.exec(mail)?.[1])).size).toBe(2 * MAILS)
})

test("relays that know nothing of each other have four each", async () => {
  const { held, most } = await slowServer()
  const [one, two] = await startTwo(false)
  await Promise.all([write(one, MAILS), write(two, MAILS)])
  await until("each has all it may", () => held.length === 2 * MOST)
  expect(most()).toBe(2 * MOST)
  for (const go of held) go()
})

const answers = async (relay: TestRelay): Promise<(string | null)[]> => {
  const list = await relay.store.run("listDeliveries", { accountId: null, limit: 50 }, relay.clock.now())
  return list.filter(({ attempts, state }) => attempts > 0 && state === "queued").map(({ answer }) => answer)
}

test.each([true, false])("a server that says 421 to one is left alone by the other: %s", async (together) => {
  const server = await town.script("127.0.0.2", { greeting: "421 4.7.0 too many, come back later" })
  const [one, two] = await startTwo(together)
  const heard = whispered(together ? two : one, "paused")
  await write(one, 1)
  await heard
  await until("it is to be tried again", async () => (await answers(one)).length === 1)
  expect(server.connections).toBe(1)
  await write(two, 1)
  const all = await until("the other's, too", async () => {
    const found = together ? await answers(two) : [...(await answers(one)), ...(await answers(two))]
    return found.length === 2 && found
  })
  const held = all.filter((answer) => answer?.startsWith("not tried again yet: "))
  expect([held.length, server.connections]).toEqual(together ? [1, 1] : [0, 2])
})
