import { describe, expect, test } from "vitest"
import { actions } from "../../relay/actions/index.ts"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import { SECOND } from "../../shared/words/time.ts"
import { openWorld, type World } from "../kit/world.ts"

const BOOT = "boot-0001"
const s = (seconds: number) => seconds * SECOND

const presence = async (w: World, id: DeviceId) =>
  (await w.look()).devices.find((device) => device.id === id)?.presence

describe("the end of a device's socket", () => {
  test("does not end what has beaten since by another way", async () => {
    const w = await openWorld({ agents: 1, devices: 1 })
    const [device] = w.team[0]!.devices as [DeviceId]
    await w.beat(device, "active")
    await w.beat(device, "active")
    await w.run("endDevice", { accountId: w.accountId, deviceId: device, bootId: BOOT, seq: 1 })
    expect(await presence(w, device)).toBe("present")
    await w.run("endDevice", { accountId: w.accountId, deviceId: device, bootId: BOOT, seq: 2 })
    expect(await presence(w, device)).toBe("fading")
    await w.close()
  })

  test("of an earlier boot says nothing of this one", async () => {
    const w = await openWorld({ agents: 1, devices: 1 })
    const [device] = w.team[0]!.devices as [DeviceId]
    await w.beat(device, "active")
    await w.run("endDevice", { accountId: w.accountId, deviceId: device, bootId: "boot-0000", seq: 9 })
    expect(await presence(w, device)).toBe("present")
    await w.close()
  })
})

test("nobody signs a colleague's device out", async () => {
  const w = await openWorld({ agents: 2, devices: 1 })
  const [ada, ben] = w.team as [World["team"][number], World["team"][number]]
  await w.beat(ben.devices[0]!, "active")
  const theirs = { accountId: w.accountId, agentId: ada.id, deviceId: ben.devices[0]!, unavailable: false }
  await expect(w.run("signOut", theirs)).rejects.toMatchObject({ code: "not-found" })
  expect(await presence(w, ben.devices[0]!)).toBe("present")
  await w.close()
})

test("beats of many accounts lock them in the order of their ids, and one device's stay in order", async () => {
  const locked: string[] = []
  const spied = (tx: Tx): Tx => ({
    ...tx,
    lock: (id) => {
      locked.push(id)
      return tx.lock(id)
    },
  })
  const table = {
    ...actions,
    takeBeats: (tx: Tx, input: Parameters<typeof actions.takeBeats>[1]) =>
      actions.takeBeats(spied(tx), input),
  }
  const store = await openSqliteDirect({ file: ":memory:", actions: table })
  const accounts: AccountId[] = []
  for (let n = 0; n < 5; n += 1) {
    const times = { graceMs: 0, waitMs: 0 }
    const account = { name: `Company ${n}`, language: "en", zone: "UTC", ...times } as const
    accounts.push((await store.run("createAccount", account, 0)).accountId)
  }
  const order = Array.from({ length: 60 }, (_, n) => (n * 7 + (n % 11)) % 5)
  const beats = order.map((which, seq) => ({
    accountId: accounts[which]!,
    agentId: "ag_aaaaaaaaaaaaaaaaaaaa" as AgentId,
    deviceId: `de_aaaaaaaaaaaaaaaaaaa${which}` as DeviceId,
    beat: { bootId: BOOT, seq, state: "idle" as const, intervalMs: s(20) },
  }))
  await store.run("takeBeats", { beats }, 0)
  expect(locked).toEqual(order.map((which) => accounts[which]!).sort())
  await store.close()
})

describe("the last moment somebody was there", () => {
  test("is that of who was deactivated, though a colleague left long before", async () => {
    const w = await openWorld({ agents: 2, devices: 1 })
    const [ada, ben] = w.team as [World["team"][number], World["team"][number]]
    await w.beat(ada.devices[0]!, "active")
    await w.quit(ada.devices[0]!)
    await w.beat(ben.devices[0]!, "active")
    await w.write()
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([])
    await w.run("setAgent", { accountId: w.accountId, agentId: ben.id, active: false })
    w.silence(ben.devices[0]!)
    await w.pass(s(110))
    expect(await w.mailedAt()).toEqual([])
    await w.pass(s(10))
    expect(await w.mailedAt()).toEqual([420])
    await w.close()
  })
})

test("who is deactivated while a message waits is told so, and not that it still waits", async () => {
  const w = await openWorld({ agents: 2, devices: 1 })
  const [ada, ben] = w.team as [World["team"][number], World["team"][number]]
  await w.write()
  expect(await w.verdict(ben.id)).toMatchObject({ code: "waiting" })
  await w.pass(s(30))
  await w.run("setAgent", { accountId: w.accountId, agentId: ben.id, active: false })
  expect(await w.verdict(ben.id)).toEqual({ code: "inactive", since: w.start + s(30) })
  expect(await w.verdict(ada.id)).toMatchObject({ code: "waiting" })
  await w.close()
})
