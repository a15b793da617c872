import { createHash } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const device = { kind: "extension", label: "Firefox on Linux" } as const

describe.each(STORES)("signing in on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const ask = (address = ADA) => company.run("askSignInCode", { address })
  const tryCode = (code: string, address = ADA) => company.run("signIn", { address, code, device })
  const codes = async () => {
    const mails = await company.run("listDeliveries", { accountId: null, limit: 100 })
    return mails.filter((mail) => mail.kind === "sign-in-code")
  }
  const wrongOne = (right: string) => (right === "000000" ? "111111" : "000000")

  test("a mailed code gives a device its token, which names agent, role and device", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    expect(code).toMatch(/^\d{6}$/)
    const signedIn = await tryCode(code)
    if (signedIn.refused) throw new Error(signedIn.refused)
    expect(Buffer.from(signedIn.token, "base64url")).toHaveLength(32)
    const { accountId, adaId: agentId } = company
    const { deviceId } = signedIn
    expect(await company.run("identify", { token: signedIn.token })).toEqual({
      accountId,
      agentId,
      deviceId,
      role: "admin",
    })
  })

  test("the mail is in the agent's language and gives up when the code does", async () => {
    await ask("ben@lamps.example")
    const [mail] = await codes()
    const { content, raw } = await company.run("readDelivery", { id: mail!.id })
    expect(content).toMatchObject({ kind: "sign-in-code", language: "de", minutes: 10 })
    expect(raw).toBeNull()
    const { claims } = await company.run("claimDeliveries", { relayId: "relay", limit: 1, leaseMs: MINUTE })
    expect(claims[0]).toMatchObject({
      toAddress: "ben@lamps.example",
      givesUpAt: company.now() + 10 * MINUTE,
    })
  })

  test("neither code nor token is stored as it is", async () => {
    const { token } = await company.signIn(ADA)
    const hash = createHash("sha256").update(token).digest("hex")
    await expect(company.run("identify", { token: hash })).rejects.toMatchObject({ code: "not-signed-in" })
  })

  test("a code is good once", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    expect((await tryCode(code)).refused).toBeUndefined()
    expect(await tryCode(code)).toEqual({ refused: "code-wrong" })
  })

  test("a code is good for ten minutes and not a moment longer", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    await company.pass(10 * MINUTE)
    expect(await tryCode(code)).toEqual({ refused: "code-wrong" })
    await ask()
    const fresh = (await company.codeOf(ADA)) ?? ""
    await company.pass(10 * MINUTE - SECOND)
    expect((await tryCode(fresh)).refused).toBeUndefined()
  })

  test("five tries, then the right code is of no use; a new one is", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    for (let tries = 0; tries < 5; tries += 1)
      expect((await tryCode(wrongOne(code))).refused).toBe("code-wrong")
    expect(await tryCode(code)).toEqual({ refused: "code-wrong" })
    await company.pass(SECOND)
    await ask()
    expect((await tryCode((await company.codeOf(ADA)) ?? "")).refused).toBeUndefined()
  })

  test("the fifth try may be the right one", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    for (let tries = 0; tries < 4; tries += 1) await tryCode(wrongOne(code))
    expect((await tryCode(code)).refused).toBeUndefined()
  })

  test("tries made at once are counted each", async () => {
    await ask()
    const code = (await company.codeOf(ADA)) ?? ""
    await Promise.all(Array.from({ length: 8 }, () => tryCode(wrongOne(code))))
    expect(await tryCode(code)).toEqual({ refused: "code-wrong" })
  })

  test("only the newest code counts", async () => {
    await ask()
    const first = (await company.codeOf(ADA)) ?? ""
    await company.pass(SECOND)
    await ask()
    const second = (await company.codeOf(ADA)) ?? ""
    if (first !== second) expect(await tryCode(first)).toEqual({ refused: "code-wrong" })
    expect((await tryCode(second)).refused).toBeUndefined()
  })

  test("an address is sent ten codes an hour, and again when the hour has passed", async () => {
    for (let times = 0; times < 12; times += 1) {
      await company.pass(SECOND)
      await ask()
    }
    expect(await codes()).toHaveLength(10)
    await company.pass(60 * MINUTE)
    await ask()
    expect(await codes()).toHaveLength(11)
  })

  test("an address that is nobody's is answered the same, and nothing is sent or kept", async () => {
    expect(await ask("eve@example.org")).toEqual(await ask(ADA))
    expect((await codes()).map((mail) => mail.to)).toEqual([ADA])
    const right = (await company.codeOf(ADA)) ?? ""
    expect(await tryCode(right, "eve@example.org")).toEqual(await tryCode(wrongOne(right)))
    expect(await company.run("readHealth", {})).toMatchObject({ queued: 1 })
  })

  test("a colleague's code opens nobody else's account", async () => {
    await ask("ben@lamps.example")
    const code = (await company.codeOf("ben@lamps.example")) ?? ""
    expect(await tryCode(code, ADA)).toEqual({ refused: "code-wrong" })
  })

  test("an inactive agent gets no code, and their devices are signed out", async () => {
    const ben = await company.signIn("ben@lamps.example")
    const { accountId, benId: agentId } = company
    await company.run("setAgent", { accountId, agentId, active: false })
    await expect(company.run("identify", { token: ben.token })).rejects.toMatchObject({
      code: "not-signed-in",
    })
    expect(await company.beat(ben)).toBe("revoked")
    await company.pass(SECOND)
    await ask("ben@lamps.example")
    expect(await codes()).toHaveLength(1)
  })

  test("signing out ends one device and leaves the others", async () => {
    const [laptop, phone] = [await company.signIn(ADA, "Laptop"), await company.signIn(ADA, "Desk PC")]
    await company.run("signOut", { ...ids(laptop), unavailable: false })
    await expect(company.run("identify", { token: laptop.token })).rejects.toMatchObject({
      code: "not-signed-in",
    })
    expect(await company.run("identify", { token: phone.token })).toMatchObject(ids(phone))
  })

  test("signing in changes neither intent nor light", async () => {
    const { accountId, adaId: agentId } = company
    await company.run("setIntent", { accountId, agentId, intent: "unavailable", version: 1 })
    const ada = await company.signIn(ADA)
    const [toolbar] = await company.run("readToolbars", { accountId, who: [ids(ada)] })
    expect(toolbar).toMatchObject({ light: false, me: { intent: "unavailable", intentVersion: 2 } })
  })

  test("other devices of the account hear of it", async () => {
    const { accountId, adaId } = company
    const { cursor } = await company.run("readEvents", { accountId, after: 0, limit: 1000 })
    await company.signIn(ADA)
    const { events } = await company.run("readEvents", { accountId, after: cursor, limit: 1000 })
    expect(events).toContainEqual(expect.objectContaining({ kind: "team", agentId: adaId }))
  })
})

const ids = ({ accountId, agentId, deviceId }: Awaited<ReturnType<Company["signIn"]>>) => ({
  accountId,
  agentId,
  deviceId,
})
