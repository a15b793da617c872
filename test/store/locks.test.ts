import pg from "pg"
import { afterEach, beforeEach, expect, inject, test } from "vitest"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Locks, Store } from "../../relay/store/store.ts"
import { createDatabase, openDirect, type TestDatabase } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { actions } from "./some-actions.ts"

/** What relays on one database have one at a time. */

let database: TestDatabase
const stores: Store<typeof actions>[] = []
const open = async (): Promise<Locks> => {
  const store = await openPostgres({ url: database.place, actions })
  stores.push(store)
  return store.locks!
}

beforeEach(async () => {
  database = await createDatabase("postgres")
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await database.remove()
})

const NAMES = ["a", "b"]

test("as many as there are names, each once, whoever asks; free again for all", async () => {
  const [one, two] = [await open(), await open()]
  const all = await Promise.all([one.takeOne(NAMES), one.takeOne(NAMES), one.takeOne(NAMES)])
  expect(all.filter(Boolean)).toHaveLength(2)
  expect(await two.takeOne(NAMES)).toBeNull()
  await all[0]!.free()
  expect(await two.takeOne(NAMES)).not.toBeNull()
  await all[0]!.free()
  expect(await one.takeOne(NAMES), "what was let go twice is not the other's loss").toBeNull()
})

test("who ends, or is cut off, has none of them any more, and hears of it", async () => {
  const [one, two] = [await open(), await open()]
  const mine = await one.takeOne(["a"])
  expect(await two.takeOne(["a"])).toBeNull()
  const lost = Promise.withResolvers<void>()
  one.onLost(lost.resolve)
  const client = new pg.Client({ connectionString: inject("postgresUrl") })
  await client.connect()
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
    [new URL(database.place).pathname.slice(1)],
  )
  await client.end()
  await lost.promise
  expect(mine?.lost).toBe(true)
  const theirs = await until("the other has it", () => two.takeOne(["a"]))
  await mine?.free()
  expect(theirs.lost).toBe(false)
  const third = await open()
  expect(await third.takeOne(["a"])).toBeNull()
  await stores.splice(1, 1)[0]!.close()
  await until("it is free when its relay has ended", () => third.takeOne(["a"]))
})

test("the embedded store has one relay, and no locks", async () => {
  const store = await openDirect(actions)
  expect(store.locks).toBeNull()
  await store.close()
})
