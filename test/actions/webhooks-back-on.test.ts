import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("webhooks on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  test("one that is switched on again is told of nothing that happened while it was off", async () => {
    const { accountId } = company
    const hook = { name: "CRM", url: "https://crm.example/hook", events: [...CHOSEN_EVENTS] }
    const { webhookId } = await company.run("createWebhook", { accountId, ...hook })
    await company.run("setWebhook", { accountId, webhookId, active: false })
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "While it was off")
    await company.run("setWebhook", { accountId, webhookId, active: true })
    await company.write(visitorId, "After that")
    await company.run("feedWebhooks", { accountId })
    const { claims } = await company.run("claimWebhooks", { relayId: "relay", limit: 100, leaseMs: 1 })
    expect(claims.map(({ body }) => body).join("\n")).not.toContain("While it was off")
    expect(claims.map(({ body }) => body).join("\n")).toContain("After that")
    // Said once more while it is on, it changes nothing of what is to be told.
    await company.write(visitorId, "And this")
    await company.run("setWebhook", { accountId, webhookId, active: true })
    await company.run("feedWebhooks", { accountId })
    const next = await company.run("claimWebhooks", { relayId: "other", limit: 100, leaseMs: 1 })
    expect(next.claims.map(({ body }) => body).join("\n")).toContain("And this")
  })
})
