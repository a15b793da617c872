import type { Compilable, CompiledQuery, QueryResult } from "kysely"
import type { Db, Tx } from "./store.ts"

/** Stands for a value while a statement is built. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

interface Statement<Row> {
  query: CompiledQuery<Row>
  /** Values as they are, or the names of the arguments that go there. */
  parameters: readonly unknown[]
}

/**
 * A statement of a hot path: Kysely builds and compiles it once a dialect, and after that only its values are
 * put in. (Building one costs several times what SQLite takes to run it.) `build` is given a stand-in for each
 * value: it may pass them on, and must not look at them.
 */
export const prepared = <Args extends object, Row = unknown>(
  build: (db: Db, args: Args, dialect: Tx["dialect"]) => Compilable<Row>,
): ((tx: Tx, args: Args) => Promise<QueryResult<Row>>) => {
  const statements = new Map<Tx["dialect"], Statement<Row>>()

  const statementFor = (tx: Tx): Statement<Row> => {
    const known = statements.get(tx.dialect)
    if (known) return known
    const slots = new Proxy({} as Args, { get: (_, name) => new Slot(String(name)) })
    const query = build(tx.db, slots, tx.dialect).compile()
    const statement = { query, parameters: query.parameters }
    statements.set(tx.dialect, statement)
    return statement
  }

  return async (tx, args) => {
    const { query, parameters } = statementFor(tx)
    const values = parameters.map((value) =>
      value instanceof Slot ? (args as Record<string, unknown>)[value.name] : value,
    )
    if (tx.runAtOnce) return tx.runAtOnce<Row>(query.sql, values)
    return tx.db.executeQuery<Row>({ ...query, parameters: values })
  }
}
