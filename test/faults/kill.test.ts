import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { setUp } from "../kit/api.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { STORES, type StoreKind } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { findFaults, newLedger } from "./ledger.ts"
import { compare, type Load, settled, startLoad } from "./load.ts"
import { createScene, MAIL_DOMAIN, type Scene } from "./scene.ts"
import type { Target } from "./writers.ts"

/** `KILLS=200 npm run test:faults` for the long form. PostgreSQL gets a fifth: its own durability is not in question. */
const KILLS = Number(process.env.KILLS ?? 20)
const kills = (kind: StoreKind): number => (kind === "sqlite" ? KILLS : Math.ceil(KILLS / 5))
/** Ends in order under the same load. */
const STOPS = Math.max(2, Math.floor(KILLS / 20))
/** The long form waits until the leases of the relay that died last end by themselves. */
const WAITS_FOR_LEASES = KILLS >= 100
/**
 * The most that one end may take on a machine that is busy, all in all: waiting until everything comes in again, the
 * end itself, and the start after it. Each of these has a deadline of its own; this is only for their sum.
 */
const LIMIT_AN_END_MS = 30_000
/** For what comes before and after: the first messages, and the end of leases. */
const LIMIT_AROUND_MS = 300_000
const limitFor = (ends: number): number => LIMIT_AROUND_MS + ends * LIMIT_AN_END_MS
/** A supervisor waits 10 s after SIGTERM. */
const STOPS_WITHIN_MS = 10_000

const AGENT = "anna@agents.example"
/** Mails sent or being settled at a time (relay/work/deliver.ts): each of them may have arrived unnoticed at a kill. */
const IN_FLIGHT = 100

/** Ends it in order; where it did not end as it should, with its last words. */
const stop = async (relay: RelayProcess): Promise<void> => {
  const code = await relay.stop()
  expect(code, relay.output().slice(-3_000)).toBe(0)
}

const randomMs = (least: number, most: number): number => least + Math.random() * (most - least)

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const inWords = ({ messages, forwards, bounces }: Load): string => {
  const mails = [...messages.acknowledged].filter((text) => !text.includes(" chat ")).length
  return (
    `${messages.acknowledged.size - mails} chat messages, ${mails} mails for conversations, ` +
    `${forwards.acknowledged.size} forwards and ${bounces.acknowledged.size} bounces acknowledged and there`
  )
}

describe.concurrent.each(STORES)("a relay that ends under mail and chat, on %s", (kind) => {
  let scene: Scene
  let relay: RelayProcess
  let target: Target
  const loads: Load[] = []

  beforeAll(async () => {
    scene = await createScene(kind)
    relay = await scene.start()
    const { siteKey } = await setUp(relay, { address: AGENT, grace: 0, wait: 0 })
    target = { url: relay.url, smtpPort: relay.ports.smtp, mailDomain: MAIL_DOMAIN, siteKey }
  })
  afterAll(async () => {
    await relay?.stop()
    await scene?.remove()
  })

  const load = async (run: string): Promise<Load> => {
    const started = await startLoad(target, scene.sink, { address: AGENT, name: "anna" }, run)
    loads.push(started)
    return started
  }

  test(`${STOPS} times by SIGTERM: in time, nothing acknowledged is lost, nothing goes out twice`, {
    concurrent: false,
    timeout: limitFor(STOPS),
  }, async () => {
    const writing = await load("stop")
    const times: number[] = []
    for (let n = 0; n < STOPS; n++) {
      await until("all comes in", () => writing.comesIn())
      const from = performance.now()
      await stop(relay)
      times.push(performance.now() - from)
      writing.mark()
      relay = await scene.start()
    }
    await writing.end()
    await settled(relay)
    expect(Math.max(...times)).toBeLessThan(STOPS_WITHIN_MS)
    expect(await compare(scene, loads)).toMatchObject({ copies: 0 })
    console.log(
      `${kind}: ${STOPS} stops in ${times.map((ms) => Math.round(ms)).join(", ")} ms; ${inWords(writing)}`,
    )
  })

  test(`${kills(kind)} times by kill -9: nothing acknowledged is lost, nothing is there twice`, {
    concurrent: false,
    timeout: limitFor(kills(kind)),
  }, async () => {
    const writing = await load("kill")
    for (let n = 0; n < kills(kind); n++) {
      // A third hits a relay that has just come up and still catches up, the others one at full work.
      if (n % 3 !== 0) await until("all comes in", () => writing.comesIn(), 60_000)
      await sleepFor(randomMs(0, 200))
      await relay.kill()
      writing.mark()
      relay = await scene.start()
    }
    await until("a bounce came in", () => writing.bounces.acknowledged.size > 0, 60_000)
    await writing.end()
    if (!WAITS_FOR_LEASES) await scene.endLeases()
    await settled(relay)
    await stop(relay)

    // A mail in flight when the relay died may go out once more, known by its Message-ID; no other may.
    const { copies, out } = await compare(scene, loads)
    expect(copies).toBeLessThanOrEqual(kills(kind) * IN_FLIGHT)
    expect(writing.messages.acknowledged.size).toBeGreaterThan(kills(kind))
    expect(writing.forwards.acknowledged.size).toBeGreaterThan(kills(kind))
    console.log(
      `${kind}: ${kills(kind)} kills; ${inWords(writing)}; ${out} mails out, and ${copies} came once more ` +
        `(${(copies / kills(kind)).toFixed(2)} a kill)`,
    )
  })
})

