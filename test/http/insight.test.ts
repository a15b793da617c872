import { afterAll, beforeAll, expect, test } from "vitest"
import type { Foresight, TimelineView } from "../../shared/protocol/views.ts"
import { HOUR } from "../../shared/words/time.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { ask, bearer } from "./kit.ts"

let relay: TestRelay
let company: Company
let admin: string
let plain: string
let plainId: string

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  plainId = await relay.addAgent(company, "Paul", "paul@lamplight.example")
  admin = await relay.signIn()
  plain = await relay.signIn("paul@lamplight.example")
})
afterAll(() => relay.stop())

const timeline = (token: string, query: Record<string, string | number> = {}) => {
  const now = Date.now()
  const asked = new URLSearchParams({ from: String(now - HOUR), to: String(now + HOUR), ...query } as Record<
    string,
    string
  >)
  return ask(relay, "GET", `/api/timeline?${asked}`, bearer(token))
}

const simulate = (query = "") => ask(relay, "GET", `/api/simulate${query}`, bearer(admin))

test("an admin reads everybody's timeline, or one agent's", async () => {
  const all = (await timeline(admin)).json as unknown as TimelineView
  expect(all.agents.map((agent) => agent.name)).toEqual(["Anna", "Paul"])
  const one = (await timeline(admin, { agentId: plainId })).json as unknown as TimelineView
  expect(one.agents.map((agent) => agent.name)).toEqual(["Paul"])
})

test("an agent reads their own lane and no other", async () => {
  const own = (await timeline(plain)).json as unknown as TimelineView
  expect(own.agents.map((agent) => agent.name)).toEqual(["Paul"])
  expect(own.lights).toHaveLength(1)
  const other = await timeline(plain, { agentId: company.agentId })
  expect([other.status, other.json.error?.code]).toEqual([403, "forbidden"])
  expect((await timeline(plain, { agentId: plainId })).status).toBe(200)
})

test("times that are none are refused in words", async () => {
  const now = Date.now()
  const wrong = await timeline(admin, { from: now, to: now - 1 })
  expect([wrong.status, wrong.json.error?.code]).toEqual([400, "bad-input"])
  const long = await timeline(admin, { from: now - 40 * 24 * HOUR })
  expect(long.json.error?.message).toContain("31 days")
  expect((await timeline(admin, { from: "yesterday" })).status).toBe(400)
  expect((await timeline(admin, { agentId: "ag_guessed" })).status).toBe(404)
})

test("the simulator says who would get a mail", async () => {
  const told = (await simulate()).json as unknown as Foresight
  expect(told.light).toBe(false)
  expect(told.offline.mails.map((mail) => mail.address).sort()).toEqual([
    "anna@lamplight.example",
    "paul@lamplight.example",
  ])
  expect(told.offline.at).toBe(told.now + 120_000)
  expect(told.missed.agents.map((agent) => agent.reason.code)).toEqual(["nobody-online", "nobody-online"])
})

test("the simulator asks of groups that are there", async () => {
  const { accountId } = company
  const { groupId } = await relay.store.run(
    "createGroup",
    { accountId, name: "Sales", members: [company.agentId] },
    relay.clock.now(),
  )
  const told = (await simulate(`?groupId=${groupId}`)).json as unknown as Foresight
  expect(told.group).toBe("Sales")
  // Paul is in no group, so he counts for all.
  expect(told.offline.mails).toHaveLength(2)
  for (const unknown of ["gr_guessed", "gr_aaaaaaaaaaaaaaaaaaaa"])
    expect((await simulate(`?groupId=${unknown}`)).status).toBe(404)
})
