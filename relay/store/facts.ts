import { sql } from "kysely"
import type { Tx } from "./store.ts"

/** What a database says of itself. */
export interface StoreFacts {
  version: string
  bytes: number
  /** Of the whole database server, and how many of them may be open; null: there are none (the embedded store). */
  connections: { used: number; most: number } | null
}

export const storeFacts = (tx: Tx): Promise<StoreFacts> =>
  tx.dialect === "postgres" ? postgresFacts(tx) : sqliteFacts(tx)

const sqliteFacts = async (tx: Tx): Promise<StoreFacts> => {
  const { rows } = await sql<{ version: string; bytes: number }>`
    select sqlite_version() as version, page_count * page_size as bytes
    from pragma_page_count, pragma_page_size`.execute(tx.db)
  return { ...rows[0]!, connections: null }
}

/**
 * Others' sessions are seen by their user and database only, and what is none of a client has not both. What is
 * kept for superusers, and since PostgreSQL 16 for others (reserved_connections), is not there for the relay.
 */
const postgresFacts = async (tx: Tx): Promise<StoreFacts> => {
  const { rows } = await sql<{ version: string; bytes: number; used: number; most: number }>`
    select split_part(current_setting('server_version'), ' ', 1) as version,
      pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where usesysid is not null and datid is not null) as used,
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int as most`.execute(tx.db)
  const { version, bytes, used, most } = rows[0]!
  return { version, bytes, connections: { used, most } }
}
