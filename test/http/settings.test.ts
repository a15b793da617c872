import { afterAll, beforeAll, expect, test } from "vitest"
import { settingsView } from "../../relay/http/answers-settings.ts"
import type { SettingsView } from "../../shared/protocol/views.ts"
import { connectAgent } from "../kit/agent-socket.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { ask, bearer } from "./kit.ts"

let relay: TestRelay
let company: Company
let admin: string

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  admin = await relay.signIn()
})
afterAll(() => relay.stop())

const send = (method: string, path: string, body?: unknown) =>
  ask(relay, method, path, { body, ...bearer(admin) })
const settings = async (): Promise<SettingsView> =>
  (await send("GET", "/api/settings")).json as unknown as SettingsView
/** What is done is answered with the new version. */
const done = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
  const { status, json } = await send(method, path, body)
  expect([status, json.error]).toEqual([200, undefined])
  expect(json.version).toBe((await settings()).version)
  return json
}
/** What is refused changes nothing. */
const refused = async (
  status: number,
  words: string | RegExp,
  method: string,
  path: string,
  body: unknown,
) => {
  const before = await settings()
  const answer = await send(method, path, body)
  expect([answer.status, answer.json.error?.message]).toEqual([status, expect.stringMatching(words)])
  expect(await settings()).toEqual(before)
  return answer.json.error
}

const WORKDAY = { zone: "Europe/Prague", week: [{ day: 1, from: "09:00", to: "17:00" }], exceptions: [] }

test("an admin reads and changes the account", async () => {
  const { version } = await settings()
  const change = { name: " Lamplight  Ltd ", graceSeconds: 30, waitSeconds: 45, hours: WORKDAY }
  await done("PATCH", "/api/settings", {
    version,
    ...change,
    missedNotices: false,
    busyTexts: { cs: "Chvilku." },
  })
  expect((await settings()).account).toMatchObject({
    ...{ name: "Lamplight Ltd", graceMs: 30_000, waitMs: 45_000, hours: WORKDAY, missedNotices: false },
    busyTexts: { cs: "Chvilku." },
  })
  const stale = await refused(409, "somebody else changed", "PATCH", "/api/settings", { version, name: "X" })
  expect(stale).toMatchObject({ code: "stale", facts: { version: (await settings()).version } })
  await done("PATCH", "/api/settings", { hours: null, graceSeconds: 120 })
})

test("the plan is the operator's", async () => {
  await send("PATCH", "/api/settings", { plan: "free" })
  expect((await settings()).account.plan).toBe("pro")
})

test("what is no setting is refused with where it is and what would be right", async () => {
  const bad = (body: unknown, words: string | RegExp) => refused(400, words, "PATCH", "/api/settings", body)
  await bad({ name: "X", waitSeconds: 601 }, "waitSeconds")
  await bad({ zone: "Mars/Base" }, "“Mars/Base” is no time zone")
  await bad(
    { hours: { ...WORKDAY, week: [{ day: 1, from: "9:00", to: "17:00" }] } },
    "a time looks like 09:00",
  )
  await bad({ hours: { ...WORKDAY, week: [...WORKDAY.week, ...WORKDAY.week] } }, "Monday")
  await bad({ hours: { ...WORKDAY, zone: "Mars/Base" } }, "Mars/Base")
  await bad({ busyTexts: { xx: "hello" } }, "busyTexts")
  await bad({ busyTexts: { en: "x".repeat(501) } }, "500")
})

test("a group is made, changed, offered by a site, and deleted", async () => {
  const { groupId } = await done("POST", "/api/groups", { name: "Returns", members: [company.agentId] })
  await done("PATCH", `/api/groups/${groupId}`, { hours: WORKDAY })
  await done("PATCH", `/api/sites/${company.siteId}`, { groups: [groupId], language: "cs" })
  expect(await settings()).toMatchObject({
    groups: [{ id: groupId, name: "Returns", members: [company.agentId], hours: WORKDAY, inbox: null }],
    sites: [{ id: company.siteId, groups: [groupId], language: "cs" }],
  })
  await refused(409, "group “Returns” already", "POST", "/api/groups", { name: "returns" })
  await refused(404, "ag_nobody", "PATCH", `/api/groups/${groupId}`, { name: "X", members: ["ag_nobody"] })
  await refused(404, "gr_nothing", "PATCH", `/api/sites/${company.siteId}`, { groups: ["gr_nothing"] })
  await done("POST", `/api/groups/${groupId}/delete`, {})
  expect(await settings()).toMatchObject({ groups: [], sites: [{ groups: [] }] })
})

