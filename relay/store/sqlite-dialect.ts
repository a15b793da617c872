import type Database from "better-sqlite3"
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely"

/**
 * Kysely over one better-sqlite3 connection that is always inside a transaction of the runner's
 * (sqlite-runner.ts): it never begins or commits, and it keeps every statement prepared, which Kysely's
 * own dialect does not (preparing costs more than running most of ours).
 */
class PreparedConnection implements DatabaseConnection {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(db: Database.Database) {
    this.#db = db
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return this.run(sql, parameters)
  }

  run<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const statement = this.#prepare(sql)
    if (statement.reader) return { rows: statement.all(parameters) as Row[] }
    const { changes } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  // biome-ignore lint/correctness/useYield: there is nothing to stream from: rows are in the same process
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("rows are not streamed from the embedded store: page through them")
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    // Lists of values (`in (?, ?, …)`) make a text for each length; the oldest text goes first.
    if (this.#statements.size >= MAX_STATEMENTS) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest)
        break
      }
    }
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** Some five times what the actions have; a statement is a few kB. */
const MAX_STATEMENTS = 1000

const refuseTransaction = async (): Promise<never> => {
  throw new Error("an action is already one transaction: it cannot begin another")
}

const driverOver = (connection: PreparedConnection): Driver => ({
  init: async () => undefined,
  acquireConnection: async () => connection,
  releaseConnection: async () => undefined,
  beginTransaction: refuseTransaction,
  commitTransaction: refuseTransaction,
  rollbackTransaction: refuseTransaction,
  destroy: async () => undefined,
})

/** Runs a compiled statement at once: Kysely's way to it is a dozen promises, which cost more than most statements. */
export type RunAtOnce = <Row>(sql: string, parameters: readonly unknown[]) => QueryResult<Row>

/** A Kysely on that connection, and the way past it. It does not own it: closing the connection is the caller's. */
export const statementsOver = <Schema>(
  db: Database.Database,
): { kysely: Kysely<Schema>; runAtOnce: RunAtOnce } => {
  const connection = new PreparedConnection(db)
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driverOver(connection),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return {
    kysely: new Kysely<Schema>({ dialect }),
    runAtOnce: (sql, parameters) => connection.run(sql, parameters),
  }
}

export const kyselyOver = <Schema>(db: Database.Database): Kysely<Schema> => statementsOver<Schema>(db).kysely
