import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { WebhookDeliveryId, WebhookId } from "../../shared/words/ids.ts"
import { DAY, MINUTE } from "../../shared/words/time.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const LEASE = MINUTE

describe.each(STORES)("what goes to webhooks on %s", (kind) => {
  let company: Company
  let webhookId: WebhookId

  beforeEach(async () => {
    company = await openCompany(kind)
    const hook = { name: "CRM", url: "https://crm.example/hook", events: [...CHOSEN_EVENTS] }
    webhookId = (await company.run("createWebhook", { accountId: company.accountId, ...hook })).webhookId
  })
  afterEach(() => company.close())

  const feed = () => company.run("feedWebhooks", { accountId: company.accountId })
  const claim = async (relayId: string, limit = 50) =>
    (await company.run("claimWebhooks", { relayId, limit, leaseMs: LEASE })).claims
  const settle = (
    relayId: string,
    { id, attempt }: { id: WebhookDeliveryId; attempt: number },
    status: number,
  ) => {
    const result = { kind: "answered", status, text: "", tookMs: 1 } as const
    return company.run("settleWebhook", { accountId: company.accountId, id, relayId, attempt, result })
  }
  const list = () =>
    company.run("listWebhookDeliveries", { accountId: company.accountId, webhookId, limit: 100 })
  const happens = async () => {
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Hello?")
    while ((await feed()).more);
  }

  test("is queued once, however often it is looked for", async () => {
    await happens()
    const once = (await list()).map(({ event }) => event)
    await feed()
    await feed()
    expect((await list()).map(({ event }) => event)).toEqual(once)
    expect(once.sort()).toEqual(["conversation.started", "message.created", "verdict.decided"])
    const next = await company.run("nextWebhooks", { among: null })
    expect(next.behind).toEqual([])
  })

  test("belongs to one relay at a time, and to another when that one does not come back", async () => {
    await happens()
    const mine = await claim("one")
    expect(mine.length).toBe(3)
    expect(await claim("two")).toEqual([])
    company.jump(LEASE)
    const theirs = await claim("two")
    expect(theirs.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort())
    expect(theirs[0]?.attempt).toBe(2)
    expect(await settle("one", mine[0]!, 200)).toEqual({ settled: false })
    expect(await settle("two", theirs[0]!, 200)).toEqual({ settled: true })
    expect((await list()).filter(({ state }) => state === "delivered")).toHaveLength(1)
  })

  test("waits along while the webhook fails, and is given up after a day", async () => {
    await happens()
    const [first] = await claim("one", 1)
    await settle("one", first!, 503)
    expect(await claim("one")).toEqual([])
    company.jump(5_000)
    expect((await claim("one")).length).toBe(3)
    company.jump(DAY)
    for (const one of await claim("one")) await settle("one", one, 503)
    expect((await list()).map(({ state }) => state)).toEqual(["failed", "failed", "failed"])
    const [webhook] = await company.run("listWebhooks", { accountId: company.accountId })
    expect(webhook).toMatchObject({ active: true, failingSince: expect.any(Number) })
  })

  test("stops after five days of nothing but failures, with a reason; one success begins anew", async () => {
    const days = async (count: number, status: number) => {
      for (let day = 0; day < count; day += 1) {
        await happens()
        for (const one of await claim("one")) await settle("one", one, status)
        company.jump(DAY)
      }
    }
    await days(4, 500)
    await days(1, 200)
    await days(5, 500)
    const state = async () => (await company.run("listWebhooks", { accountId: company.accountId }))[0]
    expect(await state()).toMatchObject({ active: true })
    await days(1, 500)
    expect(await state()).toMatchObject({ active: false, stoppedWhy: "500", stoppedAt: expect.any(Number) })
    await happens()
    expect(await claim("one")).toEqual([])
    await company.run("setWebhook", { accountId: company.accountId, webhookId, active: true })
    expect(await claim("one")).toEqual([])
    await happens()
    expect((await claim("one")).length).toBeGreaterThan(0)
  })

  test("says which notices went out, and not which codes", async () => {
    await happens()
    await company.pass(3 * MINUTE)
    await company.run("askSignInCode", { address: "ada@lamps.example" })
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 10, leaseMs: LEASE })
    for (const { accountId, id, attempts: attempt } of claims) {
      const result = { kind: "captured", raw: new Uint8Array([1]) } as const
      await company.run("settleDelivery", { accountId, id, claimedBy: "relay", attempt, result })
    }
    while ((await feed()).more);
    const sent = (await list())
      .filter(({ event }) => event === "notice.sent")
      .map(({ body }) => JSON.parse(body).data)
    expect(sent.map(({ notice }) => [notice.kind, notice.to]).sort()).toEqual([
      ["offline-notice", "ada@lamps.example"],
      ["offline-notice", "ben@lamps.example"],
    ])
  })

  test("is kept for thirty days", async () => {
    await happens()
    for (const one of await claim("one")) await settle("one", one, 200)
    company.jump(29 * DAY)
    await company.run("sweepRecord", { changesMs: 730 * DAY, after: "" })
    expect((await list()).length).toBe(3)
    company.jump(2 * DAY)
    await company.run("sweepRecord", { changesMs: 10 * DAY, after: "" })
    expect(await list()).toEqual([])
    const { changes } = await company.run("listChanges", { accountId: company.accountId, limit: 10 })
    expect(changes).toEqual([])
  })
})
