import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { addressCode, mailsTo, move, otherThan, settingsOf, verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const NEW = "ada.private@home.example"

describe.each(STORES)("changing the destination on %s", (kind) => {
  let company: Company
  let ada: { accountId: Company["accountId"]; agentId: Company["adaId"] }

  beforeEach(async () => {
    company = await openCompany(kind)
    ada = { accountId: company.accountId, agentId: company.adaId }
  })
  afterEach(() => company.close())

  const ask = (address = NEW) => company.run("askDestination", { ...ada, address })
  const confirm = (code: string, address = NEW) =>
    company.run("confirmDestination", { ...ada, address, code })
  const addressOf = async () => (await company.run("readProfile", ada)).me.address
  const unchanged = async (refused: () => Promise<unknown>, expected: object) => {
    const before = await settingsOf(company)
    await expect(refused()).rejects.toMatchObject(expected)
    expect(await settingsOf(company)).toEqual(before)
  }

  test("a code goes to the new address alone, in the agent's language, and says who asks for what", async () => {
    const { expiresAt } = await ask()
    expect(expiresAt).toBe(company.now() + 10 * MINUTE)
    const [mail, ...more] = await mailsTo(company, NEW)
    expect(more).toEqual([])
    expect(mail?.content).toMatchObject({
      kind: "address-code",
      purpose: "destination",
      account: "Lamps Ltd",
      by: "Ada",
      language: "en",
      minutes: 10,
    })
    expect(await mailsTo(company, ADA)).toEqual([])
    expect(await company.run("readProfile", ada)).toMatchObject({
      me: { address: ADA },
      pendingAddress: { address: NEW, expiresAt },
    })
  })

  test("until it is confirmed notices and sign-in codes go to the old address, and to it alone", async () => {
    await ask()
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Is anybody there?")
    await company.pass(2 * MINUTE)
    await company.run("askSignInCode", { address: NEW })
    await company.run("askSignInCode", { address: ADA })
    expect((await mailsTo(company, NEW)).map((mail) => mail.kind)).toEqual(["address-code"])
    expect((await mailsTo(company, ADA)).map((mail) => mail.kind).sort()).toEqual([
      "offline-notice",
      "sign-in-code",
    ])
  })

  test("once confirmed it gets the notices and signs in, the old one neither", async () => {
    await ask()
    expect(await confirm(await addressCode(company, NEW))).toEqual({ address: NEW })
    expect(await addressOf()).toBe(NEW)
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Is anybody there?")
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, NEW, "offline-notice")).toHaveLength(1)
    expect(await mailsTo(company, ADA, "offline-notice")).toEqual([])
    const signedIn = await company.signIn(NEW)
    expect(signedIn.agentId).toBe(company.adaId)
    await company.run("askSignInCode", { address: ADA })
    expect(await company.codeOf(ADA)).toBeNull()
    expect(await company.run("readProfile", ada)).toMatchObject({ pendingAddress: null })
  })

  test("the old address is told when, by whom and what to do; screens hear of it; verdicts say who set it", async () => {
    const { cursor } = await company.run("readEvents", { accountId: ada.accountId, after: 0, limit: 1000 })
    await move(company, ada, NEW)
    const [told] = await mailsTo(company, ADA, "destination-changed")
    expect(told?.content).toEqual({
      kind: "destination-changed",
      account: "Lamps Ltd",
      name: "Ada",
      oldAddress: ADA,
      newAddress: NEW,
      by: "Ada",
      language: "en",
      zone: "Europe/Prague",
      at: company.now(),
    })
    const { events } = await company.run("readEvents", {
      accountId: ada.accountId,
      after: cursor,
      limit: 1000,
    })
    expect(events).toContainEqual(expect.objectContaining({ kind: "team", agentId: company.adaId }))
    expect(events).toContainEqual(expect.objectContaining({ kind: "settings" }))
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Is anybody there?")
    const movedAt = company.now()
    await company.pass(2 * MINUTE)
    const { verdicts } = await company.run("why", { conversationId })
    expect(verdicts.find((one) => one.agentId === company.adaId)?.reason).toMatchObject({
      code: "sent-to",
      address: NEW,
      via: "destination",
      setBy: "Ada",
      setAt: movedAt,
    })
  })

  test("a wrong code changes nothing but the count of tries: after five the right one is of no use", async () => {
    await ask()
    const code = await addressCode(company, NEW)
    for (let tries = 0; tries < 5; tries += 1)
      expect(await confirm(otherThan(code))).toEqual({ refused: "code-wrong" })
    expect(await confirm(code)).toEqual({ refused: "code-wrong" })
    expect(await addressOf()).toBe(ADA)
    expect(await mailsTo(company, ADA)).toEqual([])
    expect(await company.run("readProfile", ada)).toMatchObject({ pendingAddress: null })
  })

  test("the fifth try may be the right one", async () => {
    await ask()
    const code = await addressCode(company, NEW)
    for (let tries = 0; tries < 4; tries += 1) await confirm(otherThan(code))
    expect(await confirm(code)).toEqual({ address: NEW })
  })

  test("a code is good for ten minutes, once, and for its address and agent alone", async () => {
    await ask()
    const code = await addressCode(company, NEW)
    expect(await confirm(code, "other@home.example")).toEqual({ refused: "code-wrong" })
    const byBen = { accountId: company.accountId, agentId: company.benId, address: NEW, code }
    expect(await company.run("confirmDestination", byBen)).toEqual({ refused: "code-wrong" })
    const asRedirect = { accountId: company.accountId, by: "Ada", address: NEW, code }
    expect(await company.run("confirmAddress", asRedirect)).toEqual({ refused: "code-wrong" })
    company.jump(10 * MINUTE)
    expect(await confirm(code)).toEqual({ refused: "code-wrong" })
    await ask()
    const fresh = await addressCode(company, NEW)
    expect(await confirm(fresh)).toEqual({ address: NEW })
    expect(await confirm(fresh)).toEqual({ refused: "code-wrong" })
  })

  test("only the newest code counts, whatever address it went to", async () => {
    await ask("first@home.example")
    const first = await addressCode(company, "first@home.example")
    company.jump(SECOND)
    await ask()
    expect(await confirm(first, "first@home.example")).toEqual({ refused: "code-wrong" })
    expect(await confirm(await addressCode(company, NEW))).toEqual({ address: NEW })
  })

  test("a used code is taken out of the mail that brought it", async () => {
    await ask()
    const code = await addressCode(company, NEW)
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 10, leaseMs: MINUTE })
    const claim = claims.find((one) => one.toAddress === NEW)!
    await company.run("settleDelivery", {
      accountId: company.accountId,
      id: claim.id,
      claimedBy: "relay",
      attempt: 1,
      result: { kind: "captured", raw: new Uint8Array([1]) },
    })
    expect(await addressCode(company, NEW)).toBe(code)
    await confirm(code)
    expect(await addressCode(company, NEW)).toBe("······")
  })

  test("ten codes an hour, and again when the hour has passed", async () => {
    for (let times = 0; times < 10; times += 1) {
      company.jump(SECOND)
      await ask(`ada${times}@home.example`)
    }
    company.jump(SECOND)
    await unchanged(() => ask(), { code: "too-many" })
    company.jump(HOUR)
    await ask()
    expect(await mailsTo(company, NEW)).toHaveLength(1)
  })

  test("a sign-in code that went to the old address opens nothing any more", async () => {
    await company.run("askSignInCode", { address: ADA })
    const code = (await company.codeOf(ADA)) ?? ""
    await move(company, ada, NEW)
    const device = { kind: "extension", label: "Firefox" } as const
    for (const address of [ADA, NEW])
      expect(await company.run("signIn", { address, code, device })).toEqual({ refused: "code-wrong" })
  })

  test("a colleague's address is refused at once, one's own and the relay's too", async () => {
    await unchanged(() => ask(BEN), { code: "already-exists" })
    await unchanged(() => ask(ADA), { code: "bad-input" })
    await unchanged(() => ask("inbox@relay.test"), { code: "bad-input" })
    await unchanged(() => company.run("askDestination", { ...ada, agentId: "ag_x" as never, address: NEW }), {
      code: "not-found",
    })
  })

  test("whether an address is somebody's on another account is told only to who reads it", async () => {
    const times = { graceMs: MINUTE, waitMs: MINUTE }
    const other = await company.run("createAccount", { name: "Other", language: "en", zone: "UTC", ...times })
    const eve = { name: "Eve", address: NEW, role: "admin", language: "en", zone: "UTC" } as const
    await company.run("createAgent", { ...other, ...eve })
    const asked = await ask()
    company.jump(SECOND)
    expect(Object.keys(asked)).toEqual(Object.keys(await ask("nobody@home.example")))
    company.jump(SECOND)
    await ask()
    const code = await addressCode(company, NEW)
    await unchanged(() => confirm(code), { code: "already-exists" })
    expect((await company.signIn(NEW)).accountId).toBe(other.accountId)
  })

  test("a destination that the own redirect leads back to is refused", async () => {
    await verify(company, NEW)
    const owner = { kind: "agent", id: company.adaId } as const
    const redirect = { address: NEW, mode: "along-with" } as const
    await company.run("setRedirect", { accountId: company.accountId, by: "Ada", owner, redirect })
    await unchanged(() => ask(), { code: "redirect-loop", facts: { loop: ["Ada", "Ada"] } })
    await company.run("setRedirect", { accountId: company.accountId, by: "Ada", owner, redirect: null })
    await ask()
    await company.run("setRedirect", { accountId: company.accountId, by: "Ada", owner, redirect })
    const code = await addressCode(company, NEW)
    await unchanged(() => confirm(code), { code: "redirect-loop" })
  })

  test("an agent who is not active changes nothing", async () => {
    const ben = { accountId: company.accountId, agentId: company.benId }
    await company.run("setAgent", { ...ben, active: false })
    await unchanged(() => company.run("askDestination", { ...ben, address: NEW }), { code: "forbidden" })
  })
})
