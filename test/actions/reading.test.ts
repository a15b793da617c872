import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { newId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("reading on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const list = (name: "unserved" | "mine" | "all", agentId = company.adaId, after?: string, limit = 50) =>
    company.run("listConversations", {
      ...{ accountId: company.accountId, agentId, list: name, limit },
      ...(after === undefined ? {} : { after }),
    })
  const toolbar = async (agentId = company.adaId, deviceId = newId("device")) => {
    const { accountId } = company
    const [state] = await company.run("readToolbars", { accountId, who: [{ agentId, deviceId }] })
    return state!
  }

  test("a conversation is in the lists it belongs to, newest first, with its words and marks", async () => {
    const { accountId, adaId, benId } = company
    const [eve, tom] = [await company.newVisitor(), await company.newVisitor()]
    await company.run("setContact", { accountId, visitorId: eve.visitorId, address: null, name: "Eve" })
    const first = await company.write(eve.visitorId, `Do you have\n\n  desk lamps? ${"x".repeat(200)}`)
    await company.pass(SECOND)
    const second = await company.write(tom.visitorId, "Hello?")
    await company.run("joinConversation", {
      accountId,
      agentId: adaId,
      conversationId: second.conversationId,
    })

    const unserved = await list("unserved")
    expect(unserved.counts).toEqual({ unserved: 1, mine: 1, all: 2 })
    expect(unserved.conversations).toHaveLength(1)
    expect(unserved.conversations[0]).toMatchObject({
      id: first.conversationId,
      state: "unserved",
      channel: "chat",
      site: "Lamps",
      group: null,
      visitor: "Eve",
      joinedBy: null,
      lastAuthor: "visitor",
      lastSeq: 1,
      unopened: 1,
      unconfirmed: 0,
      batch: "counting",
    })
    expect(unserved.conversations[0]?.excerpt).toMatch(
      /^Do you have desk lamps\? x+…$|^Do you have desk lamps\?…$/,
    )
    expect(unserved.conversations[0]?.excerpt.length).toBeLessThanOrEqual(120)
    expect((await list("mine")).conversations).toMatchObject([{ joinedByName: "Ada", unopened: 0 }])
    expect((await list("mine", benId)).conversations).toEqual([])
    expect((await list("all")).conversations.map((one) => one.id)).toEqual([
      second.conversationId,
      first.conversationId,
    ])
  })

  test("pages follow one another without gaps or repeats", async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const { visitorId } = await company.newVisitor()
      ids.unshift((await company.write(visitorId, `Hello ${n}`)).conversationId)
    }
    const seen: string[] = []
    let after: string | undefined
    for (;;) {
      // All of one moment: their ids say which comes first.
      const { conversations, next } = await list("all", company.adaId, after, 2)
      seen.push(...conversations.map((one) => one.id))
      if (next === null) break
      after = next
    }
    expect(seen).toEqual(ids.sort().reverse())
    expect(new Set(seen).size).toBe(5)
  })

  test("what is unopened is each agent's own", async () => {
    const { accountId, adaId, benId } = company
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "One")
    await company.run("openConversation", { accountId, agentId: adaId, conversationId, seq: 1 })
    await company.write(visitorId, "Two")
    expect((await list("all", adaId)).conversations[0]?.unopened).toBe(1)
    expect((await list("all", benId)).conversations[0]?.unopened).toBe(2)
  })

  test("a conversation shows its messages, its visitor, verdicts and mails", async () => {
    const { accountId, adaId } = company
    const { visitorId } = await company.newVisitor("cs")
    await company.run("openTab", { accountId, visitorId, tabId: "tab-0001", relayId: "relay" })
    await company.run("setContact", { accountId, visitorId, address: "eve@example.org", name: null })
    const { conversationId } = await company.write(visitorId, "Is anybody there?")
    await company.pass(2 * MINUTE)
    const answer = { accountId, agentId: adaId, conversationId, key: "key-answer-1", text: "Now I am" }
    await company.run("answerConversation", answer)
    await company.run("visitorSaw", { accountId, visitorId, conversationId, seq: 2 })
    const view = await company.run("readConversation", { accountId, agentId: adaId, conversationId })
    expect(view).toMatchObject({
      id: conversationId,
      state: "mine",
      visitor: "eve@example.org",
      visitorId,
      visitorAddress: "eve@example.org",
      visitorZone: "Europe/Madrid",
      visitorDevice: null,
      visitorLanguage: "cs",
      page: { url: "https://lamps.example/desk-lamps", title: "Desk lamps" },
      visitorHere: true,
      visitorSeenSeq: 2,
      joinedByName: "Ada",
      unconfirmedAnswers: [],
    })
    expect(view.messages).toMatchObject([
      { seq: 1, author: "visitor", name: null, text: "Is anybody there?" },
      { seq: 2, author: "agent", name: "Ada", text: "Now I am" },
    ])
    expect(view.deliveries.map((mail) => mail.to).sort()).toEqual(["ada@lamps.example", "ben@lamps.example"])
    expect(view.deliveries[0]).toMatchObject({ kind: "offline-notice", state: "queued", conversationId })
    expect(view.deliveries[0]?.subject).toContain("Is anybody there?")
    expect(view.verdicts.map((verdict) => [verdict.agentName, verdict.reason.code]).sort()).toEqual([
      ["Ada", "sent-to"],
      ["Ben", "sent-to"],
    ])
    const told = await company.run("why", { conversationId })
    expect(told.conversation).toMatchObject({ id: conversationId, accountId, state: "mine", batch: "none" })
    expect(told.messages).toMatchObject([{ seq: 1, excerpt: "Is anybody there?", coveredBy: "mailed" }])
    expect(told.verdicts).toEqual(view.verdicts)
    expect(told.deliveries).toEqual(view.deliveries)
  })

  test("another account's conversation is not there", async () => {
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Hello?")
    const other = await company.run("createAccount", {
      name: "Other",
      language: "en",
      zone: "UTC",
      graceMs: 0,
      waitMs: 0,
    })
    const foreign = company.run("readConversation", { ...other, agentId: company.adaId, conversationId })
    await expect(foreign).rejects.toMatchObject({ code: "not-found" })
    const unknown = company.run("why", { conversationId: newId("conversation") })
    await expect(unknown).rejects.toMatchObject({ code: "not-found" })
  })

  test("the toolbar says who holds the light, and with which device", async () => {
    const { adaId, benId } = company
    const dark = await toolbar()
    expect(dark).toMatchObject({ online: false, light: false, lightReason: { code: "nobody-online" } })
    const ada = await company.signIn("ada@lamps.example", "Laptop")
    const other = await company.signIn("ada@lamps.example", "Desk PC")
    await company.beat(ada)
    const lit = await toolbar(adaId, ada.deviceId)
    expect(lit).toMatchObject({
      now: company.now(),
      account: { id: company.accountId, name: "Lamps Ltd" },
      me: { id: adaId, name: "Ada", role: "admin", intent: "available", intentVersion: 1 },
      device: ada.deviceId,
      online: true,
      light: true,
      lightReason: { code: "held-by", agents: [{ name: "Ada", device: "Laptop", presence: "present" }] },
      team: [
        { id: adaId, name: "Ada", online: true, presence: "present" },
        { id: benId, name: "Ben", online: false, presence: "gone" },
      ],
    })
    const devices = Object.fromEntries(lit.devices.map((device) => [device.label, device]))
    expect(devices).toMatchObject({
      Laptop: { id: ada.deviceId, presence: "present", own: true },
      "Desk PC": { id: other.deviceId, presence: "gone", own: false },
    })
    expect(await toolbar(benId)).toMatchObject({
      online: false,
      light: true,
      team: [{ name: "Ada", online: true, presence: "present" }, { name: "Ben" }],
    })
  })

  test("the toolbar names five conversations that wait, counts all, and tells the latest verdict", async () => {
    for (let n = 0; n < 7; n += 1) {
      await company.write((await company.newVisitor()).visitorId, `Hello ${n}`)
      await company.pass(SECOND)
    }
    const state = await toolbar()
    expect(state.waitingCount).toBe(7)
    expect(state.waiting.map((one) => one.excerpt)).toEqual([
      "Hello 6",
      "Hello 5",
      "Hello 4",
      "Hello 3",
      "Hello 2",
    ])
    expect(state.latestVerdict).toMatchObject({
      agentName: "Ada",
      reason: { code: "waiting" },
      conversationId: state.waiting[0]?.id,
    })
  })

  test("several toolbars are read at once, in the order asked", async () => {
    const { accountId, adaId, benId } = company
    const who = [benId, adaId, benId].map((agentId) => ({ agentId, deviceId: newId("device") }))
    const states = await company.run("readToolbars", { accountId, who })
    expect(states.map((state) => [state.me.id, state.device])).toEqual(
      who.map(({ agentId, deviceId }) => [agentId, deviceId]),
    )
  })

  test("events are read in order from a cursor, and the end of them has one too", async () => {
    const { accountId } = company
    await company.write((await company.newVisitor()).visitorId, "Hello?")
    const all = await company.run("readEvents", { accountId, after: 0, limit: 1000 })
    expect(all.events.map((event) => event.cursor)).toEqual(all.events.map((_, index) => index + 1))
    expect(all.cursor).toBe(all.events.length)
    const read: unknown[] = []
    let after = 0
    for (;;) {
      const page = await company.run("readEvents", { accountId, after, limit: 2 })
      if (page.events.length === 0) break
      expect(page.events.length).toBeLessThanOrEqual(2)
      read.push(...page.events)
      after = page.cursor
    }
    expect(read).toEqual(all.events)
    expect(await company.run("readEvents", { accountId, after, limit: 2 })).toEqual({
      events: [],
      cursor: all.cursor,
      sweptTo: 0,
    })
    expect(all.events).toContainEqual(
      expect.objectContaining({ kind: "message", at: company.now(), message: expect.anything() }),
    )
  })

  test("the queue is listed newest first, by account and state; a captured mail is read whole", async () => {
    const { accountId } = company
    await company.run("askSignInCode", { address: "ada@lamps.example" })
    await company.pass(SECOND)
    await company.run("askSignInCode", { address: "ben@lamps.example" })
    const [ben, ada] = await company.run("listDeliveries", { accountId: null, limit: 10 })
    expect([ben?.to, ada?.to]).toEqual(["ben@lamps.example", "ada@lamps.example"])
    expect(ben).toMatchObject({ accountId, kind: "sign-in-code", state: "queued", attempts: 0 })
    expect(await company.run("readHealth", {})).toEqual({
      queued: 2,
      oldestQueuedAt: ada?.createdAt,
      oldestDueAt: null,
    })
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 1, leaseMs: MINUTE })
    const raw = new Uint8Array([77, 0, 255, 13, 10])
    const claim = { accountId, id: claims[0]!.id, claimedBy: "relay", attempt: 1 }
    await company.run("settleDelivery", { ...claim, result: { kind: "captured", raw } })
    const captured = await company.run("listDeliveries", { accountId, limit: 10, state: "captured" })
    expect(captured.map((mail) => mail.id)).toEqual([claims[0]?.id])
    const read = await company.run("readDelivery", { id: claims[0]!.id })
    expect(new Uint8Array(read.raw ?? [])).toEqual(raw)
    expect(await company.run("readHealth", {})).toMatchObject({ queued: 1, oldestQueuedAt: ben?.createdAt })
    const unknown = company.run("readDelivery", { id: newId("delivery") })
    await expect(unknown).rejects.toMatchObject({ code: "not-found" })
  })

  test("a held answer shows in the conversation, is read whole as it came, and goes when released", async () => {
    const { accountId, adaId: agentId } = company
    const { conversationId } = await company.write((await company.newVisitor()).visitorId, "Hello?")
    await company.pass(2 * MINUTE)
    const mails = await company.run("listDeliveries", { accountId, limit: 10 })
    const notice = mails.find((mail) => mail.to === "ada@lamps.example")
    const { content } = await company.run("readDelivery", { id: notice!.id })
    const token = content.kind === "offline-notice" ? content.replyToken : ""
    const raw = Buffer.from("Subject: Re\r\n\r\n\xff\r\n", "latin1")
    const mail = { subject: "Re: Hello?", messageId: "<1@x.example>", text: "Yes", automatic: false }
    const from = "mallory@x.example"
    await company.run("takeReply", { token, envelopeFrom: from, raw, auth: null, mail: { ...mail, from } })
    const view = () => company.run("readConversation", { accountId, agentId, conversationId })
    const { unconfirmedAnswers, unconfirmed } = await view()
    expect(unconfirmed).toBe(1)
    expect(unconfirmedAnswers).toMatchObject([
      { from, subject: "Re: Hello?", text: "Yes", why: "other-sender", proof: null },
    ])
    const inboundMailId = unconfirmedAnswers[0]!.id
    const original = await company.run("readOriginal", { accountId, inboundMailId })
    expect(Buffer.from(original.raw)).toEqual(raw)
    expect(original.subject).toBe("Re: Hello?")
    await company.run("releaseAnswer", { accountId, agentId, inboundMailId })
    expect(await view()).toMatchObject({ unconfirmed: 0, unconfirmedAnswers: [], lastAuthor: "agent" })
  })
})
