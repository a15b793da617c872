import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, bearer } from "../http/kit.ts"
import { type AgentSocket, connectAgent } from "../kit/agent-socket.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"

/** Who may no longer: every way to end it closes their sockets within two seconds, on every relay. */

const WITHIN_MS = 2_000

let one: TestRelay
let two: TestRelay
let company: Company
let admin: string

beforeAll(async () => {
  one = await startRelay({ store: "postgres" })
  two = await startRelay({ beside: one })
  company = await one.setUp()
  admin = await one.signIn()
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

let count = 0
const newAgent = async () => {
  const address = `agent${++count}@lamplight.example`
  const id = await one.addAgent(company, `Agent ${count}`, address)
  const token = await one.signIn(address)
  const sockets: AgentSocket[] = [
    await connectAgent(one, token),
    await connectAgent(two, token, { role: "screen" }),
  ]
  return { id, token, sockets }
}

const ends: Record<string, (agent: { id: string; token: string }) => Promise<{ status: number }>> = {
  "signing out": ({ token }) =>
    ask(two, "POST", "/api/sign-out", { body: { unavailable: true }, ...bearer(token) }),
  "being deactivated": async ({ id }) => {
    const { json } = await ask(one, "GET", "/api/settings", bearer(admin))
    return ask(two, "PATCH", `/api/team/${id}`, {
      body: { version: json.version, active: false },
      ...bearer(admin),
    })
  },
  "being removed": async ({ id }) => {
    const { json } = await ask(one, "GET", "/api/settings", bearer(admin))
    return ask(two, "POST", `/api/team/${id}/remove`, { body: { version: json.version }, ...bearer(admin) })
  },
}

test.each(Object.keys(ends))("%s ends the token and its sockets, at both relays", async (way) => {
  const agent = await newAgent()
  const from = performance.now()
  expect([200, 204]).toContain((await ends[way]!(agent)).status)
  expect(await Promise.all(agent.sockets.map(({ closed }) => closed))).toEqual([4401, 4401])
  expect(performance.now() - from).toBeLessThan(WITHIN_MS)
  for (const relay of [one, two])
    expect((await ask(relay, "GET", "/api/toolbar", bearer(agent.token))).status).toBe(401)
  // Nor is it good for a new socket.
  const again = await connectAgent(two, null)
  again.send({ type: "hello", token: agent.token, role: "screen", cursor: null })
  expect(await again.closed).toBe(4401)
})
