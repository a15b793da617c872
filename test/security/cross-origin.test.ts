import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { ROUTES } from "../../relay/http/routes/index.ts"
import { ask, bearer } from "../http/kit.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"

/** What pages of other sites can do with a visitor's or an agent's browser: nothing that the browser lets them. */

let relay: TestRelay
let company: Company
let token: string

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp({ origins: ["https://shop.example"] })
  token = await relay.signIn()
})
afterAll(() => relay.stop())

/** A path with something in its places. */
const pathOf = (path: string): string => path.replaceAll(/\{\w+\}/g, "x_1")

const PAGES = [
  "/setup",
  "/desk",
  "/admin",
  "/mailbox",
  "/demo",
  "/allow",
  "/take",
  "/unsubscribe/x",
  "/box/frame",
]

test("no answer sets a cookie, lets credentials across, or is guessed at; none stands in a foreign frame", async () => {
  const paths = [
    ...ROUTES.map(({ path }) => pathOf(path)),
    ...PAGES,
    "/",
    "/health",
    "/box.js",
    "/api/openapi.json",
  ]
  for (const path of paths) {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const { headers } = await ask(relay, method, path, {
        Origin: "https://evil.example",
        Cookie: "session=1",
        ...(method === "OPTIONS" && { "Access-Control-Request-Method": "POST" }),
      })
      const said = (name: string): string => headers.get(name) ?? ""
      expect(headers.get("set-cookie"), path).toBeNull()
      expect(headers.get("access-control-allow-credentials"), path).toBeNull()
      if (method === "OPTIONS") continue
      expect(said("x-content-type-options"), path).toBe("nosniff")
      const policy = said("content-security-policy")
      expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*(?![.\w])/)
      if (!path.startsWith("/box")) expect(policy, path).toMatch(/frame-ancestors '(none|self)'/)
    }
  }
})

test("the box's frame stands on its site's pages and the relay's own, nowhere else", async () => {
  const { headers } = await ask(relay, "GET", `/box/frame?site=${company.siteKey}`)
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'self' https://shop.example")
  expect(headers.get("x-frame-options")).toBeNull()
})

/** What a form of another site can send without asking first (Fetch: CORS-safelisted). */
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", ""]

test("a form of another site changes nothing: there is no cookie to ride on", async () => {
  const changing = ROUTES.filter(({ method, who }) => method !== "get" && who !== "public")
  expect(changing.length).toBeGreaterThan(30)
  for (const { path } of changing) {
    for (const type of FORM_TYPES) {
      const { status } = await ask(relay, "POST", pathOf(path), {
        Origin: "https://evil.example",
        "Content-Type": type,
        Cookie: `token=${token}`,
        body: `{"token":"${token}"}`,
      })
      expect([400, 401, 403, 404, 405, 413, 415], `${path} as ${type}`).toContain(status)
    }
  }
})

test("nothing changes by GET, with a token or without", async () => {
  for (const { path, method } of ROUTES.filter(({ method }) => method !== "get")) {
    if (ROUTES.some((one) => one.path === path && one.method === "get")) continue
    const { status } = await ask(relay, "GET", pathOf(path), bearer(token))
    expect(status, `${method} ${path}`).toBe(404)
  }
})

const openSocket = (path: string, origin: string | undefined): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(
      `${relay.url.replace(/^http/, "ws")}${path}`,
      origin === undefined ? {} : { origin },
    )
    socket.on("open", () =>
      socket.send(
        JSON.stringify({
          type: "hello",
          site: company.siteKey,
          group: null,
          tab: "tab-00000001",
          visitor: null,
        }),
      ),
    )
    socket.on("message", () => {
      resolve(0)
      socket.close()
    })
    socket.on("close", resolve)
    socket.on("error", () => undefined)
  })

/**
 * The box stands in a frame of the relay's own origin, and the page around that has to be one of the site's
 * (frame-ancestors): so a script on a page, even on one of the site's, opens no socket.
 */
test.each([
  ["the relay's own", 0],
  ["https://shop.example", 4403],
  ["https://shop.example.evil.example", 4403],
  ["https://evil.example/http://127.0.0.1", 4403],
  ["null", 4403],
  [undefined, 4403],
])("a visitor's socket from %s: %s", async (origin, code) => {
  expect(await openSocket("/live/visitor", origin === "the relay's own" ? relay.url : origin)).toBe(code)
})
