import { describe, expect, test } from "vitest"
import type { OfficeHours } from "../../shared/words/hours.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { openWorld, type World } from "../kit/world.ts"

/** What happens by itself beside the offline notice: missed conversations, the bot, hours, statuses, phones. */

const s = (seconds: number): number => seconds * SECOND

const open = async (agents = 2) => {
  const w = await openWorld({ agents, devices: 1 })
  const tab = (open: boolean) =>
    w.run(open ? "openTab" : "closeTab", {
      accountId: w.accountId,
      visitorId: w.visitorId,
      tabId: "tab-0001",
      relayId: "relay",
    })
  const sent = async () =>
    (await w.look()).deliveries.map((mail) => [
      mail.kind,
      (mail.created_at - w.start) / SECOND,
      mail.to_address,
    ])
  const reason = async (agent: AgentId, kind: "offline" | "missed") => {
    const row = (await w.look()).verdicts.find((one) => one.agent_id === agent && one.kind === kind)
    return row && (JSON.parse(row.facts) as { code: string })
  }
  const [ada, ben] = w.team
  return { w, tab, sent, reason, ada: ada!, ben: ben! }
}

const hours = (from: string, to: string): string =>
  JSON.stringify({
    zone: "UTC",
    week: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ day, from, to })),
    exceptions: [],
  } satisfies OfficeHours)

/** As the settings action leaves it. */
const setHours = async (w: World, value: string | null): Promise<void> => {
  await w.run("patch", { table: "accounts", set: { hours: value } })
  await w.run("changePresences", { limit: 100 })
  await w.run("setContact", { accountId: w.accountId, visitorId: w.visitorId, address: null, name: null })
}

describe("missed conversations", () => {
  test("visitor closes the tab at +10, agent present all the time, nobody joins: missed notice at +120", async () => {
    const { w, tab, sent, reason, ada, ben } = await open()
    await w.beat(ada.devices[0]!, "active")
    await tab(true)
    await w.write()
    await w.pass(s(10))
    await tab(false)
    await w.pass(s(300))
    expect(await sent()).toEqual([
      ["missed-notice", 120, "ada@lamps.example"],
      ["missed-notice", 120, "ben@lamps.example"],
    ])
    expect(await reason(ada.id, "offline")).toMatchObject({ code: "present-on-device" })
    expect(await reason(ben.id, "missed")).toMatchObject({ code: "sent-to", via: "destination" })
    // Nobody there any more: what was mailed is not mailed again.
    await w.quit(ada.devices[0]!)
    await w.pass(s(300))
    expect(await sent()).toHaveLength(2)
    await w.close()
  })

  test("visitor closes at +10, agent quits at +20: offline notice at +140, no missed one", async () => {
    const { w, tab, sent, reason, ada } = await open(1)
    await w.beat(ada.devices[0]!, "active")
    await tab(true)
    await w.write()
    await w.pass(s(10))
    await tab(false)
    await w.pass(s(10))
    await w.quit(ada.devices[0]!)
    await w.pass(s(300))
    expect(await sent()).toEqual([["offline-notice", 140, "ada@lamps.example"]])
    expect(await reason(ada.id, "missed")).toEqual({
      code: "nobody-online",
      at: w.start + s(120),
      dueAt: w.start + s(140),
    })
    await w.close()
  })

  test("a page change is no leaving; coming back after a minute is a return", async () => {
    for (const [away, code] of [
      [30, undefined],
      [90, "visitor-returned"],
    ] as const) {
      const { w, tab, sent, reason, ada } = await open(1)
      await w.beat(ada.devices[0]!, "active")
      await tab(true)
      await w.write()
      await tab(false)
      await w.pass(s(away))
      await tab(true)
      await w.pass(s(300))
      expect(await sent()).toEqual([])
      expect((await reason(ada.id, "missed"))?.code).toBe(code)
      await w.close()
    }
  })
})

describe("busy", () => {
  test("the bot answers the first unanswered message after 20 s, once, while all who are there are busy", async () => {
    const { w, ada, ben } = await open()
    await w.beat(ada.devices[0]!, "active")
    await w.beat(ben.devices[0]!, "active")
    await w.intent(ada.id, "busy")
    await w.write()
    await w.pass(s(60))
    const bots = async () =>
      (await w.look()).messages.filter((m) => m.author === "bot").map((m) => (m.at - w.start) / SECOND)
    expect(await bots()).toEqual([])
    await w.intent(ben.id, "busy")
    await w.tick()
    expect(await bots()).toEqual([60])
    await w.write()
    await w.pass(s(60))
    expect(await bots()).toHaveLength(1)
    await w.close()
  })
})

