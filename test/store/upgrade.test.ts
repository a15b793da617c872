import { randomBytes } from "node:crypto"
import { Kysely, PostgresDialect, sql } from "kysely"
import pg from "pg"
import { describe, expect, onTestFinished, test } from "vitest"
import { applyMigrations, MIGRATIONS } from "../../relay/store/migrations/index.ts"
import { kyselyOver } from "../../relay/store/sqlite-dialect.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"
import { createDatabase, STORES, type StoreKind } from "../kit/stores.ts"

const NOW = Date.UTC(2026, 0, 5, 9)
const CAME = NOW - 10_000

/** A database with the tables of the first migration alone, and what brings it up to date. */
const openFirst = async (kind: StoreKind) => {
  if (kind === "sqlite") {
    const file = await openMigrated(":memory:", NOW, MIGRATIONS.slice(0, 1))
    const db = kyselyOver<unknown>(file)
    return { db, upgrade: () => applyMigrations(db, "sqlite", NOW), close: async () => void file.close() }
  }
  const database = await createDatabase(kind, { bare: true })
  const pool = new pg.Pool({ connectionString: database.place, max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  await applyMigrations(db, "postgres", NOW, MIGRATIONS.slice(0, 1))
  return {
    db,
    upgrade: () => applyMigrations(db, "postgres", NOW),
    close: async () => {
      await db.destroy()
      await database.remove()
    },
  }
}

const put = async (db: Kysely<unknown>, table: string, row: Record<string, string | number | null>) => {
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`.execute(db)
}

const rowsOf = async (db: Kysely<unknown>, table: string, order: string) =>
  (
    await sql<Record<string, unknown>>`select * from ${sql.table(table)} order by ${sql.ref(order)}`.execute(
      db,
    )
  ).rows

/** Ada and Ben are there, Cleo is not; Ben is in the group that lives. A message rests, with its verdict. */
const seed = async (db: Kysely<unknown>): Promise<void> => {
  const inbox = (address: string | null, mode: string) => ({ inbox_address: address, inbox_mode: mode })
  const switches = { offline_notices: 1, offline_notices_at: NOW, missed_notices: 1 }
  const account_id = "ac"
  await put(db, "accounts", {
    ...{ id: account_id, name: "Lamps Ltd", language: "en", zone: "UTC", plan: "pro", ...switches },
    ...{ grace_ms: 1, wait_ms: 1, ...inbox("info@lamps.example", "instead-of"), event_seq: 1 },
    ...{ hold_until: null, created_at: NOW },
  })
  for (const [id, deleted_at] of [
    ["gr", null],
    ["gone", NOW],
  ] as const)
    await put(db, "groups", {
      ...{ account_id, id, name: id, deleted_at, created_at: NOW },
      ...inbox("info@lamps.example", "along-with"),
    })
  for (const [id, there] of [
    ["ada", 1],
    ["ben", 1],
    ["cleo", 0],
  ] as const)
    await put(db, "agents", {
      ...{ account_id, id, name: id, address: `${id}@lamps.example`, role: "agent", active: 1, active_at: 1 },
      ...{ language: "en", zone: "UTC", intent: "available", intent_version: 1, intent_at: 1, ...switches },
      ...{ there, there_since: CAME, there_until: null, created_at: NOW },
    })
  await put(db, "group_members", { account_id, group_id: "gr", agent_id: "ben" })
  await put(db, "group_members", { account_id, group_id: "gr", agent_id: "cleo" })
  await put(db, "group_members", { account_id, group_id: "gone", agent_id: "ada" })
  for (const [group_id, there] of [
    ["", 1],
    ["gr", 1],
    ["gone", 0],
  ] as const)
    await put(db, "audiences", { account_id, group_id, there, there_until: null, light: 1, light_at: 1 })
  await put(db, "sites", {
    ...{ account_id, id: "si", name: "Lamps", key: randomBytes(4).toString("hex"), origins: "[]" },
    ...{ language: "en", created_at: 1 },
  })
  await put(db, "visitors", {
    ...{ account_id, id: "vi", site_id: "si", secret_hash: "", language: "en", zone: "UTC", created_at: 1 },
  })
  await put(db, "conversations", {
    ...{ account_id, id: "co", site_id: "si", visitor_id: "vi", channel: "chat", state: "unserved" },
    ...{ last_seq: 1, last_message_at: NOW, batch: "resting", visitor_seen_seq: 0, answer_mailed_seq: 0 },
    ...{ created_at: 1 },
  })
  const verdict = {
    account_id,
    conversation_id: "co",
    seq: 1,
    code: "colleague-online",
    facts: "{}",
    at: NOW,
  }
  await put(db, "verdicts", { ...verdict, agent_id: "cleo", delivery_id: null })
  const event = { account_id, at: NOW }
  await put(db, "events", { ...event, seq: 1, kind: "light", body: `{"groupId":null,"on":true}` })
  await put(db, "events", { ...event, seq: 2, kind: "presence", body: `{"deviceId":"de"}` })
  await put(db, "events", { ...event, seq: 3, kind: "intent", body: `{"agentId":"ada"}` })
  await put(db, "events", { ...event, seq: 4, kind: "team", body: `{"agentId":"ada"}` })
}

describe.each(STORES)("a database of before groups, hours and redirects on %s", (kind) => {
  test("keeps what it has: inboxes are redirects, verdicts those of offline notices, who is there stays", async () => {
    const { db, upgrade, close } = await openFirst(kind)
    onTestFinished(close)
    await seed(db)
    expect(await upgrade()).toEqual(MIGRATIONS.slice(1).map(({ name }) => name))
    const redirects = (await rowsOf(db, "redirects", "owner_id")).map((row) => [
      row.owner_kind,
      row.owner_id,
      row.address,
      row.mode,
    ])
    expect(redirects).toEqual([
      ["account", "ac", "info@lamps.example", "instead-of"],
      ["group", "gone", "info@lamps.example", "along-with"],
      ["group", "gr", "info@lamps.example", "along-with"],
    ])
    // Everybody who is there has a name at the mail domain; a group that is deleted has none.
    const names = (await rowsOf(db, "mail_names", "name")).map((row) => [
      row.name,
      row.owner_kind,
      row.owner_id,
    ])
    expect(names).toEqual([
      ["ada", "agent", "ada"],
      ["ben", "agent", "ben"],
      ["cleo", "agent", "cleo"],
      ["gr", "group", "gr"],
      ["inbox", "account", "ac"],
    ])
    const found = (await rowsOf(db, "directory", "key")).filter((row) => row.kind === "mail-name")
    expect(found.map((row) => [row.key, row.target]).sort()).toEqual([
      ["ada@", "agent:ada"],
      ["ben@", "agent:ben"],
      ["cleo@", "agent:cleo"],
      ["gr@", "group:gr"],
      ["inbox@", "account:ac"],
    ])
    const verified = await rowsOf(db, "verified_addresses", "address")
    expect(verified.map((row) => row.address)).toEqual(["info@lamps.example"])
    expect(await rowsOf(db, "verdicts", "agent_id")).toMatchObject([
      { agent_id: "cleo", kind: "offline", code: "colleague-online", seq: 1 },
    ])
    expect((await rowsOf(db, "events", "seq")).map((row) => row.subject)).toEqual([
      "light:",
      "de",
      "ada",
      null,
    ])
    // Switches of a kind of notice that there was none of stand as they do since the beginning.
    for (const table of ["accounts", "agents"])
      expect((await rowsOf(db, table, "id")).every((row) => Number(row.missed_notices_at) === NOW)).toBe(true)
    const who = (await rowsOf(db, "audiences", "group_id")).map((row) => [
      row.group_id,
      JSON.parse(row.who as string),
    ])
    // As they were: nobody comes back by an upgrade, and no verdict says so.
    expect(Object.fromEntries(who)).toEqual({
      "": { ada: CAME, ben: CAME },
      gr: { ada: CAME, ben: CAME },
      gone: {},
    })
  })
})
