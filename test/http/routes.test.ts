import { afterAll, beforeAll, expect, test } from "vitest"
import { ROUTES } from "../../relay/http/routes/index.ts"
import { newId } from "../../shared/words/ids.ts"
import { PLAIN_LOOK } from "../../shared/words/look.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { ask, bearer } from "./kit.ts"

let relay: TestRelay
let foreigner: string
let plainAgent: string
let admin: string
/** What the company has of each thing that a path names. */
const IDS: Record<string, string> = {}

/** A body that fits each route that has one, so that only who asks can be what is wrong. */
const BODIES: Record<string, unknown> = {
  "/api/sign-out": {},
  "/api/me/intent": { intent: "busy", version: 1 },
  "/api/me": { name: "Eve" },
  "/api/me/override": { on: true },
  "/api/me/picture": { picture: null },
  "/api/me/push": { subscription: null },
  "/api/me/destination": { address: "new@c.example" },
  "/api/me/destination/confirm": { address: "new@c.example", code: "123456" },
  "/api/mail-health/probes": { to: "it@c.example" },
  "/api/addresses": { address: "info@c.example" },
  "/api/addresses/confirm": { address: "info@c.example", code: "123456" },
  "/api/addresses/remove": { address: "info@c.example" },
  "/api/queue/{id}/hold": { reason: "later" },
  "/api/queue/{id}/drop": { reason: "sent twice" },
  "/api/mail/destinations/fallback": { address: "mallory@example.net", fallback: null },
  "/api/mail-names": { name: "info", owner: { kind: "account", id: "ac_guessed" } },
  "/api/mail-names/remove": { name: "inbox" },
  "/api/redirects": { owner: { kind: "account", id: "ac_guessed" }, redirect: null },
  "/api/settings": { name: "Company" },
  "/api/groups": { name: "Sales" },
  "/api/groups/{id}": { name: "Sales" },
  "/api/groups/{id}/delete": {},
  "/api/sites/{id}/tag": { url: "https://nobody.example/" },
  "/api/webhooks": { name: "CRM", url: "https://example.com/hook", events: ["light.changed"] },
  "/api/webhooks/{id}": { name: "CRM" },
  "/api/webhooks/{id}/secret": {},
  "/api/persons/find": { visitor: "nobody@c.example" },
  "/api/persons/export": { visitor: "nobody@c.example" },
  "/api/persons/erase": { visitor: "nobody@c.example" },
  "/api/sites": { name: "Shop", origins: ["*"] },
  "/api/sites/{id}": { name: "Shop" },
  "/api/sites/{id}/box": { look: PLAIN_LOOK, rates: true, transcripts: true },
  "/api/team": { name: "Dan", address: "dan@c.example" },
  "/api/team/{id}": { name: "Dan" },
  "/api/team/{id}/remove": {},
  "/api/beat": { bootId: "12345678", seq: 1, state: "active", intervalMs: 20_000 },
  "/api/conversations/{id}/open": { seq: 1 },
  "/api/conversations/{id}/assign": { groupId: null },
  "/api/conversations/{id}/undo": { deed: "close" },
  "/api/canned-answers": { name: "Hello", text: "Hello {visitor}" },
  "/api/canned-answers/{id}": { name: "Hello", text: "Hello {visitor}" },
  "/api/conversations/{id}/answer": { key: "12345678", text: "hello" },
  "/api/setup": {
    key: "guessed",
    company: "C",
    agent: { name: "A", address: "a@c.example" },
    site: { name: "S", origins: ["*"] },
  },
}

/** The same for what a route has to be asked with. */
const QUERIES: Record<string, string> = {
  "/api/listed": "?ids=co_guessed",
  "/api/search": "?q=hello",
  "/api/timeline": "?from=0&to=1",
  "/api/conversations/{id}/uploads": "?key=12345678&name=lamp.png",
  "/api/box/uploads": "?site=guessed&key=12345678&name=lamp.png",
  "/api/box/uploads/{id}/remove": "?site=guessed",
  "/api/box/attachments/{id}": "?site=guessed",
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
  const { accountId } = company
  const { groupId } = await store.run("createGroup", { accountId, name: "Returns", members: [] }, clock.now())
  const { answer } = await store.run(
    "createCannedAnswer",
    { accountId, agentId: company.agentId, shared: true, name: "Hello", text: "Hello" },
    clock.now(),
  )
  Object.assign(IDS, {
    conversations: written.conversationId,
    groups: groupId,
    sites: company.siteId,
    team: company.agentId,
    mailbox: newId("delivery"),
    webhooks: (
      await store.run(
        "createWebhook",
        { accountId, name: "CRM", url: "https://example.com/hook", events: ["light.changed"] },
        clock.now(),
      )
    ).webhookId,
    "canned-answers": answer.id,
    uploads: newId("attachment"),
    attachments: newId("attachment"),
    pictures: newId("picture"),
  })
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
  await relay.addAgent(company, "Paul", "paul@lamplight.example")
  admin = await relay.signIn()
  plainAgent = await relay.signIn("paul@lamplight.example")
  foreigner = await relay.signIn("eve@other.example")
})
afterAll(() => relay.stop())

const bodyOf = (method: string, path: string): unknown => (method === "get" ? undefined : BODIES[path])

const at = (path: string): string =>
  path
    .replace(/\/([\w-]+)\/\{id\}/, (_, things: string) => `/${things}/${IDS[things]}`)
    .replace("{inboundMailId}", newId("inbound-mail"))
    .replace("{attachmentId}", newId("attachment"))
    .replace("{deliveryId}", newId("webhook-delivery"))
    .concat(QUERIES[path] ?? "")

test.each(ROUTES.filter(({ who }) => who === "agent" || who === "admin" || who === "visitor"))(
  "$method $path needs a token",
  async ({ method, path }) => {
    const body = bodyOf(method, path)
    const without = await ask(relay, method.toUpperCase(), at(path), { body })
    expect([without.status, without.json.error?.code]).toEqual([401, "not-signed-in"])
    const wrong = await ask(relay, method.toUpperCase(), at(path), { body, ...bearer("x".repeat(43)) })
    expect([wrong.status, wrong.json.error?.code]).toEqual([401, "not-signed-in"])
  },
)

const settingsNow = () => ask(relay, "GET", "/api/settings", bearer(admin))

test.each(ROUTES.filter(({ who }) => who === "admin"))(
  "$method $path is for admins",
  async ({ method, path }) => {
    const before = await settingsNow()
    const answer = await ask(relay, method.toUpperCase(), at(path), {
      body: bodyOf(method, path),
      ...bearer(plainAgent),
    })
    expect([answer.status, answer.json.error?.code]).toEqual([403, "forbidden"])
    expect((await settingsNow()).json).toEqual(before.json)
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

test.each(FOREIGN.filter(({ who }) => who !== "key" && who !== "visitor"))(
  "$method $path shows nothing of another account",
  async ({ method, path }) => {
    const answer = await ask(relay, method.toUpperCase(), at(path), {
      body: bodyOf(method, path),
      ...bearer(foreigner),
    })
    expect([answer.status, answer.json.error?.code]).toEqual([404, "not-found"])
  },
)

test("its own agents do see that conversation", async () => {
  const own = await relay.signIn()
  const answer = await ask(relay, "GET", at("/api/conversations/{id}"), bearer(own))
  expect(answer.json).toMatchObject({ id: IDS.conversations, state: "unserved" })
})

test("the document describes every route", async () => {
  const { json } = await ask(relay, "GET", "/api/openapi.json")
  const paths = json.paths as Record<string, Record<string, unknown>>
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
})
