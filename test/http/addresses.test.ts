import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { MINUTE } from "../../shared/words/time.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { ask, bearer } from "./kit.ts"

const INFO = "info@lamplight.example"
const BEN = "ben@lamplight.example"

let relay: TestRelay
let company: Company
let anna: ReturnType<typeof bearer>
let ben: ReturnType<typeof bearer>
let benId: string

beforeAll(async () => {
  relay = await startRelay({ clock: testClock() })
  company = await relay.setUp()
  benId = await relay.addAgent(company, "Ben", BEN)
  anna = bearer(await relay.signIn())
  ben = bearer(await relay.signIn(BEN))
})
afterAll(() => relay.stop())

const codeTo = (address: string): Promise<string> =>
  until(`a code to ${address}`, async () => {
    const mail = (await relay.mailsTo(address)).at(-1) ?? ""
    return /^ {4}(\d{6})$/m.exec(mail)?.[1]
  })
const profile = async (who: typeof anna) => (await ask(relay, "GET", "/api/me/profile", who)).json
const set = (who: typeof anna, owner: { kind: string; id: string }, address: string | null) =>
  ask(relay, "PUT", "/api/redirects", {
    ...who,
    body: { owner, redirect: address === null ? null : { address, mode: "along-with" } },
  })
const redirects = () => relay.store.run("listRedirects", { accountId: company.accountId }, relay.clock.now())

describe("redirects", () => {
  test("an address is confirmed by its code, by any agent, and is free for redirects then", async () => {
    const early = await set(anna, { kind: "agent", id: company.agentId }, INFO)
    expect([early.status, early.json.error]).toEqual([
      409,
      { code: "unverified", message: expect.stringContaining(INFO), facts: { address: INFO } },
    ])
    const asked = await ask(relay, "POST", "/api/addresses", { ...ben, body: { address: INFO } })
    expect([asked.status, asked.json]).toEqual([200, { expiresAt: relay.clock.now() + 10 * MINUTE }])
    const code = await codeTo(INFO)
    const confirm = (given: string) =>
      ask(relay, "POST", "/api/addresses/confirm", { ...ben, body: { address: INFO, code: given } })
    const wrong = await confirm(code === "000000" ? "111111" : "000000")
    expect([wrong.status, wrong.json.error?.code]).toEqual([401, "code-wrong"])
    expect((await redirects()).verified).not.toContain(INFO)
    expect(await confirm(code)).toMatchObject({ status: 200, json: { address: INFO } })
    expect((await redirects()).verified).toContain(INFO)
  })

  test("an admin takes a confirmed address back, nobody else does", async () => {
    const address = "sales@lamplight.example"
    const forget = (who: typeof anna) =>
      ask(relay, "POST", "/api/addresses/remove", { ...who, body: { address } })
    expect(await forget(anna)).toMatchObject({ status: 404, json: { error: { code: "not-found" } } })
    await ask(relay, "POST", "/api/addresses", { ...ben, body: { address } })
    const code = await codeTo(address)
    await ask(relay, "POST", "/api/addresses/confirm", { ...ben, body: { address, code } })
    expect(await forget(ben)).toMatchObject({ status: 403, json: { error: { code: "forbidden" } } })
    expect((await redirects()).verified).toContain(address)
    expect(await forget(anna)).toMatchObject({ status: 200 })
    expect((await redirects()).verified).not.toContain(address)
  })

  test("an agent sets their own, an admin anybody's; what it says is who set it", async () => {
    const account = { kind: "account", id: company.accountId }
    for (const owner of [account, { kind: "agent", id: company.agentId }]) {
      const refused = await set(ben, owner, INFO)
      expect([refused.status, refused.json.error?.code]).toEqual([403, "forbidden"])
    }
    expect((await redirects()).redirects).toEqual([])
    const own = { kind: "agent", id: benId }
    expect((await set(ben, own, INFO)).json).toEqual({ version: expect.any(Number) })
    expect((await profile(ben)).redirect).toMatchObject({ address: INFO, mode: "along-with", setBy: "Ben" })
    expect((await set(anna, own, null)).status).toBe(200)
    expect((await profile(ben)).redirect).toBeNull()
    expect((await set(anna, account, INFO)).status).toBe(200)
    expect((await redirects()).redirects).toMatchObject([{ owner: account, setBy: "Anna" }])
  })

  test("loops are refused with the way they would go", async () => {
    const refused = await set(ben, { kind: "agent", id: benId }, BEN)
    expect([refused.status, refused.json.error?.code]).toEqual([409, "redirect-loop"])
    expect(refused.json.error?.facts).toEqual({ loop: ["Ben", "Ben"] })
  })
})

describe("the destination", () => {
  test("is changed by its code for oneself alone", async () => {
    const address = "ben@home.example"
    const asked = await ask(relay, "POST", "/api/me/destination", { ...ben, body: { address } })
    expect(asked.status).toBe(200)
    expect(await profile(ben)).toMatchObject({ me: { address: BEN }, pendingAddress: { address } })
    const code = await codeTo(address)
    const confirm = (who: typeof ben) =>
      ask(relay, "POST", "/api/me/destination/confirm", { ...who, body: { address, code } })
    const foreign = await confirm(anna)
    expect([foreign.status, foreign.json.error?.code]).toEqual([401, "code-wrong"])
    expect(await confirm(ben)).toMatchObject({ status: 200, json: { address } })
    expect(await profile(ben)).toMatchObject({ me: { address }, pendingAddress: null })
    const again = await ask(relay, "POST", "/api/me/destination", {
      ...ben,
      body: { address: company.address },
    })
    expect([again.status, again.json.error?.code]).toEqual([409, "already-exists"])
  })

  test("a code is six digits, an address is one", async () => {
    for (const [path, body] of [
      ["/api/me/destination", { address: "ben" }],
      ["/api/me/destination/confirm", { address: "ben@home.example", code: "12345" }],
      ["/api/addresses", {}],
    ] as const) {
      const refused = await ask(relay, "POST", path, { ...ben, body })
      expect([refused.status, refused.json.error?.code]).toEqual([400, "bad-input"])
    }
  })
})

describe("taking by mail", () => {
  const take = (body: object) => ask(relay, "POST", "/api/take", { body })

  test("GET takes nothing: the page is only a page, and the API has no such route", async () => {
    expect((await ask(relay, "GET", "/api/take")).status).toBe(404)
    expect((await ask(relay, "GET", "/api/take/read")).status).toBe(404)
  })

  test("an unknown token, and saying nobody or two, are refused", async () => {
    const token = "a".repeat(26)
    const read = await ask(relay, "POST", "/api/take/read", { body: { token } })
    expect([read.status, read.json.error?.code]).toEqual([404, "not-found"])
    const unknown = await take({ token, agentId: null, name: "Jana" })
    expect([unknown.status, unknown.json.error?.code]).toEqual([404, "not-found"])
    for (const who of [
      { agentId: null, name: null },
      { agentId: company.agentId, name: "Jana" },
      { agentId: "nobody", name: null },
    ]) {
      const refused = await take({ token, ...who })
      expect([refused.status, refused.json.error?.code]).toEqual([400, "bad-input"])
    }
  })

  test("sixty looks from one network, then a pause", async () => {
    const read = () => ask(relay, "POST", "/api/take/read", { body: { token: "b".repeat(26) } })
    const statuses = new Set<number>()
    for (let looks = 0; looks < 61; looks += 1) statuses.add((await read()).status)
    expect([...statuses]).toEqual([404, 429])
    expect((await read()).json.error?.code).toBe("too-many")
  })
})
