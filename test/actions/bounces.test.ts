import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { BOUNCE_SECRET, bounceToken, makeBounceKeys, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import type { BounceReport, ReportAction } from "../../shared/words/bounces.ts"
import type { DeliveryId } from "../../shared/words/ids.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const DONE: DeliveryResult = { kind: "delivered", server: "mx", answer: "250 OK" }
const LATER: DeliveryResult = { kind: "deferred", outcome: "greylisted", server: "mx", answer: "451 later" }
const NO: DeliveryResult = { kind: "failed", outcome: "policy", server: "mx", answer: "550 spam" }

const reportOf = (action: ReportAction, diagnostic = "552 5.2.2 Mailbox full"): BounceReport => ({
  kind: "report",
  form: "rfc3464",
  recipients: [{ address: ADA, original: null, action, status: "5.2.2", diagnostic, server: "inner" }],
  originalId: null,
})

describe.each(STORES)("a report about a mail, on %s", (kind) => {
  let company: Company
  let id: DeliveryId
  let token: string

  beforeEach(async () => {
    company = await openCompany(kind)
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Do you deliver to Brno?")
    await company.pass(5 * MINUTE)
    const mails = await company.run("listDeliveries", { accountId: company.accountId, limit: 10 })
    id = mails.find((mail) => mail.to === ADA)!.id
    const make = makeBounceKeys(company.now())
    const { value } = await company.run("readSecret", { name: BOUNCE_SECRET, make })
    token = bounceToken(id, readBounceKeys(value))
  })
  afterEach(() => company.close())

  const claim = async (): Promise<number> => {
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 9, leaseMs: MINUTE })
    return claims.find((one) => one.id === id)!.attempts
  }
  const settle = (attempt: number, result: DeliveryResult) =>
    company.run("settleDelivery", { accountId: company.accountId, id, claimedBy: "relay", attempt, result })
  const take = async (report: BounceReport): Promise<string> =>
    (await company.run("takeBounce", { token, raw: Buffer.from("as it came"), report })).effect
  const mail = async () => {
    const { state, answer, nextAt } = await company.run("readDelivery", { id })
    return { state, answer, nextAt }
  }
  const FAILED = { state: "failed", answer: "552 5.2.2 Mailbox full", nextAt: null }
  /** The verdict of the agent whom the mail stood for. */
  const verdict = async () => {
    const [one] = (
      await company.run("listConversations", {
        accountId: company.accountId,
        agentId: company.adaId,
        list: "all",
        limit: 1,
      })
    ).conversations
    const { verdicts } = await company.run("why", { conversationId: one!.id })
    return verdicts.find(({ agentId }) => agentId === company.adaId)?.reason
  }

  it("of failure, after the next server took it: it has failed, and so say verdict and event", async () => {
    await settle(await claim(), DONE)
    expect(await verdict()).toMatchObject({ code: "delivered" })
    const { events } = await company.run("readEvents", {
      accountId: company.accountId,
      after: 0,
      limit: 1000,
    })
    const last = events.at(-1)!.cursor
    expect(await take(reportOf("failed"))).toBe("failed")
    expect(await mail()).toEqual(FAILED)
    expect(await verdict()).toMatchObject({
      code: "mailbox-full",
      bounced: true,
      server: "inner",
      at: company.now(),
      nextAt: null,
      route: { via: "destination" },
    })
    const told = await company.run("readEvents", { accountId: company.accountId, after: last, limit: 10 })
    expect(told.events.map((event) => event.kind)).toEqual(["delivery", "conversation"])
    expect(await take(reportOf("failed", "550 5.1.1 unknown"))).toBe("repeated")
    expect(await mail()).toEqual(FAILED)
  })

  it("of delay or delivery changes nothing", async () => {
    await settle(await claim(), DONE)
    for (const action of ["delayed", "delivered", "relayed", "expanded"] as const)
      expect(await take(reportOf(action))).toBe("noted")
    expect(await take(reportOf("unknown"))).toBe("unread")
    expect(await mail()).toMatchObject({ state: "delivered" })
    expect(await verdict()).toMatchObject({ code: "delivered" })
  })

  it("that comes while the mail is still being sent counts, whatever the try says then", async () => {
    const attempt = await claim()
    expect(await take(reportOf("failed"))).toBe("failed")
    expect(await settle(attempt, DONE)).toEqual({ settled: false })
    expect(await mail()).toEqual(FAILED)
  })

  it("of a mail that a server was offered and did not take yet ends its tries", async () => {
    await settle(await claim(), LATER)
    expect(await mail()).toMatchObject({ state: "queued" })
    expect(await take(reportOf("failed"))).toBe("failed")
    expect(await mail()).toEqual(FAILED)
  })

  it("of a mail that never left says nothing", async () => {
    expect(await take(reportOf("failed"))).toBe("never-sent")
    expect(await mail()).toMatchObject({ state: "queued" })
    await settle(await claim(), { kind: "captured", raw: new Uint8Array([1]) })
    expect(await take(reportOf("failed"))).toBe("never-sent")
    expect(await mail()).toMatchObject({ state: "captured" })
  })

  it("of a mail that had failed anyhow says nothing new", async () => {
    await settle(await claim(), NO)
    expect(await take(reportOf("failed"))).toBe("repeated")
    expect(await mail()).toMatchObject({ state: "failed", answer: "550 spam" })
  })

  it("counts again once the mail was sent again by hand", async () => {
    await settle(await claim(), DONE)
    await take(reportOf("failed"))
    await company.run("retryDelivery", { accountId: company.accountId, id, by: "olga" })
    await settle(await claim(), DONE)
    expect(await verdict()).toMatchObject({ code: "delivered" })
    expect(await take(reportOf("failed"))).toBe("failed")
  })

  it("is for nobody without a token of ours", async () => {
    const other = bounceToken(id, readBounceKeys(makeBounceKeys(0)))
    const given = { raw: Buffer.from(""), report: reportOf("failed") }
    for (const wrong of [other, `${token}a`, id.slice(3)])
      await expect(company.run("takeBounce", { ...given, token: wrong })).rejects.toMatchObject({
        code: "not-found",
      })
  })
})