/** The checker must see what it is there to see: the same relay, with a writer that does it wrong. */
describe("the check itself", () => {
  let scene: Scene
  let relay: RelayProcess

  beforeAll(async () => {
    scene = await createScene("sqlite")
    relay = await scene.start()
  })
  afterAll(async () => {
    await relay?.stop()
    await scene?.remove()
  })

  test("a message sent again under another key is found twice, an acknowledged one that is not there is lost", async () => {
    const { siteKey } = await setUp(relay, { address: AGENT })
    const ledger = newLedger()
    const write = async (visitor: string | null, key: string): Promise<string> => {
      const socket = await connectVisitor({ url: relay.url, siteKey, visitor })
      if (visitor === null) socket.send({ type: "open", language: "en", zone: "UTC" })
      if (visitor === null) await socket.push(ofType("you"))
      ledger.sent.add("Hello?")
      socket.send({ type: "write", key, text: "Hello?", page: null })
      await socket.push(ofType("ack"))
      ledger.acknowledged.add("Hello?")
      await socket.close()
      return socket.visitor() ?? ""
    }

    const visitor = await write(null, "first-key")
    await relay.kill()
    relay = await scene.start()
    await write(visitor, "first-key")
    expect(findFaults(ledger, await scene.stored())).toEqual({ lost: [], twice: [], strange: [] })

    await write(visitor, "other-key")
    ledger.sent.add("Said, but never written")
    ledger.acknowledged.add("Said, but never written")
    ledger.sent.delete("Hello?")
    expect(findFaults(ledger, await scene.stored())).toEqual({
      lost: ["Said, but never written"],
      twice: ["Hello?"],
      strange: ["Hello?"],
    })
  })

  test("a mail that was acknowledged and did not go on is lost, and so is a bounce that changed nothing", async () => {
    const empty = { ...scene, stored: async () => [] }
    const rest = { comesIn: () => true, mark: () => undefined, end: async () => undefined }
    const load = { messages: newLedger(), forwards: newLedger(), bounces: newLedger(), ...rest }
    expect(await compare(empty, [load])).toMatchObject({ copies: 0 })
    const never = { sent: new Set(["never"]), acknowledged: new Set(["never"]) }
    await expect(compare(empty, [{ ...load, forwards: never }])).rejects.toThrow("never")
    await expect(compare(empty, [{ ...load, bounces: never }])).rejects.toThrow("never")
  })
})
