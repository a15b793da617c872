import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, expect, test } from "vitest"
import { MIGRATIONS, type Migration } from "../../relay/store/migrations/index.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"
import type { Store } from "../../relay/store/store.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"
import type { actions } from "./some-actions.ts"

const URL_OF_ACTIONS = new URL("./some-actions.ts", import.meta.url)
const NOW = 1_795_000_000_000

let database: TestDatabase
let store: Store<typeof actions>

beforeEach(async () => {
  // From the beginning: what is in the log is counted.
  database = await createDatabase("sqlite", { bare: true })
  store = await database.open<typeof actions>(URL_OF_ACTIONS)
})
afterEach(async () => {
  await store.close()
  await database.remove()
})

/** Commits in the write-ahead log: frames that name the database's size (sqlite.org/fileformat2.html, 4.1). */
const commitsIn = (file: string): number => {
  const log = readFileSync(`${file}-wal`)
  const frame = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + frame <= log.length; at += frame) {
    const isOfThisLog = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24))
    if (isOfThisLog && log.readUInt32BE(at + 4) > 0) commits += 1
  }
  return commits
}

const seenByOthers = (): string[] => {
  const other = new Database(database.place, { readonly: true })
  try {
    return other.prepare<[], string>("SELECT name FROM relay_secrets ORDER BY name").pluck().all()
  } finally {
    other.close()
  }
}

test("writes ahead, waits for the disk, keeps foreign keys", async () => {
  // synchronous 2 is FULL.
  expect(await store.run("settings", {}, NOW)).toEqual({
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
  })
})

test("the folder and the file are for their owner alone", () => {
  expect(statSync(dirname(database.place)).mode & 0o077).toBe(0)
})

test("what is answered is committed: another connection sees it at once", async () => {
  await store.run("put", { name: "a", value: "1" }, NOW)
  expect(seenByOthers()).toEqual(["a"])
})

test("what is asked together is committed together; what is asked in turn is not", async () => {
  const names = (prefix: string) => Array.from({ length: 50 }, (_, index) => `${prefix}${index}`)
  const before = commitsIn(database.place)
  await Promise.all(names("a").map((name) => store.run("put", { name, value: "" }, NOW)))
  const together = commitsIn(database.place)
  expect(together - before).toBeLessThanOrEqual(3)
  for (const name of names("b")) await store.run("put", { name, value: "" }, NOW)
  expect(commitsIn(database.place) - together).toBe(50)
})

test("without room an action is refused, its neighbours that fit are stored, and room makes it well again", async () => {
  await store.run("setMaxPages", { more: 4 }, NOW)
  const [large, small, read] = await Promise.allSettled([
    store.run("put", { name: "large", value: "x".repeat(100_000) }, NOW),
    store.run("put", { name: "small", value: "x" }, NOW),
    store.run("names", {}, NOW),
  ])
  const reason = { code: "store-full", cause: { message: "database or disk is full" } }
  expect(large).toMatchObject({ status: "rejected", reason })
  expect(small.status).toBe("fulfilled")
  expect(read.status).toBe("fulfilled")
  expect(seenByOthers()).toEqual(["small"])
  await store.run("setMaxPages", { more: 1000 }, NOW)
  await store.run("put", { name: "large", value: "x".repeat(100_000) }, NOW)
  expect(seenByOthers()).toEqual(["large", "small"])
})

test("a lock held by another process too long is a refusal, and passes", { timeout: 20_000 }, async () => {
  const other = new Database(database.place)
  other.exec("BEGIN IMMEDIATE")
  const refused = await store.run("put", { name: "a", value: "" }, NOW).catch((error) => error)
  expect(refused).toMatchObject({ code: "store-unavailable" })
  other.exec("COMMIT")
  other.close()
  await store.run("put", { name: "a", value: "" }, NOW)
  expect(seenByOthers()).toEqual(["a"])
})

test("an input that cannot cross a thread is its caller's error alone", async () => {
  const bad = { name: () => undefined } as unknown as { name: string; value: string }
  const [failed, stored] = await Promise.allSettled([
    store.run("put", bad, NOW),
    store.run("put", { name: "a", value: "" }, NOW),
  ])
  expect(failed).toMatchObject({ status: "rejected", reason: { name: "DataCloneError" } })
  expect(stored.status).toBe("fulfilled")
})

test("an output that cannot cross a thread is its caller's error alone", async () => {
  const [failed, stored] = await Promise.allSettled([
    store.run("giveBackFunction", { name: "a" }, NOW),
    store.run("put", { name: "b", value: "" }, NOW),
  ])
  expect(failed).toMatchObject({ status: "rejected", reason: { name: "DataCloneError" } })
  expect(stored.status).toBe("fulfilled")
})

test("a file that is no database is said to be none", async () => {
  await store.close()
  await expect(createDatabaseAt(URL_OF_ACTIONS.pathname)).rejects.toThrow("file is not a database")
})

const createDatabaseAt = async (file: string): Promise<void> => {
  const db = await openMigrated(file, NOW)
  db.close()
}

const SECOND_MIGRATION: Migration = {
  name: "0002-test",
  up: async (db) => {
    await db.schema.createTable("added").addColumn("id", "text").execute()
  },
}

test("a file with data is copied before it is migrated, once, and a new file is not", async () => {
  await store.run("put", { name: "kept", value: "" }, NOW)
  await store.close()
  const copies = () => readdirSync(dirname(database.place)).filter((name) => name.includes(".before-"))
  expect(copies()).toEqual([])
  for (const _ of [1, 2]) {
    const db = await openMigrated(database.place, NOW, [...MIGRATIONS, SECOND_MIGRATION])
    expect(db.prepare("SELECT count(*) FROM added").pluck().get()).toBe(0)
    db.close()
  }
  expect(copies()).toEqual([`${basename(database.place)}.before-0002-test`])
  const copy = new Database(`${database.place}.before-0002-test`, { readonly: true })
  expect(copy.prepare("SELECT name FROM relay_secrets").pluck().all()).toEqual(["kept"])
  copy.close()
})

test("a migration that fails leaves the file as it was", async () => {
  await store.close()
  const failing: Migration = {
    name: "0002-fails",
    up: async (db, dialect) => {
      await SECOND_MIGRATION.up(db, dialect)
      throw new Error("no")
    },
  }
  await expect(openMigrated(database.place, NOW, [...MIGRATIONS, failing])).rejects.toThrow("no")
  const db = await openMigrated(database.place, NOW)
  expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'added'").get()).toBeUndefined()
  db.close()
})

test("a file of a newer version is not touched", async () => {
  await store.close()
  const newer = await openMigrated(database.place, NOW, [...MIGRATIONS, SECOND_MIGRATION])
  newer.close()
  await expect(openMigrated(database.place, NOW)).rejects.toThrow("0002-test")
})

test("a file that cannot be opened is said so by name, and leaves no thread behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "porchlight-store-"))
  const { openSqlite } = await import("../../relay/store/sqlite.ts")
  await expect(openSqlite({ file: folder, actionsUrl: URL_OF_ACTIONS })).rejects.toThrow(/unable to open/)
  expect(existsSync(folder)).toBe(true)
  rmSync(folder, { recursive: true })
})
