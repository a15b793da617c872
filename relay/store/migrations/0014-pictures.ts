import { type Kysely, sql } from "kysely"
import type { Tables } from "../tables.ts"
import { indexAll } from "./0005-search.ts"
import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * Agents' pictures: which one is theirs, and its bytes (relay/store/tables-people.ts says what each column means).
 * Who gave a conversation to whom (tables-conversations.ts). And messages are found by the names of their files: what has any is indexed anew, in the order in which it came.
 */

const TABLES: Record<string, NewTable> = {
  agent_pictures: {
    key: ["account_id", "agent_id"],
    columns: `account_id agent_id id type bytes:bytes at:bigint`,
    parents: { agent_id: "agents" },
  },
  hand_overs: {
    key: ["account_id", "conversation_id", "n"],
    columns: `account_id conversation_id n:integer why by_agent? to_agent? to_group? at:bigint`,
    parents: { conversation_id: "conversations" },
  },
}

const INDEXES: NewIndex[] = [
  { name: "agent_pictures_by_id", on: "agent_pictures", columns: ["account_id", "id"], unique: true },
]

export const pictures: Migration = {
  name: "0014-pictures",
  up: async (db, dialect) => {
    await addColumns(db, { agents: "picture?" }, dialect)
    await createTables(db, TABLES, dialect)
    await createIndexes(db, INDEXES)
    const { rows } = await sql`select 1 from attachments where seq > 0 limit 1`.execute(db)
    if (rows.length === 0) return
    await sql`delete from search_entries`.execute(db)
    await indexAll({ db: db as Kysely<Tables>, dialect })
  },
}
