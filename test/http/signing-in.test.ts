import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { ask, bearer } from "./kit.ts"

describe.each(STORES)("signing in on %s", (kind) => {
  let relay: TestRelay
  let company: Company

  beforeAll(async () => {
    relay = await startRelay({ store: kind })
    company = await relay.setUp()
  })
  afterAll(() => relay.stop())

  test("a code by mail becomes a token, which says who one is, and which sign-out ends", async () => {
    const token = await relay.signIn()
    const toolbar = await ask(relay, "GET", "/api/toolbar", bearer(token))
    expect(toolbar.status).toBe(200)
    expect(toolbar.json.me).toMatchObject({ id: company.agentId, address: company.address, role: "admin" })

    const out = await ask(relay, "POST", "/api/sign-out", { ...bearer(token), body: {} })
    expect(out.status).toBe(204)
    expect((await ask(relay, "GET", "/api/toolbar", bearer(token))).status).toBe(401)
  })

  test("an unknown address gets the same answer, and no mail", async () => {
    const known = await ask(relay, "POST", "/api/sign-in/code", { body: { address: company.address } })
    const unknown = await ask(relay, "POST", "/api/sign-in/code", {
      body: { address: "nobody@else.example" },
    })
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
    await until("the mail to the known one", async () => (await relay.mailsTo(company.address)).length > 0)
    expect(await relay.mailsTo("nobody@else.example")).toEqual([])
  })

  test("a wrong code answers alike for known and unknown addresses", async () => {
    const device = { kind: "tab", label: "Test" }
    const answers = await Promise.all(
      [company.address, "nobody@else.example"].map((address) =>
        ask(relay, "POST", "/api/sign-in", { body: { address, code: "000000", device } }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401])
    expect(answers[0]!.json.error?.code).toBe(answers[1]!.json.error?.code)
  })

  test("a second set-up is refused, and so is a wrong key", async () => {
    const body = {
      company: "Other",
      agent: { name: "Eve", address: "eve@other.example" },
      site: { name: "Other", origins: ["*"] },
    }
    const again = await ask(relay, "POST", "/api/setup", { body: { ...body, key: relay.key } })
    expect([again.status, again.json.error?.code]).toEqual([409, "already-set-up"])
    const wrong = await ask(relay, "POST", "/api/setup", { body: { ...body, key: "guessed" } })
    expect([wrong.status, wrong.json.error?.code]).toEqual([403, "forbidden"])
  })

  test("the profile changes, and a stale intent is refused with the current one", async () => {
    const token = await relay.signIn()
    const changed = await ask(relay, "PATCH", "/api/me", { ...bearer(token), body: { name: " Anna  B. " } })
    expect(changed.json.name).toBe("Anna B.")
    const version = changed.json.intentVersion as number
    const busy = await ask(relay, "PUT", "/api/me/intent", {
      ...bearer(token),
      body: { intent: "busy", version },
    })
    expect(busy.json).toEqual({ intent: "busy", version: version + 1, until: null })
    const stale = await ask(relay, "PUT", "/api/me/intent", {
      ...bearer(token),
      body: { intent: "unavailable", version },
    })
    expect(stale.status).toBe(409)
    expect(stale.json.error).toMatchObject({ code: "stale", facts: { intent: "busy", version: version + 1 } })
  })

  test("a beat over HTTP brings the light, and its answer the relay's time", async () => {
    const token = await relay.signIn()
    const beat = { bootId: "boot-over-http", seq: 1, state: "active", intervalMs: 30_000 }
    const answer = await ask(relay, "POST", "/api/beat", { ...bearer(token), body: beat })
    expect(answer.status).toBe(200)
    expect(answer.json.now).toBeTypeOf("number")
    const toolbar = await ask(relay, "GET", "/api/toolbar", bearer(token))
    expect(toolbar.json.light).toBe(true)
  })
})
