import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const LATER = {
  kind: "deferred",
  outcome: "greylisted",
  server: "mx.lamps.example",
  answer: "451 4.7.1 come back later",
} as const satisfies DeliveryResult
const NO = {
  kind: "failed",
  outcome: "address-wrong",
  server: "mx.lamps.example",
  answer: "550 5.1.1 no such user",
} as const satisfies DeliveryResult
const YES = {
  kind: "delivered",
  server: "mx.lamps.example",
  answer: "250 ok",
} as const satisfies DeliveryResult

/** Mails from being queued to being settled: claims, leases, retries, and who may do what. */
describe.each(STORES)("the queue on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
    const { accountId, benId } = company
    await company.run("setAgent", { accountId, agentId: benId, offlineNotices: false })
  })
  afterEach(() => company.close())

  /** One notice, to Ada. */
  const queueNotice = async () => {
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Is anybody there?")
    await company.pass(2 * MINUTE)
    return conversationId
  }
  const claim = async (relayId = "relay-a", leaseMs = MINUTE) =>
    (await company.run("claimDeliveries", { relayId, limit: 10, leaseMs })).claims
  const settle = (
    one: Awaited<ReturnType<typeof claim>>[number],
    result: DeliveryResult,
    relayId = "relay-a",
  ) =>
    company.run("settleDelivery", {
      accountId: one.accountId,
      id: one.id,
      claimedBy: relayId,
      attempt: one.attempts,
      result,
    })
  const verdictOfAda = async (conversationId: Awaited<ReturnType<typeof queueNotice>>) => {
    const { verdicts } = await company.run("why", { conversationId })
    return verdicts.find((verdict) => verdict.agentId === company.adaId)?.reason
  }

  test("what one relay has claimed no other gets, until its lease ends", async () => {
    await queueNotice()
    expect(await claim("relay-a")).toHaveLength(1)
    expect(await claim("relay-b")).toHaveLength(0)
    await company.pass(MINUTE)
    expect(await claim("relay-b")).toMatchObject([{ attempts: 2 }])
  })

  test("a claim that was given back settles nothing, not even under the same relay's next one", async () => {
    await queueNotice()
    const [stale] = await claim("relay-a")
    await company.pass(MINUTE)
    const [fresh] = await claim("relay-a")
    expect(await settle(stale!, LATER)).toEqual({ settled: false })
    expect(await settle(fresh!, YES, "relay-b")).toEqual({ settled: false })
    expect(await settle(fresh!, YES)).toEqual({ settled: true })
    expect(await settle(fresh!, YES)).toEqual({ settled: false })
  })

  test("is tried again after 1, 5, 12, 20, 45 min, 2 h, then 4-hourly, and given up after 4 days", async () => {
    const conversationId = await queueNotice()
    const pauses: number[] = []
    const began = company.now()
    for (;;) {
      const [one] = await claim()
      await settle(one!, LATER)
      const { deliveries } = await company.run("why", { conversationId })
      const { nextAt, state } = deliveries[0]!
      if (nextAt === null) {
        expect(state).toBe("failed")
        break
      }
      expect(state).toBe("queued")
      expect(await verdictOfAda(conversationId)).toMatchObject({ code: "deferred", nextAt })
      pauses.push((nextAt - company.now()) / MINUTE)
      expect(await claim()).toEqual([])
      company.jump(nextAt - company.now())
    }
    expect(pauses.slice(0, 8)).toEqual([1, 5, 12, 20, 45, 120, 240, 240])
    expect(company.now() - began).toBeGreaterThan(4 * DAY - 4 * HOUR)
    expect(company.now() - began).toBeLessThanOrEqual(4 * DAY)
    expect(await verdictOfAda(conversationId)).toMatchObject({ code: "refused" })
  })

  test("a mail that failed can be tried again by hand, and dropped; one that is out cannot", async () => {
    const conversationId = await queueNotice()
    const [one] = await claim()
    const { accountId } = company
    const byHand = { accountId, id: one!.id, by: "operator" }
    await expect(company.run("retryDelivery", byHand)).rejects.toMatchObject({ code: "stale" })
    await settle(one!, NO)
    expect(await verdictOfAda(conversationId)).toMatchObject({ code: "address-wrong", answer: NO.answer })
    await company.run("retryDelivery", byHand)
    const [again] = await claim()
    await settle(again!, LATER)
    await company.run("dropDelivery", { ...byHand, note: "sent twice" })
    expect(await verdictOfAda(conversationId)).toMatchObject({
      ...{ code: "dropped", by: "operator", note: "sent twice" },
    })
    expect(await claim()).toEqual([])
    await company.run("retryDelivery", byHand)
    const [last] = await claim()
    await settle(last!, YES)
    expect(await verdictOfAda(conversationId)).toMatchObject({ code: "delivered", answer: "250 ok" })
    for (const action of ["retryDelivery", "holdMail", "dropDelivery"] as const)
      await expect(company.run(action, { ...byHand, note: "late" })).rejects.toMatchObject({ code: "stale" })
  })

  test("a mail that is held is not tried, however long, until it is retried", async () => {
    const conversationId = await queueNotice()
    const [one] = await claim()
    await settle(one!, LATER)
    const { accountId } = company
    const byHand = { accountId, id: one!.id, by: "operator", note: "  their server\nis moving " }
    for (const note of ["", " ", "x".repeat(301)])
      await expect(company.run("holdMail", { ...byHand, note })).rejects.toMatchObject({ code: "bad-input" })
    await company.run("holdMail", byHand)
    expect(await verdictOfAda(conversationId)).toMatchObject({ code: "held", note: "their server is moving" })
    await company.pass(5 * HOUR)
    expect(await claim()).toEqual([])
    await company.run("retryDelivery", byHand)
    const [again] = await claim()
    await settle(again!, YES)
    expect(await verdictOfAda(conversationId)).toMatchObject({ code: "delivered" })
  })

  test("another account's mail is not there", async () => {
    await queueNotice()
    const [one] = await claim()
    const times = { graceMs: 0, waitMs: 0 }
    const { accountId } = await company.run("createAccount", {
      name: "Other",
      language: "en",
      zone: "UTC",
      ...times,
    })
    const theirs = { accountId, id: one!.id }
    expect(
      await company.run("settleDelivery", { ...theirs, claimedBy: "relay-a", attempt: 1, result: YES }),
    ).toEqual({ settled: false })
    for (const action of ["retryDelivery", "holdMail", "dropDelivery"] as const)
      await expect(company.run(action, { ...theirs, by: "x", note: "y" })).rejects.toMatchObject({
        code: "not-found",
      })
  })

  describe("a sign-in code", () => {
    const ADA = "ada@lamps.example"
    const kept = async () => {
      const mails = await company.run("listDeliveries", { accountId: null, limit: 10 })
      const mail = mails.find((one) => one.kind === "sign-in-code")!
      const { content } = await company.run("readDelivery", { id: mail.id })
      return { mail, content: JSON.stringify(content) }
    }

    test.each([
      ["was delivered", YES],
      ["could not be", NO],
    ])("is not kept once it %s, and not sent again", async (_, result) => {
      await company.run("askSignInCode", { address: ADA })
      const code = (await company.codeOf(ADA)) ?? ""
      const [one] = await claim()
      await settle(one!, result)
      const { mail, content } = await kept()
      expect(content).not.toContain(code)
      expect(mail.subject).not.toContain(code)
      const byHand = { accountId: company.accountId, id: mail.id, by: "operator" }
      await expect(company.run("retryDelivery", byHand)).rejects.toMatchObject({ code: "stale" })
      const device = { kind: "tab", label: "Firefox" } as const
      expect((await company.run("signIn", { address: ADA, code, device })).refused).toBeUndefined()
    })

    test("goes out while it is good, or not at all: not after the relay was away, and not after many tries", async () => {
      const { id } = await company
        .run("askSignInCode", { address: ADA })
        .then(async () => (await kept()).mail)
      const code = (await company.codeOf(ADA)) ?? ""
      company.jump(10 * MINUTE - SECOND)
      const [one] = await claim()
      expect(one).toMatchObject({ id, attempts: 1 })
      await settle(one!, LATER)
      expect((await kept()).mail).toMatchObject({ state: "failed", nextAt: null })

      await company.run("askSignInCode", { address: ADA })
      company.jump(10 * MINUTE)
      expect(await claim()).toEqual([])
      const { mail, content } = await kept()
      expect(mail).toMatchObject({
        state: "failed",
        attempts: 1,
        answer: expect.stringContaining("not sent"),
      })
      expect(content).not.toContain(code)
    })

    test("that was captured is shown until it, or a later one, was used", async () => {
      await company.run("askSignInCode", { address: ADA })
      const first = (await company.codeOf(ADA)) ?? ""
      company.jump(SECOND)
      await company.run("askSignInCode", { address: ADA })
      const code = (await company.codeOf(ADA)) ?? ""
      for (const one of await claim()) await settle(one, { kind: "captured", raw: Buffer.from("mail") })
      expect((await kept()).content).toContain(code)
      await company.run("signIn", { address: ADA, code, device: { kind: "tab", label: "Firefox" } })
      expect((await kept()).content).not.toContain(code)
      const subjects = (await company.run("listDeliveries", { accountId: null, limit: 10 })).map(
        (mail) => mail.subject,
      )
      expect(subjects.filter((subject) => subject.includes(first) || subject.includes(code))).toEqual([])
    })
  })

  test("what waits is listed without looking at what is done", async () => {
    await queueNotice()
    const list = (state: "queued" | "sending") =>
      company.run("listDeliveries", { accountId: null, limit: 10, state })
    expect([(await list("queued")).length, (await list("sending")).length]).toEqual([1, 0])
    const [one] = await claim()
    expect([(await list("queued")).length, (await list("sending")).length]).toEqual([0, 1])
    await settle(one!, YES)
    expect([(await list("queued")).length, (await list("sending")).length]).toEqual([0, 0])
    await company.pass(SECOND)
  })
})
