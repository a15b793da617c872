import { afterAll, beforeAll, expect, test } from "vitest"
import { ROUTES } from "../../relay/http/routes/index.ts"
import { newId } from "../../shared/words/ids.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { ask, bearer } from "./kit.ts"

let relay: TestRelay
let foreigner: string
let conversationId: string

/** A body that fits each route that has one, so that only who asks can be what is wrong. */
const BODIES: Record<string, unknown> = {
  "/api/sign-out": {},
  "/api/me/intent": { intent: "busy", version: 1 },
  "/api/me": { name: "Eve" },
  "/api/beat": { bootId: "12345678", seq: 1, state: "active", intervalMs: 20_000 },
  "/api/conversations/{id}/open": { seq: 1 },
  "/api/conversations/{id}/answer": { key: "12345678", text: "hello" },
  "/api/setup": {
    key: "guessed",
    company: "C",
    agent: { name: "A", address: "a@c.example" },
    site: { name: "S", origins: ["*"] },
  },
}

const FOREIGN = ROUTES.filter(({ path }) => path.includes("{"))

beforeAll(async () => {
  relay = await startRelay()
  const company = await relay.setUp()
  const { store, clock } = relay
  const visitor = await store.run(
    "createVisitor",
    { accountId: company.accountId, siteId: company.siteId, language: "en", zone: "UTC" },
    clock.now(),
  )
  const written = await store.run(
    "takeVisitorMessage",
    {
      accountId: company.accountId,
      siteId: company.siteId,
      groupId: null,
      visitorId: visitor.visitorId,
      key: "a-first-message",
      text: "Is anybody there?",
      page: null,
    },
    clock.now(),
  )
  conversationId = written.conversationId
  const other = await store.run(
    "createAccount",
    { name: "Other", language: "en", zone: "UTC", graceMs: 1000, waitMs: 1000 },
    clock.now(),
  )
  await store.run(
    "createAgent",
    { ...other, name: "Eve", address: "eve@other.example", role: "admin", language: "en", zone: "UTC" },
    clock.now(),
  )
  foreigner = await relay.signIn("eve@other.example")
})
afterAll(() => relay.stop())

const at = (path: string): string =>
  path
    .replace("{id}", path.includes("mailbox") ? newId("delivery") : conversationId)
    .replace("{inboundMailId}", newId("inbound-mail"))

test.each(ROUTES.filter(({ who }) => who === "agent" || who === "admin"))(
  "$method $path needs a token",
  async ({ method, path }) => {
    const body = BODIES[path]
    const without = await ask(relay, method.toUpperCase(), at(path), { body })
    expect([without.status, without.json.error?.code]).toEqual([401, "not-signed-in"])
    const wrong = await ask(relay, method.toUpperCase(), at(path), { body, ...bearer("x".repeat(43)) })
    expect([wrong.status, wrong.json.error?.code]).toEqual([401, "not-signed-in"])
  },
)

test.each(ROUTES.filter(({ who }) => who === "key"))(
  "$method $path needs the key",
  async ({ method, path }) => {
    for (const headers of [{}, { "X-Porchlight-Key": "guessed" }, bearer(foreigner)]) {
      const answer = await ask(relay, method.toUpperCase(), at(path), { body: BODIES[path], ...headers })
      expect([answer.status, answer.json.error?.code]).toEqual([403, "forbidden"])
    }
  },
)

test.each(FOREIGN.filter(({ who }) => who !== "key"))(
  "$method $path shows nothing of another account",
  async ({ method, path }) => {
    const answer = await ask(relay, method.toUpperCase(), at(path), {
      body: BODIES[path],
      ...bearer(foreigner),
    })
    expect([answer.status, answer.json.error?.code]).toEqual([404, "not-found"])
  },
)

test("its own agents do see that conversation", async () => {
  const own = await relay.signIn()
  const answer = await ask(relay, "GET", `/api/conversations/${conversationId}`, bearer(own))
  expect(answer.json).toMatchObject({ id: conversationId, state: "unserved" })
})

test("the document describes every route", async () => {
  const { json } = await ask(relay, "GET", "/api/openapi.json")
  const paths = json.paths as Record<string, Record<string, unknown>>
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
})