test("the answer is what the document describes", async () => {
  await done("PATCH", "/api/settings", {
    hours: { ...WORKDAY, exceptions: [{ date: "2026-12-24", spans: [] }] },
  })
  const { groupId } = await done("POST", "/api/groups", { name: "Sales" })
  const { json } = await send("GET", "/api/settings")
  // Unknown fields would be left out.
  expect(settingsView.parse(json)).toEqual(json)
  await done("POST", `/api/groups/${groupId}/delete`, {})
  await done("PATCH", "/api/settings", { hours: null })
})

test("a site is added with its tag", async () => {
  const made = await done("POST", "/api/sites", { name: "Blog", origins: ["https://Blog.example/"] })
  expect(made.snippet).toBe(`<script async src="${relay.url}/box.js" data-site="${made.siteKey}"></script>`)
  const site = (await settings()).sites.find((one) => one.id === made.siteId)
  expect(site).toMatchObject({ name: "Blog", origins: ["https://blog.example"], key: made.siteKey })
  await refused(400, "https://example.com", "POST", "/api/sites", { name: "X", origins: ["blog.example"] })
})

test("somebody is invited by a mail, changed, and signed out everywhere within two seconds when removed", async () => {
  const dan = { name: "Dan", address: "dan@lamplight.example" }
  const { agentId } = await done("POST", "/api/team", dan)
  const [mail] = await until("the invitation", async () => {
    const mails = await relay.mailsTo(dan.address)
    return mails.length > 0 ? mails : undefined
  })
  expect(mail).toContain("/desk")
  await refused(409, "dan@lamplight.example is an agent's", "POST", "/api/team", dan)
  const again = await send("POST", `/api/team/${agentId}/invite`)
  expect([again.status, again.json]).toEqual([200, { address: dan.address }])
  await until("the invitation once more", async () => (await relay.mailsTo(dan.address)).length === 2)
  await done("PATCH", `/api/team/${agentId}`, { role: "admin", missedNotices: false })
  expect((await settings()).team.find((one) => one.id === agentId)).toMatchObject({
    ...{ name: "Dan", role: "admin", missedNotices: false, joined: false },
  })

  const token = await relay.signIn(dan.address)
  await refused(400, "Dan has signed in already", "POST", `/api/team/${agentId}/invite`, {})
  const device = await connectAgent(relay, token)
  const screen = await connectAgent(relay, token, { role: "screen" })
  device.beat()
  const from = relay.clock.now()
  await done("POST", `/api/team/${agentId}/remove`, {})
  expect(await Promise.all([device.closed, screen.closed])).toEqual([4401, 4401])
  expect(relay.clock.now() - from).toBeLessThan(2000)
  expect((await ask(relay, "GET", "/api/toolbar", bearer(token))).status).toBe(401)
  expect((await settings()).team.map((one) => one.name)).toEqual(["Anna"])
  await refused(404, String(agentId), "POST", `/api/team/${agentId}/remove`, {})
})

test("who is deactivated is signed out within two seconds too; who is not stays", async () => {
  const { agentId } = await done("POST", "/api/team", { name: "Eva", address: "eva@lamplight.example" })
  const device = await connectAgent(relay, await relay.signIn("eva@lamplight.example"))
  const other = await connectAgent(relay, admin, { role: "screen" })
  const from = relay.clock.now()
  const { version } = await done("PATCH", `/api/team/${agentId}`, { active: false })
  expect(await device.closed).toBe(4401)
  expect(relay.clock.now() - from).toBeLessThan(2000)
  // The admin's screen hears of it instead.
  await other.event("settings", (event) => event.version === version)
  await other.close()
})

test("the last admin can be neither removed nor made an agent", async () => {
  const { agentId } = company
  await refused(400, "last admin", "POST", `/api/team/${agentId}/remove`, {})
  await refused(400, "last admin", "PATCH", `/api/team/${agentId}`, { role: "agent" })
})
