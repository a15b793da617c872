import type { ColumnDataType, Kysely } from "kysely"
import { sql } from "kysely"

/** How migrations write columns down: `name:type=default`; text when no type is named; a `?` allows null. */

const words = (columns: string, dialect: "sqlite" | "postgres") =>
  columns
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [, name = "", type = "text", nullable, standard] =
        /^(\w+)(?::(\w+))?(\?)?(?:=(.*))?$/.exec(word) ?? []
      const bytes = sql.raw(dialect === "sqlite" ? "blob" : "bytea")
      return {
        name,
        type: type === "bytes" ? bytes : (type as ColumnDataType),
        isText: type === "text",
        nullable: nullable !== undefined,
        standard,
      }
    })

/** Columns by table. What is not nullable has a default, for the rows that are there. */
export const addColumns = async (
  db: Kysely<unknown>,
  tables: Record<string, string>,
  dialect: "sqlite" | "postgres",
): Promise<void> => {
  for (const [table, columns] of Object.entries(tables)) {
    for (const { name, type, isText, nullable, standard } of words(columns, dialect)) {
      await db.schema
        .alterTable(table)
        .addColumn(name, type, (to) =>
          nullable ? to : to.notNull().defaultTo(isText ? standard : Number(standard)),
        )
        .execute()
    }
  }
}

export interface NewTable {
  key: string[]
  columns: string
  /** Column (beside `account_id`) → table whose `account_id, id` it names. */
  parents?: Record<string, string>
}

export const createTables = async (
  db: Kysely<unknown>,
  tables: Record<string, NewTable>,
  dialect: "sqlite" | "postgres",
): Promise<void> => {
  for (const [name, { key, columns, parents = {} }] of Object.entries(tables)) {
    let table = db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never)
    for (const { name: column, type, nullable } of words(columns, dialect)) {
      table = table.addColumn(column, type, (to) => (nullable ? to : to.notNull()))
    }
    for (const [column, parent] of Object.entries(parents)) {
      const here = ["account_id", column] as never
      table = table.addForeignKeyConstraint(`${name}_${column}`, here, parent, ["account_id", "id"])
    }
    await table.execute()
  }
}

export interface NewIndex {
  name: string
  on: string
  columns: string[]
  unique?: boolean
  /** Holds only rows where this column is not null. */
  where?: string
}

export const createIndexes = async (db: Kysely<unknown>, indexes: readonly NewIndex[]): Promise<void> => {
  for (const { name, on, columns, unique, where } of indexes) {
    let index = db.schema.createIndex(name).on(on).columns(columns)
    if (unique) index = index.unique()
    await (where ? index.where(sql.ref(where), "is not", null) : index).execute()
  }
}
