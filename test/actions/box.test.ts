import { createHmac } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { PLAIN_LOOK, type SiteBox } from "../../shared/words/look.ts"
import { DAY, HOUR, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

/** How a site has its box, what its pages say of visitors, how these found it, and their copies by mail. */

describe.each(STORES)("a site's chat box on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const set = (box: Partial<SiteBox>) => {
    const { accountId, siteId } = company
    const all = { look: PLAIN_LOOK, rates: false, transcripts: false, ...box }
    return company.run("setSiteBox", { accountId, siteId, ...all })
  }
  const introduce = (visitorId: Visitor, who: object | string, signature: string | null = null) => {
    const said = typeof who === "string" ? who : JSON.stringify(who)
    return company.run("introduceVisitor", { accountId: company.accountId, visitorId, said, signature })
  }
  type Visitor = Awaited<ReturnType<Company["newVisitor"]>>["visitorId"]
  type Conversation = Awaited<ReturnType<Company["write"]>>["conversationId"]

  const read = (conversationId: Conversation) =>
    company.run("readConversation", { accountId: company.accountId, agentId: company.adaId, conversationId })
  const asAda = (conversationId: Conversation) => ({
    accountId: company.accountId,
    agentId: company.adaId,
    conversationId,
  })
  const answer = (conversationId: Conversation, text = "Yes", key = "answer-0001") =>
    company.run("answerConversation", { ...asAda(conversationId), key, text })
  const close = (conversationId: Conversation) => company.run("closeConversation", asAda(conversationId))
  const rate = (
    visitorId: Visitor,
    conversationId: Conversation,
    good: boolean,
    words: string | null = null,
  ) =>
    company.run("rateConversation", { accountId: company.accountId, visitorId, conversationId, good, words })
  const copy = (visitorId: Visitor, conversationId: Conversation) =>
    company.run("mailTranscript", { accountId: company.accountId, visitorId, conversationId })
  const visitorWrites = async (text = "Is it in stock?") => {
    const { visitorId, visitor } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, text)
    return { visitorId, visitor, conversationId }
  }

  test("looks as it was set, for pages that are loaded from then on", async () => {
    const { accountId, siteKey } = company
    expect(await company.run("readFrame", { siteKey })).toMatchObject({ look: PLAIN_LOOK, rates: false })
    const look = { ...PLAIN_LOOK, color: "#0b6b3a", side: "left", greeting: { en: "Hi" } } as const
    const { version } = await set({ look, rates: true })
    expect(await company.run("readFrame", { siteKey })).toMatchObject({
      look,
      rates: true,
      transcripts: false,
    })
    const { sites, version: now } = await company.run("readSettings", { accountId })
    expect(now).toBe(version)
    expect(sites[0]?.box).toEqual({ look, rates: true, transcripts: false, signs: false })
    await expect(company.run("readFrame", { siteKey: "nobodys" })).rejects.toMatchObject({
      code: "not-found",
    })
  })

  test("a page's word gives a visitor a name and an address, marked as said by the page", async () => {
    const { visitorId, conversationId } = await visitorWrites()
    const who = {
      name: "Eve  Moss",
      email: "Eve@Example.org",
      plan: "gold",
      since: 2019,
      gone: null,
      deep: {},
    }
    expect(await introduce(visitorId, who)).toEqual({ name: "Eve Moss", address: "eve@example.org" })
    const view = await read(conversationId)
    expect([view.visitor, view.visitorAddress]).toEqual(["Eve Moss", "eve@example.org"])
    expect(view.identity).toEqual({
      name: "Eve Moss",
      address: "eve@example.org",
      facts: [
        { label: "plan", value: "gold" },
        { label: "since", value: "2019" },
      ],
      signed: false,
    })
  })

  test("an address that the visitor gave stays, whatever the page says", async () => {
    const { visitorId } = await visitorWrites()
    const { accountId } = company
    await company.run("setContact", { accountId, visitorId, address: "mine@example.org", name: null })
    expect(await introduce(visitorId, { email: "other@example.org" })).toMatchObject({
      address: "mine@example.org",
    })
    const second = await visitorWrites()
    await introduce(second.visitorId, { email: "one@example.org" })
    expect(await introduce(second.visitorId, { email: "two@example.org" })).toMatchObject({
      address: "two@example.org",
    })
  })

  test("what the site's server signed is signed; what only claims to be is refused and changes nothing", async () => {
    const { accountId, siteId } = company
    const { visitorId, conversationId } = await visitorWrites()
    const text = JSON.stringify({
      name: "Eve",
      email: "eve@example.org",
      expires: company.now() / SECOND + 60,
    })
    const sign = (key: string, said = text) => createHmac("sha256", key).update(said).digest("hex")
    await expect(introduce(visitorId, text, sign("guessed"))).rejects.toMatchObject({ code: "forbidden" })
    const { key } = await company.run("makeIdentityKey", { accountId, siteId })
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    await expect(introduce(visitorId, text, sign("guessed"))).rejects.toMatchObject({ code: "forbidden" })
    await expect(introduce(visitorId, text, "no hex")).rejects.toMatchObject({ code: "forbidden" })
    await expect(introduce(visitorId, `${text} `, sign(key))).rejects.toMatchObject({ code: "forbidden" })
    expect((await read(conversationId)).identity).toBeNull()
    await introduce(visitorId, text, sign(key))
    expect((await read(conversationId)).identity).toMatchObject({ name: "Eve", signed: true, facts: [] })
    // A page's bare word does not take the place of a signed one.
    await introduce(visitorId, { name: "Mallory" })
    expect((await read(conversationId)).identity).toMatchObject({ name: "Eve", signed: true })
    company.jump(61 * SECOND)
    await expect(introduce(visitorId, text, sign(key))).rejects.toMatchObject({ code: "forbidden" })
    // Another key: the one before counts no more.
    const anew = await company.run("makeIdentityKey", { accountId, siteId })
    const plain = '{"name":"Eva"}'
    await expect(introduce(visitorId, plain, sign(key, plain))).rejects.toMatchObject({ code: "forbidden" })
    await introduce(visitorId, plain, sign(anew.key, plain))
    expect((await read(conversationId)).identity).toMatchObject({ name: "Eva", signed: true })
  })

  test("what is no identity is refused with words for who wrote the page", async () => {
    const { visitorId, conversationId } = await visitorWrites()
    for (const said of ["", "[]", "null", "{", '{"email":"nobody"}', '{"name":"   "}'])
      await expect(introduce(visitorId, said), said).rejects.toMatchObject({ code: "bad-input" })
    expect((await read(conversationId)).identity).toBeNull()
  })

  test("a closed conversation can be rated where the site asks; the last word counts", async () => {
    const { accountId } = company
    const { visitorId, visitor, conversationId } = await visitorWrites()
    await answer(conversationId)
    await close(conversationId)
    await expect(rate(visitorId, conversationId, true)).rejects.toMatchObject({ code: "forbidden" })
    await set({ rates: true })
    await rate(visitorId, conversationId, true)
    await rate(visitorId, conversationId, false, "Too slow")
    await rate(visitorId, conversationId, false)
    const rating = { good: false, words: "Too slow", agent: "Ada", at: company.now() }
    expect((await read(conversationId)).rating).toEqual(rating)
    const { ratings } = await company.run("listRatings", { accountId, limit: 10 })
    expect(ratings).toEqual([{ conversationId, ...rating }])
    const { box } = await company.run("readBox", { siteKey: company.siteKey, groupId: null, visitor })
    expect([box.ended, box.rating]).toEqual([true, false])
    // Not of others, and not while it goes on.
    const other = await company.newVisitor()
    await expect(rate(other.visitorId, conversationId, true)).rejects.toMatchObject({ code: "not-found" })
    await company.write(visitorId, "One more thing")
    await expect(rate(visitorId, conversationId, true)).rejects.toMatchObject({ code: "stale" })
  })

  test("a copy goes by mail to the visitor's own address alone, and only once somebody has answered", async () => {
    const { accountId } = company
    const { visitorId, conversationId } = await visitorWrites("Buy my pills: https://pills.example")
    const copies = async () =>
      (await company.run("listDeliveries", { accountId, limit: 50 })).filter(
        (one) => one.kind === "transcript",
      )
    await expect(copy(visitorId, conversationId)).rejects.toMatchObject({ code: "forbidden" })
    await set({ transcripts: true })
    await expect(copy(visitorId, conversationId)).rejects.toMatchObject({ code: "bad-input" })
    await company.run("setContact", { accountId, visitorId, address: "eve@example.org", name: null })
    // Nobody of the team has said a word: what a stranger typed is mailed to nobody.
    await expect(copy(visitorId, conversationId)).rejects.toMatchObject({ code: "stale" })
    expect(await copies()).toEqual([])
    await answer(conversationId, "No, thank you")
    expect(await copy(visitorId, conversationId)).toEqual({ to: "eve@example.org" })
    const stranger = await company.newVisitor()
    await expect(copy(stranger.visitorId, conversationId)).rejects.toMatchObject({ code: "not-found" })
    await copy(visitorId, conversationId)
    await expect(copy(visitorId, conversationId)).rejects.toMatchObject({ code: "too-many" })
    const sent = await copies()
    expect(sent.map(({ to }) => to)).toEqual(["eve@example.org", "eve@example.org"])
    const { content } = await company.run("readDelivery", { id: sent[0]!.id })
    expect(content).toMatchObject({
      kind: "transcript",
      site: "Lamps",
      language: "en",
      more: 0,
      messages: [
        { author: "visitor", name: null, text: "Buy my pills: https://pills.example", files: [] },
        { author: "agent", name: "Ada", text: "No, thank you", files: [] },
      ],
    })
    company.jump(HOUR + DAY)
    await copy(visitorId, conversationId)
    expect(await copies()).toHaveLength(3)
  })
})
