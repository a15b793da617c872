import { actions as product } from "../../relay/actions/index.ts"
import type { Tx } from "../../relay/store/store.ts"

/** All actions, and one that reads every column of every table: for looking whether something is left anywhere. */

export interface DumpedTable {
  table: string
  columns: string[]
  /** A row as text; bytes as the text that they may hold. */
  rows: string[]
}

const asText = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value)

const dump = async (tx: Tx, _: Record<string, never>): Promise<DumpedTable[]> => {
  const tables = await tx.db.introspection.getTables()
  const dumped: DumpedTable[] = []
  // What FTS5 keeps under its table goes when the file is scrubbed (test/store/scrub.test.ts).
  for (const { name, columns } of tables.filter(
    (one) => !/^search_words/.test(one.name) || tx.dialect === "postgres",
  )) {
    const rows = await tx.db
      .selectFrom(name as "messages")
      .selectAll()
      .execute()
    dumped.push({
      table: name,
      columns: columns.map((column) => column.name),
      rows: rows.map((row) => Object.values(row).map(asText).join(" | ")),
    })
  }
  return dumped
}

export const actions = { ...product, dump }
