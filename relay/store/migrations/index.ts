import { type Kysely, sql } from "kysely"
import type { Millis } from "../../../shared/words/time.ts"
import { first } from "./0001-first.ts"
import { rules } from "./0002-rules.ts"
import { history } from "./0003-history.ts"
import { mail } from "./0004-mail.ts"
import { search } from "./0005-search.ts"
import { uploads } from "./0006-uploads.ts"
import { push } from "./0007-push.ts"
import { box } from "./0008-box.ts"
import { record } from "./0009-record.ts"
import { queue } from "./0010-queue.ts"
import { scale } from "./0012-scale.ts"
import { visitors } from "./0013-visitors.ts"
import { pictures } from "./0014-pictures.ts"

/** One step of the schema. Append-only: what was released is never edited, the next step changes it. */
export interface Migration {
  /** `NNNN-what`; applied in this order, each once. */
  name: string
  up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void>
}

export const MIGRATIONS: readonly Migration[] = [
  first,
  rules,
  history,
  mail,
  search,
  uploads,
  push,
  box,
  record,
  queue,
  scale,
  visitors,
  pictures,
]

interface Applied {
  migrations: { name: string; applied_at: Millis }
}

/**
 * Which migrations a database still needs, without changing it.
 * Throws when it has one that this version does not know: it was written by a newer version.
 */
export const pendingMigrations = async (
  db: Kysely<unknown>,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migration[]> => {
  const names = new Set(migrations.map((migration) => migration.name))
  const tables = await db.introspection.getTables()
  if (!tables.some((table) => table.name === "migrations")) return [...migrations]
  const rows = await (db as Kysely<Applied>).selectFrom("migrations").select("name").execute()
  const unknown = rows.find((row) => !names.has(row.name))
  if (unknown) {
    throw new Error(
      `the database has the migration ${unknown.name}, which this version does not know: it was used by a newer version; run that one, or restore a backup made before it`,
    )
  }
  const applied = new Set(rows.map((row) => row.name))
  return migrations.filter((migration) => !applied.has(migration.name))
}

/**
 * Applies what is pending. The caller holds a transaction and a lock that keeps others out; so of two
 * processes that start together the second finds nothing left to do. Returns the names applied.
 */
export const applyMigrations = async (
  db: Kysely<unknown>,
  dialect: "sqlite" | "postgres",
  now: Millis,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> => {
  await sql`create table if not exists migrations (name text primary key, applied_at bigint not null)`.execute(
    db,
  )
  const pending = await pendingMigrations(db, migrations)
  for (const migration of pending) {
    await migration.up(db, dialect)
    await (db as Kysely<Applied>)
      .insertInto("migrations")
      .values({ name: migration.name, applied_at: now })
      .execute()
  }
  return pending.map((migration) => migration.name)
}
