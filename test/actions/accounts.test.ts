import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { newId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { openTestStore, STORES } from "../kit/stores.ts"
import { type Company, openCompany, START } from "./company.ts"

/** A box that nobody has set: as the product has it. */
const PLAIN_BOX = {
  look: { color: null, greeting: {}, language: null, launcher: {}, side: "auto", theme: "auto" },
  rates: false,
  signs: false,
  transcripts: false,
}

const FIRST_RUN = {
  company: "Lamps Ltd",
  agent: { name: "Ada", address: "ada@lamps.example", language: "en", zone: "UTC" },
  site: { name: "Lamps", origins: ["*"] },
  graceMs: 2 * MINUTE,
  waitMs: 2 * MINUTE,
} as const
const firstRun = { ...FIRST_RUN, site: { name: "Lamps", origins: ["*"] } }

describe.each(STORES)("a company on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  test("starts with an admin who is available, a site with a key, and the light off", async () => {
    const { accountId, adaId, siteId, siteKey } = company
    const agents = await company.run("listAgents", { accountId })
    expect(agents[0]).toEqual({
      id: adaId,
      name: "Ada",
      address: "ada@lamps.example",
      role: "admin",
      active: true,
      intent: "available",
      offlineNotices: true,
      missedNotices: true,
      language: "en",
      zone: "Europe/Prague",
      groups: [],
      picture: null,
    })
    expect(await company.run("listSites", { accountId })).toEqual([
      {
        id: siteId,
        name: "Lamps",
        key: siteKey,
        origins: ["https://lamps.example"],
        language: "en",
        groups: [],
        box: PLAIN_BOX,
      },
    ])
    const { box } = await company.run("readBox", { siteKey, groupId: null, visitor: null })
    expect(box).toMatchObject({ light: false, siteName: "Lamps" })
    expect(await company.run("listAccounts", {})).toEqual([
      {
        id: accountId,
        name: "Lamps Ltd",
        language: "en",
        zone: "Europe/Prague",
        plan: "pro",
        graceMs: 2 * MINUTE,
        waitMs: 2 * MINUTE,
        offlineNotices: true,
        missedNotices: true,
        hours: null,
        mailDomain: null,
        version: expect.any(Number),
      },
    ])
  })

  test("is set up once", async () => {
    await expect(company.run("setUp", firstRun)).rejects.toMatchObject({ code: "already-set-up" })
  })

  test("an address is one agent's on the whole relay, active or not", async () => {
    const other = await company.run("createAccount", {
      name: "Other",
      language: "cs",
      zone: "UTC",
      graceMs: 0,
      waitMs: 0,
      plan: "free",
    })
    const ben = {
      name: "Ben",
      address: "ben@lamps.example",
      role: "agent",
      language: "en",
      zone: "UTC",
    } as const
    await company.run("setAgent", { accountId: company.accountId, agentId: company.benId, active: false })
    const taken = company.run("createAgent", { ...other, ...ben })
    await expect(taken).rejects.toMatchObject({ code: "already-exists" })
    await expect(taken).rejects.toThrow("ben@lamps.example")
    expect(await company.run("listAgents", other)).toEqual([])
  })

  test("a new agent is on their colleagues' screens at once", async () => {
    const { accountId, adaId } = company
    const before = await company.run("readEvents", { accountId, after: 0, limit: 1000 })
    const cleo = { name: "Cleo", address: "cleo@lamps.example", role: "agent", language: "fr" } as const
    const { agentId } = await company.run("createAgent", { accountId, zone: "UTC", ...cleo })
    const { events } = await company.run("readEvents", { accountId, after: before.cursor, limit: 1000 })
    expect(events).toContainEqual(expect.objectContaining({ kind: "team", agentId }))
    const who = [{ agentId: adaId, deviceId: newId("device") }]
    const [toolbar] = await company.run("readToolbars", { accountId, who })
    expect(toolbar?.team.map((mate) => mate.name)).toEqual(["Ada", "Ben", "Cleo"])
  })

  test("changes of an agent change what is given and nothing else", async () => {
    const { accountId, benId: agentId } = company
    const find = async () =>
      (await company.run("listAgents", { accountId })).find((one) => one.id === agentId)
    const before = await find()
    await company.run("setAgent", { accountId, agentId, name: "Benjamin" })
    expect(await find()).toEqual({ ...before, name: "Benjamin" })
    await company.run("setAgent", { accountId, agentId, offlineNotices: false, zone: "Asia/Tokyo" })
    expect(await find()).toEqual({
      ...before,
      name: "Benjamin",
      offlineNotices: false,
      zone: "Asia/Tokyo",
    })
  })

  test("who is deactivated is no longer there: the light goes, and what they had joined is handed back", async () => {
    const { accountId, siteKey, benId: agentId } = company
    const ben = await company.signIn("ben@lamps.example")
    await company.beat(ben)
    const light = async () => {
      const { box } = await company.run("readBox", { siteKey, groupId: null, visitor: null })
      return box.light
    }
    expect(await light()).toBe(true)
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Hello?")
    await company.run("joinConversation", { accountId, agentId, conversationId })
    await company.run("setAgent", { accountId, agentId, active: false })
    expect(await light()).toBe(false)
    const view = await company.run("readConversation", { accountId, agentId: company.adaId, conversationId })
    expect(view).toMatchObject({ state: "unserved", joinedBy: null, batch: "counting" })
    expect(view.dueAt).toBe(company.now() + 2 * MINUTE)
  })

  test("the last admin stays one, and stays", async () => {
    const { accountId, adaId, benId } = company
    const leave = [{ active: false }, { role: "agent" as const }]
    for (const change of leave) {
      const refused = company.run("setAgent", { accountId, agentId: adaId, ...change })
      await expect(refused).rejects.toThrow("Ada is the last admin")
    }
    await company.run("setAgent", { accountId, agentId: benId, role: "admin" })
    await company.run("setAgent", { accountId, agentId: adaId, role: "agent" })
  })

  test("what is not there is said so by its name", async () => {
    const { accountId } = company
    const [agentId, siteId, missing] = [newId("agent"), newId("site"), newId("account")]
    await expect(company.run("setAgent", { accountId, agentId, name: "X" })).rejects.toThrow(agentId)
    await expect(company.run("setSite", { accountId, siteId, name: "X" })).rejects.toThrow(siteId)
    await expect(company.run("setAccount", { accountId: missing })).rejects.toThrow(missing)
  })

  test("a time zone or a length of time that is none is refused with its value", async () => {
    const { accountId, benId: agentId } = company
    const nowhere = company.run("setAgent", { accountId, agentId, zone: "Mars/Base" })
    await expect(nowhere).rejects.toThrow("Mars/Base")
    const tooLong = company.run("setAccount", { accountId, waitMs: 601 * SECOND })
    await expect(tooLong).rejects.toThrow("601 s")
    await company.run("setAccount", { accountId, waitMs: 600 * SECOND, graceMs: 0 })
  })

  test("settings of the account change what is given and nothing else", async () => {
    const { accountId } = company
    const [before] = await company.run("listAccounts", {})
    await company.run("setAccount", { accountId, offlineNotices: false })
    expect(await company.run("listAccounts", {})).toEqual([
      { ...before, offlineNotices: false, version: before!.version + 1 },
    ])
  })

  test("an address of the relay itself is refused for an agent", async () => {
    const { accountId } = company
    const cleo = {
      name: "Cleo",
      address: "cleo@relay.test",
      role: "agent",
      language: "fr",
      zone: "UTC",
    } as const
    const looping = company.run("createAgent", { accountId, ...cleo })
    await expect(looping).rejects.toThrow("cleo@relay.test is an address of this relay itself")
  })

  test("with a shorter grace, who is fading is gone sooner", async () => {
    const { accountId, siteKey } = company
    const ada = await company.signIn("ada@lamps.example")
    await company.beat(ada)
    await company.run("endDevice", { accountId, deviceId: ada.deviceId, bootId: null })
    await company.run("setAccount", { accountId, graceMs: 10 * SECOND })
    await company.pass(30 * SECOND)
    const { box } = await company.run("readBox", { siteKey, groupId: null, visitor: null })
    expect(box.light).toBe(false)
  })

  test("a site has its own key, and its origins can be changed", async () => {
    const { accountId, siteId, siteKey } = company
    const blog = await company.run("createSite", {
      accountId,
      name: "Blog",
      origins: ["https://blog.example"],
      language: "cs",
    })
    expect(blog.siteKey).not.toBe(siteKey)
    await company.run("setSite", { accountId, siteId, origins: ["*"] })
    const box = (key: string) => company.run("readBox", { siteKey: key, groupId: null, visitor: null })
    expect(await box(blog.siteKey)).toMatchObject({ siteId: blog.siteId, box: { language: "cs" } })
    expect(await box(siteKey)).toMatchObject({ siteId, origins: ["*"] })
    await expect(box("nobody's")).rejects.toMatchObject({ code: "not-found" })
  })

  test("a secret is made once", async () => {
    const [first, second] = await Promise.all([
      company.run("readSecret", { name: "dkim", make: "a" }),
      company.run("readSecret", { name: "dkim", make: "b" }),
    ])
    expect(first).toEqual(second)
    expect(await company.run("readSecret", { name: "other", make: "c" })).toEqual({ value: "c" })
  })
})

test.each(STORES)("of two first runs at once on %s, one is refused", async (kind) => {
  const store = await openTestStore(kind)
  const second = { ...firstRun, agent: { ...FIRST_RUN.agent, address: "ben@lamps.example" } }
  const results = await Promise.allSettled([
    store.run("setUp", firstRun, START),
    store.run("setUp", second, START),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"])
  expect(results.find((result) => result.status === "rejected")).toMatchObject({
    reason: { code: "already-set-up" },
  })
  expect(await store.run("listAccounts", {}, START)).toHaveLength(1)
  await store.close()
})
