import type { Migration } from "./index.ts"
import { createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * The chat box as a site sets it, what its pages say of visitors, and how these found it.
 * relay/store/tables-box.ts says what each column means.
 */

const TABLES: Record<string, NewTable> = {
  site_boxes: {
    key: ["account_id", "site_id"],
    columns: `account_id site_id look? rates:integer transcripts:integer identity_key?`,
    parents: { site_id: "sites" },
  },
  identities: {
    key: ["account_id", "visitor_id"],
    columns: `account_id visitor_id said signed:integer at:bigint`,
    parents: { visitor_id: "visitors" },
  },
  ratings: {
    key: ["account_id", "conversation_id"],
    columns: `account_id conversation_id agent_id? good:integer words? at:bigint`,
    parents: { conversation_id: "conversations" },
  },
}

const INDEXES: NewIndex[] = [{ name: "ratings_by_time", on: "ratings", columns: ["account_id", "at"] }]

export const box: Migration = {
  name: "0008-box",
  up: async (db, dialect) => {
    await createTables(db, TABLES, dialect)
    await createIndexes(db, INDEXES)
  },
}
