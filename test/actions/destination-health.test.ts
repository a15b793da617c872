import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { BOUNCE_SECRET, bounceToken, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { HOUR, MINUTE } from "../../shared/words/time.ts"
import { proven } from "../kit/auth.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const SPARE = "spare@elsewhere.example"

const FULL: DeliveryResult = {
  kind: "failed",
  outcome: "mailbox-full",
  server: "mx",
  answer: "552 5.2.2 full",
}
const LATER: DeliveryResult = { ...FULL, kind: "deferred", answer: "452 4.2.2 full" }
const DONE: DeliveryResult = { kind: "delivered", server: "mx", answer: "250 OK" }

describe.each(STORES)("how destinations fare, on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  /** A visitor writes, nobody is there: the notices that go out, each answered; gives where they went. */
  const notices = async (answers: Record<string, DeliveryResult>): Promise<string[]> => {
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Do you deliver to Brno?")
    await company.pass(5 * MINUTE)
    return settle(answers)
  }

  const settle = async (answers: Record<string, DeliveryResult>): Promise<string[]> => {
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 50, leaseMs: MINUTE })
    for (const { accountId, id, attempts, toAddress } of claims) {
      const result = answers[toAddress] ?? DONE
      await company.run("settleDelivery", { accountId, id, claimedBy: "relay", attempt: attempts, result })
    }
    return claims.map(({ toAddress }) => toAddress).sort()
  }

  const of = async (address: string) => {
    const { destinations } = await company.run("listDestinations", { accountId: company.accountId })
    return destinations.find((one) => one.address === address)!
  }

  const confirm = async (address: string): Promise<void> => {
    const { accountId, run } = company
    await run("askAddress", { accountId, by: "Ada", address })
    const mails = await run("listDeliveries", { accountId, limit: 50 })
    const { content } = await run("readDelivery", { id: mails.find((mail) => mail.to === address)!.id })
    const code = "code" in content ? content.code : ""
    await run("confirmAddress", { accountId, by: "Ada", address, code })
    await settle({})
  }

  const fallBack = (fallback: string | null, agentId = company.adaId, address = BEN) =>
    company.run("setFallback", { accountId: company.accountId, agentId, address, fallback })

  it("is nothing to tell of while mail arrives", async () => {
    expect(await notices({})).toEqual([ADA, BEN])
    expect(await of(BEN)).toMatchObject({
      failing: false,
      failures: 0,
      failingSince: null,
      lastFailure: null,
    })
    expect(await of(BEN)).toMatchObject({ agents: [{ id: company.benId, name: "Ben" }], inboxes: [] })
  })

  it("keeps failing after three mails in a row, until one arrives", async () => {
    for (const failures of [1, 2]) {
      await notices({ [BEN]: FULL })
      expect(await of(BEN)).toMatchObject({ failing: false, failures })
    }
    const since = (await of(BEN)).failingSince
    await notices({ [BEN]: FULL })
    expect(await of(BEN)).toMatchObject({
      failing: true,
      failures: 3,
      failingSince: since,
      lastFailure: { outcome: "mailbox-full", answer: "552 5.2.2 full", server: "mx", at: company.now() },
      deliveredAt: null,
    })
    const { destinations } = await company.run("listDestinations", { accountId: company.accountId })
    expect(destinations[0]).toMatchObject({ address: BEN })
    await notices({})
    expect(await of(BEN)).toMatchObject({
      failing: false,
      failures: 0,
      failingSince: null,
      lastFailure: null,
      deliveredAt: company.now(),
    })
  })

  it("keeps failing when every try of a day failed, one mail or several", async () => {
    await notices({ [BEN]: LATER })
    company.jump(23 * HOUR)
    await settle({ [BEN]: LATER })
    expect(await of(BEN)).toMatchObject({ failing: false, failures: 0 })
    company.jump(5 * HOUR)
    await settle({ [BEN]: LATER })
    expect(await of(BEN)).toMatchObject({ failing: true, failures: 0 })
  })

  it("is not held against an address what was wrong with one mail, or is somebody else's", async () => {
    const large: DeliveryResult = { ...FULL, outcome: "too-large", answer: "552 5.3.4 too large" }
    for (let times = 0; times < 4; times += 1) await notices({ [BEN]: large })
    expect(await of(BEN)).toMatchObject({ failing: false, failures: 0, failingSince: null })
    expect(await of(ADA)).toMatchObject({ failing: false })
  })

  it("has a report count as a failure", async () => {
    await notices({})
    const mails = await company.run("listDeliveries", { accountId: company.accountId, limit: 50 })
    const id = mails.find((mail) => mail.to === BEN)!.id
    const { value } = await company.run("readSecret", { name: BOUNCE_SECRET, make: "" })
    const token = bounceToken(id, readBounceKeys(value))
    const recipient = {
      address: BEN,
      original: null,
      action: "failed" as const,
      status: "5.2.2",
      diagnostic: "552 5.2.2 full",
      server: "inner",
    }
    const report = { kind: "report", form: "rfc3464", recipients: [recipient], originalId: null } as const
    const given = { token, raw: Buffer.from("as it came"), report: { ...report, recipients: [recipient] } }
    expect(await company.run("takeBounce", given)).toMatchObject({ effect: "failed" })
    expect(await of(BEN)).toMatchObject({ failures: 1, lastFailure: { server: "inner" } })
    expect(await company.run("takeBounce", given)).toMatchObject({ effect: "repeated" })
    expect(await of(BEN)).toMatchObject({ failures: 1 })
  })

  describe("a fallback", () => {
    const failThrice = async (): Promise<void> => {
      for (let times = 0; times < 3; times += 1) await notices({ [BEN]: FULL })
    }

    it("gets notices along with an address that keeps failing, until one arrives there; verdicts say so", async () => {
      await confirm(SPARE)
      await fallBack(SPARE)
      expect(await notices({})).toEqual([ADA, BEN])
      await failThrice()
      expect(await notices({ [BEN]: FULL })).toEqual([ADA, BEN, SPARE])
      const [latest] = (
        await company.run("listConversations", {
          accountId: company.accountId,
          agentId: company.adaId,
          list: "all",
          limit: 1,
        })
      ).conversations
      const { verdicts } = await company.run("why", { conversationId: latest!.id })
      expect(verdicts.find((one) => one.agentId === company.benId)?.reason).toMatchObject({
        code: "delivered",
        address: SPARE,
        route: { via: "fallback", setBy: "Ada", forWhom: ["Ben"] },
      })
      expect(verdicts.find((one) => one.agentId === company.adaId)?.reason).toMatchObject({ address: ADA })
      expect(await notices({})).toEqual([ADA, BEN, SPARE])
      expect(await notices({})).toEqual([ADA, BEN])
    })

    it("is one mail where it gets one anyhow", async () => {
      await fallBackToAda()
      await failThrice()
      expect(await notices({ [BEN]: FULL })).toEqual([ADA, BEN])
    })

    const fallBackToAda = async (): Promise<void> => {
      await company.signIn(ADA)
      await settle({})
      await fallBack(ADA)
    }

    it("is one's own to set, or an admin's; of an address that is used, to one that is confirmed", async () => {
      await expect(fallBack(SPARE)).rejects.toMatchObject({ code: "unverified" })
      await confirm(SPARE)
      await expect(fallBack(SPARE, company.benId, ADA)).rejects.toMatchObject({ code: "forbidden" })
      await expect(fallBack(SPARE, company.adaId, "nobody@lamps.example")).rejects.toMatchObject({
        code: "not-found",
      })
      await expect(fallBack(BEN)).rejects.toMatchObject({ code: "bad-input" })
      await expect(fallBack("anna@relay.test")).rejects.toMatchObject({ code: "bad-input" })
      expect((await of(BEN)).fallback).toBeNull()
      await fallBack(SPARE, company.benId)
      expect((await of(BEN)).fallback).toEqual({ address: SPARE, setBy: "Ben", setAt: company.now() })
      await expect(
        company.run("forgetAddress", { accountId: company.accountId, address: SPARE }),
      ).rejects.toMatchObject({ code: "bad-input" })
      await fallBack(null)
      expect((await of(BEN)).fallback).toBeNull()
    })

    it("is answered from as the agent whom it stands for", async () => {
      await confirm(SPARE)
      await fallBack(SPARE)
      await failThrice()
      await notices({ [BEN]: FULL })
      const { accountId, adaId: agentId, run } = company
      const mails = await run("listDeliveries", { accountId, limit: 50 })
      const { content, conversationId } = await run("readDelivery", {
        id: mails.find((mail) => mail.to === SPARE)!.id,
      })
      const token = "replyToken" in content ? content.replyToken : ""
      const mail = { from: SPARE, subject: "Re:", messageId: "<1@x>", text: "We do", automatic: false }
      const auth = proven("elsewhere.example")
      const given = { token, envelopeFrom: SPARE, raw: new Uint8Array([1]), auth, mail }
      expect(await run("takeReply", given)).toMatchObject({ outcome: "posted" })
      const view = await run("readConversation", { accountId, agentId, conversationId: conversationId! })
      expect(view.messages.at(-1)).toMatchObject({ author: "agent", name: "Ben", text: "We do" })
    })

    it("ends by the link that switches its mails off, and nothing else does", async () => {
      await confirm(SPARE)
      await fallBack(SPARE)
      await failThrice()
      await notices({ [BEN]: FULL })
      const { accountId, run } = company
      const mails = await run("listDeliveries", { accountId, limit: 50 })
      const { content } = await run("readDelivery", { id: mails.find((mail) => mail.to === SPARE)!.id })
      const token = ("unsubscribeToken" in content && content.unsubscribeToken) || ""
      expect(await run("readUnsubscribe", { token })).toMatchObject({
        address: SPARE,
        agents: [],
        sentOn: [{ kind: "agent", name: "Ben" }],
      })
      expect(await run("unsubscribe", { token })).toMatchObject({ sentOn: [] })
      expect(await notices({ [BEN]: FULL })).toEqual([ADA, BEN])
    })

    it("is shown in the profile of whose address it is", async () => {
      await confirm(SPARE)
      await fallBack(SPARE, company.benId)
      await failThrice()
      const { destination, fallbackTargets } = await company.run("readProfile", {
        accountId: company.accountId,
        agentId: company.benId,
      })
      expect(destination).toMatchObject({ address: BEN, failing: true, fallback: { address: SPARE } })
      expect(fallbackTargets).toEqual([SPARE])
    })
  })
})
