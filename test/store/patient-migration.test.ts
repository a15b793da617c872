import { Kysely, PostgresDialect } from "kysely"
import pg from "pg"
import { expect, test } from "vitest"
import { migratePostgres } from "../../relay/store/postgres.ts"
import type { Tables } from "../../relay/store/tables.ts"
import { createDatabase } from "../kit/stores.ts"

/** The same number as in every version: whoever holds it migrates. */
const MIGRATION_LOCK = 4_420_110_601

test("who starts while another migrates waits for it, however long an action may wait for a lock or a statement take", async () => {
  const database = await createDatabase("postgres", { bare: true })
  const other = new pg.Client({ connectionString: database.place })
  await other.connect()
  await other.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK])
  const limits = { lock_timeout: 100, statement_timeout: 200 }
  const pool = new pg.Pool({ connectionString: database.place, max: 1, ...limits })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const migrating = migratePostgres(db)
  const early = await Promise.race([
    migrating.catch((error: Error) => error.message),
    new Promise((resolve) => setTimeout(resolve, 400, "waits")),
  ])
  await other.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK])
  expect(early).toBe("waits")
  await migrating
  // What comes after is limited again.
  const { rows } = await pool.query<{ lock_timeout: string }>("SHOW lock_timeout")
  expect(rows).toEqual([{ lock_timeout: "100ms" }])
  await db.destroy()
  await other.end()
  await database.remove()
})
