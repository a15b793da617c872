import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import pino from "pino"
import { systemClock } from "../../relay/clock.ts"
import type { House } from "../../relay/house.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Store } from "../../relay/store/store.ts"
import { startDeciding } from "../../relay/work/decide.ts"
import { DAY, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { administer, startPostgres } from "../kit/postgres-server.ts"
import { actions, type BenchActions, openBench } from "./bench-actions.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { seedCompany, seedMessages } from "./seed.ts"

const WAIT = 2 * MINUTE

/** Runs a measurement on a fresh store of each kind. */
export const onBoth = async <T>(
  measure: (store: Store<BenchActions>) => Promise<T>,
): Promise<{ store: string; found: T }[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  const server = await startPostgres({ durable: true })
  try {
    const sqlite = await openBench(folder)
    const first = await measure(sqlite).finally(() => sqlite.close())
    await administer(server.url, "CREATE DATABASE open_batches TEMPLATE template0")
    const url = server.url.replace(/\/postgres$/, "/open_batches")
    const postgres = await openPostgres({ url, actions })
    const second = await measure(postgres).finally(() => postgres.close())
    return [
      { store: "SQLite", found: first },
      { store: "PostgreSQL", found: second },
    ]
  } finally {
    await server.remove()
    rmSync(folder, { recursive: true })
  }
}

const OPEN = [1000, 1_000_000]
const TICKS = 100

/** Median of a tick in which nothing is due, with so many batches open, ms. */
const measureTicks = async (store: Store<BenchActions>): Promise<number[]> => {
  const at: Millis = 1_767_225_600_000
  const company = await seedCompany(store as never, at, WAIT)
  await seedMessages(store as never, company, 1, at)
  const { conversations } = await store.run(
    "listConversations",
    { ...company, list: "unserved", limit: 1 },
    at,
  )
  const { accountId } = company
  const conversationId = conversations[0]!.id
  await store.run("closeConversation", { ...company, conversationId }, at)
  const medians: number[] = []
  let open = 0
  for (const count of OPEN) {
    await store.run("copyOpen", { accountId, conversationId, from: open, to: count, dueAt: at + DAY }, at)
    open = count
    const took: number[] = []
    for (let tick = 0; tick < TICKS; tick += 1) {
      const started = performance.now()
      await store.run("changePresences", { limit: 500 }, at)
      await store.run("judgeDue", { limit: 500 }, at)
      took.push(performance.now() - started)
    }
    medians.push(quantile(took, 0.5))
  }
  return medians
}

export const openBatches = async (): Promise<Result> => ({
  name: "open",
  title: "A tick with many open batches",
  how: `What a turn of the decision loop costs while nothing is due, with 1,000 and with 1,000,000 batches counting in one account: median of ${TICKS}, ms.`,
  columns: ["store", ...OPEN.map((count) => `${count.toLocaleString("en")} open, ms`)],
  rows: (await onBoth(measureTicks)).map(({ store, found }) => [store, ...found.map((ms) => rounded(ms, 2))]),
})

const A_SECOND = 500
const SECONDS = 10
/** So many fall due together. */
const TOGETHER = 50
/** Until the first falls due, once the messages are in. */
const LEAD: Millis = 5 * SECOND

/** How late each decision was committed after it fell due, ms, by the loop as it runs in a relay. */
const measureLateness = async (store: Store<BenchActions>): Promise<number[]> => {
  const clock = systemClock()
  const count = A_SECOND * SECONDS
  const company = await seedCompany(store as never, clock.now(), 5 * WAIT)
  const seeded = setInterval(() => void store.run("signRelay", { relayId: "re_seed" }, clock.now()), SECOND)
  await seedMessages(store as never, company, count, clock.now()).finally(() => clearInterval(seeded))
  const first = clock.now() + LEAD
  const every = (TOGETHER * SECOND) / A_SECOND
  await store.run("spreadDue", { accountId: company.accountId, first, size: TOGETHER, every }, clock.now())
  const committed = new Map<Millis, Millis>()
  const watched = {
    ...store,
    run: async (name: never, input: never, now: Millis) => {
      const output = await store.run(name, input, now)
      if (name === "judgeDue") committed.set(now, clock.now())
      return output
    },
  } as House["store"]
  const log = pino({ level: "silent" }) as House["log"]
  const loop = startDeciding({ store: watched, clock, log } as House)
  const sign = setInterval(() => void store.run("signRelay", { relayId: "re_seed" }, clock.now()), 5 * SECOND)
  try {
    for (let decided = 0; decided < count; ) {
      if (clock.now() > first + 3 * SECONDS * SECOND) throw new Error(`only ${decided} of ${count} decided`)
      await new Promise((resolve) => setTimeout(resolve, 500))
      decided = (await store.run("readHealth", {}, clock.now())).queued
    }
  } finally {
    clearInterval(sign)
    await loop.stop()
  }
  const mails = await store.run("listDeliveries", { accountId: company.accountId, limit: count }, clock.now())
  // In the order they were decided in, which is that in which they fell due.
  const decidedAt = mails.map((mail) => mail.createdAt).sort((a, b) => a - b)
  return decidedAt.map((at, index) => {
    const dueAt = first + Math.floor(index / TOGETHER) * every
    return (committed.get(at) ?? Number.NaN) - dueAt
  })
}

export const lateness = async (): Promise<Result> => ({
  name: "lateness",
  title: "Lateness of decisions",
  how: `${A_SECOND} batches of one account fall due a second, for ${SECONDS} s (${TOGETHER} each tenth of a second): from the due moment to the commit, ms.`,
  columns: ["store", "p50 ms", "p99 ms", "worst ms"],
  rows: (await onBoth(measureLateness)).map(({ store, found }) => [
    store,
    rounded(quantile(found, 0.5)),
    rounded(quantile(found, 0.99)),
    rounded(Math.max(...found)),
  ]),
})
