import type { Migration } from "./index.ts"
import { createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * The record: the log of changes, webhooks and what goes to them, where chat boxes were seen.
 * relay/store/tables-record.ts says what each column means.
 */

const TABLES: Record<string, NewTable> = {
  changes: {
    key: ["account_id", "seq"],
    columns: `account_id seq:bigint at:bigint way by_agent? by_name? kind thing name? deed fields`,
  },
  webhooks: {
    key: ["account_id", "id"],
    columns: `account_id id name url events active:smallint stopped_at:bigint? stopped_why?
      failing_since:bigint? cursor:bigint secret secret_at:bigint old_secret? old_until:bigint? created_at:bigint`,
  },
  webhook_deliveries: {
    key: ["account_id", "id"],
    columns: `account_id id webhook_id event conversation_id? body state attempts:integer next_at:bigint?
      gives_up_at:bigint claimed_by? claimed_until:bigint? status:integer? answer? took_ms:bigint?
      created_at:bigint settled_at:bigint?`,
  },
  tag_hellos: {
    key: ["account_id", "site_id", "origin"],
    columns: `account_id site_id origin at:bigint`,
  },
}

const INDEXES: NewIndex[] = [
  { name: "changes_by_person", on: "changes", columns: ["account_id", "by_agent", "seq"], where: "by_agent" },
  { name: "changes_by_kind", on: "changes", columns: ["account_id", "kind", "seq"] },
  { name: "changes_by_time", on: "changes", columns: ["account_id", "at"] },
  // Of all accounts, as what is due is: it holds only what waits.
  { name: "webhook_deliveries_next", on: "webhook_deliveries", columns: ["next_at"], where: "next_at" },
  {
    name: "webhook_deliveries_by_hook",
    on: "webhook_deliveries",
    columns: ["account_id", "webhook_id", "created_at"],
  },
  {
    name: "webhook_deliveries_by_conversation",
    on: "webhook_deliveries",
    columns: ["account_id", "conversation_id"],
    where: "conversation_id",
  },
]

export const record: Migration = {
  name: "0009-record",
  up: async (db, dialect) => {
    await createTables(db, TABLES, dialect)
    await createIndexes(db, INDEXES)
  },
}
