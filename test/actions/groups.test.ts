import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { newId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"
import { MORNINGS, NIGHTS, settings, unchanged, writeTo } from "./settings-kit.ts"

describe.each(STORES)("groups on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const add = (name: string, members = [company.adaId]) =>
    company.run("createGroup", { accountId: company.accountId, name, members })
  const set = (change: Omit<Parameters<typeof company.run<"setGroup">>[1], "accountId">) =>
    company.run("setGroup", { accountId: company.accountId, ...change })
  const remove = (groupId: Awaited<ReturnType<typeof add>>["groupId"]) =>
    company.run("deleteGroup", { accountId: company.accountId, groupId })
  /** Somebody sits at their browser. */
  const comes = async (address: string) => {
    const device = await company.signIn(address)
    await company.beat(device)
    return device
  }

  test("a group has a name, members and hours, and each can be changed alone", async () => {
    const { accountId, adaId, benId } = company
    const { groupId, version } = await add("Returns", [benId, benId])
    expect(await settings(company)).toMatchObject({
      version,
      groups: [{ id: groupId, name: "Returns", members: [benId], hours: null, inbox: null, light: false }],
    })
    await set({ groupId, hours: MORNINGS })
    await set({ groupId, name: "Back again" })
    await set({ groupId, members: [benId, adaId] })
    const [group] = (await settings(company)).groups
    expect(group).toMatchObject({ name: "Back again", members: [adaId, benId], hours: MORNINGS })
    await set({ groupId, hours: null, members: [] })
    expect((await settings(company)).groups).toMatchObject([{ name: "Back again", members: [], hours: null }])
    expect(await company.run("listGroups", { accountId })).toEqual([
      { id: groupId, name: "Back again", members: [], hours: null },
    ])
  })

  test("names that people would take for the same are refused; that of a deleted group is free", async () => {
    const { groupId } = await add("Straße & Co")
    const other = await add("Sales")
    await unchanged(company, () => add("straße & CO"), {
      code: "already-exists",
    })
    await unchanged(company, () => set({ groupId: other.groupId, name: " straße  & co" }), {
      code: "already-exists",
    })
    await set({ groupId, name: "STRAßE & Co" })
    await remove(groupId)
    await set({ groupId: other.groupId, name: "Straße & Co" })
    expect((await settings(company)).groups.map((group) => group.name)).toEqual(["Straße & Co"])
  })

  test("unserved are the conversations of one's audience; in all there are all", async () => {
    const { accountId, adaId, benId } = company
    const { groupId } = await add("Sales", [benId])
    await add("Returns", [adaId])
    await writeTo(company, groupId)
    const lists = async (agentId: typeof adaId) =>
      (await company.run("listConversations", { accountId, agentId, list: "unserved", limit: 10 })).counts
    expect(await lists(adaId)).toEqual({ unserved: 0, mine: 0, all: 1 })
    expect(await lists(benId)).toEqual({ unserved: 1, mine: 0, all: 1 })
    await company.run("setAccount", { accountId, plan: "free" })
    expect(await lists(adaId)).toEqual({ unserved: 1, mine: 0, all: 1 })
    await company.run("setAccount", { accountId, plan: "pro" })
    await remove(groupId)
    expect(await lists(adaId)).toEqual({ unserved: 1, mine: 0, all: 1 })
  })

  test("a group that is deleted, or never was, cannot be changed", async () => {
    const { groupId } = await add("Returns")
    await remove(groupId)
    for (const id of [groupId, newId("group")]) {
      await unchanged(company, () => set({ groupId: id, name: "X" }), { code: "not-found" })
      await unchanged(company, () => remove(id), { code: "not-found" })
    }
    const nobody = newId("agent")
    await unchanged(company, () => add("Sales", [nobody]), { code: "not-found" })
    await expect(add("Sales", [nobody])).rejects.toThrow(nobody)
  })

  test("hours that overlap or name no zone are refused with whose they are", async () => {
    const { groupId } = await add("Returns")
    const overlapping = {
      ...MORNINGS,
      week: [...MORNINGS.week, { day: 1, from: "11:00", to: "13:00" } as const],
    }
    await unchanged(company, () => set({ groupId, name: "New", hours: overlapping }), { code: "bad-input" })
    await expect(set({ groupId, hours: overlapping })).rejects.toThrow(/Returns.*Monday/s)
    const hours = { ...MORNINGS, zone: "Mars/Base" }
    await unchanged(company, () => set({ groupId, hours }), { code: "bad-input" })
    await expect(set({ groupId, hours })).rejects.toThrow("Mars/Base")
  })

  test("its audience is its members and agents in no group", async () => {
    const { adaId, benId } = company
    const { groupId: returns } = await add("Returns", [adaId])
    await comes("ben@lamps.example")
    expect((await (await writeTo(company, returns)).view()).batch).toBe("resting")
    await add("Sales", [benId])
    const { view, codeFor } = await writeTo(company, returns)
    expect((await view()).batch).toBe("counting")
    expect(await codeFor(benId)).toBe("other-group")
    expect((await settings(company)).groups).toMatchObject([
      { name: "Returns", light: false },
      { name: "Sales", light: true },
    ])
  })

  test("somebody who leaves a group was there for it until now: its messages start to count", async () => {
    const { adaId, benId, accountId } = company
    const { groupId: returns } = await add("Returns", [adaId, benId])
    const { groupId: sales } = await add("Sales", [adaId])
    await comes("ben@lamps.example")
    const { view } = await writeTo(company, returns)
    company.jump(10_000)
    expect((await view()).batch).toBe("resting")
    await company.run("setAgent", { accountId, agentId: benId, groups: [sales] })
    expect(await view()).toMatchObject({ batch: "counting", dueAt: company.now() + 2 * MINUTE })
    expect((await settings(company)).groups).toMatchObject([{ light: false }, { light: true }])
  })

  test("but who leaves their last group counts for all, and it rests", async () => {
    const { adaId, benId, accountId } = company
    const { groupId } = await add("Returns", [adaId, benId])
    await comes("ben@lamps.example")
    const { view } = await writeTo(company, groupId)
    await company.run("setAgent", { accountId, agentId: benId, groups: [] })
    expect((await view()).batch).toBe("resting")
  })

  test("somebody there who comes to a group stops its counting", async () => {
    const { adaId, benId } = company
    const { groupId: returns } = await add("Returns", [adaId])
    const { groupId: sales } = await add("Sales", [benId])
    await comes("ben@lamps.example")
    const { view } = await writeTo(company, returns)
    expect((await view()).batch).toBe("counting")
    await set({ groupId: sales, members: [] })
    expect(await view()).toMatchObject({ batch: "resting", dueAt: null })
  })

  test("a deleted group counts as none: its conversations concern everybody, and stay open", async () => {
    const { accountId, adaId, benId } = company
    const { groupId: returns } = await add("Returns", [adaId])
    await add("Sales", [benId])
    await comes("ben@lamps.example")
    const before = await writeTo(company, returns)
    expect((await before.view()).batch).toBe("counting")
    await remove(returns)
    expect(await before.view()).toMatchObject({
      batch: "resting",
      dueAt: null,
      group: null,
      state: "unserved",
    })
    await company.run("answerConversation", {
      accountId,
      agentId: benId,
      conversationId: before.conversationId,
      key: "an-answer-01",
      text: "Here I am.",
    })
    expect(await before.view()).toMatchObject({ state: "mine", joinedBy: benId })
    // A tag may name the group for long.
    const after = await writeTo(company, returns)
    expect(await after.view()).toMatchObject({ batch: "resting", group: null })
  })

  test("who wrote without a group is still there when one group is all there is to choose, until that is over", async () => {
    const { accountId, adaId, siteId, siteKey } = company
    const { groupId: returns } = await add("Returns", [adaId])
    const { groupId: sales } = await add("Sales", [adaId])
    const { visitorId, visitor } = await company.newVisitor()
    const key = "before-it-was-deleted"
    const wrote = { accountId, siteId, groupId: returns, visitorId, key, text: "Hello?", page: null }
    const { conversationId } = await company.run("takeVisitorMessage", wrote)
    await company.run("setSite", { accountId, siteId, groups: [sales] })
    await remove(returns)
    const box = (chosen: string | null = null) =>
      company.run("readBox", { siteKey, groupId: null, chosen, visitor })
    const there = { conversationId, groupId: returns, box: { messages: [{ text: "Hello?" }] } }
    expect(await box()).toMatchObject(there)
    // A box that comes back names the group it was told of, which nobody chose.
    expect(await box(sales)).toMatchObject(there)

    const which = { accountId, agentId: adaId, conversationId }
    await company.run("answerConversation", { ...which, key: "an-answer-01", text: "Here I am." })
    await company.run("closeConversation", which)
    expect(await box()).toMatchObject({ ...there, box: { messages: [{}, { text: "Here I am." }] } })
    await company.run("visitorSaw", { accountId, visitorId, seq: 2, conversationId })
    expect(await box()).toMatchObject({ conversationId: null, groupId: sales, box: { messages: [] } })
  })

  test("a deleted group shows no light, is offered nowhere, and has no inbox any more", async () => {
    const { accountId, siteId, adaId } = company
    const { groupId: returns } = await add("Returns", [adaId])
    const { groupId: sales } = await add("Sales", [adaId])
    await company.run("setSite", { accountId, siteId, groups: [sales, returns] })
    await verify(company, "info@lamps.example")
    const redirect = { address: "info@lamps.example", mode: "along-with" } as const
    const owner = { kind: "group" as const, id: returns }
    await company.run("setRedirect", { accountId, by: "Ada", owner, redirect })
    expect((await settings(company)).groups[0]?.inbox).toMatchObject({ address: "info@lamps.example" })
    await remove(returns)
    const now = await settings(company)
    expect(now.sites[0]?.groups).toEqual([sales])
    expect(now.groups.map((group) => group.name)).toEqual(["Sales"])
    expect((await company.run("listRedirects", { accountId })).redirects).toEqual([])
  })

  test("sites offer groups in the order given, each once", async () => {
    const { accountId, siteId } = company
    const { groupId: returns } = await add("Returns")
    const { groupId: sales } = await add("Sales")
    await company.run("setSite", { accountId, siteId, groups: [sales, returns, sales] })
    expect((await settings(company)).sites[0]?.groups).toEqual([sales, returns])
    await company.run("setSite", { accountId, siteId, name: "Lamps & more" })
    expect((await settings(company)).sites[0]).toMatchObject({
      name: "Lamps & more",
      groups: [sales, returns],
    })
    const nowhere = newId("group")
    const offer = () => company.run("setSite", { accountId, siteId, name: "X", groups: [nowhere] })
    await unchanged(company, offer, { code: "not-found" })
  })

  test("a group's hours close its light and start its messages counting; other groups' do not", async () => {
    const { benId } = company
    const { groupId: returns } = await add("Returns", [benId])
    const { groupId: sales } = await add("Sales", [benId])
    await comes("ben@lamps.example")
    const toReturns = await writeTo(company, returns)
    const toSales = await writeTo(company, sales)
    await set({ groupId: returns, hours: NIGHTS })
    expect(await toReturns.view()).toMatchObject({ batch: "counting", dueAt: company.now() + 2 * MINUTE })
    expect((await toSales.view()).batch).toBe("resting")
    expect((await settings(company)).groups).toMatchObject([
      { name: "Returns", light: false },
      { name: "Sales", light: true },
    ])
    await set({ groupId: returns, hours: null })
    expect((await toReturns.view()).batch).toBe("resting")
  })
})
