import type { Socket } from "node:net"
import { setTimeout } from "node:timers/promises"
import { Kysely, PostgresDialect, sql } from "kysely"
import pg from "pg"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { systemClock } from "../clock.ts"
import { closedStore, isConflict, isStalePlan, refusalOfPostgres } from "./errors.ts"
import { createListeners, createWhispers } from "./listeners.ts"
import { applyMigrations } from "./migrations/index.ts"
import { createLocks } from "./postgres-locks.ts"
import { createNaming, storablePool } from "./postgres-pool.ts"
import { processIdOf, watchPostgres } from "./postgres-watch.ts"
import type { Action, ActionTable, Db, Manner, Store, Tx } from "./store.ts"
import type { Tables } from "./tables.ts"
import { createTurns } from "./turns.ts"

/** Connections of one relay process; each runs one action at a time. */
const CONNECTIONS = 10

/** How long it may take to connect, and how long an action waits for one of the connections to be free. */
const CONNECT_WITHIN: Millis = 5_000

/** An action that another's lock keeps waiting longer than this is given up, and asked for again. */
const LOCK_TIMEOUT: Millis = 10_000

/**
 * A transaction that nobody has asked anything in for so long ends, and gives back what it has locked: the database does
 * not see that a line went dead, and keeps an account's row for whoever was on it, while all others wait.
 */
const LEFT_ALONE: Millis = 5_000

/** Deadlocks and the like go away when one of the two starts again; five in a row do not happen by chance. */
const ATTEMPTS = 5

/** An action, with what a relay asks it with. */
interface Asked {
  action: Action<unknown, unknown>
  input: unknown
  now: Millis
  manner: Manner | undefined
}

/** Any number; the same one in every version, or two versions could migrate side by side. */
const MIGRATION_LOCK = 4_420_110_601

/** Whole numbers come as numbers: ours are moments, lengths and counts, all below 2^53. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text" | "binary") =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
}

/**
 * PostgreSQL: one transaction an action, on a pool of connections; several relays may share the database.
 * Migrates under an advisory lock. Rejects when the database cannot be reached, or answers before it has
 * written (`synchronous_commit = off`): what is promised after a COMMIT would not be so.
 */
