import type { Migration } from "./index.ts"
import { addColumns } from "./kit.ts"

/** What a visitor's browser and system are called; null for those who write by mail, or came before. */
export const visitors: Migration = {
  name: "0013-visitors",
  up: (db, dialect) => addColumns(db, { visitors: "device?" }, dialect),
}