describe("hours", () => {
  test("hours close 30 s after the message, agent stays, unopened: mail 120 s after closing", async () => {
    const { w, sent, ada } = await open(1)
    await setHours(w, hours("08:00", "09:01"))
    await w.beat(ada.devices[0]!, "active")
    await w.pass(s(30))
    await w.write()
    expect((await w.look()).audience.light).toBe(1)
    await w.pass(s(31))
    expect((await w.look()).audience.light).toBe(0)
    await w.pass(s(300))
    expect(await sent()).toEqual([["offline-notice", 180, "ada@lamps.example"]])
    await w.close()
  })

  test("an agent keeps open for themselves until the next opening", async () => {
    const { w, ada } = await open(1)
    await setHours(w, hours("09:10", "17:00"))
    await w.beat(ada.devices[0]!, "active")
    const light = async () => (await w.look()).audience.light
    expect(await light()).toBe(0)
    const asked = { accountId: w.accountId, agentId: ada.id }
    const { overrideUntil } = await w.run("setOverride", { ...asked, on: true })
    expect(overrideUntil).toBe(w.start + 10 * MINUTE)
    expect(await light()).toBe(1)
    await w.run("setOverride", { ...asked, on: false })
    expect(await light()).toBe(0)
    await w.pass(10 * MINUTE)
    expect(await light()).toBe(1)
    await expect(w.run("setOverride", { ...asked, on: true })).rejects.toThrow("are open now")
    await w.close()
  })
})

describe("a status that ends", () => {
  test("busy for 30 minutes, and what was before returns by itself", async () => {
    const { w, ada } = await open(1)
    const given = { accountId: w.accountId, agentId: ada.id, intent: "busy", version: 1 } as const
    const { until } = await w.run("setIntent", { ...given, until: "30-minutes" })
    expect(until).toBe(w.start + 30 * MINUTE)
    // Changed again meanwhile, it is still what was chosen for good that returns.
    await w.run("setIntent", { ...given, intent: "unavailable", version: 2, until: "1-hour" })
    await w.pass(59 * MINUTE)
    expect((await w.look()).agents[0]).toMatchObject({ intent: "unavailable" })
    await w.pass(2 * MINUTE)
    expect((await w.look()).agents[0]).toMatchObject({ intent: "available", intent_version: 4 })
    await w.close()
  })
})

describe("a phone", () => {
  test("only a phone reachable: mail at +120; the phone is no longer reachable until used", async () => {
    const { w, sent, ada } = await open(1)
    const phone = ada.devices[0]!
    await w.run("patch", { table: "devices", set: { kind: "phone" } })
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "a", auth: "b" } }
    await w.run("setPush", { accountId: w.accountId, agentId: ada.id, deviceId: phone, subscription })
    await w.beat(phone, "active")
    await w.quit(phone)
    await w.pass(10 * MINUTE)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "reachable" })
    expect((await w.look()).audience).toMatchObject({ light: 1, there: 0 })
    await w.write()
    await w.pass(s(130))
    expect(await sent()).toEqual([["offline-notice", 720, "ada@lamps.example"]])
    expect((await w.look()).devices[0]).toMatchObject({ presence: "gone" })
    expect((await w.look()).audience.light).toBe(0)
    await w.beat(phone, "active")
    await w.quit(phone)
    await w.pass(59 * MINUTE)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "reachable" })
    await w.pass(2 * MINUTE)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "gone" })
    await w.close()
  })
})

describe("a browser that cannot tell idle", () => {
  test("a message unopened for 15 min without input counts its device as idle, until used", async () => {
    const { w, sent, ada } = await open(1)
    const device = ada.devices[0]!
    let seq = 0
    const beat = (used: boolean) => {
      seq += 1
      return w.run("takeBeats", {
        beats: [
          {
            accountId: w.accountId,
            agentId: ada.id,
            deviceId: device,
            beat: {
              bootId: "boot-0002",
              seq,
              state: "active",
              intervalMs: 20 * SECOND,
              tellsIdle: false,
              used,
            },
          },
        ],
      })
    }
    const stay = async (minutes: number) => {
      for (let n = 0; n < minutes * 3; n++) {
        await w.pass(20 * SECOND)
        await beat(false)
      }
    }
    await beat(true)
    await w.write()
    await stay(14)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "present" })
    await stay(6)
    // 15 min, and then 2 min of nobody there.
    expect(await sent()).toHaveLength(1)
    expect((await sent())[0]![1]).toBeGreaterThanOrEqual(15 * 60 + 60)
    expect((await sent())[0]![1]).toBeLessThanOrEqual(17 * 60)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "gone" })
    await beat(true)
    expect((await w.look()).devices[0]).toMatchObject({ presence: "present" })
    await w.close()
  })
})
