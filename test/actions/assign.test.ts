import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("whose a conversation is, on %s", (kind) => {
  let company: Company
  let conversationId: Awaited<ReturnType<Company["write"]>>["conversationId"]
  let visitorId: Awaited<ReturnType<Company["newVisitor"]>>["visitorId"]

  beforeEach(async () => {
    company = await openCompany(kind)
    visitorId = (await company.newVisitor()).visitorId
    conversationId = (await company.write(visitorId, "Hello?")).conversationId
  })
  afterEach(() => company.close())

  const by = (agentId = company.adaId) => ({ accountId: company.accountId, agentId, conversationId })
  const join = (agentId = company.adaId) => company.run("joinConversation", by(agentId))
  const assign = (to: { agentId: Company["adaId"] } | { groupId: never | null }, agentId = company.adaId) =>
    company.run("assignConversation", { ...by(agentId), to })
  const undo = (deed: "close" | "hand-back" | "assign", agentId = company.adaId) =>
    company.run("undoDeed", { ...by(agentId), deed })
  const view = (agentId = company.adaId) => company.run("readConversation", by(agentId))
  const codes = async () =>
    Object.fromEntries((await view()).verdicts.map((one) => [`${one.agentName} ${one.seq}`, one.reason.code]))
  const counts = async (agentId = company.adaId) => {
    const { accountId } = company
    return (await company.run("listConversations", { accountId, agentId, list: "all", limit: 1 })).counts
  }
  const notices = async () =>
    (await company.run("listDeliveries", { accountId: company.accountId, limit: 50 })).filter(
      (one) => one.kind === "offline-notice",
    )
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      (error: { code?: string }) => error.code,
    )

  test("given to a colleague it is theirs, and what they have not seen still counts", async () => {
    await join()
    expect(await codes()).toEqual({ "Ada 1": "joined", "Ben 1": "joined" })
    await assign({ agentId: company.benId })
    expect(await view()).toMatchObject({ state: "mine", joinedByName: "Ben", batch: "counting" })
    expect(await counts(company.benId)).toEqual({ unserved: 0, mine: 1, all: 1 })
    expect(await counts()).toEqual({ unserved: 0, mine: 0, all: 1 })
    expect(await codes()).toEqual({ "Ada 1": "waiting", "Ben 1": "waiting" })
    await company.pass(MINUTE)
    expect(await notices()).toHaveLength(0)
    await company.pass(MINUTE)
    expect((await notices()).map((one) => one.to).sort()).toEqual(["ada@lamps.example", "ben@lamps.example"])
  })

  test("negative control: what was answered before is not counted for whoever gets it", async () => {
    const answer = { key: "answer-01", text: "Yes?" }
    await company.run("answerConversation", { ...by(), ...answer })
    await assign({ agentId: company.benId })
    expect(await view()).toMatchObject({ state: "mine", joinedByName: "Ben", batch: "none" })
    await company.pass(3 * MINUTE)
    expect(await notices()).toHaveLength(0)
  })

  test("and opening it is theirs to do: then nothing counts any more", async () => {
    await join()
    await assign({ agentId: company.benId })
    await company.run("openConversation", { ...by(company.benId), seq: 1 })
    await company.pass(3 * MINUTE)
    expect(await notices()).toHaveLength(0)
    expect((await view(company.benId)).unopened).toBe(0)
  })

  test("handed over to a group it is unserved for that group alone; its visitor finds it again", async () => {
    const { accountId, adaId, benId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Sales", members: [benId] })
    await company.run("createGroup", { accountId, name: "Returns", members: [adaId] })
    await join()
    await company.run("assignConversation", { ...by(), to: { groupId } })
    expect(await view()).toMatchObject({ state: "unserved", group: "Sales", joinedBy: null })
    expect(await counts()).toEqual({ unserved: 0, mine: 0, all: 1 })
    expect(await counts(benId)).toEqual({ unserved: 1, mine: 0, all: 1 })
    expect(await codes()).toEqual({ "Ada 1": "other-group", "Ben 1": "waiting" })
    const again = await company.write(visitorId, "And?")
    expect(again.conversationId).toBe(conversationId)
    await company.pass(2 * MINUTE)
    expect((await notices()).map((one) => one.to)).toEqual(["ben@lamps.example"])
    // And back to everybody.
    await company.run("assignConversation", { ...by(benId), to: { groupId: null } })
    expect(await view()).toMatchObject({ state: "unserved", group: null })
    expect(await counts()).toEqual({ unserved: 1, mine: 0, all: 1 })
    // It says who gave it to whom; what was taken back was not done.
    const lines = async () => (await view()).handOvers.map(({ why, by: who, to }) => [why, who, to])
    const told = [
      ["handed-over", "Ada", "Sales"],
      ["handed-over", "Ben", null],
    ]
    expect(await lines()).toEqual(told)
    await company.pass(MINUTE)
    await assign({ agentId: benId })
    expect(await lines()).toEqual([...told, ["assigned", "Ada", "Ben"]])
    await undo("assign")
    expect(await lines()).toEqual(told)
    await join()
    await company.run("handBackConversation", by())
    expect(await lines()).toEqual([...told, ["handed-back", "Ada", null]])
  })

  test("to nobody who is not there: agents of elsewhere or gone, groups that are deleted or not in the plan", async () => {
    const { accountId, benId } = company
    await company.run("setAgent", { accountId, agentId: benId, active: false })
    expect(await refusal(assign({ agentId: benId }))).toBe("not-found")
    const { groupId } = await company.run("createGroup", { accountId, name: "Sales", members: [] })
    await company.run("deleteGroup", { accountId, groupId })
    expect(await refusal(assign({ groupId: groupId as never }))).toBe("not-found")
    await company.run("setAccount", { accountId, plan: "standard" })
    expect(await refusal(assign({ groupId: groupId as never }))).toBe("not-in-plan")
    expect(await view()).toMatchObject({ state: "unserved", group: null })
  })

  test("to oneself it is joining", async () => {
    await assign({ agentId: company.adaId })
    expect(await view()).toMatchObject({ state: "mine", joinedByName: "Ada", batch: "none" })
  })

  test("closing is taken back: it waits as before, and so does what nobody had seen", async () => {
    await company.run("closeConversation", by())
    expect(await view()).toMatchObject({ state: "closed", batch: "none" })
    await company.jump(5 * SECOND)
    await undo("close")
    expect(await view()).toMatchObject({ state: "unserved", batch: "counting" })
    expect(await counts()).toEqual({ unserved: 1, mine: 0, all: 1 })
    expect(await codes()).toEqual({ "Ada 1": "waiting", "Ben 1": "waiting" })
    await company.pass(2 * MINUTE)
    expect(await notices()).toHaveLength(2)
  })

  test("negative control: what was closed and left so is mailed to nobody", async () => {
    await company.run("closeConversation", by())
    await company.pass(3 * MINUTE)
    expect(await notices()).toHaveLength(0)
  })

  test("handing back is taken back: it is theirs again, covered as it was, for the reason it was", async () => {
    await join()
    await company.jump(SECOND)
    const before = await view()
    await company.run("handBackConversation", by())
    expect(await codes()).toEqual({ "Ada 1": "waiting", "Ben 1": "waiting" })
    await company.jump(SECOND)
    await undo("hand-back")
    const after = await view()
    expect(after).toMatchObject({ state: "mine", joinedByName: "Ada", batch: "none" })
    expect(after.verdicts).toEqual(before.verdicts)
    await company.pass(3 * MINUTE)
    expect(await notices()).toHaveLength(0)
  })

  test("assigning is taken back: it is whose it was", async () => {
    await join(company.benId)
    await assign({ agentId: company.adaId }, company.benId)
    expect((await view()).joinedByName).toBe("Ada")
    await undo("assign", company.benId)
    expect(await view()).toMatchObject({ state: "mine", joinedByName: "Ben", batch: "none" })
  })

  test("but not when something happened meanwhile", async () => {
    await join()
    await company.run("handBackConversation", by())
    await company.write(visitorId, "Anybody?")
    expect(await refusal(undo("hand-back"))).toBe("stale")
    expect(await view()).toMatchObject({ state: "unserved", batch: "counting" })
    await company.run("closeConversation", by())
    await join(company.benId)
    expect(await refusal(undo("close"))).toBe("stale")
    expect((await view()).joinedByName).toBe("Ben")
  })

  test("nor when a notice went out, nor late, nor twice, nor by somebody else, nor something else", async () => {
    const { accountId } = company
    await join()
    await company.run("setAccount", { accountId, waitMs: 0 })
    await company.run("handBackConversation", by())
    await company.pass(SECOND)
    expect(await notices()).not.toHaveLength(0)
    expect(await refusal(undo("hand-back"))).toBe("stale")
    await company.run("closeConversation", by())
    await company.jump(MINUTE + 1)
    expect(await refusal(undo("close"))).toBe("stale")
    await join()
    await company.run("closeConversation", by())
    expect(await refusal(undo("close", company.benId))).toBe("stale")
    await join()
    await company.run("closeConversation", by())
    expect(await refusal(undo("hand-back"))).toBe("stale")
    await join()
    await company.run("closeConversation", by())
    expect(await refusal(undo("close"))).toBe("done")
    expect(await refusal(undo("close"))).toBe("stale")
  })
})
