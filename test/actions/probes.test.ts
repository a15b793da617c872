import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { BOUNCE_SECRET, bounceToken, makeBounceKeys, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import { readBounce } from "../../relay/mail/dsn/read.ts"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { HOUR, MINUTE } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany, START } from "./company.ts"

describe.each(STORES)("trial mails on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const send = (to = "it@example.org") =>
    company.run("sendProbe", { accountId: company.accountId, agentId: company.adaId, to })
  const read = () => company.run("readProbes", { accountId: company.accountId })
  const settle = async (result: DeliveryResult) => {
    const { claims } = await company.run("claimDeliveries", { relayId: "r", limit: 1, leaseMs: MINUTE })
    const { accountId, id, attempts: attempt } = claims[0]!
    await company.run("settleDelivery", { accountId, id, claimedBy: "r", attempt, result })
  }

  test("go out in the admin's name and language, and are followed to the final answer", async () => {
    const { id } = await send()
    expect(await read()).toMatchObject([
      { id, to: "it@example.org", by: "Ada", state: "queued", attempts: 0 },
    ])
    const { content } = await company.run("readDelivery", { id })
    expect(content).toMatchObject({ kind: "probe", account: "Lamps Ltd", by: "Ada", zone: "Europe/Prague" })

    const server = "mx.example.org"
    await settle({ kind: "deferred", outcome: "greylisted", server, answer: "451 4.7.1 come back" })
    const [later] = await read()
    expect(later).toMatchObject({
      state: "queued",
      outcome: "greylisted",
      answer: "451 4.7.1 come back",
      server,
    })
    expect(later!.nextAt).toBe(later!.at + MINUTE)
    await company.pass(MINUTE)
    await settle({ kind: "delivered", server, answer: "250 2.0.0 ok" })
    expect(await read()).toMatchObject([
      { state: "delivered", attempts: 2, answer: "250 2.0.0 ok", nextAt: null, bouncedAt: null },
    ])
  })

  test("a report that comes later is the final answer", async () => {
    const { id } = await send()
    await settle({ kind: "delivered", server: "mx.example.org", answer: "250 2.0.0 ok" })
    const make = makeBounceKeys(START)
    const { value } = await company.run("readSecret", { name: BOUNCE_SECRET, make })
    const raw = Buffer.from(
      [
        "From: MAILER-DAEMON@mx.example.org",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        "Final-Recipient: rfc822; it@example.org",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 no such user",
        "",
        "--b--",
        "",
      ].join("\r\n"),
    )
    await company.run("takeBounce", {
      token: bounceToken(id, readBounceKeys(value)),
      raw,
      report: readBounce(raw, ""),
    })
    const [probe] = await read()
    expect(probe).toMatchObject({ state: "failed", outcome: "address-wrong", nextAt: null })
    expect(probe!.answer).toContain("no such user")
    expect(probe!.bouncedAt).not.toBeNull()
  })

  test("one that is held says who does, and why; once it goes on, it does not", async () => {
    const { id } = await send()
    expect(await read()).toMatchObject([{ state: "queued", note: null }])
    const of = { accountId: company.accountId, id, by: "Ada" }
    await company.run("holdMail", { ...of, note: "until the new record is out" })
    expect(await read()).toMatchObject([{ state: "held", note: "Ada: until the new record is out" }])
    await company.run("retryDelivery", of)
    expect(await read()).toMatchObject([{ state: "queued", note: null }])
    await company.run("dropDelivery", { ...of, note: "a wrong address" })
    expect(await read()).toMatchObject([{ state: "dropped", note: "Ada: a wrong address" }])
  })

  test("ten an hour, then no more until the first is an hour old", async () => {
    for (let sent = 0; sent < 10; sent += 1) await send(`it${sent}@example.org`)
    await expect(send()).rejects.toMatchObject({ code: "too-many" })
    await company.pass(HOUR + 1)
    await send()
    expect(await read()).toHaveLength(10)
    expect((await read())[0]).toMatchObject({ to: "it@example.org" })
  })

  test("not to the relay itself, and nobody else's account sees them", async () => {
    await expect(send("ada@relay.test")).rejects.toMatchObject({ code: "bad-input" })
    await send()
    const input = { name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
    const { accountId } = await company.run("createAccount", input)
    expect(await company.run("readProbes", { accountId })).toEqual([])
    await expect(
      company.run("sendProbe", { accountId, agentId: company.adaId, to: "it@example.org" }),
    ).rejects.toMatchObject({ code: "not-found" })
  })
})
