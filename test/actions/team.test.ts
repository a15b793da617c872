import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AgentId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { png } from "../kit/some-files.ts"
import { STORES } from "../kit/stores.ts"
import { mailsTo, verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"
import { settings, unchanged, writeTo } from "./settings-kit.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const CLEO = { name: "Cleo", address: "cleo@lamps.example", role: "agent" } as const

describe.each(STORES)("the team on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const invite = (given: Partial<Parameters<typeof company.run<"inviteAgent">>[1]> = {}) =>
    company.run("inviteAgent", {
      accountId: company.accountId,
      by: company.adaId,
      ...CLEO,
      groups: [],
      ...given,
    })
  const set = (agentId: AgentId, change: object) =>
    company.run("setAgent", { accountId: company.accountId, agentId, ...change })
  const remove = (agentId: AgentId) => company.run("removeAgent", { accountId: company.accountId, agentId })
  const member = async (agentId: AgentId) => (await settings(company)).team.find((one) => one.id === agentId)
  const comes = async (address: string) => {
    const device = await company.signIn(address)
    await company.beat(device)
    return device
  }
  const light = async () => {
    const { siteKey } = company
    return (await company.run("readBox", { siteKey, groupId: null, visitor: null })).box.light
  }

  test("who is invited is in their groups at once, and is mailed how to begin, in the account's language", async () => {
    const { accountId, adaId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Returns", members: [adaId] })
    const { agentId, version } = await invite({ groups: [groupId, groupId] })
    expect((await settings(company)).version).toBe(version)
    expect(await member(agentId)).toMatchObject({
      ...CLEO,
      ...{ active: true, language: "en", zone: "Europe/Prague", groups: [groupId], joined: false },
    })
    const mails = await mailsTo(company, CLEO.address)
    expect(mails.map((mail) => mail.content)).toEqual([
      {
        ...{ kind: "invitation", account: "Lamps Ltd", name: "Cleo", by: "Ada", address: CLEO.address },
        language: "en",
      },
    ])
    await company.signIn(CLEO.address)
    expect(await member(agentId)).toMatchObject({ joined: true })
  })

  test("an operator's invitation is the company's, in the language that was given", async () => {
    const { agentId } = await invite({ by: null, language: "fr", zone: "europe/paris" })
    expect(await member(agentId)).toMatchObject({ language: "fr", zone: "Europe/Paris" })
    const [mail] = await mailsTo(company, CLEO.address)
    expect(mail?.content).toMatchObject({ by: "Lamps Ltd", language: "fr" })
  })

  test("an invitation goes out once more while it is needed, and to nobody else", async () => {
    const { accountId, adaId } = company
    const again = (agentId: AgentId, by: AgentId | null = adaId) =>
      company.run("inviteAgain", { accountId, by, agentId })
    const { agentId } = await invite({ by: null, language: "cs" })
    await company.pass(MINUTE)
    expect(await again(agentId)).toEqual({ address: CLEO.address })
    const mails = await mailsTo(company, CLEO.address)
    const first = { kind: "invitation", name: "Cleo", by: "Lamps Ltd", language: "cs" }
    expect(mails.map((mail) => mail.content)).toMatchObject([{ ...first, by: "Ada" }, first])
    await set(agentId, { active: false })
    await expect(again(agentId)).rejects.toMatchObject({ code: "bad-input" })
    await set(agentId, { active: true })
    await company.signIn(CLEO.address)
    await expect(again(agentId)).rejects.toMatchObject({ code: "bad-input" })
    await remove(agentId)
    await expect(again(agentId)).rejects.toMatchObject({ code: "not-found" })
    expect(await mailsTo(company, CLEO.address)).toHaveLength(3)
  })

  test("an invitation that cannot be is refused, and no mail goes out", async () => {
    await unchanged(company, () => invite({ address: BEN }), { code: "already-exists" })
    await unchanged(company, () => invite({ address: "cleo@relay.test" }), { code: "bad-input" })
    await unchanged(company, () => invite({ zone: "Mars/Base" }), { code: "bad-input" })
  })

  test("roles and switches change alone; people may share a name", async () => {
    const { benId } = company
    const before = await member(benId)
    await set(benId, { missedNotices: false })
    expect(await member(benId)).toEqual({ ...before, missedNotices: false })
    await set(benId, { role: "admin", name: "Ada", missedNotices: true })
    expect(await member(benId)).toEqual({ ...before, role: "admin", name: "Ada" })
  })

  test("deactivating ends every device, the light, and what they had joined; activating again is a fresh start", async () => {
    const { accountId, benId } = company
    const one = await comes(BEN)
    const other = await comes(BEN)
    const { conversationId, view } = await writeTo(company, null)
    await company.run("joinConversation", { accountId, agentId: benId, conversationId })
    expect(await view()).toMatchObject({ state: "mine", batch: "none" })
    company.jump(10_000)
    await set(benId, { active: false })
    for (const { token } of [one, other])
      await expect(company.run("identify", { token })).rejects.toMatchObject({ code: "not-signed-in" })
    expect(await light()).toBe(false)
    expect(await view()).toMatchObject({
      ...{ state: "unserved", joinedBy: null, batch: "counting", dueAt: company.now() + 2 * MINUTE },
    })
    await company.run("askSignInCode", { address: BEN })
    expect(await mailsTo(company, BEN, "sign-in-code")).toHaveLength(2)
    await company.pass(2 * MINUTE)
    await set(benId, { active: true })
    expect(await light()).toBe(false)
    await comes(BEN)
    expect(await light()).toBe(true)
  })

  test("joined after the message, then removed from the account: mail 120 s after the hand-back", async () => {
    const { accountId, benId } = company
    await comes(BEN)
    const { conversationId, view, codeFor } = await writeTo(company, null)
    await company.run("joinConversation", { accountId, agentId: benId, conversationId })
    await company.pass(30_000)
    await remove(benId)
    expect(await view()).toMatchObject({ batch: "counting", dueAt: company.now() + 2 * MINUTE })
    expect(await codeFor(benId)).not.toBe("waiting")
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, ADA, "offline-notice")).toHaveLength(1)
    expect(await mailsTo(company, BEN, "offline-notice")).toEqual([])
  })

  test("who waits for a mail and is removed does not get it, and the reason says so", async () => {
    const { benId } = company
    const { view, codeFor } = await writeTo(company, null)
    expect(await codeFor(benId)).toBe("waiting")
    await remove(benId)
    expect(await codeFor(benId)).toBe("inactive")
    expect((await view()).batch).toBe("counting")
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, BEN)).toEqual([])
    expect(await mailsTo(company, ADA, "offline-notice")).toHaveLength(1)
  })

  test("a removed agent is listed nowhere, but their name stays with what they wrote", async () => {
    const { accountId, adaId, benId } = company
    const ben = await comes(BEN)
    const ada = await comes(ADA)
    const { conversationId, view } = await writeTo(company, null)
    const answer = { key: "an-answer-01", text: "Here I am." }
    await company.run("answerConversation", { accountId, agentId: benId, conversationId, ...answer })
    const { picture } = await company.run("setPicture", { accountId, agentId: benId, picture: png() })
    await company.run("readPicture", { accountId, id: picture ?? "" })
    await remove(benId)
    await expect(company.run("readPicture", { accountId, id: picture ?? "" })).rejects.toMatchObject({
      code: "not-found",
    })
    expect((await settings(company)).team.map((one) => one.name)).toEqual(["Ada"])
    expect((await company.run("listAgents", { accountId })).map((one) => one.name)).toEqual(["Ada"])
    const who = [{ agentId: adaId, deviceId: ada.deviceId }]
    const [toolbar] = await company.run("readToolbars", { accountId, who })
    expect(toolbar?.team.map((one) => one.name)).toEqual(["Ada"])
    expect((await view()).messages.map((one) => one.name)).toEqual([null, "Ben"])
    await expect(company.run("identify", { token: ben.token })).rejects.toMatchObject({
      code: "not-signed-in",
    })
    // What is written from now on does not concern them.
    const later = await writeTo(company, null)
    expect((await later.view()).verdicts.map((one) => one.agentName)).toEqual(["Ada"])
  })

  test("a removed agent's address is free for somebody else, who is not taken for them", async () => {
    const { accountId, benId } = company
    await comes(BEN)
    const { groupId } = await company.run("createGroup", { accountId, name: "Returns", members: [benId] })
    await verify(company, "info@lamps.example")
    const redirect = { address: "info@lamps.example", mode: "instead-of" } as const
    const owner = { kind: "agent" as const, id: benId }
    await company.run("setRedirect", { accountId, by: "Ada", owner, redirect })
    await remove(benId)
    await company.run("askSignInCode", { address: BEN })
    expect(await mailsTo(company, BEN, "sign-in-code")).toHaveLength(1)
    const { agentId } = await invite({ name: "Berta", address: BEN })
    expect(agentId).not.toBe(benId)
    const now = await settings(company)
    expect(now.team.find((one) => one.id === agentId)).toMatchObject({
      groups: [],
      redirect: null,
      joined: false,
    })
    expect(now.groups).toMatchObject([{ id: groupId, members: [] }])
    expect((await company.run("listRedirects", { accountId })).redirects).toEqual([])
    await comes(BEN)
    expect(await member(agentId)).toMatchObject({ joined: true })
  })

  test("who was deactivated can be removed; who was removed can be neither changed nor removed again", async () => {
    const { accountId, benId } = company
    await set(benId, { active: false })
    await remove(benId)
    await unchanged(company, () => set(benId, { active: true }), { code: "not-found" })
    await unchanged(company, () => set(benId, { name: "Ben" }), { code: "not-found" })
    await unchanged(company, () => remove(benId), { code: "not-found" })
    const join = () => company.run("createGroup", { accountId, name: "Returns", members: [benId] })
    await unchanged(company, join, { code: "not-found" })
  })

  test("the last admin stays one; with a second, the first can go", async () => {
    const { adaId, benId } = company
    const refusal = { code: "bad-input", message: expect.stringContaining("Ada is the last admin") }
    await unchanged(company, () => remove(adaId), refusal)
    await unchanged(company, () => set(adaId, { role: "agent" }), refusal)
    await unchanged(company, () => set(adaId, { active: false }), refusal)
    await set(benId, { role: "admin", active: false })
    await unchanged(company, () => remove(adaId), refusal)
    await set(benId, { active: true })
    await remove(adaId)
    expect((await settings(company)).team.map((one) => one.name)).toEqual(["Ben"])
  })
})
