import type { PostgresPool, PostgresPoolClient } from "kysely"
import type pg from "pg"

/**
 * The pool as Kysely sees it: statements that come again and again are prepared, a transaction begins with its first
 * statement, and in every text U+0000 becomes U+FFFD: PostgreSQL keeps no text with it, while a mail may well contain
 * it, and would come again and again if it could not be stored.
 */
export const storablePool = (pool: pg.Pool, naming: Naming = createNaming()): PostgresPool => ({
  // Kysely's type has a second form of `query`, for cursors, which it uses only where one is configured.
  connect: async () => clientOf(await pool.connect(), naming) as unknown as PostgresPoolClient,
  end: () => pool.end(),
  options: pool.options,
})

const clientOf = (client: pg.PoolClient, naming: Naming) => {
  let beginning = false
  const ask = (text: string, values: readonly unknown[]) =>
    client.query({ text, values: values.map(storable), ...naming.of(text) })
  return {
    query: async (text: string, values: readonly unknown[]) => {
      if (text === "begin") {
        beginning = true
        return without("BEGIN")
      }
      if (!beginning) return ask(text, values)
      beginning = false
      if (text === "commit" || text === "rollback") return without(text.toUpperCase())
      // Both are on the line at once where the pool's clients pipeline (`pipeline: true`).
      const [, result] = await Promise.all([client.query("begin"), ask(text, values)])
      return result
    },
    release: (destroy?: boolean) => client.release(destroy),
  }
}

/** Of a command that needed not be sent. */
const without = (command: string) => ({ command, rowCount: null, rows: [], fields: [] })

const storable = (value: unknown): unknown =>
  typeof value === "string" && value.includes("\u0000") ? value.replaceAll("\u0000", "\ufffd") : value

/**
 * Names for statements. One with a name is parsed once a connection, and planned a few times: for short statements
 * that is most of the database's work. A pooler in between has to keep a connection for one client (PgBouncer:
 * `pool_mode = session`), as `LISTEN` and advisory locks need it to.
 */
export interface Naming {
  of(text: string): { name?: string }
  /** All get other names. To be called where a prepared one has become stale: its tables were changed (`isStalePlan`). */
  renew(): void
}

/** Asked for this often, a statement is worth a name. */
const NAMED_FROM = 5
/** Each is kept by the database once a connection: some 20 kB. */
const MOST_NAMED = 300
/** Bytes; longer are those made for so and so many rows. */
const LONGEST_NAMED = 4_000
/** Texts that are counted at a time. */
const MOST_COUNTED = 2_000

export const createNaming = (): Naming => {
  const names = new Map<string, { name: string }>()
  const asked = new Map<string, number>()
  let named = 0
  return {
    of: (text) => {
      const known = names.get(text)
      if (known) return known
      if (names.size >= MOST_NAMED || text.length > LONGEST_NAMED) return {}
      const times = (asked.get(text) ?? 0) + 1
      if (times < NAMED_FROM) {
        if (asked.size >= MOST_COUNTED) asked.clear()
        asked.set(text, times)
        return {}
      }
      asked.delete(text)
      named += 1
      const name = { name: `porchlight_${named}` }
      names.set(text, name)
      return name
    },
    renew: () => names.clear(),
  }
}
