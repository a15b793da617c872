import pg from "pg"
import { expect, onTestFinished, test, vi } from "vitest"
import { startRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { ask, bearer } from "./kit.ts"

/** More than the relay takes at a time (relay/http/gate.ts). */
const ASKED = 600
const TAKEN = 400

// What it took waits for a connection until that is given up.
vi.setConfig({ testTimeout: 60_000 })

test("while the store stands still the relay takes so much and no more, and answers what it took", async () => {
  const relay = await startRelay({ store: "postgres" })
  onTestFinished(() => relay.stop())
  const company = await relay.setUp()
  const token = await relay.signIn()
  const { json } = await ask(relay, "GET", "/api/toolbar", bearer(token))
  const { intentVersion: version } = (json as { me: { intentVersion: number } }).me

  // Somebody holds the account: whatever changes it has to wait.
  const client = new pg.Client({ connectionString: relay.config.databaseUrl ?? "" })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query("BEGIN")
  await client.query("SELECT id FROM accounts WHERE id = $1 FOR UPDATE", [company.accountId])

  const statuses: number[] = []
  const refused = (): number => statuses.filter((status) => status === 429).length
  const asked = Array.from({ length: ASKED }, async () => {
    const body = { intent: "busy", version }
    const { status, headers } = await ask(relay, "PUT", "/api/me/intent", { body, ...bearer(token) })
    statuses.push(status)
    if (status === 429) expect(headers.get("retry-after")).toBe("2")
  })
  // Those that are refused hear it at once, while the others wait.
  await until("what is too much is refused", () => refused() >= ASKED - TAKEN)
  expect((await ask(relay, "GET", "/health/alive")).status).toBe(200)
  await client.query("COMMIT")
  await Promise.all(asked)
  const taken = statuses.filter((status) => status !== 429)
  expect(taken.length).toBeGreaterThanOrEqual(TAKEN)
  // One was first; the others were told what it is now. Some may have waited too long for a connection.
  expect(taken.filter((status) => status === 200)).toHaveLength(1)
  expect(taken.filter((status) => ![200, 409, 503].includes(status))).toEqual([])
  expect((await ask(relay, "GET", "/api/toolbar", bearer(token))).status).toBe(200)
})
