import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("search on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const find = (q: string, before?: number, limit = 20) =>
    company.run("searchConversations", {
      ...{ accountId: company.accountId, agentId: company.adaId, q, limit },
      ...(before === undefined ? {} : { before }),
    })
  /** Each found conversation's snippet with the hits in brackets. */
  const shown = async (q: string): Promise<string[]> =>
    (await find(q)).found.map(({ snippet }) =>
      snippet.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(""),
    )
  const say = async (text: string) => {
    const { visitorId } = await company.newVisitor()
    await company.pass(SECOND)
    return { visitorId, ...(await company.write(visitorId, text)) }
  }

  test("finds words whatever their case and accents, the last one by its beginning", async () => {
    await say("Máte žlutý KOŘEN pro Müller & Größe?")
    expect(await shown("mate zluty koren")).toEqual(["[Máte] [žlutý] [KOŘEN] pro Müller & Größe?"])
    expect(await shown("müll")).toEqual(["Máte žlutý KOŘEN pro [Müller] & Größe?"])
    expect(await shown("GROSSE")).toHaveLength(1)
    // Only the last word may be a beginning, and only while it is being written.
    expect(await shown("mül koren")).toEqual([])
    expect(await shown("mül ")).toEqual([])
    expect(await shown("zlutý modrý")).toEqual([])
    expect(await shown(" … ")).toEqual([])
    expect(await shown("")).toEqual([])
  })

  test("finds signs of scripts without spaces", async () => {
    await say("你好，我的订单在哪里？")
    expect(await shown("订单")).toHaveLength(1)
    expect(await shown("发票")).toEqual([])
  })

  test("what was written is text: markup is found as words and shown as it is", async () => {
    await say(`<img src=x onerror="alert('lamp')"> ' " * AND NOT -- ) lamp`)
    expect(await shown(`alert('lamp`)).toEqual([
      `<img src=x onerror="[alert]('[lamp]')"> ' " * AND NOT -- ) [lamp]`,
    ])
    for (const q of [`"`, `lamp" OR "x`, `lamp*`, `lamp & !x`, `'lamp':*`, `words:lamp`, "NEAR(lamp img)"])
      await find(q)
  })

  test("newest first, a conversation once, page after page without a gap", async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      const one = await say(`lamp ${n}`)
      await company.write(one.visitorId, "another lamp")
      ids.unshift(one.conversationId)
    }
    const seen: string[] = []
    let before: number | undefined
    for (;;) {
      const { found, next } = await find("lamp", before, 2)
      seen.push(...found.map(({ summary }) => summary.id))
      if (next === null) break
      before = next
    }
    expect([...new Set(seen)]).toEqual(ids)
  })

  test("answers, names and addresses are found as they are now", async () => {
    const { accountId, adaId } = company
    const { visitorId, conversationId } = await say("Hello?")
    await company.run("answerConversation", {
      ...{ accountId, agentId: adaId, conversationId, key: "answer-01", text: "Brass or steel?" },
    })
    expect((await find("brass")).found).toMatchObject([{ kind: "message", seq: 2 }])
    const contact = { accountId, visitorId }
    await company.run("setContact", { ...contact, address: "eve@shop.example", name: "Eve Novák" })
    expect((await find("novak shop")).found).toMatchObject([{ kind: "visitor", seq: null }])
    expect(await shown("eve@shop.example")).toEqual(["[Eve] Novák · [eve]@[shop].[example]"])
    await company.run("setContact", { ...contact, address: "eva@shop.example", name: "Eva" })
    expect(await shown("novak")).toEqual([])
    expect(await shown("eva")).toHaveLength(1)
    // Both conversations of one visitor are found by their name.
    const { groupId } = await company.run("createGroup", { accountId, name: "Sales", members: [] })
    await company.run("takeVisitorMessage", {
      ...{
        accountId,
        siteId: company.siteId,
        groupId,
        visitorId,
        key: "key-sales-01",
        text: "Hi",
        page: null,
      },
    })
    expect((await find("eva")).found).toHaveLength(2)
  })

  test("messages are found by the names of their files, whoever sent them, with text or without", async () => {
    const { accountId, adaId, siteId } = company
    const { visitorId, conversationId } = await say("Hello?")
    const file = (name: string) => ({ name, type: "text/plain", bytes: new Uint8Array([65]) })
    const asVisitor = { accountId, sender: { kind: "visitor", id: visitorId } as const }
    const photo = await company.run("takeUpload", {
      ...{ ...asVisitor, key: "file-0000001", file: file("Rozbitá lampa 2024.txt") },
    })
    const second = await company.run("takeUpload", {
      ...{ ...asVisitor, key: "file-0000002", file: file("invoice-77.txt") },
    })
    // What waits to be sent is nobody's to find.
    expect(await shown("rozbita")).toEqual([])
    const files = [photo.id, second.id]
    const message = { key: "with-a-file-1", text: "", page: null, files }
    await company.run("takeVisitorMessage", { accountId, siteId, groupId: null, visitorId, ...message })
    expect(await shown("rozbita lampa")).toEqual(["[Rozbitá] [lampa] 2024.txt · invoice-77.txt"])
    expect((await find("invoice-77.txt")).found).toMatchObject([{ kind: "message", seq: 2 }])

    const sender = { kind: "agent", id: adaId, conversationId } as const
    const manual = await company.run("takeUpload", {
      ...{ accountId, sender, key: "file-0000003", file: file("Manual.txt") },
    })
    await company.run("answerConversation", {
      ...{ accountId, agentId: adaId, conversationId, key: "answer-01", text: "Page two helps" },
      files: [manual.id],
    })
    expect(await shown("page manual")).toEqual(["[Page] two helps · [Manual].txt"])
    await company.run("erasePerson", { accountId, whose: { visitorId } })
    expect(await shown("manual")).toEqual([])
  })

  test("another account finds nothing of it", async () => {
    await say("a secret lamp")
    const other = { name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
    const { accountId } = await company.run("createAccount", other)
    const { agentId } = await company.run("createAgent", {
      ...{ accountId, name: "Eve", address: "eve@other.example", role: "admin", language: "en", zone: "UTC" },
    } as const)
    const q = { q: "lamp", limit: 5 }
    expect(await company.run("searchConversations", { accountId, agentId, ...q })).toEqual({
      found: [],
      next: null,
    })
    expect((await find("lamp")).found).toHaveLength(1)
  })
})
