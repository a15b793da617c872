import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { newId } from "../../shared/words/ids.ts"
import { DAY, MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { addressCode, mailsTo } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"
import { MORNINGS, NIGHTS, otherCompany, settings, unchanged, writeTo } from "./settings-kit.ts"

/** A box that nobody has set: as the product has it. */
const PLAIN_BOX = {
  look: { color: null, greeting: {}, language: null, launcher: {}, side: "auto", theme: "auto" },
  rates: false,
  signs: false,
  transcripts: false,
}

describe.each(STORES)("settings on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const set = (change: Omit<Parameters<typeof company.run<"setAccount">>[1], "accountId">) =>
    company.run("setAccount", { accountId: company.accountId, ...change })
  const comes = async (address: string) => {
    const device = await company.signIn(address)
    await company.beat(device)
    return device
  }
  const light = async () => {
    const { siteKey } = company
    return (await company.run("readBox", { siteKey, groupId: null, visitor: null })).box.light
  }

  test("a change of nothing changes nothing, not even the version; made on an old one it is refused", async () => {
    const { accountId, adaId, siteId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Sales", members: [] })
    const { version } = await settings(company)
    const nothing = [
      await set({}),
      await set({ name: undefined, version }),
      await company.run("setAgent", { accountId, agentId: adaId }),
      await company.run("setGroup", { accountId, groupId }),
      await company.run("setSite", { accountId, siteId, version }),
    ]
    expect(nothing.map((answer) => answer.version)).toEqual(nothing.map(() => version))
    await expect(set({ version: version - 1 })).rejects.toMatchObject({ code: "stale" })
    // the control
    expect((await set({ name: "Lamps and more" })).version).toBe(version + 1)
  })

  test("admins see all of them", async () => {
    const { accountId, siteId, siteKey, adaId, benId } = company
    await company.signIn("ada@lamps.example")
    const found = await settings(company)
    const member = {
      active: true,
      picture: null,
      groups: [],
      offlineNotices: true,
      missedNotices: true,
      redirect: null,
    }
    expect(found).toEqual({
      version: expect.any(Number),
      account: {
        id: accountId,
        name: "Lamps Ltd",
        language: "en",
        zone: "Europe/Prague",
        plan: "pro",
        features: ["missed-notices", "office-hours", "groups"],
        graceMs: 2 * MINUTE,
        waitMs: 2 * MINUTE,
        offlineNotices: true,
        missedNotices: true,
        hours: null,
        busyTexts: {},
        inbox: null,
      },
      groups: [],
      sites: [
        {
          id: siteId,
          name: "Lamps",
          key: siteKey,
          origins: ["https://lamps.example"],
          language: "en",
          groups: [],
          box: PLAIN_BOX,
        },
      ],
      team: [
        {
          ...{ id: adaId, name: "Ada", address: "ada@lamps.example", role: "admin", ...member },
          ...{ language: "en", zone: "Europe/Prague", joined: true },
        },
        {
          ...{ id: benId, name: "Ben", address: "ben@lamps.example", role: "agent", ...member },
          ...{ language: "de", zone: "Europe/Berlin", joined: false },
        },
      ],
      verified: ["ada@lamps.example"],
      pending: [],
      unreached: [],
    })
    await expect(company.run("readSettings", { accountId: newId("account") })).rejects.toMatchObject({
      code: "not-found",
    })
  })

  test("addresses whose code is awaited are shown until it is confirmed, or too old", async () => {
    const { accountId } = company
    const info = { accountId, by: "Ada", address: "info@lamps.example" }
    const { expiresAt } = await company.run("askAddress", info)
    expect((await settings(company)).pending).toEqual([{ address: info.address, expiresAt }])
    await company.run("confirmAddress", { ...info, code: await addressCode(company, info.address) })
    expect(await settings(company)).toMatchObject({ pending: [], verified: [info.address] })
    await company.run("askAddress", { ...info, address: "late@lamps.example" })
    company.jump(10 * MINUTE)
    expect((await settings(company)).pending).toEqual([])
  })

  test("each change makes a new version, and screens are told it", async () => {
    const { accountId, siteId, adaId, benId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Returns", members: [] })
    const cleo = { name: "Cleo", address: "cleo@lamps.example", role: "agent", groups: [groupId] } as const
    const changes = [
      () => set({ name: "Lamps" }),
      () => company.run("setGroup", { accountId, groupId, name: "Back" }),
      () => company.run("setSite", { accountId, siteId, name: "Shop" }),
      () => company.run("setAgent", { accountId, agentId: benId, role: "admin" }),
      () => company.run("inviteAgent", { accountId, by: adaId, ...cleo, groups: [groupId] }),
      () => company.run("deleteGroup", { accountId, groupId }),
      () => company.run("removeAgent", { accountId, agentId: benId }),
    ]
    for (const change of changes) {
      const { version: before } = await settings(company)
      const { cursor } = await company.run("readEvents", { accountId, after: 0, limit: 1000 })
      const { version } = await change()
      expect(version).toBeGreaterThan(before)
      expect((await settings(company)).version).toBe(version)
      const { events } = await company.run("readEvents", { accountId, after: cursor, limit: 1000 })
      expect(events).toContainEqual(expect.objectContaining({ kind: "settings", version }))
    }
  })

  test("a stale version is refused with the current one, and nothing changes", async () => {
    const { accountId, siteId, benId } = company
    const { groupId, version: old } = await company.run("createGroup", {
      accountId,
      name: "Returns",
      members: [benId],
    })
    const { version } = await set({ name: "Lamps & Co" })
    const cleo = { name: "Cleo", address: "cleo@lamps.example", role: "agent" } as const
    const stale = { version: old }
    const changes = [
      () => set({ ...stale, name: "X", waitMs: 0 }),
      () => company.run("createGroup", { accountId, ...stale, name: "Sales", members: [] }),
      () => company.run("setGroup", { accountId, groupId, ...stale, members: [], hours: NIGHTS }),
      () => company.run("deleteGroup", { accountId, groupId, ...stale }),
      () => company.run("createSite", { accountId, ...stale, name: "X", origins: ["*"], language: "en" }),
      () => company.run("setSite", { accountId, siteId, ...stale, groups: [groupId] }),
      () => company.run("inviteAgent", { accountId, by: null, ...stale, ...cleo, groups: [] }),
      () => company.run("setAgent", { accountId, agentId: benId, ...stale, active: false }),
      () => company.run("removeAgent", { accountId, agentId: benId, ...stale }),
    ]
    for (const change of changes) await unchanged(company, change, { code: "stale", facts: { version } })
    await set({ version, name: "X" })
    expect((await settings(company)).account.name).toBe("X")
  })

  test("of two changes of the same version at once, one is refused", async () => {
    const { version } = await settings(company)
    const names = ["One", "Two", "Three"]
    const results = await Promise.allSettled(names.map((name) => set({ version, name })))
    const won = results.findIndex((result) => result.status === "fulfilled")
    expect(results.filter((result) => result.status === "rejected")).toMatchObject([
      { reason: { code: "stale", facts: { version: version + 1 } } },
      { reason: { code: "stale", facts: { version: version + 1 } } },
    ])
    expect(await settings(company)).toMatchObject({ version: version + 1, account: { name: names[won] } })
  })

  test("what belongs to another account is not found, and nothing changes", async () => {
    const { accountId, siteId, adaId, benId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Returns", members: [] })
    const other = await otherCompany(company)
    const cleo = { name: "Cleo", address: "cleo@lamps.example", role: "agent" } as const
    const foreign = [
      () => company.run("createGroup", { accountId, name: "Sales", members: [benId, other.agentId] }),
      () => company.run("setGroup", { accountId, groupId: other.groupId, name: "Mine" }),
      () => company.run("setGroup", { accountId, groupId, name: "X", members: [other.agentId] }),
      () => company.run("deleteGroup", { accountId, groupId: other.groupId }),
      () =>
        company.run("createSite", {
          accountId,
          name: "X",
          origins: ["*"],
          language: "en",
          groups: [other.groupId],
        }),
      () => company.run("setSite", { accountId, siteId, name: "X", groups: [groupId, other.groupId] }),
      () => company.run("setSite", { accountId, siteId: other.siteId, name: "Mine" }),
      () => company.run("inviteAgent", { accountId, by: adaId, ...cleo, groups: [other.groupId] }),
      () => company.run("inviteAgent", { accountId, by: other.agentId, ...cleo, groups: [] }),
      () => company.run("setAgent", { accountId, agentId: benId, name: "X", groups: [other.groupId] }),
      () => company.run("setAgent", { accountId, agentId: other.agentId, name: "Mine" }),
      () => company.run("removeAgent", { accountId, agentId: other.agentId }),
    ]
    const theirs = () => company.run("readSettings", { accountId: other.accountId })
    const before = await theirs()
    for (const change of foreign) await unchanged(company, change, { code: "not-found" })
    expect(await theirs()).toEqual(before)
  })

  test("values that are none are refused with what they are, and nothing changes", async () => {
    const bad = (change: Parameters<typeof set>[0], words: string | RegExp) =>
      unchanged(company, () => set({ name: "X", ...change }), {
        code: "bad-input",
        message: expect.stringMatching(words),
      })
    await bad({ zone: "Mars/Base" }, "“Mars/Base” is no time zone.*Europe/Prague")
    await bad({ zone: "+02:00" }, "no time zone")
    await bad({ graceMs: 601 * SECOND }, "grace is 601 s")
    await bad({ waitMs: -1 }, "wait is")
    await bad({ hours: { ...MORNINGS, zone: "Nowhere" } }, "Nowhere")
    const overlapping = [...MORNINGS.week, { day: 1, from: "11:59", to: "13:00" } as const]
    await bad({ hours: { ...MORNINGS, week: overlapping } }, "Monday")
    const exceptions = [{ date: "2026-02-30", name: null, spans: [] }]
    await bad({ hours: { ...MORNINGS, exceptions } }, "2026-02-30")
    await bad({ busyTexts: { en: "fine", de: "x".repeat(501) } }, /“de” has 501 characters/)
  })

  test("a zone is kept as the IANA writes it", async () => {
    await set({ zone: "europe/PRAGUE" })
    expect((await settings(company)).account.zone).toBe("Europe/Prague")
  })

  test("the bot's texts are kept by language; an empty one takes the usual words again", async () => {
    const texts = async () => (await settings(company)).account.busyTexts
    await set({ busyTexts: { en: " One minute. ", cs: "Chvilku." } })
    await set({ busyTexts: { de: "Gleich.", cs: "" } })
    expect(await texts()).toEqual({ en: "One minute.", de: "Gleich." })
    await set({ busyTexts: { en: " ", de: "" } })
    expect(await texts()).toEqual({})
  })

  test("a switch that is set as it was keeps since when it is so", async () => {
    const { accountId, benId: agentId } = company
    await set({ offlineNotices: false })
    await company.run("setAgent", { accountId, agentId, offlineNotices: false, missedNotices: false })
    const since = company.now()
    company.jump(DAY)
    await set({ offlineNotices: false })
    await company.run("setAgent", { accountId, agentId, offlineNotices: false, missedNotices: false })
    await company.run("signRelay", { relayId: "relay" })
    const { conversationId } = await writeTo(company, null)
    await company.pass(2 * MINUTE)
    const { verdicts } = await company.run("why", { conversationId })
    expect(verdicts.map((one) => one.reason)).toContainEqual({
      ...{ code: "notifications-off", whose: "account", since },
    })
  })

  test("a shorter wait holds for what counts already, and a longer one too", async () => {
    const { view } = await writeTo(company, null)
    const at = company.now()
    await set({ waitMs: 30 * SECOND })
    expect((await view()).dueAt).toBe(at + 30 * SECOND)
    await set({ waitMs: 5 * MINUTE })
    expect((await view()).dueAt).toBe(at + 5 * MINUTE)
    await company.pass(MINUTE)
    await set({ waitMs: 30 * SECOND })
    await company.pass(SECOND)
    expect((await view()).batch).toBe("none")
    expect(await mailsTo(company, "ada@lamps.example", "offline-notice")).toHaveLength(1)
  })

  test("a longer grace brings back the light of who left a moment ago, a shorter one ends it", async () => {
    const { accountId } = company
    const ada = await comes("ada@lamps.example")
    await company.run("endDevice", { accountId, deviceId: ada.deviceId, bootId: null })
    await set({ graceMs: 0 })
    expect(await light()).toBe(false)
    company.jump(10 * SECOND)
    await set({ graceMs: 20 * SECOND })
    expect(await light()).toBe(true)
    await set({ graceMs: 10 * SECOND })
    expect(await light()).toBe(false)
  })

  test("hours that close start what rests counting from now; without them it rests again", async () => {
    await comes("ada@lamps.example")
    const { view } = await writeTo(company, null)
    await set({ hours: MORNINGS })
    expect((await view()).batch).toBe("resting")
    expect(await light()).toBe(true)
    company.jump(5 * SECOND)
    await set({ hours: NIGHTS })
    expect(await view()).toMatchObject({ batch: "counting", dueAt: company.now() + 2 * MINUTE })
    expect(await light()).toBe(false)
    await set({ hours: null })
    expect((await view()).batch).toBe("resting")
    expect(await light()).toBe(true)
  })

  test("Groups and hours that the plan does not include are kept but ignored", async () => {
    const { accountId, siteId, adaId, benId } = company
    const { groupId: returns } = await company.run("createGroup", {
      accountId,
      name: "Returns",
      members: [adaId],
    })
    await company.run("createGroup", { accountId, name: "Sales", members: [benId] })
    await company.run("setSite", { accountId, siteId, groups: [returns] })
    await comes("ben@lamps.example")
    const grouped = await writeTo(company, returns)
    expect((await grouped.view()).batch).toBe("counting")

    await set({ plan: "standard" })
    expect(await grouped.view()).toMatchObject({ batch: "resting", dueAt: null })
    const kept = await settings(company)
    expect(kept.account.features).toEqual(["missed-notices", "office-hours"])
    expect(kept.groups).toMatchObject([
      { name: "Returns", members: [adaId], light: true },
      { name: "Sales", members: [benId], light: true },
    ])
    expect(kept.sites[0]?.groups).toEqual([returns])

    await set({ hours: NIGHTS })
    expect(await light()).toBe(false)
    expect((await grouped.view()).batch).toBe("counting")
    await set({ plan: "free" })
    expect(await light()).toBe(true)
    expect((await grouped.view()).batch).toBe("resting")
    // They can be set all the same, for when the plan has them.
    await company.run("setGroup", { accountId, groupId: returns, hours: NIGHTS, members: [] })
    await set({ hours: null })
    expect((await grouped.view()).batch).toBe("resting")

    await set({ plan: "pro" })
    expect((await grouped.view()).batch).toBe("counting")
    expect((await settings(company)).groups).toMatchObject([
      { name: "Returns", members: [], hours: NIGHTS, light: false },
      { name: "Sales", light: true },
    ])
  })
})
