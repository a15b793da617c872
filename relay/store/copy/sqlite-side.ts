import type Database from "better-sqlite3"
import type { Reader, Row, Shape, Writer } from "./side.ts"

interface ColumnInfo {
  name: string
  /** Place in the primary key, from 1; 0 for none. */
  pk: number
  /** 0 for an ordinary column; else hidden or worked out. */
  hidden: number
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Ordinary tables: none of SQLite's own, none that a virtual table (full text search) keeps its things in. */
const tableNames = (db: Database.Database): string[] => {
  const all = db.prepare("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").all() as {
    name: string
    type: string
  }[]
  return all
    .filter(({ name, type }) => type === "table" && !name.startsWith("sqlite_"))
    .map(({ name }) => name)
}

const shapeOf = (db: Database.Database, name: string): Shape => {
  const columns = (
    db.prepare(`SELECT name, pk, hidden FROM pragma_table_xinfo(?)`).all(name) as ColumnInfo[]
  ).filter(({ hidden }) => hidden === 0)
  const parents = db.prepare('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_list(?)').all(name) as {
    name: string
  }[]
  return {
    name,
    columns: columns.map((column) => column.name).sort(),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    parents: parents.map((parent) => parent.name),
  }
}

/**
 * Reads a connection that the caller owns, and that does nothing else meanwhile. Others may write to the file:
 * unless the caller has begun a transaction, one is begun here and ended by `close`.
 */
export const sqliteReader = (db: Database.Database): Reader => {
  const own = !db.inTransaction
  if (own) db.exec("BEGIN")
  return {
    shapes: async () => tableNames(db).map((name) => shapeOf(db, name)),
    rows: async function* ({ name, columns, key }) {
      const statement = db.prepare(
        `SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(name)} ORDER BY ${key.map(quoted).join(", ")}`,
      )
      for (const row of statement.iterate()) yield row as Row
    },
    close: async () => {
      if (own && db.inTransaction) db.exec("ROLLBACK")
    },
  }
}

/** Writes by a connection that the caller owns. */
export const sqliteWriter = (db: Database.Database): Writer => {
  const inTransaction = (work: () => void): void => db.transaction(work).immediate()
  return {
    put: async ({ name, columns, key }, rows) => {
      const others = columns.filter((column) => !key.includes(column))
      const change =
        others.length === 0
          ? "NOTHING"
          : `UPDATE SET ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(", ")}`
      const statement = db.prepare(
        `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(", ")}) VALUES (${columns.map(() => "?").join(", ")}) ON CONFLICT (${key.map(quoted).join(", ")}) DO ${change}`,
      )
      inTransaction(() => {
        for (const row of rows) statement.run(columns.map((column) => row[column] ?? null))
      })
    },
    remove: async ({ name, key }, keys) => {
      const statement = db.prepare(
        `DELETE FROM ${quoted(name)} WHERE ${key.map((column) => `${quoted(column)} = ?`).join(" AND ")}`,
      )
      inTransaction(() => {
        for (const row of keys) statement.run(key.map((column) => row[column] ?? null))
      })
    },
  }
}
