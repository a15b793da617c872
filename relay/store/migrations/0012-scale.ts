import type { Migration } from "./index.ts"
import { createIndexes, type NewIndex } from "./kit.ts"

const INDEXES: NewIndex[] = [
  /** The first account of many is found, and accounts are listed, along it. */
  { name: "accounts_by_time", on: "accounts", columns: ["created_at", "id"] },
  /** Addresses that fail, of all accounts: for operators. */
  {
    name: "destinations_failing",
    on: "destinations",
    columns: ["failing_since"],
    where: "failing_since",
  },
]

export const scale: Migration = {
  name: "0012-scale",
  up: (db) => createIndexes(db, INDEXES),
}
