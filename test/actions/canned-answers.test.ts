import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AgentId } from "../../shared/words/ids.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("canned answers on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const add = (agentId: AgentId, shared: boolean, name: string) =>
    company.run("createCannedAnswer", {
      ...{ accountId: company.accountId, agentId, shared, name, text: `${name}, {visitor}!` },
    })
  const names = async (agentId: AgentId) =>
    (await company.run("listCannedAnswers", { accountId: company.accountId, agentId })).answers.map(
      ({ name, shared }) => `${name}${shared ? "" : " (own)"}`,
    )
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      (error: { code?: string }) => error.code,
    )

  test("everybody has the account's, each their own", async () => {
    const { accountId, adaId, benId } = company
    await add(adaId, true, "Welcome")
    await add(adaId, false, "Away")
    const { answer } = await add(benId, false, "Bye")
    expect(await names(adaId)).toEqual(["Away (own)", "Welcome"])
    expect(await names(benId)).toEqual(["Bye (own)", "Welcome"])
    const changed = { accountId, agentId: benId, id: answer.id, name: "See you", text: "See you" }
    expect((await company.run("setCannedAnswer", changed)).answer).toMatchObject({
      name: "See you",
      setBy: "Ben",
    })
    await company.run("deleteCannedAnswer", { accountId, agentId: benId, id: answer.id })
    expect(await names(benId)).toEqual(["Welcome"])
  })

  test("only admins write the account's; nobody sees or writes another's own", async () => {
    const { accountId, adaId, benId } = company
    expect(await refusal(add(benId, true, "Welcome"))).toBe("forbidden")
    const { answer: shared } = await add(adaId, true, "Welcome")
    const { answer: own } = await add(adaId, false, "Away")
    const change = { accountId, agentId: benId, name: "x", text: "x" }
    expect(await refusal(company.run("setCannedAnswer", { ...change, id: shared.id }))).toBe("forbidden")
    expect(await refusal(company.run("deleteCannedAnswer", { ...change, id: shared.id }))).toBe("forbidden")
    expect(await refusal(company.run("setCannedAnswer", { ...change, id: own.id }))).toBe("not-found")
    expect(await refusal(company.run("deleteCannedAnswer", { ...change, id: own.id }))).toBe("not-found")
    expect(await names(adaId)).toEqual(["Away (own)", "Welcome"])
  })

  test("a name stands once among the account's, and once among one's own", async () => {
    const { accountId, adaId } = company
    const { answer } = await add(adaId, true, "Welcome")
    expect(await refusal(add(adaId, true, "welcome"))).toBe("already-exists")
    await add(adaId, false, "Welcome")
    const again = { accountId, agentId: adaId, id: answer.id, name: "Welcome", text: "Hi" }
    expect(await refusal(company.run("setCannedAnswer", again))).toBe("done")
  })

  test("who is removed takes their own along", async () => {
    const { accountId, adaId, benId } = company
    await add(benId, false, "Bye")
    await company.run("removeAgent", { accountId, agentId: benId })
    expect(await names(benId)).toEqual([])
    expect(await names(adaId)).toEqual([])
  })
})
