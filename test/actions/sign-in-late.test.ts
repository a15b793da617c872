import pg from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { actions } from "../../relay/actions/index.ts"
import type { Store } from "../../relay/store/store.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"
import { until } from "../kit/until.ts"

const NOW = Date.UTC(2026, 0, 5, 9)
const ADDRESS = "ada@lamps.example"
const device = { kind: "extension", label: "Firefox on Linux" } as const

/** With PostgreSQL actions wait for each other: what they read before their turn may not be so any more. */
let database: TestDatabase
let store: Store<typeof actions>
let other: pg.Client

beforeEach(async () => {
  database = await createDatabase("postgres")
  store = await database.open()
  other = new pg.Client({ connectionString: database.place })
  await other.connect()
  const times = { graceMs: 2 * MINUTE, waitMs: 2 * MINUTE }
  const agent = { name: "Ada", address: ADDRESS, language: "en", zone: "UTC" } as const
  const site = { name: "Lamps", origins: ["*"] }
  await store.run("setUp", { company: "Lamps", agent, site, ...times }, NOW)
})
afterEach(async () => {
  await other.end()
  await store.close()
  await database.remove()
})

const codes = async (): Promise<string[]> => {
  const mails = await store.run("listDeliveries", { accountId: null, limit: 10 }, NOW)
  const found: string[] = []
  for (const { id, state } of mails) {
    if (state === "dropped") continue
    const { content } = await store.run("readDelivery", { id }, NOW)
    if (content.kind === "sign-in-code") found.push(content.code)
  }
  return found
}

/** Begins an action while somebody else has its account, who changes something before it gets its turn. */
const late = async <Output>(action: () => Promise<Output>, change: string): Promise<Output> => {
  await other.query("begin")
  await other.query("select id from accounts for update")
  const done = action()
  await until("the action waits for the account", async () => {
    await other.query("select pg_stat_clear_snapshot()")
    const { rows } = await other.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rows.length > 0
  })
  await other.query(change)
  await other.query("commit")
  return done
}

const askLate = (change: string) => late(() => store.run("askSignInCode", { address: ADDRESS }, NOW), change)

test("no code goes to an address that was given up while the code was asked for", async () => {
  await askLate(`update directory set key = 'ada@home.example' where key = '${ADDRESS}'`)
  expect(await codes()).toEqual([])
})

test("negative control: it does when nothing changed meanwhile", async () => {
  await askLate("select 1")
  expect(await codes()).toHaveLength(1)
})

test.each([
  ["who was deactivated", "update agents set active = 0", { refused: "code-wrong" }],
  ["negative control: who was not", "select 1", { accountId: expect.any(String) }],
])("a code that is tried late: %s", async (_, change, expected) => {
  await store.run("askSignInCode", { address: ADDRESS }, NOW)
  const [code = ""] = await codes()
  const tried = late(() => store.run("signIn", { address: ADDRESS, code, device }, NOW), change)
  expect(await tried).toMatchObject(expected)
})
