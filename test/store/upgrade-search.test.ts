import { Kysely, PostgresDialect, sql } from "kysely"
import pg from "pg"
import { describe, expect, onTestFinished, test } from "vitest"
import { countsFor } from "../../relay/store/counts.ts"
import { indexAll } from "../../relay/store/migrations/0005-search.ts"
import { applyMigrations, MIGRATIONS } from "../../relay/store/migrations/index.ts"
import { findEntries } from "../../relay/store/search.ts"
import { kyselyOver } from "../../relay/store/sqlite-dialect.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { Tables } from "../../relay/store/tables.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { wantedOf } from "../../shared/words/search-words.ts"
import { createDatabase, STORES, type StoreKind } from "../kit/stores.ts"

/** What was stored before there was a search is found by it: what an upgrade indexes. */

const NOW = Date.UTC(2026, 0, 5, 9)
const BEFORE = MIGRATIONS.slice(0, 4)
const ACCOUNT = "ac_aaaaaaaaaaaaaaaaaaaa" as AccountId

/** More than one page of what the migration reads at a time. */
const MESSAGES = 1_100

const open = async (kind: StoreKind) => {
  if (kind === "sqlite") {
    const file = await openMigrated(":memory:", NOW, BEFORE)
    return { db: kyselyOver<Tables>(file), close: async () => void file.close() }
  }
  const database = await createDatabase(kind, { bare: true })
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({ connectionString: database.place, max: 1 })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await applyMigrations(db as Kysely<unknown>, "postgres", NOW, BEFORE)
  return {
    db,
    close: async () => {
      await db.destroy()
      await database.remove()
    },
  }
}

const seed = async (db: Kysely<Tables>, dialect: Tx["dialect"]): Promise<void> => {
  const put = (table: string, row: Record<string, unknown>) =>
    db
      .insertInto(table as "visitors")
      .values(row as never)
      .execute()
  const switches = { offline_notices: 1, offline_notices_at: NOW, missed_notices: 1, missed_notices_at: NOW }
  await put("accounts", {
    ...{ id: ACCOUNT, name: "Lamps", language: "en", zone: "UTC", plan: "pro", grace_ms: 1, wait_ms: 1 },
    ...{ ...switches, event_seq: 0, version: 1, created_at: NOW },
  })
  const of = { account_id: ACCOUNT }
  await put("sites", { ...of, id: "si", name: "S", key: "k", origins: "[]", language: "en", created_at: 1 })
  await put("visitors", {
    ...{ ...of, id: "vi", site_id: "si", secret_hash: "", name: "Eva Nováková", address: "eva@shop.example" },
    ...{ language: "cs", zone: "UTC", created_at: 1 },
  })
  for (const [id, state, joined_by] of [
    ["co", "unserved", null],
    ["co2", "mine", "ada"],
  ])
    await put("conversations", {
      ...{ ...of, id, site_id: "si", visitor_id: "vi", channel: "chat", state, joined_by, last_seq: 1 },
      ...{ last_message_at: NOW, batch: "none", visitor_seen_seq: 0, answer_mailed_seq: 0, created_at: 1 },
    })
  const message = (seq: number, author: string, text: string, at: number) => ({
    ...{ ...of, conversation_id: "co", seq, id: `me${seq}`, author, channel: "chat", text, at },
  })
  await put("messages", message(1, "visitor", "The oldest lámp", 10))
  await put("messages", message(2, "bot", "We are busy, says the lamp", 20))
  for (let seq = 3; seq <= MESSAGES; seq++)
    await put("messages", message(seq, "agent", `Answer ${seq} about a lamp`, 1000 + seq))
  await put("inbound_mails", {
    ...{ ...of, id: "im", conversation_id: "co2", token: "", envelope_from: "", subject: "Broken bulbs" },
    ...{ message_id: "<1>", text: "", state: "posted", attachments: 0, at: 30 },
    raw: dialect === "sqlite" ? Buffer.from("x") : sql`'x'::bytea`,
  })
  const file = { ...of, type: "text/plain", size: 1, bytes: Buffer.from("x"), at: 10, inbound_mail_id: null }
  const ofOldest = { ...file, conversation_id: "co", seq: 1 }
  await put("attachments", { ...ofOldest, id: "at1", position: 1, name: "Invoice 7.txt" })
  await put("attachments", { ...ofOldest, id: "at0", position: 0, name: "Účet.txt" })
}

/** Entries as versions before 0014 made them: without the names of files. */
const forgetFiles = async (db: Kysely<Tables>, dialect: Tx["dialect"]): Promise<void> => {
  const files = await db.selectFrom("attachments").selectAll().execute()
  await db.deleteFrom("attachments").execute()
  await db.deleteFrom("search_entries").execute()
  await indexAll({ db, dialect })
  await db.insertInto("attachments").values(files).execute()
}

describe.each(STORES)("an upgrade of a database with conversations, on %s", (kind) => {
  test("finds what was said before, newest first, and counts truly", async () => {
    const dialect = kind === "sqlite" ? "sqlite" : "postgres"
    const { db, close } = await open(kind)
    onTestFinished(close)
    await seed(db, dialect)
    const before = MIGRATIONS.findIndex(({ name }) => name === "0014-pictures")
    await applyMigrations(db as Kysely<unknown>, dialect, NOW, MIGRATIONS.slice(0, before))
    await forgetFiles(db, dialect)
    await applyMigrations(db as Kysely<unknown>, dialect, NOW)
    const tx = { db, dialect, now: NOW } as Tx
    const find = async (q: string) =>
      (await findEntries(tx, ACCOUNT, wantedOf(q)!, { before: null, limit: 2000 })).map(
        ({ kind: what, ref, conversation_id: id }) => `${what} ${ref} ${id}`,
      )
    const lamps = await find("lamp")
    expect(lamps).toHaveLength(MESSAGES - 1)
    expect([lamps[0], lamps.at(-1)]).toEqual([`message ${MESSAGES} co`, "message 1 co"])
    expect((await find("novakova eva")).sort()).toEqual(["visitor  co", "visitor  co2"])
    expect(await find("broken")).toEqual(["subject im co2"])
    expect(await find("busy")).toEqual([])
    // The oldest message has them, and is still the oldest.
    expect(await find("ucet invoice oldest")).toEqual(["message 1 co"])
    const agentId = "ada" as AgentId
    expect(await countsFor(tx, ACCOUNT, { agentId, others: [] })).toEqual({ unserved: 1, mine: 1, all: 2 })
  })
})
