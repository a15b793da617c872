import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { setUp } from "../kit/api.ts"
import { type Balancer, startBalancer } from "../kit/balancer.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { until } from "../kit/until.ts"
import { compare, type Load, settled, startLoad } from "./load.ts"
import { createScene, MAIL_DOMAIN, type Scene } from "./scene.ts"
import type { Target } from "./writers.ts"

/** Two relays on one PostgreSQL behind a balancer: one of them ends under load, the other goes on. */

/** The long form waits for the end of leases; the short one ends those of the dead as if their minute had passed. */
const WAITS_FOR_LEASES = Number(process.env.KILLS ?? 20) >= 100
/** A claim of who died is given back after this; who takes it over sends at once. */
const LEASE_MS = 60_000
/** Mails that a relay may have had under way when it died (relay/work/deliver.ts). */
const IN_FLIGHT = 100
const ROUNDS = 3

const AGENT = "anna@agents.example"

describe("two relays behind a balancer", () => {
  let scene: Scene
  let relays: [RelayProcess, RelayProcess]
  let pages: Balancer
  let mail: Balancer
  let target: Target
  const loads: Load[] = []

  beforeAll(async () => {
    scene = await createScene("postgres")
    relays = [await scene.start(), await scene.startSecond()]
    const { siteKey } = await setUp(relays[0], { address: AGENT, grace: 0, wait: 0 })
    pages = await startBalancer(relays.map(({ ports }) => ports.http))
    mail = await startBalancer(relays.map(({ ports }) => ports.smtp))
    const url = `http://127.0.0.1:${pages.port}`
    target = { url, smtpPort: mail.port, mailDomain: MAIL_DOMAIN, siteKey }
  })
  afterAll(async () => {
    await Promise.all((relays ?? []).map((relay) => relay.stop()))
    await pages?.close()
    await mail?.close()
    await scene?.remove()
  })

  const load = async (run: string): Promise<Load> => {
    const started = await startLoad(target, scene.sink, { address: AGENT, name: "anna" }, run)
    loads.push(started)
    return started
  }
  const again = (which: 0 | 1): Promise<RelayProcess> => (which === 0 ? scene.start() : scene.startSecond())

  test("a rolling restart under load: nothing is lost, nothing goes out twice", async () => {
    const writing = await load("rolling")
    for (const which of [0, 1] as const) {
      await until("all comes in", () => writing.comesIn(), 60_000)
      expect(await relays[which].stop()).toBe(0)
      writing.mark()
      // The other one alone takes all of it.
      await until("all comes in at the other", () => writing.comesIn(), 60_000)
      relays[which] = await again(which)
      writing.mark()
    }
    await writing.end()
    await settled(relays[0])
    expect(await compare(scene, loads)).toMatchObject({ copies: 0 })
  })

  test("one is killed in mid-work: the other ends what it had begun, nothing is lost or there twice", async () => {
    const writing = await load("killed")
    const waits: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const which = (round % 2) as 0 | 1
      await until("all comes in", () => writing.comesIn(), 60_000)
      await relays[which].kill()
      writing.mark()
      await until("all comes in at the other", () => writing.comesIn(), 60_000)
      if (round < ROUNDS - 1) relays[which] = await again(which)
      writing.mark()
    }
    await writing.end()
    const survivor = relays[(ROUNDS % 2) as 0 | 1]
    const from = performance.now()
    if (!WAITS_FOR_LEASES) await scene.endLeases()
    await settled(survivor)
    waits.push(performance.now() - from)
    // A look every so often, beside the lease itself.
    expect(Math.max(...waits)).toBeLessThan(LEASE_MS + 10_000)
    const { copies, out } = await compare(scene, loads)
    expect(copies).toBeLessThanOrEqual(ROUNDS * IN_FLIGHT)
    expect(writing.messages.acknowledged.size).toBeGreaterThan(ROUNDS)
    console.log(
      `two relays: ${ROUNDS} kills; ${writing.messages.acknowledged.size} messages and ` +
        `${writing.forwards.acknowledged.size} forwards acknowledged and there; ${out} mails out, ${copies} came once more; ` +
        `all settled ${Math.round(waits[0] ?? 0)} ms after the last`,
    )
  })
})
