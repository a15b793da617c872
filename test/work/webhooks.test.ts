import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openOutside, UnfitPlace } from "../../relay/outside.ts"
import type { WebhookDeliveryView, WebhookView } from "../../shared/protocol/record-views.ts"
import type { WebhookEvent } from "../../shared/words/webhooks.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { ask, bearer } from "../http/kit.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { type Heard, openEar, type WebhookEar } from "../kit/webhook-ear.ts"

type Verify = (secret: string, headers: Heard["headers"], body: string, now?: number) => boolean

/** The example of docs/webhooks.md, as a reader copies it. */
const example = async (): Promise<Verify> => {
  const page = readFileSync(new URL("../../docs/webhooks.md", import.meta.url), "utf8")
  const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ""
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    isFromPorchlight: Verify
  }
  return module.isFromPorchlight
}

describe.each(STORES)("webhooks on %s", (store) => {
  let relay: TestRelay
  let company: Company
  let admin: string
  let ear: WebhookEar
  let verify: Verify
  let n = 0

  beforeAll(async () => {
    verify = await example()
    ear = await openEar()
    relay = await startRelay({ store, env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.1" } })
    company = await relay.setUp()
    admin = await relay.signIn()
  })
  afterAll(async () => {
    await relay.stop()
    await ear.stop()
  })

  const asAdmin = (method: string, path: string, body?: unknown) =>
    ask(relay, method, path, { ...(body !== undefined && { body }), ...bearer(admin) })

  const add = async (events: readonly WebhookEvent[], url = ear.url) => {
    const { json } = await asAdmin("POST", "/api/webhooks", { name: "CRM", url, events })
    return json as unknown as { webhookId: string; secret: string }
  }
  const remove = (id: string) => asAdmin("POST", `/api/webhooks/${id}/delete`)
  const deliveries = async (id: string) =>
    (await asAdmin("GET", `/api/webhooks/${id}/deliveries`)).json.deliveries as WebhookDeliveryView[]

  const visit = async (text: string) => {
    const { accountId, siteId } = company
    const { visitorId } = await relay.store.run(
      "createVisitor",
      { accountId, siteId, language: "en", zone: "UTC" },
      relay.clock.now(),
    )
    n += 1
    const written = {
      accountId,
      siteId,
      groupId: null,
      visitorId,
      key: `key-${String(n).padStart(8, "0")}`,
      text,
    }
    return relay.store.run("takeVisitorMessage", { ...written, page: null }, relay.clock.now())
  }

  test("are told of what happens, signed so that the example of the docs believes it", async () => {
    const { webhookId, secret } = await add(CHOSEN_EVENTS)
    const { conversationId } = await visit("Do you deliver to Brno?")
    const { accountId, agentId } = company
    const who = { accountId, agentId, conversationId }
    await relay.store.run("openConversation", { ...who, seq: 1 }, relay.clock.now())
    await relay.store.run(
      "answerConversation",
      { ...who, key: "answer-001", text: "We do." },
      relay.clock.now(),
    )
    await relay.store.run("closeConversation", who, relay.clock.now())
    for (const type of [
      "conversation.started",
      "conversation.opened",
      "conversation.joined",
      "conversation.closed",
    ])
      expect((await ear.of(type)).json.data).toMatchObject({ conversation: { id: conversationId } })
    const asked = await ear.of("message.created")
    expect(asked.json).toMatchObject({
      account: accountId,
      data: { message: { seq: 1, author: "visitor", text: "Do you deliver to Brno?" } },
    })
    expect((await ear.of("conversation.answered")).json.data).toMatchObject({
      message: { name: "Anna", text: "We do." },
    })
    expect((await ear.of("verdict.decided")).json.data).toMatchObject({ messages: [1] })
    for (const { headers, body } of ear.heard) {
      expect(verify(secret, headers, body)).toBe(true)
      expect(verify(secret, headers, `${body} `)).toBe(false)
      expect(verify(`${secret.slice(0, -8)}AAAAAAA=`, headers, body)).toBe(false)
      expect(verify(secret, headers, body, Date.now() + 3_600_000)).toBe(false)
    }
    const ids = ear.heard.map(({ headers }) => headers["webhook-id"])
    expect(new Set(ids).size).toBe(ids.length)
    await remove(webhookId)
    await visit("Hello?")
    expect(await relay.store.run("nextWebhooks", { among: null }, relay.clock.now())).toEqual({
      behind: [],
      nextAt: null,
    })
  })

  test("get what they chose only, and nothing that happened before", async () => {
    const before = await visit("Before")
    ear.heard.length = 0
    const { webhookId } = await add(["message.created"])
    await visit("After")
    await ear.of("message.created")
    expect(ear.heard.map(({ json }) => json.type)).toEqual(["message.created"])
    expect(ear.heard[0]?.body).not.toContain(before.conversationId)
    await remove(webhookId)
  })

  test("with an exchanged secret both sign for a while", async () => {
    const { webhookId, secret } = await add(["message.created"])
    const { json } = await asAdmin("POST", `/api/webhooks/${webhookId}/secret`, {})
    ear.heard.length = 0
    await visit("Signed twice")
    const { headers, body } = await ear.of("message.created")
    expect(verify(secret, headers, body)).toBe(true)
    expect(verify(json.secret as string, headers, body)).toBe(true)
    const { json: next } = await asAdmin("POST", `/api/webhooks/${webhookId}/secret`, { overlapHours: 0 })
    ear.heard.length = 0
    await visit("Signed once")
    const once = await ear.of("message.created")
    expect(verify(json.secret as string, once.headers, once.body)).toBe(false)
    expect(verify(next.secret as string, once.headers, once.body)).toBe(true)
    await remove(webhookId)
  })

  test("that fail are tried again as the same; redirects are not followed; a person can send again", async () => {
    const { webhookId } = await add(["message.created"])
    ear.heard.length = 0
    ear.answer(307, { location: ear.url.replace("/hook", "/elsewhere") })
    await visit("Where to?")
    const failed = await until("a failure", async () =>
      (await deliveries(webhookId)).find(({ status }) => status),
    )
    expect(failed).toMatchObject({ state: "queued", attempts: 1, status: 307 })
    expect(failed.nextAt).toBeGreaterThan(relay.clock.now())
    ear.answer(200)
    const again = `/api/webhooks/${webhookId}/deliveries/${failed.id}/again`
    expect((await asAdmin("POST", again)).status).toBe(204)
    const done = await until("a success", async () =>
      (await deliveries(webhookId)).find(({ state }) => state === "delivered"),
    )
    expect(done).toMatchObject({ id: failed.id, status: 200, attempts: 2 })
    expect(ear.heard.map(({ path, headers }) => [path, headers["webhook-id"]])).toEqual([
      ["/hook", failed.id],
      ["/hook", failed.id],
    ])
    await remove(webhookId)
  })

  test("can be tried, also while they are switched off", async () => {
    const { webhookId } = await add(["light.changed"])
    await asAdmin("PATCH", `/api/webhooks/${webhookId}`, { active: false })
    ear.heard.length = 0
    await asAdmin("POST", `/api/webhooks/${webhookId}/test`)
    expect((await ear.of("webhook.test")).json.data).toEqual({ webhook: "CRM", account: "Lamplight & Co" })
    await remove(webhookId)
  })

  test("are stopped by 410, which the log of changes says; what waits is dropped", async () => {
    const { webhookId } = await add(["message.created"])
    ear.answer(410)
    await visit("Anybody?")
    const stopped = await until("a stop", async () => {
      const { json } = await asAdmin("GET", "/api/webhooks")
      return (json.webhooks as WebhookView[]).find(({ stoppedWhy }) => stoppedWhy !== null)
    })
    expect(stopped).toMatchObject({ id: webhookId, active: false, stoppedWhy: "410" })
    ear.answer(204)
    const { json } = await asAdmin("GET", "/api/changes?kind=webhook&limit=1")
    expect(json.changes).toMatchObject([
      {
        way: "relay",
        thing: webhookId,
        fields: expect.arrayContaining([{ field: "active", from: true, to: false }]),
      },
    ])
    expect((await deliveries(webhookId)).map(({ state }) => state)).toEqual(["dropped"])
    await remove(webhookId)
  })

  test("no secret is in any list or in the log", async () => {
    const { webhookId, secret } = await add(["message.created"])
    const { json } = await asAdmin("POST", `/api/webhooks/${webhookId}/secret`, {})
    const shown = [
      (await asAdmin("GET", "/api/webhooks")).text,
      (await asAdmin("GET", "/api/changes?limit=200")).text,
      JSON.stringify(relay.logged),
    ].join("\n")
    expect(shown).toContain(webhookId)
    for (const one of [secret, json.secret as string]) expect(shown).not.toContain(one)
    await remove(webhookId)
  })

  test.each([
    ["http://10.0.0.1/hook", "private network"],
    ["https://127.0.0.2/hook", "private network"],
    ["https://[::ffff:10.0.0.1]/hook", "private network"],
    ["https://169.254.169.254/latest/meta-data", "private network"],
    ["https://user:secret@example.com/", "https://"],
    ["ftp://example.com/", "looks like"],
  ])("%s is refused", async (url, why) => {
    const answer = await asAdmin("POST", "/api/webhooks", { name: "No", url, events: ["light.changed"] })
    expect(answer.status).toBe(400)
    expect(answer.json.error?.message).toContain(why)
  })
})

describe("a name that leads to another address the second time", () => {
  test("is asked for once, and what was looked at is what is spoken to", async () => {
    const ear = await openEar()
    const { port } = new URL(ear.url)
    const answers = [["127.0.0.1"], ["127.0.0.9"]]
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return answers.shift() ?? []
    }
    const outside = openOutside({ privateTargets: ["127.0.0.1"], resolve })
    const url = `http://rebinding.example:${port}/hook`
    expect((await outside.post(url, {}, Buffer.from("{}"), "private")).status).toBe(204)
    expect([asked, ear.heard[0]?.headers.host]).toEqual([["rebinding.example"], `rebinding.example:${port}`])
    // The second time it leads to where the relay speaks to nobody.
    await expect(outside.post(url, {}, Buffer.from("{}"), "private")).rejects.toThrow(UnfitPlace)
    expect(ear.heard.length).toBe(1)
    await ear.stop()
  })

  test("plain http is for private networks alone", async () => {
    const outside = openOutside({ privateTargets: ["127.0.0.1"], resolve: async () => ["192.0.43.8"] })
    expect(await outside.unfit("http://public.example/", "private")).toBe("form")
    expect(await outside.unfit("https://public.example/", "private")).toBe(null)
    expect(await outside.unfit("http://public.example/", "always")).toBe(null)
  })
})
