import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AgentId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

/** Tabs of a visitor over several relays, what they have shown, and the answers that go out by mail. */
describe.each(STORES)("a visitor's tabs on %s", (kind) => {
  let company: Company
  let visitor: Awaited<ReturnType<Company["newVisitor"]>>

  beforeEach(async () => {
    company = await openCompany(kind)
    visitor = await company.newVisitor()
    await company.run("setContact", { ...ids(), address: "vera@home.example", name: "Vera" })
  })
  afterEach(() => company.close())

  const ids = () => ({ accountId: company.accountId, visitorId: visitor.visitorId })
  const tab = (tabId: string, relayId: string) => ({ ...ids(), tabId, relayId })

  const answer = (conversationId: Awaited<ReturnType<Company["write"]>>["conversationId"], key: string) =>
    company.run("answerConversation", {
      accountId: company.accountId,
      agentId: company.adaId as AgentId,
      conversationId,
      key,
      text: "Yes, in blue.",
    })

  const answersMailed = async () => {
    const mails = await company.run("listDeliveries", { accountId: company.accountId, limit: 100 })
    return mails.filter((mail) => mail.kind === "answer").length
  }

  test("a tab that came back at another relay stays open when the first notices that its line is dead", async () => {
    await company.run("openTab", tab("tab-00001", "relay-a"))
    const { conversationId } = await company.write(visitor.visitorId, "Hello?")
    await company.run("openTab", tab("tab-00001", "relay-b"))
    await company.run("closeTab", tab("tab-00001", "relay-a"))
    await answer(conversationId, "answer-0001")
    await company.pass(3 * MINUTE)
    expect(await answersMailed()).toBe(0)
    await company.run("closeTab", tab("tab-00001", "relay-b"))
    await company.pass(60 * SECOND)
    expect(await answersMailed()).toBe(1)
  })

  test("twenty page changes are no leaving; the end of the last page is", async () => {
    const ada = await company.signIn("ada@lamps.example")
    const missed = async () => {
      const mails = await company.run("listDeliveries", { accountId: company.accountId, limit: 100 })
      return mails.filter((mail) => mail.kind === "missed-notice").length
    }
    const passThere = async (seconds: number) => {
      for (let left = seconds; left > 0; left -= 20) {
        await company.beat(ada)
        await company.pass(Math.min(left, 20) * SECOND)
      }
    }
    await company.beat(ada)
    await company.run("openTab", tab("tab-00000", "relay"))
    await company.write(visitor.visitorId, "I look around meanwhile")
    for (let page = 1; page <= 20; page += 1) {
      await company.run("closeTab", tab(`tab-${String(page - 1).padStart(5, "0")}`, "relay"))
      // A slow page.
      await passThere(8)
      await company.run("openTab", tab(`tab-${String(page).padStart(5, "0")}`, "relay"))
      await passThere(4)
    }
    expect(await missed()).toBe(0)
    await company.run("closeTab", tab("tab-00020", "relay"))
    await passThere(59)
    expect(await missed()).toBe(0)
    await passThere(2)
    expect(await missed()).toBeGreaterThan(0)
  })

  test("what was seen in one conversation says nothing of another", async () => {
    const { conversationId } = await company.write(visitor.visitorId, "Hello?")
    await answer(conversationId, "answer-0001")
    const { conversationId: other } = await company.run("takeVisitorMessage", {
      ...ids(),
      siteId: company.siteId,
      groupId: "gr_aaaaaaaaaaaaaaaaaaaa" as never,
      key: "key-in-a-group",
      text: "And this?",
      page: null,
    })
    await answer(other, "answer-0002")
    await company.run("visitorSaw", { ...ids(), conversationId, seq: 2 })
    const seen = async (id: typeof conversationId) =>
      (
        await company.run("readConversation", {
          accountId: company.accountId,
          agentId: company.adaId,
          conversationId: id,
        })
      ).visitorSeenSeq
    expect([await seen(conversationId), await seen(other)]).toEqual([2, 0])
  })

  test("tabs of a relay that died are closed a few at a time, and it is forgotten after the last", async () => {
    const { conversationId } = await company.write(visitor.visitorId, "Hello?")
    await company.run("signRelay", { relayId: "relay-a" })
    for (let n = 0; n < 250; n += 1) await company.run("openTab", tab(`tab-${n}`, "relay-a"))
    await answer(conversationId, "answer-0001")
    // Given up at 60 s; the tabs go with the signs of life of the other at 60 and 90 s.
    await company.pass(120 * SECOND)
    expect(await answersMailed()).toBe(0)
    await company.pass(30 * SECOND)
    expect(await answersMailed()).toBe(1)
  })

  test("a visitor is known on their own site only", async () => {
    await company.write(visitor.visitorId, "Hello?")
    const { siteId, siteKey } = await company.run("createSite", {
      accountId: company.accountId,
      name: "Another",
      origins: ["*"],
      language: "en",
    })
    const box = await company.run("readBox", { siteKey, groupId: null, visitor: visitor.visitor })
    expect(box).toMatchObject({ visitorId: null, conversationId: null, box: { messages: [] } })
    const message = { siteId, groupId: null, key: "key-elsewhere", text: "Hello?", page: null }
    await expect(company.run("takeVisitorMessage", { ...ids(), ...message })).rejects.toMatchObject({
      code: "not-found",
    })
  })
})
