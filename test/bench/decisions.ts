import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { type Actions, actions } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Store } from "../../relay/store/store.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { startPostgres } from "../kit/postgres-server.ts"
import { type Result, rate, rounded } from "./result.ts"
import { openSeeded, passTime, seedCompany, seedMessages } from "./seed.ts"

const BATCHES = 10_000
/** As the decision loop asks for them. */
const LIMIT = 500

/** Ten thousand visitors wrote in the same second while nobody was there: all are due in the same second. */
const measure = async (store: Store<Actions>): Promise<number> => {
  const at = 1_767_225_600_000
  const due = at + 2 * MINUTE
  const company = await seedCompany(store, at, 2 * MINUTE)
  await seedMessages(store, company, BATCHES, at)
  await passTime(store, at, due)
  const started = performance.now()
  for (let judged = 0; judged < BATCHES; ) {
    const turn = await store.run("judgeDue", { limit: LIMIT }, due + SECOND)
    if (turn.judged === 0) throw new Error(`only ${judged} of ${BATCHES} batches were due`)
    judged += turn.judged
  }
  const ms = performance.now() - started
  const { queued } = await store.run("readHealth", {}, due + SECOND)
  if (queued !== BATCHES) throw new Error(`${queued} notices queued instead of ${BATCHES}`)
  return ms
}

const onSqlite = async (): Promise<number> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  const store = await openSeeded(folder)
  try {
    return await measure(store)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const onPostgres = async (): Promise<number> => {
  const server = await startPostgres({ durable: true })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query("CREATE DATABASE bench TEMPLATE template0")
  await client.end()
  const store = await openPostgres({ url: server.url.replace(/\/postgres$/, "/bench"), actions })
  try {
    return await measure(store)
  } finally {
    await store.close()
    await server.remove()
  }
}

export const decisions = async (): Promise<Result> => {
  const row = (name: string, ms: number) => [name, BATCHES, rounded(ms / 1000, 2), rate(BATCHES, ms)]
  return {
    name: "decisions",
    title: "Decisions",
    how: `${BATCHES.toLocaleString("en")} conversations of one account are due in the same second: until each is decided, with verdict and queued notice committed to disk.`,
    columns: ["store", "batches", "s", "decisions/s"],
    rows: [row("SQLite", await onSqlite()), row("PostgreSQL", await onPostgres())],
  }
}
