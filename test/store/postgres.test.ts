import pg from "pg"
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Store } from "../../relay/store/store.ts"
import { type AccountId, newId } from "../../shared/words/ids.ts"
import { openLine } from "../kit/line.ts"
import { type PrivatePostgres, startPostgres } from "../kit/postgres-server.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"
import { actions } from "./some-actions.ts"

const NOW = 1_795_000_000_000
type SomeStore = Store<typeof actions>

/** Calls until it succeeds, within a deadline; gives how often it was refused, and with what. */
const untilItWorks = async (call: () => Promise<unknown>, deadlineMs: number): Promise<string[]> => {
  const refusals: string[] = []
  const until = performance.now() + deadlineMs
  for (;;) {
    try {
      await call()
      return refusals
    } catch (error) {
      refusals.push((error as { code: string }).code)
      if (performance.now() > until) throw error
    }
  }
}

const hears = (store: SomeStore, accountId: AccountId): Promise<void> =>
  new Promise((resolve) => {
    const onNudge = (accountIds: readonly AccountId[]): void => {
      if (!accountIds.includes(accountId)) return
      stop()
      resolve()
    }
    const stop = store.onNudge(onNudge, () => [accountId])
  })

describe("a database that stays up", () => {
  let database: TestDatabase
  let store: SomeStore

  beforeEach(async () => {
    database = await createDatabase("postgres")
    store = await openPostgres({ url: database.place, actions })
  })
  afterEach(async () => {
    await store.close()
    await database.remove()
  })

  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: inject("postgresUrl") })
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  test("its clock is measured: on one machine it is ours", () => {
    expect(Math.abs(store.clockOffset)).toBeLessThan(1000)
  })

  test("when all its connections are cut off, it is refused at most once each and heard from again", async () => {
    const other = await openPostgres({ url: database.place, actions })
    const accountId = newId("account")
    await store.run("addAccount", { id: accountId }, NOW)
    const name = new URL(database.place).pathname.slice(1)
    await administer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    )
    const heard = hears(other, accountId)
    const refusals = await untilItWorks(() => store.run("happen", { accountId, times: 1 }, NOW), 5_000)
    expect(refusals.every((code) => code === "store-unavailable")).toBe(true)
    await heard
    expect(await store.run("eventNumbers", { accountId }, NOW)).toEqual([1])
    await other.close()
  })

  test("what was prepared before a newer version added a column is prepared anew", async () => {
    const id = newId("account")
    await store.run("addAccount", { id }, NOW)
    // So many at a time that several connections have prepared it.
    const read = () => Promise.all(Array.from({ length: 40 }, () => store.run("columns", { id }, NOW)))
    for (const names of await read()) expect(names).not.toContain("of_a_later_version")
    const newer = new pg.Client({ connectionString: database.place })
    await newer.connect()
    await newer.query("ALTER TABLE accounts ADD COLUMN of_a_later_version text")
    await newer.end()
    for (const names of await read()) expect(names).toContain("of_a_later_version")
  })

  test.each(["promised", undefined] as const)(
    "asked for more than it can do at once (%s)",
    async (manner) => {
      // Ten at a time: three rounds of what is new.
      let done = 0
      const others = Array.from({ length: 30 }, async () => {
        await store.run("holdOn", {}, NOW)
        done += 1
      })
      await store.run("names", {}, NOW, manner)
      const before = done
      await Promise.all(others)
      if (manner === "promised") expect(before, "it goes before all that waits").toBeLessThanOrEqual(10)
      else expect(before, "what is new waits for its turn").toBeGreaterThan(10)
    },
  )

  test("one that answers before it has written is refused", async () => {
    const name = new URL(database.place).pathname.slice(1)
    await administer(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(openPostgres({ url: database.place, actions })).rejects.toThrow("synchronous_commit = off")
  })

  test("text with a character that it cannot keep is kept without it", async () => {
    await store.run("put", { name: "a\u0000b", value: "x\u0000y" }, NOW)
    expect(await store.run("names", {}, NOW)).toEqual(["a\ufffdb"])
  })
})

test("a database that is not there is said so when it is opened", async () => {
  const url = inject("postgresUrl").replace(/\/postgres$/, "/nowhere")
  await expect(openPostgres({ url, actions })).rejects.toThrow("nowhere")
})

describe("a database that stops and starts", () => {
  let server: PrivatePostgres

  beforeEach(async () => {
    server = await startPostgres()
  })
  afterEach(() => server.remove())

  test("refuses while it is down, and is well and heard from again within 5 s of coming back", async () => {
    const [store, other] = [
      await openPostgres({ url: server.url, actions }),
      await openPostgres({ url: server.url, actions }),
    ]
    const accountId = newId("account")
    await store.run("addAccount", { id: accountId }, NOW)
    await server.stop()
    await expect(store.run("put", { name: "a", value: "" }, NOW)).rejects.toMatchObject({
      code: "store-unavailable",
    })
    await server.start()
    const back = performance.now()
    const heard = hears(other, accountId)
    await untilItWorks(() => store.run("happen", { accountId, times: 3 }, NOW), 5_000)
    await heard
    expect(performance.now() - back).toBeLessThan(5_000)
    await Promise.all([store.close(), other.close()])
  })

  test("one that is down when the relay ends does not keep it", async () => {
    const store = await openPostgres({ url: server.url, actions })
    await server.stop()
    const start = performance.now()
    await store.close()
    expect(performance.now() - start).toBeLessThan(5_000)
    await server.start()
  })
})

test("a line that went dead without a word is given up within seconds, and a new one is found", async () => {
  const database = await createDatabase("postgres")
  const line = await openLine(Number(new URL(database.place).port))
  const url = database.place.replace(/:\d+\//, `:${line.port}/`)
  const store = await openPostgres({ url, actions })
  line.cut()
  const refused = store.run("put", { name: "a", value: "" }, NOW)
  await expect(refused).rejects.toMatchObject({ code: "store-unavailable" })
  line.mend()
  const back = performance.now()
  await untilItWorks(() => store.run("put", { name: "b", value: "" }, NOW), 5_000)
  expect(performance.now() - back).toBeLessThan(5_000)
  await store.close()
  await line.close()
  await database.remove()
})