export const openPostgres = async <Actions extends ActionTable>(options: {
  url: string
  actions: Actions
}): Promise<Store<Actions>> => {
  const connection: pg.ClientConfig = {
    connectionString: options.url,
    types,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WITHIN,
    application_name: "porchlight",
    lock_timeout: LOCK_TIMEOUT,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: LEFT_ALONE,
  }
  // Pipelined: what is asked for without waiting for the answer before it is sent at once.
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS, pipeline: true })
  // A connection that breaks while nobody uses it leaves the pool; the next action opens another.
  pool.on("error", () => undefined)
  const open = new Set<pg.PoolClient>()
  pool.on("connect", (client) => {
    open.add(client)
    // One that breaks in use fails its query, which is where it is dealt with.
    client.on("error", () => undefined)
  })
  pool.on("remove", (client) => open.delete(client))
  const naming = createNaming()
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: storablePool(pool, naming) }) })
  const listeners = createListeners()

  try {
    await refuseUnsafeCommits(db)
    await migratePostgres(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  const { whispers, hear } = createWhispers((text) => watch.whisper(text))
  const { locks, lose } = createLocks((work) => watch.ask(work))
  const watch = await watchPostgres({
    connection,
    tell: listeners.tell,
    interest: listeners.interest,
    hear,
    // Nothing came back for seconds: what the pool has hangs on the same dead line. Where it is dropped, a query
    // under way fails, and the pool connects anew.
    onLost: () => {
      lose()
      const backends = [...open].map(processIdOf)
      for (const client of open) lineOf(client).destroy()
      return backends
    },
  })

  /** Who only reads needs no transaction: each statement sees what is committed when it begins, in one as well. */
  const within = <Output>(
    manner: Manner | undefined,
    work: (transaction: Db) => Promise<Output>,
  ): Promise<Output> =>
    manner === "reading" || manner === "glance"
      ? db.connection().execute(work)
      : db.transaction().execute(work)

  const attempt = async ({ action, input, now, manner }: Asked) => {
    const nudged = new Set<AccountId>()
    const output = await within(manner, (transaction) => {
      const tx: Tx = {
        db: transaction,
        dialect: "postgres",
        now,
        lock: async (accountId) => {
          await transaction
            .selectFrom("accounts")
            .select("id")
            .where("id", "=", accountId)
            .forUpdate()
            .execute()
        },
        nudge: (accountId) => nudged.add(accountId),
      }
      return action(tx, input)
    })
    return { output, nudged }
  }

  const turns = createTurns(CONNECTIONS, CONNECT_WITHIN)

  const runUntilThrough = async (asked: Asked) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(asked)
      } catch (error) {
        if (isStalePlan(error)) naming.renew()
        else if (!isConflict(error)) throw refusalOfPostgres(error) ?? error
        if (tries === ATTEMPTS) throw refusalOfPostgres(error) ?? closedStore(error)
        await setTimeout(5 * tries)
      }
    }
  }

  const inTurn = async <Output>(manner: Manner | undefined, work: () => Promise<Output>): Promise<Output> => {
    try {
      await turns.take(manner === undefined || manner === "reading" ? "others" : "first")
    } catch (error) {
      throw refusalOfPostgres(error) ?? error
    }
    try {
      return await work()
    } finally {
      turns.free()
    }
  }

  let closing: Promise<void> | null = null
  const running = new Set<Promise<unknown>>()
  const run = async (name: string, input: unknown, now: Millis, manner: Manner | undefined) => {
    const action = Object.hasOwn(options.actions, name) ? options.actions[name] : undefined
    if (!action) throw new Error(`there is no action ${name}`)
    const { output, nudged } = await inTurn(manner, () => runUntilThrough({ action, input, now, manner }))
    if (nudged.size > 0) {
      listeners.tell([...nudged])
      watch.notifyOthers(nudged)
    }
    return output
  }

  return {
    dialect: "postgres",
    get clockOffset() {
      return watch.clockOffset()
    },
    onNudge: listeners.add,
    whispers,
    locks,
    run: (name, input, now, manner) => {
      if (closing) return Promise.reject(closedStore())
      const promise = run(name, input, now, manner).finally(() => running.delete(promise))
      running.add(promise)
      return promise as Promise<never>
    },
    close: () => {
      closing ??= (async () => {
        await Promise.allSettled(running)
        await watch.close()
        await db.destroy()
      })()
      return closing
    },
  }
}

/** The socket of a connection: an `end` waits for the answers to all that was sent. */
const lineOf = (client: pg.PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream

/** Throws when the database says that something is stored before it is. */
export const refuseUnsafeCommits = async (db: Db): Promise<void> => {
  const { rows } = await sql<{ synchronous_commit: string }>`SHOW synchronous_commit`.execute(db)
  if (rows[0]?.synchronous_commit === "off") {
    throw new Error(
      "the database has synchronous_commit = off: it says that a message is stored before it is; set it to on for this database or user",
    )
  }
}

/** Brings the tables up to date, as long as that takes; others who start meanwhile wait. */
export const migratePostgres = (db: Db): Promise<unknown> =>
  db.transaction().execute(async (transaction) => {
    await sql`SET LOCAL lock_timeout = 0`.execute(transaction)
    await sql`SET LOCAL statement_timeout = 0`.execute(transaction)
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction)
    // A table that somebody holds is not waited for: all others would wait behind us.
    await sql`SET LOCAL lock_timeout TO DEFAULT`.execute(transaction)
    await applyMigrations(transaction as unknown as Kysely<unknown>, "postgres", systemClock().now())
  })
