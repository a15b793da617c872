import { expect, test } from "vitest"
import { MINUTE } from "../../../shared/words/time.ts"
import { openHouse, s } from "./kit.ts"

/** rules.md, "Presence" and "Intent": what is not shown by a test elsewhere; list.ts says where each is. */

test.each(["idle", "locked", "quit", "silent", "signed out"])(
  "somebody who is %s still holds the light for two minutes, and then no more",
  async (how) => {
    const { w, ada, here, light, quit } = await openHouse({ agents: 1 })
    await here(ada)
    await w.pass(s(20))
    const device = ada.devices[0]!
    if (how === "idle" || how === "locked") await w.beat(device, how)
    else if (how === "quit") await quit(ada)
    else if (how === "silent") w.silence(device)
    else {
      w.silence(device)
      await w.run("signOut", {
        accountId: w.accountId,
        agentId: ada.id,
        deviceId: device,
        unavailable: false,
      })
    }
    await w.pass(s(90))
    expect(await light()).toBe(true)
    await w.pass(s(60))
    expect(await light()).toBe(false)
  },
)

test("sign-out with “and make me unavailable” is immediate", async () => {
  const { w, ada, here, light } = await openHouse({ agents: 1 })
  await here(ada)
  await w.run("signOut", {
    accountId: w.accountId,
    agentId: ada.id,
    deviceId: ada.devices[0]!,
    unavailable: true,
  })
  expect(await light()).toBe(false)
})

test("devices of one agent are independent: one that quits takes nothing from one in use", async () => {
  const { w, ada, light } = await openHouse({ agents: 1, devices: 2 })
  const [laptop, pc] = ada.devices
  await w.beat(laptop!, "active")
  await w.beat(pc!, "active")
  await w.quit(laptop!)
  await w.pass(10 * MINUTE)
  expect(await light()).toBe(true)
  // Negative control: the other one too.
  await w.quit(pc!)
  await w.pass(3 * MINUTE)
  expect(await light()).toBe(false)
})

test.each(["extension", "phone"] as const)(
  "no device writes the intent: waking or opening a device (%s) never does",
  async (kind) => {
    const { w, ada, here, quit, light, intentOf, kind: setKind } = await openHouse({ agents: 1 })
    await setKind(kind)
    await w.intent(ada.id, "unavailable")
    await here(ada)
    await w.pass(MINUTE)
    await quit(ada)
    await here(ada)
    expect(await intentOf(ada)).toBe("unavailable")
    expect(await light()).toBe(false)
    // Negative control: a person does.
    await w.intent(ada.id, "available")
    expect(await intentOf(ada)).toBe("available")
    expect(await light()).toBe(true)
  },
)

test("one of several relays restarting changes nothing", async () => {
  const { w, ada, here } = await openHouse({ agents: 1 })
  await w.run("startRelay", { relayId: "other" })
  await here(ada)
  await w.pass(s(20))
  await w.run("stopRelay", { relayId: "other" })
  await w.pass(MINUTE)
  const { gapMs } = await w.run("startRelay", { relayId: "other" })
  expect(gapMs).toBe(0)
  expect((await w.look()).devices[0]).toMatchObject({ presence: "present", held_until: null })
})

test("there is one intent per agent, and a stale write is refused with the current value", async () => {
  const { w, ada, intentOf } = await openHouse({ agents: 1, devices: 2 })
  const write = (intent: "busy" | "unavailable", version: number) =>
    w.run("setIntent", { accountId: w.accountId, agentId: ada.id, intent, version })
  await write("busy", 1)
  await expect(write("unavailable", 1)).rejects.toMatchObject({
    code: "stale",
    facts: { intent: "busy", version: 2 },
  })
  expect(await intentOf(ada)).toBe("busy")
  await write("unavailable", 2)
  expect(await intentOf(ada)).toBe("unavailable")
})

test("a bot is no agent: it opens, joins and serves nothing", async () => {
  const { w, ada, here, write, batch } = await openHouse({ agents: 1 })
  await here(ada)
  await w.intent(ada.id, "busy")
  await write()
  await w.pass(MINUTE)
  const { messages, conversations } = await w.look()
  expect(messages.map((message) => message.author)).toEqual(["visitor", "bot"])
  expect(conversations[0]).toMatchObject({ state: "unserved", joined_by: null })
  expect(messages[0]?.covered_by).toBeNull()
  expect(await batch()).toMatchObject({ kind: "resting" })
})

test("a phone within reach holds the light, but is not there", async () => {
  const { w, ada, here, quit, light, write, batch, kind } = await openHouse({ agents: 1 })
  await kind("phone")
  const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "a", auth: "b" } }
  const deviceId = ada.devices[0]!
  await w.run("setPush", { accountId: w.accountId, agentId: ada.id, deviceId, subscription })
  await here(ada)
  await quit(ada)
  await w.pass(10 * MINUTE)
  expect(await light()).toBe(true)
  await write()
  expect(await batch()).toEqual({ kind: "counting", due: 720 })
  // Negative control: in use it is there.
  await here(ada)
  expect(await batch()).toMatchObject({ kind: "resting" })
})
