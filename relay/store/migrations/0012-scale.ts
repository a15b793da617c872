import type { Migration } from "./index.ts"
import { createIndexes, type NewIndex } from "./kit.ts"

/** The first account of many is found, and accounts are listed, along an index. */
const INDEXES: NewIndex[] = [{ name: "accounts_by_time", on: "accounts", columns: ["created_at", "id"] }]

export const scale: Migration = {
  name: "0012-scale",
  up: (db) => createIndexes(db, INDEXES),
}
