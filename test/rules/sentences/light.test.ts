import { expect, test } from "vitest"
import { MINUTE } from "../../../shared/words/time.ts"
import { daily, openHouse, s } from "./kit.ts"

/** rules.md, "The light" and "Plans": what is not shown by a test elsewhere; list.ts says where each is. */

const CLOSED = daily("20:00", "21:00")
const OPEN = daily("08:00", "20:00")

test("hours are those of the conversation's group", async () => {
  const { ada, ben, group, here, light } = await openHouse()
  const sales = await group("Sales", [ada], OPEN)
  const returns = await group("Returns", [ben], CLOSED)
  await here(ada)
  await here(ben)
  expect(await light(sales)).toBe(true)
  expect(await light(returns)).toBe(false)
})

test("a group without hours uses the account's", async () => {
  const { ada, ben, group, here, light, account } = await openHouse()
  const sales = await group("Sales", [ada])
  const returns = await group("Returns", [ben], OPEN)
  await here(ada)
  await here(ben)
  expect(await light(sales)).toBe(true)
  await account({ hours: CLOSED })
  expect(await light(sales)).toBe(false)
  // Negative control: a group with hours of its own does not.
  expect(await light(returns)).toBe(true)
})

test("without a group, hours are any of the agent's groups', or the account's for an agent in none", async () => {
  const { w, ada, ben, group, here, account, quit } = await openHouse()
  await group("Sales", [ada], CLOSED)
  await group("Returns", [ada], OPEN)
  await account({ hours: CLOSED })
  const bare = async () => (await w.look()).audience.light
  await here(ben)
  expect(await bare()).toBe(0)
  await here(ada)
  expect(await bare()).toBe(1)
  await quit(ada)
  await w.pass(3 * MINUTE)
  expect(await bare()).toBe(0)
  await account({ hours: OPEN })
  expect(await bare()).toBe(1)
})

test("a site's light is on without a group, or with some group's", async () => {
  const { w, ada, ben, group, here, light, account } = await openHouse()
  const sales = await group("Sales", [ada])
  const returns = await group("Returns", [ben])
  await w.run("setSite", { accountId: w.accountId, siteId: w.siteId, groups: [sales, returns] })
  expect(await light()).toBe(false)
  await here(ben)
  expect([await light(sales), await light(returns), await light()]).toEqual([false, true, true])
  await account({ hours: CLOSED })
  expect([await light(sales), await light(returns), await light()]).toEqual([false, false, false])
})

test("hours close the light; they never open it and never write anybody's intent", async () => {
  const { w, ada, here, light, account, intentOf } = await openHouse({ agents: 1 })
  await account({ hours: daily("09:10", "09:30") })
  // They open at 09:10, and nobody is there: no light.
  await w.pass(15 * MINUTE)
  expect(await light()).toBe(false)
  await here(ada)
  expect(await light()).toBe(true)
  await w.pass(20 * MINUTE)
  expect(await light()).toBe(false)
  expect(await intentOf(ada)).toBe("available")
})

test("groups that the plan does not include are kept but ignored", async () => {
  const { w, ada, ben, group, here, light, write, reason, account } = await openHouse()
  const returns = await group("Returns", [ben])
  await group("Sales", [ada])
  await here(ada)
  expect(await light(returns)).toBe(false)
  await account({ plan: "standard" })
  expect(await light(returns)).toBe(true)
  await write("Where is my parcel?", returns)
  expect(await reason(ben)).toMatchObject({ code: "colleague-online", who: ["Ada"], group: null })
  const { groups } = await w.run("readSettings", { accountId: w.accountId })
  expect(groups.map((one) => one.name)).toEqual(["Returns", "Sales"])
  await account({ plan: "pro" })
  expect(await light(returns)).toBe(false)
})

test("hours that the plan does not include are kept but ignored", async () => {
  const { w, ada, here, light, account } = await openHouse({ agents: 1 })
  await account({ hours: CLOSED })
  await here(ada)
  expect(await light()).toBe(false)
  await account({ plan: "free" })
  expect(await light()).toBe(true)
  const { account: kept } = await w.run("readSettings", { accountId: w.accountId })
  expect(kept.hours?.week[0]?.from).toBe("20:00")
  await account({ plan: "standard" })
  expect(await light()).toBe(false)
})

test("free: offline notices and one light; standard: and missed conversations, office hours; pro: and groups", async () => {
  const { w, account } = await openHouse({ agents: 1 })
  const features = async () => (await w.run("readSettings", { accountId: w.accountId })).account.features
  await account({ plan: "free" })
  expect(await features()).toEqual([])
  await account({ plan: "standard" })
  expect(new Set(await features())).toEqual(new Set(["missed-notices", "office-hours"]))
  await account({ plan: "pro" })
  expect(new Set(await features())).toEqual(new Set(["missed-notices", "office-hours", "groups"]))
})

test("a self-hosted account is pro unless its operator sets another", async () => {
  const { w } = await openHouse({ agents: 1 })
  const given = { name: "Candles", language: "en", zone: "UTC", graceMs: s(120), waitMs: s(120) } as const
  const { accountId } = await w.run("createAccount", given)
  const { accountId: other } = await w.run("createAccount", { ...given, plan: "free" })
  const accounts = await w.run("listAccounts", {})
  const planOf = (id: typeof accountId) => accounts.find((one) => one.id === id)?.plan
  expect([planOf(accountId), planOf(other)]).toEqual(["pro", "free"])
})
