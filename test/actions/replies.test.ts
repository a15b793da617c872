import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import type { ConversationId, InboundMailId } from "../../shared/words/ids.ts"
import { DAY, MINUTE, SECOND } from "../../shared/words/time.ts"
import { proven, unproven } from "../kit/auth.ts"
import { STORES } from "../kit/stores.ts"
import { verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const VERA = "vera@home.example"

/** Mails to reply tokens: agents' answers to notices, and visitors' answers to answers. */
describe.each(STORES)("answers by e-mail on %s", (kind) => {
  let company: Company
  let conversationId: ConversationId
  let visitorId: Awaited<ReturnType<Company["newVisitor"]>>["visitorId"]

  beforeEach(async () => {
    company = await openCompany(kind)
    visitorId = (await company.newVisitor()).visitorId
  })
  afterEach(() => company.close())

  /** The token of the newest mail of the conversation to an address. */
  const tokenOf = async (address: string): Promise<string> => {
    const { deliveries } = await company.run("why", { conversationId })
    const mail = deliveries.findLast((one) => one.to === address)
    if (!mail) throw new Error(`no mail went to ${address}`)
    const { content } = await company.run("readDelivery", { id: mail.id })
    if (!("replyToken" in content)) throw new Error("not a mail to be answered")
    return content.replyToken
  }

  const notify = async (): Promise<void> => {
    conversationId = (await company.write(visitorId, "Do you have it in blue?")).conversationId
    await company.pass(2 * MINUTE)
  }

  let mails = 0
  const reply = (
    token: string,
    from: string | null,
    more: Partial<{ messageId: string; text: string; automatic: boolean }> = {},
    auth: AuthResult | null = from === null ? null : proven(from.split("@")[1] ?? ""),
  ) =>
    company.run("takeReply", {
      token,
      envelopeFrom: from ?? "",
      raw: Buffer.from(`From: ${from}\r\n\r\nYes, we do.\r\n`),
      auth,
      mail: {
        from,
        subject: "Re: Do you have it in blue?",
        messageId: `<${++mails}@lamps.example>`,
        text: "Yes, we do.",
        automatic: false,
        ...more,
      },
    })

  const view = () =>
    company.run("readConversation", { accountId: company.accountId, agentId: company.adaId, conversationId })
  const said = async () => (await view()).messages.map(({ author, name, text }) => [author, name, text])
  const release = (inboundMailId: InboundMailId, agentId = company.benId) =>
    company.run("releaseAnswer", { accountId: company.accountId, agentId, inboundMailId })

  test("an agent's answer is posted as theirs, joins, and covers what came until then", async () => {
    await notify()
    const { conversationId: same } = await company.write(visitorId, "Or in green?")
    expect(same).toBe(conversationId)
    const token = await tokenOf(ADA)
    expect(
      await company.run("findRecipients", { addresses: [`R-${token.toUpperCase()}@relay.test`] }),
    ).toEqual([{ kind: "reply", token }])
    expect(await reply(token.toUpperCase(), ADA)).toEqual({ outcome: "posted" })
    expect((await said()).at(-1)).toEqual(["agent", "Ada", "Yes, we do."])
    expect(await view()).toMatchObject({ state: "mine", joinedBy: company.adaId, batch: "none" })
    await company.pass(5 * MINUTE)
    const { deliveries } = await company.run("why", { conversationId })
    expect(deliveries.filter((mail) => mail.to === ADA)).toHaveLength(1)
  })

  test("the same Message-ID again posts nothing, however often and at once it comes", async () => {
    await notify()
    const token = await tokenOf(ADA)
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => reply(token, ADA, { messageId: "<same@lamps.example>" })),
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      "posted",
      "repeated",
      "repeated",
      "repeated",
    ])
    expect(await said()).toHaveLength(2)
  })

  test("another sender's is kept, shown and not posted, until somebody vouches for it", async () => {
    await notify()
    const token = await tokenOf(ADA)
    expect(await reply(token, "ada@private.example")).toEqual({ outcome: "unconfirmed" })
    expect(await reply(token, null)).toEqual({ outcome: "unconfirmed" })
    expect(await reply(token, BEN)).toEqual({ outcome: "unconfirmed" })
    expect(await said()).toHaveLength(1)
    const held = (await view()).unconfirmedAnswers
    expect(held.map((mail) => `${mail.from} ${mail.why}`).sort()).toEqual([
      "ada@private.example other-sender",
      `${BEN} other-sender`,
      "null no-sender",
    ])
    const id = held[0]!.id as InboundMailId
    expect((await release(id)).message).toMatchObject({ author: "agent", name: "Ben", text: "Yes, we do." })
    await expect(release(id)).rejects.toMatchObject({ code: "stale" })
    expect((await view()).unconfirmedAnswers).toHaveLength(2)
    expect(await said()).toHaveLength(2)
  })

  test("the right sender's is held too where nothing shows that it is theirs, and says why", async () => {
    await notify()
    const token = await tokenOf(ADA)
    const domain = "lamps.example"
    expect(await reply(token, ADA, {}, unproven(domain))).toEqual({ outcome: "unconfirmed" })
    expect(await reply(token, ADA, {}, unproven(domain, true))).toEqual({ outcome: "unconfirmed" })
    // proven, but for another domain than From's
    expect(await reply(token, ADA, {}, proven("evil.example"))).toEqual({ outcome: "unconfirmed" })
    expect(await said()).toHaveLength(1)
    const held = (await view()).unconfirmedAnswers
    expect(held.map(({ why, proof }) => `${why}: ${proof?.by}`).sort()).toEqual([
      "not-proven-yet: open",
      "not-proven: nothing",
      "not-proven: nothing",
    ])
    // negative control: the same, proven by DKIM or SPF, or where nobody looks
    for (const auth of [proven(domain), proven(domain, "spf"), null])
      expect(await reply(token, ADA, {}, auth)).toEqual({ outcome: "posted" })
    expect(await said()).toHaveLength(4)
    // the desk releases it in the name of who vouches for it
    expect((await release(held[0]!.id as InboundMailId)).message).toMatchObject({ name: "Ben" })
  })

  test("what could not be checked is due again, later each time, until it is proven or not", async () => {
    await notify()
    const token = await tokenOf(ADA)
    const domain = "lamps.example"
    for (const text of ["first", "second"]) await reply(token, ADA, { text }, unproven(domain, true))
    await reply(token, ADA, { text: "forged" }, unproven(domain))
    const due = () => company.run("dueRecheck", {})
    const settle = async (auth: AuthResult) => {
      const { mail } = await due()
      const { accountId, inboundMailId } = mail!
      return company.run("settleRecheck", { accountId, inboundMailId, auth })
    }
    const came = (await view()).unconfirmedAnswers[0]!.at
    expect(await due()).toEqual({ mail: null, nextAt: came + 2 * MINUTE })
    await company.pass(2 * MINUTE)
    expect(Buffer.from((await due()).mail!.raw).toString()).toContain("Yes, we do.")
    expect(await settle(unproven(domain, true))).toEqual({ outcome: "unconfirmed" })
    expect(await settle(proven(domain))).toEqual({ outcome: "posted" })
    expect(await due()).toEqual({ mail: null, nextAt: came + 10 * MINUTE })
    expect(await said()).toHaveLength(2)

    await company.pass(8 * MINUTE)
    expect(await settle(unproven(domain))).toEqual({ outcome: "unconfirmed" })
    expect(await due()).toEqual({ mail: null, nextAt: null })
    expect((await view()).unconfirmedAnswers.map(({ why }) => why)).toEqual(["not-proven", "not-proven"])
    expect(await said()).toHaveLength(2)
  })

  test("what was posted by a person meanwhile, or whose holder has gone, is not posted by itself", async () => {
    await notify()
    const token = await tokenOf(BEN)
    for (const text of ["first", "second"]) await reply(token, BEN, { text }, unproven("lamps.example", true))
    const { accountId } = company
    const [first, second] = (await view()).unconfirmedAnswers.map(({ id }) => id as InboundMailId)
    await release(first!, company.adaId)
    const auth = proven("lamps.example")
    const settle = (inboundMailId: InboundMailId) =>
      company.run("settleRecheck", { accountId, inboundMailId, auth })
    expect(await settle(first!)).toEqual({ outcome: "settled" })
    await company.run("setAgent", { accountId, agentId: company.benId, active: false })
    expect(await settle(second!)).toEqual({ outcome: "unconfirmed" })
    expect((await view()).unconfirmedAnswers).toMatchObject([{ id: second, why: "former-address" }])
    expect(await said()).toHaveLength(2)
  })

  test("released twice at once, it is posted once", async () => {
    await notify()
    await reply(await tokenOf(ADA), "ada@private.example")
    const id = (await view()).unconfirmedAnswers[0]!.id as InboundMailId
    const ends = await Promise.allSettled([release(id), release(id, company.adaId)])
    expect(ends.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"])
    expect(await said()).toHaveLength(2)
  })

  test("an automatic answer is kept and neither posted nor shown as waiting", async () => {
    await notify()
    expect(await reply(await tokenOf(ADA), ADA, { automatic: true })).toEqual({ outcome: "automatic" })
    expect(await said()).toHaveLength(1)
    expect(await view()).toMatchObject({ state: "unserved", unconfirmedAnswers: [] })
  })

  test("of who is no agent any more it waits for a colleague", async () => {
    await notify()
    const token = await tokenOf(BEN)
    await company.run("setAgent", { accountId: company.accountId, agentId: company.benId, active: false })
    expect(await reply(token, BEN)).toEqual({ outcome: "unconfirmed" })
    const id = (await view()).unconfirmedAnswers[0]!.id as InboundMailId
    await expect(release(id, company.benId)).rejects.toMatchObject({ code: "forbidden" })
    expect((await release(id, company.adaId)).message).toMatchObject({ name: "Ada" })
  })

  test("from a general inbox it is in the company's name; from one that is an agent's address, in theirs", async () => {
    const { accountId } = company
    const inbox = async (address: string, mode: "along-with" | "instead-of"): Promise<void> => {
      await verify(company, address)
      const owner = { kind: "account", id: accountId } as const
      await company.run("setRedirect", { accountId, by: "Ada", owner, redirect: { address, mode } })
    }
    await inbox("info@lamps.example", "along-with")
    await notify()
    expect(await reply(await tokenOf("info@lamps.example"), "info@lamps.example")).toEqual({
      outcome: "posted",
    })
    expect((await said()).at(-1)).toEqual(["agent", "Lamps Ltd", "Yes, we do."])
    await inbox(BEN, "instead-of")
    await company.write(visitorId, "And in red?")
    await company.pass(2 * MINUTE)
    expect(await reply(await tokenOf(BEN), BEN)).toEqual({ outcome: "posted" })
    expect((await said()).at(-1)).toEqual(["agent", "Ben", "Yes, we do."])
    expect(await view()).toMatchObject({ state: "mine", joinedBy: company.benId })
  })

  test("from an inbox that gets no mail of the account any more it waits for an agent", async () => {
    const { accountId } = company
    const owner = { kind: "account", id: accountId } as const
    const set = (redirect: { address: string; mode: "along-with" } | null) =>
      company.run("setRedirect", { accountId, by: "Ada", owner, redirect })
    await verify(company, "info@lamps.example")
    await set({ address: "info@lamps.example", mode: "along-with" })
    await notify()
    const token = await tokenOf("info@lamps.example")
    await set(null)
    expect(await reply(token, "info@lamps.example")).toEqual({ outcome: "unconfirmed" })
    expect(await said()).toHaveLength(1)
    await set({ address: "info@lamps.example", mode: "along-with" })
    expect(await reply(token, "info@lamps.example")).toEqual({ outcome: "posted" })
  })

  test("from an agent's own redirect it is theirs, while the redirect is", async () => {
    const { accountId, adaId, benId } = company
    const SECOND_BOX = "team@lamps.example"
    await verify(company, SECOND_BOX)
    const send = (id: typeof adaId, on: boolean) => {
      const redirect = on ? ({ address: SECOND_BOX, mode: "instead-of" } as const) : null
      return company.run("setRedirect", { accountId, by: "Ada", owner: { kind: "agent", id }, redirect })
    }
    await send(benId, true)
    await notify()
    const token = await tokenOf(SECOND_BOX)
    expect(await reply(token, "somebody@lamps.example")).toEqual({ outcome: "unconfirmed" })
    expect(await reply(token, SECOND_BOX)).toEqual({ outcome: "posted" })
    expect((await said()).at(-1)).toEqual(["agent", "Ben", "Yes, we do."])
    expect(await view()).toMatchObject({ state: "mine", joinedBy: benId })
    // Read by somebody else from now on: what they answer is theirs, and not in the name of who had it before.
    await send(benId, false)
    expect(await reply(token, SECOND_BOX)).toEqual({ outcome: "unconfirmed" })
    await send(adaId, true)
    await company.write(visitorId, "And in red?")
    await company.pass(2 * MINUTE)
    expect(await reply(token, SECOND_BOX)).toEqual({ outcome: "unconfirmed" })
    expect(await reply(await tokenOf(SECOND_BOX), SECOND_BOX)).toEqual({ outcome: "posted" })
    expect((await said()).at(-1)).toEqual(["agent", "Ada", "Yes, we do."])
  })

  test("a visitor who left gets the answer as mail, and answers in turn: that counts and reopens", async () => {
    const { accountId, adaId: agentId } = company
    await notify()
    await company.run("setContact", { accountId, visitorId, address: VERA, name: "Vera" })
    const tab = { accountId, visitorId, tabId: "tab-00001", relayId: "relay" }
    await company.run("openTab", tab)
    await company.run("closeTab", tab)
    await reply(await tokenOf(ADA), ADA)
    await company.pass(60 * SECOND)
    const token = await tokenOf(VERA)
    await company.run("closeConversation", { accountId, agentId, conversationId })
    expect(await reply(token, "somebody@home.example")).toEqual({ outcome: "unconfirmed" })
    expect(await reply(token, VERA, { text: "Then I take two." }, unproven("home.example"))).toEqual({
      outcome: "posted",
    })
    expect((await said()).at(-1)).toEqual(["visitor", null, "Then I take two."])
    expect(await view()).toMatchObject({ state: "unserved", batch: "counting" })
    const held = (await view()).unconfirmedAnswers[0]!.id as InboundMailId
    expect(await release(held)).toEqual({ message: null })
    expect((await said()).at(-1)![0]).toBe("visitor")
    await company.pass(DAY / 24)
    // What they have answered is not mailed to them again.
    const { deliveries } = await company.run("why", { conversationId })
    expect(deliveries.filter((mail) => mail.to === VERA)).toHaveLength(1)
  })

  test("a mail of the largest size is kept whole", async () => {
    await notify()
    const raw = Buffer.alloc(8 * 1024 * 1024, "a mail\r\n")
    const token = await tokenOf(ADA)
    const mail = {
      from: ADA,
      subject: "Re",
      messageId: "<big@lamps.example>",
      text: "Big.",
      automatic: false,
    }
    const big = { token, envelopeFrom: ADA, raw, mail, auth: null }
    expect(await company.run("takeReply", big)).toEqual({ outcome: "posted" })
    expect(await company.run("takeReply", big)).toEqual({ outcome: "repeated" })
    const { accountId } = company
    const inboundMailId = (await view()).messages.at(-1)!.inboundMailId!
    const kept = await company.run("readOriginal", { accountId, inboundMailId })
    expect(Buffer.from(kept.raw).equals(raw)).toBe(true)
  })

  test("a token nobody was given is refused, and another account's mail is not there", async () => {
    await notify()
    const unknown = "a".repeat(26)
    expect(await company.run("findRecipients", { addresses: [`r-${unknown}@relay.test`] })).toEqual([
      { kind: "unknown" },
    ])
    await expect(reply(unknown, ADA)).rejects.toMatchObject({ code: "not-found" })
    await reply(await tokenOf(ADA), "ada@private.example")
    const inboundMailId = (await view()).unconfirmedAnswers[0]!.id as InboundMailId
    const times = { graceMs: 0, waitMs: 0 }
    const account = { name: "Other", language: "en", zone: "UTC", ...times } as const
    const { accountId } = await company.run("createAccount", account)
    const agent = {
      name: "Mallory",
      address: "mallory@other.example",
      role: "admin",
      language: "en",
      zone: "UTC",
    } as const
    const { agentId } = await company.run("createAgent", { accountId, ...agent })
    const theirs = { accountId, agentId, conversationId }
    const refused = { code: "not-found" }
    await expect(company.run("releaseAnswer", { accountId, agentId, inboundMailId })).rejects.toMatchObject(
      refused,
    )
    await expect(company.run("readOriginal", { accountId, inboundMailId })).rejects.toMatchObject(refused)
    await expect(company.run("openConversation", { ...theirs, seq: 1 })).rejects.toMatchObject(refused)
    await expect(
      company.run("answerConversation", { ...theirs, key: "key-of-mallory", text: "Ha" }),
    ).rejects.toMatchObject(refused)
    for (const action of [
      "joinConversation",
      "handBackConversation",
      "closeConversation",
      "readConversation",
    ] as const)
      await expect(company.run(action, theirs)).rejects.toMatchObject(refused)
    const ours = { ...theirs, accountId: company.accountId }
    await expect(company.run("joinConversation", ours)).rejects.toMatchObject({ code: "forbidden" })
    expect(await view()).toMatchObject({ state: "unserved" })
  })
})
