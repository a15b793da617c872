import { readFileSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { ask } from "./kit.ts"

let relay: TestRelay
let company: Company
let pages: string

const LONG = `console.log("${"light ".repeat(500)}")`

beforeAll(async () => {
  pages = await mkdtemp(path.join(tmpdir(), "porchlight-pages-"))
  await mkdir(path.join(pages, "assets"))
  const files = {
    "setup.html": "<!doctype html><title>Set-up</title>",
    "demo.html": '<!doctype html><script async src="/box.js" data-site="%SITE_KEY%"></script>',
    "frame.html": "<!doctype html><title>Chat</title>",
    "box.js": "loader()",
    "assets/desk-B2x9_kQz.js": LONG,
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(pages, name), text)
  relay = await startRelay({ pages })
})
afterAll(async () => {
  await relay.stop()
  await rm(pages, { recursive: true })
})

test("before set-up the front door is the set-up page, and the demo page has no site", async () => {
  const root = await ask(relay, "GET", "/")
  expect([root.status, root.headers.get("location")]).toEqual([302, "/setup"])
  expect((await ask(relay, "GET", "/demo")).text).toContain('data-site=""')
  company = await relay.setUp({ origins: ["https://shop.example", "http://localhost:3000"] })
  expect((await ask(relay, "GET", "/")).headers.get("location")).toBe("/desk")
  expect((await ask(relay, "GET", "/demo")).text).toContain(`data-site="${company.siteKey}"`)
})

test("pages load no inline script or style and stand in no frame", async () => {
  const { headers } = await ask(relay, "GET", "/setup")
  const policy = headers.get("content-security-policy")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain("unsafe")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers.get("x-frame-options")).toBe("DENY")
  expect(headers.get("x-content-type-options")).toBe("nosniff")
})

test("the box's frame stands on the site's origins and on the relay's own", async () => {
  const { status, headers } = await ask(relay, "GET", `/box/frame?site=${company.siteKey}`)
  expect(status).toBe(200)
  expect(headers.get("content-security-policy")).toContain(
    "frame-ancestors 'self' https://shop.example http://localhost:3000",
  )
  expect(headers.get("x-frame-options")).toBeNull()
  const unknown = await ask(relay, "GET", "/box/frame?site=nobody")
  expect([unknown.status, unknown.json.error?.code]).toEqual([404, "not-found"])
})

test("hashed files are kept for ever and sent compressed; others are asked for again", async () => {
  const hashed = await ask(relay, "GET", "/assets/desk-B2x9_kQz.js", { "Accept-Encoding": "br" })
  expect(hashed.headers.get("cache-control")).toContain("immutable")
  expect(hashed.headers.get("content-encoding")).toBe("br")
  expect(hashed.text).toBe(LONG)

  const first = await ask(relay, "GET", "/setup")
  const etag = first.headers.get("etag") ?? ""
  expect((await ask(relay, "GET", "/setup", { "If-None-Match": etag })).status).toBe(304)
  expect((await ask(relay, "GET", "/setup", { "If-None-Match": '"other"' })).status).toBe(200)
})

test("a page built anew is there at once; one that is not built says what to do", async () => {
  await writeFile(path.join(pages, "setup.html"), "<!doctype html><title>A new one</title>")
  expect((await ask(relay, "GET", "/setup")).text).toContain("A new one")
  const missing = await ask(relay, "GET", "/mailbox")
  expect([missing.status, missing.json.error?.message]).toEqual([
    404,
    expect.stringContaining("npm run build"),
  ])
})

test.each(["/assets/..%2f..%2fpackage.json", "/assets/../../package.json", "/assets/%00", "/assets/"])(
  "%s leads nowhere",
  async (address) => {
    expect((await ask(relay, "GET", address)).status).toBe(404)
  },
)

test("other sites' scripts may call the API, without credentials", async () => {
  const { status, headers } = await ask(relay, "OPTIONS", "/api/toolbar", {
    Origin: "chrome-extension://abc",
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "authorization",
  })
  expect(status).toBe(204)
  expect(headers.get("access-control-allow-origin")).toBe("*")
  expect(headers.get("access-control-allow-credentials")).toBeNull()
})

test.each([
  ["not JSON", "{", 400, "bad-input"],
  ["the wrong type", { address: 5 }, 400, "bad-input"],
  ["a CRLF in the address", { address: "a@b.example\r\nRCPT TO:<c@d.example>" }, 400, "bad-input"],
  ["more than 64 kB", { address: "a".repeat(70_000) }, 413, "too-large"],
])("%s is refused", async (_, body, status, code) => {
  const answer = await ask(relay, "POST", "/api/sign-in/code", { body })
  expect([answer.status, answer.json.error?.code]).toEqual([status, code])
})

test("a refusal of input names each field", async () => {
  const answer = await ask(relay, "POST", "/api/sign-in/code", { body: { address: "nobody" } })
  expect(answer.json.error?.facts).toEqual({
    fields: [{ field: "address", message: expect.stringContaining("name@example.com") }],
  })
})

test("codes are not asked for without end from one network", async () => {
  const askFrom = (client: string) =>
    ask(relay, "POST", "/api/sign-in/code", {
      body: { address: "nobody@else.example" },
      "X-Forwarded-For": client,
    })
  let answer = await askFrom("192.0.2.1")
  for (let n = 0; n < 40 && answer.status === 204; n++) answer = await askFrom("192.0.2.1")
  expect([answer.status, answer.json.error?.code]).toEqual([429, "too-many"])
  expect((await askFrom("192.0.2.2")).status).toBe(204)
})

test("health and metrics say how it is", async () => {
  const health = await ask(relay, "GET", "/health")
  expect(health.status).toBe(200)
  expect(health.json).toMatchObject({ status: "ready", store: { kind: "sqlite", state: "up" } })
  const { text, headers } = await ask(relay, "GET", "/metrics")
  expect(headers.get("content-type")).toContain("text/plain")
  for (const name of ["event_loop_lag_seconds", "sockets", "queue_age_seconds", "decisions_total"])
    expect(text).toContain(`porchlight_${name}`)
})

test("every figure that alarms and dashboard look at is there", async () => {
  const { text } = await ask(relay, "GET", "/metrics")
  for (const file of ["alerts.yml", "grafana/porchlight.json"]) {
    const source = readFileSync(new URL(`../../deploy/${file}`, import.meta.url), "utf8")
    const names = new Set(source.match(/porchlight_[a-z_]+/g))
    expect(names.size).toBeGreaterThan(5)
    for (const name of names) expect(text, `${file} asks for ${name}`).toContain(`# TYPE ${name} `)
  }
})

test("alive is another question than ready", async () => {
  const alive = await ask(relay, "GET", "/health/alive")
  expect([alive.status, alive.json]).toEqual([200, { status: "alive" }])
})

test("the log has no queries, tokens or codes", async () => {
  await ask(relay, "GET", "/api/mailbox?key=secret-in-a-query", { Authorization: "Bearer secret-token" })
  const log = JSON.stringify(relay.logged)
  expect(log).not.toContain("secret")
  expect(log).not.toMatch(/\b\d{6}\b/)
})
