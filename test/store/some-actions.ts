import { sql } from "kysely"
import { emit, emitAll, eventsAfter } from "../../relay/store/events.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"

/** Small actions for the suites of the store itself. */

const put = async (tx: Tx, { name, value }: { name: string; value: string }): Promise<void> => {
  await tx.db.insertInto("relay_secrets").values({ name, value, created_at: tx.now }).execute()
}

const putThenThrow = async (
  tx: Tx,
  { name, how }: { name: string; how: "refusal" | "error" },
): Promise<never> => {
  await put(tx, { name, value: "never to be seen" })
  if (how === "refusal") throw new Refusal("stale", "somebody was faster", { version: 3 })
  throw new TypeError("a bug")
}

const names = async (tx: Tx, _: object): Promise<string[]> => {
  const rows = await tx.db.selectFrom("relay_secrets").select("name").orderBy("name").execute()
  return rows.map((row) => row.name)
}

const addAccount = async (tx: Tx, { id }: { id: AccountId }): Promise<void> => {
  await tx.db
    .insertInto("accounts")
    .values({
      id,
      name: "Example",
      language: "en",
      zone: "UTC",
      plan: "pro",
      grace_ms: 120_000,
      wait_ms: 120_000,
      offline_notices: 1,
      offline_notices_at: tx.now,
      missed_notices: 1,
      missed_notices_at: tx.now,
      version: 1,
      event_seq: 0,
      created_at: tx.now,
    })
    .execute()
}

const happen = async (
  tx: Tx,
  { accountId, times }: { accountId: AccountId; times: number },
): Promise<void> => {
  const event = { kind: "team" as const, agentId: "ag_x" as AgentId }
  await emitAll(tx, accountId, Array(times).fill(event))
}

const happenThenThrow = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<never> => {
  await emit(tx, accountId, { kind: "team", agentId: "ag_x" as AgentId })
  throw new Refusal("forbidden", "no")
}

const eventNumbers = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<number[]> =>
  (await eventsAfter(tx, accountId, 0, 1_000_000)).map((event) => event.cursor)

/** Reads, then writes what it read plus one: loses updates unless the account is locked. */
const countUp = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<number> => {
  await tx.lock(accountId)
  const row = await tx.db
    .selectFrom("accounts")
    .select("grace_ms")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow()
  await tx.db
    .updateTable("accounts")
    .set({ grace_ms: row.grace_ms + 1 })
    .where("id", "=", accountId)
    .execute()
  return row.grace_ms + 1
}

/** Two of these with the accounts the other way round get into each other's way. */
const lockBoth = async (
  tx: Tx,
  { first, second }: { first: AccountId; second: AccountId },
): Promise<void> => {
  await tx.lock(first)
  await tx.lock(second)
}

/** Names of the columns that a row has. */
const columns = async (tx: Tx, { id }: { id: AccountId }): Promise<string[]> =>
  Object.keys(await tx.db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirstOrThrow())

/** Keeps a connection to PostgreSQL for a fifth of a second. */
const holdOn = async (tx: Tx, _: object): Promise<void> => {
  await sql`SELECT pg_sleep(0.2)`.execute(tx.db)
}

/** What a database gives back for what was put in. */
const types = async (tx: Tx, { raw }: { raw: Uint8Array }) => {
  await tx.db.deleteFrom("relay_secrets").where("name", "=", "types").execute()
  await tx.db
    .insertInto("relay_secrets")
    .values({ name: "types", value: "ž 🏮", created_at: tx.now })
    .execute()
  const row = await tx.db
    .selectFrom("relay_secrets")
    .select(["value", "created_at", sql<number>`created_at + 1`.as("later")])
    .select((eb) => eb.fn.countAll<number>().over().as("count"))
    .select((tx.dialect === "sqlite" ? sql<Uint8Array>`${raw}` : sql<Uint8Array>`${raw}::bytea`).as("raw"))
    .where("name", "=", "types")
    .executeTakeFirstOrThrow()
  const { numUpdatedRows } = await tx.db
    .updateTable("relay_secrets")
    .set({ value: "x" })
    .where("name", "=", "types")
    .executeTakeFirst()
  return { ...row, raw: new Uint8Array(row.raw), updated: Number(numUpdatedRows) }
}

const setMaxPages = async (tx: Tx, { more }: { more: number }): Promise<void> => {
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(tx.db)
  await sql.raw(`PRAGMA max_page_count = ${(rows[0]?.page_count ?? 0) + more}`).execute(tx.db)
}

const settings = async (tx: Tx, _: object): Promise<Record<string, unknown>> => {
  const one = async (name: string) => {
    const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(tx.db)
    return Object.values(rows[0] ?? {})[0]
  }
  return {
    journal_mode: await one("journal_mode"),
    synchronous: await one("synchronous"),
    foreign_keys: await one("foreign_keys"),
  }
}

const tables = async (tx: Tx, _: object): Promise<Record<string, string[]>> => {
  const found = await tx.db.introspection.getTables()
  return Object.fromEntries(
    found
      // What a search goes by is each database's own (relay/store/search.ts).
      .filter((table) => table.name !== "migrations" && !table.name.startsWith("search_words"))
      .map((table) => [table.name, table.columns.map((column) => column.name).sort()]),
  )
}

const giveBackFunction = async (tx: Tx, { name }: { name: string }): Promise<unknown> => {
  await put(tx, { name, value: "" })
  return () => undefined
}

export const actions = {
  put,
  putThenThrow,
  names,
  addAccount,
  happen,
  happenThenThrow,
  eventNumbers,
  countUp,
  lockBoth,
  columns,
  holdOn,
  types,
  setMaxPages,
  settings,
  tables,
  giveBackFunction,
}
