import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Target } from "../../relay/store/copy/places.ts"
import { openPostgresPlace } from "../../relay/store/copy/places.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"

/**
 * The tables can be distributed by account (Citus: create_distributed_table('…', 'account_id')): what makes a row
 * one of its kind has the account in it, what a row names is of the same account, and no sequence or trigger has to
 * be right on several machines at once. docs/scale.md says how; statements are looked at in query-plans.test.ts.
 */

/** Small ones, the same on every node, and `directory`, which finds the account by what it is distributed by. */
const OF_THE_RELAY = ["relays", "relay_secrets", "migrations", "directory"]

/** The column that tables are distributed by. */
const distributedBy = (table: string): string => (table === "accounts" ? "id" : "account_id")

let database: TestDatabase
let place: Target
beforeAll(async () => {
  database = await createDatabase("postgres")
  place = await openPostgresPlace(database.place)
})
afterAll(async () => {
  await place.close()
  await database.remove()
})

interface Named {
  table: string
  name: string
  columns: string[]
}

const uniques = async (): Promise<Named[]> => {
  const { rows } = await sql<Named>`
    select t.relname as "table", i.relname as name,
      array(select a.attname::text from unnest(x.indkey) with ordinality as k(number, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number order by k.place) as columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = current_schema() and x.indisunique`.execute(place.db)
  return rows.filter(({ table }) => !OF_THE_RELAY.includes(table))
}

test("every key and every unique index has the account in it, and is led by it", async () => {
  const all = await uniques()
  expect(all.length).toBeGreaterThan(30)
  expect(all.filter(({ table, columns }) => columns[0] !== distributedBy(table))).toEqual([])
})

test("every row names rows of its own account only", async () => {
  const { rows } = await sql<Named & { parent: string; named: string[] }>`
    select t.relname as "table", k.conname as name, p.relname as parent,
      array(select a.attname::text from unnest(k.conkey) with ordinality as c(number, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = c.number order by c.place) as columns,
      array(select a.attname::text from unnest(k.confkey) with ordinality as c(number, place)
        join pg_attribute a on a.attrelid = p.oid and a.attnum = c.number order by c.place) as named
    from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = current_schema() and k.contype = 'f'`.execute(place.db)
  expect(rows.length).toBeGreaterThan(10)
  const strange = rows.filter(
    ({ table, parent, columns, named }) =>
      columns[0] !== distributedBy(table) || named[0] !== distributedBy(parent),
  )
  expect(strange).toEqual([])
})

test("every table is distributed or the relay's own; none has triggers, nor numbers of a sequence but as bigint", async () => {
  const { rows: tables } = await sql<{ table: string; columns: string[] }>`
    select t.table_name::text as "table", array_agg(c.column_name::text) as columns
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' group by 1`.execute(place.db)
  const lost = tables.filter(
    ({ table, columns }) => !OF_THE_RELAY.includes(table) && !columns.includes(distributedBy(table)),
  )
  expect(lost).toEqual([])
  const { rows: triggers } = await sql`
    select tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = current_schema() and not g.tgisinternal`.execute(place.db)
  expect(triggers).toEqual([])
  const { rows: numbers } = await sql<{ type: string }>`
    select data_type as type from information_schema.columns
    where table_schema = current_schema() and (is_identity = 'YES' or column_default like 'nextval%')`.execute(
    place.db,
  )
  expect(numbers.filter(({ type }) => type !== "bigint")).toEqual([])
})

test("and what breaks a rule would be found", async () => {
  await sql`create table odd (id text primary key, account_id text not null)`.execute(place.db)
  expect((await uniques()).filter(({ table, columns }) => columns[0] !== distributedBy(table))).toEqual([
    { table: "odd", name: "odd_pkey", columns: ["id"] },
  ])
  await sql`drop table odd`.execute(place.db)
})
