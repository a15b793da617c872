import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"
import { writeTo } from "./settings-kit.ts"

/** Ada is in Sales, Ben in Returns. */
describe.each(STORES)("who a waiting message concerns changes on %s", (kind) => {
  let company: Company
  let sales: GroupId
  let returns: GroupId
  let ada: AgentId
  let ben: AgentId

  beforeEach(async () => {
    company = await openCompany(kind)
    const { accountId } = company
    ada = company.adaId
    ben = company.benId
    sales = (await company.run("createGroup", { accountId, name: "Sales", members: [ada] })).groupId
    returns = (await company.run("createGroup", { accountId, name: "Returns", members: [ben] })).groupId
  })
  afterEach(() => company.close())

  const set = (agentId: AgentId, change: { groups?: GroupId[]; active?: boolean }) =>
    company.run("setAgent", { accountId: company.accountId, agentId, ...change })
  const joinBoth = () => set(ben, { groups: [sales, returns] })

  test("who leaves its group is told so, and not that they wait for a mail that goes to others", async () => {
    await joinBoth()
    const { codeFor } = await writeTo(company, sales)
    expect(await codeFor(ben)).toBe("waiting")
    await set(ben, { groups: [returns] })
    expect(await codeFor(ben)).toBe("other-group")
    expect(await codeFor(ada)).toBe("waiting")
    await company.pass(2 * MINUTE)
    expect([await codeFor(ada), await codeFor(ben)]).toEqual(["sent-to", "other-group"])
  })

  test("negative control: who stays gets the mail", async () => {
    await joinBoth()
    const { codeFor } = await writeTo(company, sales)
    await company.pass(2 * MINUTE)
    expect([await codeFor(ada), await codeFor(ben)]).toEqual(["sent-to", "sent-to"])
  })

  test("who comes to its group is told what their colleagues are", async () => {
    const { codeFor } = await writeTo(company, sales)
    expect(await codeFor(ben)).toBe("other-group")
    await company.run("setGroup", { accountId: company.accountId, groupId: sales, members: [ada, ben] })
    expect(await codeFor(ben)).toBe("waiting")
  })

  test("while it rests, with whom it rests is said", async () => {
    await company.beat(await company.signIn("ada@lamps.example"))
    const { codeFor } = await writeTo(company, sales)
    await joinBoth()
    expect([await codeFor(ada), await codeFor(ben)]).toEqual(["present-on-device", "colleague-online"])
  })

  test.each(["a deleted group", "a plan without groups"])("it concerns everybody with %s", async (what) => {
    const { accountId } = company
    const { codeFor } = await writeTo(company, sales)
    if (what === "a deleted group") await company.run("deleteGroup", { accountId, groupId: sales })
    else await company.run("setAccount", { accountId, plan: "standard" })
    expect(await codeFor(ben)).toBe("waiting")
  })

  test("who is active again waits again, and who is new does too", async () => {
    const { accountId } = company
    const { codeFor } = await writeTo(company, null)
    await set(ben, { active: false })
    expect(await codeFor(ben)).toBe("inactive")
    await set(ben, { active: true })
    expect(await codeFor(ben)).toBe("waiting")
    const cleo = { name: "Cleo", address: "cleo@lamps.example", role: "agent" } as const
    const { agentId } = await company.run("inviteAgent", { accountId, by: ada, ...cleo, groups: [] })
    expect(await codeFor(agentId)).toBe("waiting")
    const dan = { name: "Dan", address: "dan@lamps.example", role: "agent" } as const
    const added = await company.run("createAgent", { accountId, ...dan, language: "en", zone: "UTC" })
    expect(await codeFor(added.agentId)).toBe("waiting")
  })

  test("what was decided about others, and about messages that wait no more, stays as it was", async () => {
    const { accountId } = company
    await joinBoth()
    const opened = await writeTo(company, sales)
    const byAda = { accountId, agentId: ada, conversationId: opened.conversationId }
    await company.run("openConversation", { ...byAda, seq: 1 })
    const waiting = await writeTo(company, sales)
    const kept = async () => [
      ...(await opened.view()).verdicts,
      ...(await waiting.view()).verdicts.filter((verdict) => verdict.agentId === ada),
    ]
    const before = await kept()
    company.jump(1000)
    await set(ben, { groups: [returns] })
    expect(await kept()).toEqual(before)
    expect(await opened.codeFor(ben)).toBe("opened")
  })
})
