import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * Files sent through the chat, until they are part of a message, and when a visitor has seen what.
 * relay/store/tables-uploads.ts says what each column means.
 */

const COLUMNS: Record<string, string> = { conversations: "visitor_seen_at:bigint?" }

const TABLES: Record<string, NewTable> = {
  uploads: {
    key: ["account_id", "id"],
    columns: `account_id id owner_kind owner_id client_key conversation_id? name type size:integer bytes:bytes at:bigint`,
  },
  upload_counts: {
    key: ["account_id", "owner_id"],
    columns: `account_id owner_id since:bigint files:integer size:bigint`,
  },
}

const INDEXES: NewIndex[] = [
  {
    name: "uploads_by_key",
    on: "uploads",
    columns: ["account_id", "owner_id", "client_key"],
    unique: true,
  },
  { name: "uploads_by_time", on: "uploads", columns: ["account_id", "owner_kind", "at"] },
  { name: "upload_counts_by_time", on: "upload_counts", columns: ["account_id", "since"] },
]

export const uploads: Migration = {
  name: "0006-uploads",
  up: async (db, dialect) => {
    await addColumns(db, COLUMNS, dialect)
    await createTables(db, TABLES, dialect)
    await createIndexes(db, INDEXES)
  },
}
