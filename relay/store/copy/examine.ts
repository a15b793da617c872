import { statSync } from "node:fs"
import Database from "better-sqlite3"
import { pendingMigrations } from "../migrations/index.ts"
import { kyselyOver } from "../sqlite-dialect.ts"
import type { Db } from "../store.ts"
import type { Tables } from "../tables.ts"

/** What a store holds, for people to compare. */
export interface Held {
  accounts: number
  agents: number
  conversations: number
  messages: number
  mails: number
}

/** Counts what a store holds. */
export const countHeld = async (db: Db): Promise<Held> => {
  const count = async (table: keyof Tables): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as("n"))
      .executeTakeFirstOrThrow()
    return Number(row.n)
  }
  return {
    accounts: await count("accounts"),
    agents: await count("agents"),
    conversations: await count("conversations"),
    messages: await count("messages"),
    mails: await count("deliveries"),
  }
}

/**
 * Reads a file through, without changing it: that it is a store which this version understands, and whole. Gives
 * what it holds and its size in bytes. Throws with what is wrong.
 */
export const examineFile = async (file: string): Promise<Held & { bytes: number }> => {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('migrations', 'accounts')").all()
    if (names.length !== 2) throw new Error("it is a database, but not a store of Porchlight")
    await pendingMigrations(kyselyOver<unknown>(db))
    const found = db.pragma("integrity_check(3)") as { integrity_check: string }[]
    if (found[0]?.integrity_check !== "ok") {
      throw new Error(`it is damaged: ${found.map((line) => line.integrity_check).join("; ")}`)
    }
    return { ...(await countHeld(kyselyOver<Tables>(db))), bytes: statSync(file).size }
  } finally {
    db.close()
  }
}
