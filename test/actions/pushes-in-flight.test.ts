import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ClaimedPush } from "../../relay/actions/claim-pushes.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const BEN = "ben@lamps.example"

/** What happens while a push is on its way to Ben's phone. */
describe.each(STORES)("a push on its way on %s", (kind) => {
  let company: Company
  let claimed: ClaimedPush
  let visitorId: Awaited<ReturnType<Company["newVisitor"]>>["visitorId"]

  const claim = (relayId = "relay") =>
    company.run("claimPushes", { relayId, limit: 10, leaseMs: 30 * SECOND })
  const settle = (push: ClaimedPush, claimedBy = "relay") => {
    const { accountId, conversationId, deviceId, attempt, subscription } = push
    const by = { claimedBy, attempt, endpoint: subscription.endpoint, result: { kind: "sent" } } as const
    return company.run("settlePush", { accountId, conversationId, deviceId, ...by })
  }

  beforeEach(async () => {
    company = await openCompany(kind)
    company.jump(1)
    await company.run("askSignInCode", { address: BEN })
    const code = (await company.codeOf(BEN)) ?? ""
    const device = { kind: "phone", label: "Chrome on Android (phone)" } as const
    const phone = await company.run("signIn", { address: BEN, code, device })
    if (phone.refused) throw new Error(phone.refused)
    const { accountId, agentId, deviceId } = phone
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } }
    await company.run("setPush", { accountId, agentId, deviceId, subscription })
    await company.beat(phone)
    await company.beat(phone, "idle")
    visitorId = (await company.newVisitor()).visitorId
    const { conversationId } = await company.write(visitorId, "Do you deliver?")
    company.jump(2 * SECOND)
    claimed = (await claim()).claims[0]!
    await company.run("openConversation", { accountId, agentId, conversationId, seq: 1 })
  })
  afterEach(() => company.close())

  test("is not sent again, but taken away, where it was opened and its relay died", async () => {
    company.jump(31 * SECOND)
    const { claims } = await claim("another")
    expect(claims.map(({ what }) => what.kind)).toEqual(["close"])
    expect(await settle(claimed)).toEqual({ settled: false })
    await settle(claims[0]!, "another")
    company.jump(MINUTE)
    expect((await claim("another")).claims.map(({ what }) => what.kind)).not.toContain("message")
  })

  test("does not swallow what the visitor writes after it was opened", async () => {
    await company.write(visitorId, "And to Olomouc?")
    await settle(claimed)
    company.jump(2 * SECOND)
    const { claims } = await claim()
    expect(claims.map(({ what }) => what)).toMatchObject([{ kind: "message", text: "And to Olomouc?" }])
    // A late word about the first says nothing about the second.
    expect(await settle(claimed)).toEqual({ settled: false })
    expect(await settle(claims[0]!)).toEqual({ settled: true })
  })
})
