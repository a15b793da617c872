import type pg from "pg"
import { storableText } from "./digest.ts"
import type { Reader, Row, Shape, Value, Writer } from "./side.ts"

/** Rows asked for at a time; of tables with whole mails in them fewer, each may have 25 MB. */
const PAGE = 500
const PAGE_OF_BYTES = 8

/** PostgreSQL counts the values of a statement in 16 bits. */
const MOST_VALUES = 65_000

interface Column {
  table: string
  column: string
  type: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** What is not worked out by the database: no generated columns, no words of a text search. */
const COLUMNS = `
  SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS type
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
    AND c.is_generated = 'NEVER' AND c.data_type <> 'tsvector'`

const KEYS = `
  SELECT t.relname AS "table", a.attname AS "column"
  FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
  JOIN unnest(k.conkey) WITH ORDINALITY AS part(number, place) ON true
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = part.number
  WHERE k.contype = 'p' ORDER BY t.relname, part.place`

const PARENTS = `
  SELECT DISTINCT t.relname AS "table", p.relname AS parent
  FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid
  JOIN pg_class p ON p.oid = k.confrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
  WHERE k.contype = 'f'`

const readShapes = async (client: pg.Client): Promise<(Shape & { types: Map<string, string> })[]> => {
  const columns = (await client.query<Column>(COLUMNS)).rows
  const keys = (await client.query<{ table: string; column: string }>(KEYS)).rows
  const parents = (await client.query<{ table: string; parent: string }>(PARENTS)).rows
  return [...new Set(columns.map(({ table }) => table))].map((name) => {
    const own = columns.filter(({ table }) => table === name)
    return {
      name,
      columns: own.map(({ column }) => column).sort(),
      key: keys.filter(({ table }) => table === name).map(({ column }) => column),
      parents: parents.filter(({ table }) => table === name).map(({ parent }) => parent),
      types: new Map(own.map(({ column, type }) => [column, type])),
    }
  })
}

/**
 * Reads what the database holds now, whatever others write meanwhile, by a connection that the caller owns and
 * uses for nothing else until `close`. Numbers have to come as numbers (`types` of the connection).
 */
export const postgresReader = async (client: pg.Client): Promise<Reader> => {
  await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
  const shapes = await readShapes(client)
  const typesOf = new Map(shapes.map(({ name, types }) => [name, types]))
  return {
    shapes: async () => shapes,
    rows: async function* ({ name, columns, key }) {
      const types = typesOf.get(name)
      // Byte by byte, as the embedded store sorts, whatever the database was set up with.
      const order = key.map(
        (column) => quoted(column) + (types?.get(column) === "text" ? ' COLLATE "C"' : ""),
      )
      const page = columns.some((column) => types?.get(column) === "bytea") ? PAGE_OF_BYTES : PAGE
      await client.query(
        `DECLARE copied NO SCROLL CURSOR FOR SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(name)} ORDER BY ${order.join(", ")}`,
      )
      try {
        for (;;) {
          const { rows } = await client.query<Row>(`FETCH ${page} FROM copied`)
          yield* rows
          if (rows.length < page) break
        }
      } finally {
        await client.query("CLOSE copied")
      }
    },
    close: async () => void (await client.query("ROLLBACK")),
  }
}

const storable = (value: Value | undefined): Value =>
  typeof value === "string" ? storableText(value) : (value ?? null)

/** Writes by a connection that the caller owns. */
export const postgresWriter = (client: pg.Client): Writer => {
  const inTransaction = async (work: () => Promise<void>): Promise<void> => {
    await client.query("BEGIN")
    try {
      await work()
      await client.query("COMMIT")
    } catch (error) {
      await client.query("ROLLBACK")
      throw error
    }
  }
  const inParts = async (
    rows: readonly Row[],
    width: number,
    run: (some: readonly Row[]) => Promise<unknown>,
  ) => {
    const size = Math.max(1, Math.floor(MOST_VALUES / width))
    for (let from = 0; from < rows.length; from += size) await run(rows.slice(from, from + size))
  }
  const tuples = (count: number, width: number): string =>
    Array.from(
      { length: count },
      (_, row) =>
        `(${Array.from({ length: width }, (_, column) => `$${row * width + column + 1}`).join(", ")})`,
    ).join(", ")

  return {
    put: ({ name, columns, key }, rows) =>
      inTransaction(() => {
        const others = columns.filter((column) => !key.includes(column))
        const change =
          others.length === 0
            ? "NOTHING"
            : `UPDATE SET ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(", ")}`
        return inParts(rows, columns.length, (some) =>
          client.query(
            `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(", ")}) VALUES ${tuples(some.length, columns.length)} ON CONFLICT (${key.map(quoted).join(", ")}) DO ${change}`,
            some.flatMap((row) => columns.map((column) => storable(row[column]))),
          ),
        )
      }),
    remove: ({ name, key }, keys) =>
      inTransaction(() =>
        inParts(keys, key.length, (some) =>
          client.query(
            `DELETE FROM ${quoted(name)} WHERE (${key.map(quoted).join(", ")}) IN (${tuples(some.length, key.length)})`,
            some.flatMap((row) => key.map((column) => storable(row[column]))),
          ),
        ),
      ),
  }
}
