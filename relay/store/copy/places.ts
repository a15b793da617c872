import { writeFileSync } from "node:fs"
import type Database from "better-sqlite3"
import { Kysely, PostgresDialect } from "kysely"
import pg from "pg"
import { applyMigrations } from "../migrations/index.ts"
import { migratePostgres, refuseUnsafeCommits, types } from "../postgres.ts"
import { storablePool } from "../postgres-pool.ts"
import { kyselyOver } from "../sqlite-dialect.ts"
import { openFile } from "../sqlite-file.ts"
import type { Db } from "../store.ts"
import type { Tables } from "../tables.ts"
import { postgresReader, postgresWriter } from "./postgres-side.ts"
import type { Reader, Writer } from "./side.ts"
import { sqliteReader, sqliteWriter } from "./sqlite-side.ts"

/** A database opened to be copied to: what was written can be read back, and small things asked by Kysely. */
export interface Target {
  db: Db
  dialect: "sqlite" | "postgres"
  writer: Writer
  read(): Promise<Reader>
  close(): Promise<void>
}

/** A file to be filled, whose tables are made; `finish` puts all into the one file. The caller renames it then. */
export const openTargetFile = async (
  file: string,
  now: number,
): Promise<Target & { finish(): Promise<void> }> => {
  // This user's only from the first byte on; what SQLite puts beside it is like it.
  writeFileSync(file, "", { mode: 0o600, flag: "wx" })
  const writing = openFile(file)
  const db = kyselyOver<Tables>(writing)
  try {
    await applyMigrations(kyselyOver<unknown>(writing), "sqlite", now)
  } catch (error) {
    writing.close()
    throw error
  }
  return {
    db,
    dialect: "sqlite",
    writer: sqliteWriter(writing),
    read: async () => {
      // One connection cannot write while it reads on.
      const reading = openFile(file)
      const reader = sqliteReader(reading)
      return {
        ...reader,
        close: async () => {
          await reader.close()
          reading.close()
        },
      }
    },
    finish: async () => void writing.pragma("wal_checkpoint(TRUNCATE)"),
    close: async () => void writing.close(),
  }
}

/** A PostgreSQL, its tables brought up to date. Rejects when it cannot be reached. */
export const openPostgresPlace = async (url: string): Promise<Target> => {
  const config: pg.ClientConfig = { connectionString: url, types, application_name: "porchlight copy" }
  const pool = new pg.Pool({ ...config, max: 2, connectionTimeoutMillis: 5_000 })
  pool.on("error", () => undefined)
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: storablePool(pool) }) })
  const writing = new pg.Client(config)
  // What breaks fails the query under way, which is where it is dealt with.
  writing.on("error", () => undefined)
  const read = async (): Promise<Reader> => {
    const client = new pg.Client(config)
    client.on("error", () => undefined)
    await client.connect()
    try {
      const reader = await postgresReader(client)
      return {
        ...reader,
        close: async () => {
          await reader.close()
          await client.end()
        },
      }
    } catch (error) {
      await client.end()
      throw error
    }
  }
  try {
    await refuseUnsafeCommits(db)
    await migratePostgres(db)
    await writing.connect()
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    db,
    dialect: "postgres",
    writer: postgresWriter(writing),
    read,
    close: async () => {
      await writing.end()
      await db.destroy()
    },
  }
}

/** How long another program may take to let go of the file, ms. */
const PATIENCE = 1_000

/**
 * Takes a file for this connection alone, until it is closed: nobody else has it open, nor can open it. False
 * when somebody has. (Leaving the WAL takes a lock that no other connection, idle or not, lets go: sqlite.org/wal.html.)
 */
export const takeAlone = (db: Database.Database): boolean => {
  db.pragma(`busy_timeout = ${PATIENCE}`)
  try {
    const [{ journal_mode: mode } = { journal_mode: "" }] = db.pragma("journal_mode = DELETE") as {
      journal_mode: string
    }[]
    if (mode !== "delete") return false
    db.exec("BEGIN EXCLUSIVE")
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY"))
      return false
    throw error
  }
}
