import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { Millis } from "../../shared/words/time.ts"
import { applyMigrations, MIGRATIONS, type Migration, pendingMigrations } from "./migrations/index.ts"
import { kyselyOver } from "./sqlite-dialect.ts"

/** How long another process (the command line beside a running relay) may hold the file, ms. */
const BUSY_TIMEOUT: Millis = 5_000

/** Opens a file (or `:memory:`) with the settings that an answer after COMMIT rests on; its tables as they are. */
export const openFile = (file: string): Database.Database => {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new Database(file, { timeout: BUSY_TIMEOUT })
  // Its compiled default for WAL is NORMAL, which may lose the last commits when the power goes.
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  db.pragma("foreign_keys = ON")
  db.pragma("temp_store = MEMORY")
  // 32 MB, so that what is often read stays in memory; the WAL is cut back to this after a burst.
  db.pragma("cache_size = -32000")
  db.pragma("journal_size_limit = 67108864")
  return db
}

/** A copy of what is committed now, whole and on disk or not at all; others may write meanwhile. */
export const copyFile = (db: Database.Database, copy: string): void => {
  const part = `${copy}.${process.pid}.part`
  rmSync(part, { force: true })
  try {
    db.prepare("VACUUM INTO ?").run(part)
    chmodSync(part, 0o600)
    syncFile(part)
    renameSync(part, copy)
    syncFile(dirname(copy))
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** What was written to a file, or which files a folder has, is on disk. */
export const syncFile = (path: string): void => {
  const handle = openSync(path, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Opens the embedded store's file and brings its tables up to date: under SQLite's write lock, after a copy
 * `<file>.before-<migration>` when it held data already. Throws what SQLite says when it cannot.
 */
export const openMigrated = async (
  file: string,
  now: Millis,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database.Database> => {
  const db = openFile(file)
  try {
    const kysely = kyselyOver<unknown>(db)
    const [next, ...more] = await pendingMigrations(kysely, migrations)
    if (!next) return db
    const isNew = more.length + 1 === migrations.length
    const copy = `${file}.before-${next.name}`
    if (!isNew && !existsSync(copy)) copyFile(db, copy)
    db.exec("BEGIN IMMEDIATE")
    try {
      await applyMigrations(kysely, "sqlite", now, migrations)
      db.exec("COMMIT")
    } catch (error) {
      if (db.inTransaction) db.exec("ROLLBACK")
      throw error
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
