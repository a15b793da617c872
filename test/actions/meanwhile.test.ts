import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ConversationId } from "../../shared/words/ids.ts"
import type { KnownState } from "../../shared/words/meanwhile.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("an answer that was written a while ago, on %s", (kind) => {
  let company: Company
  let conversationId: ConversationId
  let again: (text: string) => Promise<unknown>
  let known: KnownState
  let keys = 0

  beforeEach(async () => {
    company = await openCompany(kind)
    const { visitorId } = await company.newVisitor()
    conversationId = (await company.write(visitorId, "Do you deliver to Brno?")).conversationId
    again = (text) => company.write(visitorId, text)
    known = { seq: 1, state: "unserved", joinedBy: null }
  })
  afterEach(() => company.close())

  const as = (agentId: Company["adaId"]) => ({ accountId: company.accountId, agentId, conversationId })

  const answer = (agentId: Company["adaId"], seen?: KnownState, key = `answer-0000${++keys}`) =>
    company.run("answerConversation", { ...as(agentId), key, text: "We do.", ...(seen && { known: seen }) })

  const refusal = async (agentId: Company["adaId"]) => {
    const error = await answer(agentId, known).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Refusal)
    const { code, facts } = error as Refusal
    expect(code).toBe("stale")
    return facts
  }

  test("is posted where nothing has happened, also after one's own answer before it", async () => {
    expect((await answer(company.adaId, known)).message.seq).toBe(2)
    expect((await answer(company.adaId, known)).message.seq).toBe(3)
  })

  test("is posted once, whatever has happened since it was", async () => {
    const key = "key-once-once"
    const first = await answer(company.adaId, known, key)
    await company.run("closeConversation", as(company.benId))
    expect((await answer(company.adaId, known, key)).message.id).toBe(first.message.id)
  })

  test("is held back where a colleague answered, joined or closed, and where the visitor went on", async () => {
    await again("Or to Olomouc?")
    await again("Never mind.")
    expect(await refusal(company.adaId)).toEqual({ what: "wrote", count: 2 })
    await company.run("joinConversation", as(company.benId))
    expect(await refusal(company.adaId)).toEqual({ what: "joined", who: "Ben" })
    await answer(company.benId)
    expect(await refusal(company.adaId)).toEqual({ what: "answered", who: "Ben" })
    known = { seq: 4, state: "mine", joinedBy: company.benId }
    await company.run("closeConversation", as(company.benId))
    expect(await refusal(company.adaId)).toEqual({ what: "closed" })
    // Its writer knows, and sends it all the same.
    expect((await answer(company.adaId)).message.text).toBe("We do.")
  })
})
