import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Actions, actions } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Store } from "../../relay/store/store.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { administer, startPostgres } from "../kit/postgres-server.ts"
import { type Result, rate } from "./result.ts"
import { openSeeded } from "./seed.ts"

const CALLERS = [1, 10, 50]
const FOR: Millis = 2 * SECOND
const AT: Millis = 1_767_225_600_000

type Work = (caller: number, n: number) => Promise<unknown>

/** Each caller asks again as soon as it is answered; gives answers a second. */
const measure = async (callers: number, work: Work): Promise<number> => {
  let done = 0
  const started = performance.now()
  const call = async (caller: number): Promise<void> => {
    while (performance.now() - started < FOR) {
      await work(caller, done)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)))
  return rate(done, performance.now() - started)
}

/** An account a caller, so that none waits for another's lock, with a device and a visitor in each. */
const seedCaller = async (store: Store<Actions>, caller: number) => {
  const zone = { language: "en", zone: "UTC" } as const
  const account = { name: `Company ${caller}`, graceMs: 0, waitMs: 2 * MINUTE, ...zone }
  const { accountId } = await store.run("createAccount", account, AT)
  const address = `agent@company${caller}.example`
  await store.run("createAgent", { accountId, name: "Anna", address, role: "admin", ...zone }, AT)
  const { siteId } = await store.run(
    "createSite",
    { accountId, name: "Shop", origins: ["*"], language: "en" },
    AT,
  )
  await store.run("askSignInCode", { address }, AT)
  const [mail] = await store.run("listDeliveries", { accountId, limit: 1 }, AT)
  const code = mail && (await store.run("readDelivery", { id: mail.id }, AT)).content
  const device = { kind: "extension", label: "Firefox" } as const
  const digits = code?.kind === "sign-in-code" ? code.code : ""
  const signedIn = await store.run("signIn", { address, code: digits, device }, AT)
  if (signedIn.refused) throw new Error(signedIn.refused)
  const { agentId, deviceId } = signedIn
  return { accountId, siteId, device: { accountId, agentId, deviceId } }
}

const works = async (store: Store<Actions>): Promise<Record<string, Work>> => {
  await store.run("startRelay", { relayId: "bench", mailDomain: "relay.example" }, AT)
  const seeded: Awaited<ReturnType<typeof seedCaller>>[] = []
  for (let caller = 0; caller < Math.max(...CALLERS); caller += 1)
    seeded.push(await seedCaller(store, caller))
  const of = (caller: number) => seeded[caller] ?? seeded[0]!
  let run = 0
  return {
    "one row inserted and read": (caller, n) =>
      store.run("readSecret", { name: `${run++}-${caller}-${n}`, make: "x" }, AT),
    "a beat of a present device": (caller) => {
      const beat = { bootId: "boot-0001", seq: run++, state: "active" as const, intervalMs: 20 * SECOND }
      return store.run("takeBeats", { beats: [{ ...of(caller).device, beat }] }, AT)
    },
    "a new visitor and their first message, both": async (caller) => {
      const { accountId, siteId } = of(caller)
      const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
      const { visitorId } = await store.run("createVisitor", visitor, AT)
      const message = { groupId: null, key: `bench-${run++}`, text: "Do you have lamps?", page: null }
      return store.run("takeVisitorMessage", { accountId, siteId, visitorId, ...message }, AT)
    },
  }
}

const rowsOf = async (name: string, store: Store<Actions>): Promise<Result["rows"]> => {
  const rows: Result["rows"] = []
  for (const [what, work] of Object.entries(await works(store))) {
    const rates: number[] = []
    for (const callers of CALLERS) rates.push(await measure(callers, work))
    rows.push([name, what, ...rates])
  }
  return rows
}

const onSqlite = async (): Promise<Result["rows"]> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  const store = await openSeeded(folder)
  try {
    return await rowsOf("SQLite", store)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const onPostgres = async (): Promise<Result["rows"]> => {
  const server = await startPostgres({ durable: true })
  await administer(server.url, "CREATE DATABASE bench TEMPLATE template0")
  const store = await openPostgres({ url: server.url.replace(/\/postgres$/, "/bench"), actions })
  try {
    return await rowsOf("PostgreSQL", store)
  } finally {
    await store.close()
    await server.remove()
  }
}

export const store = async (): Promise<Result> => ({
  name: "store",
  title: "Stores",
  how: `Whole actions a second, each answered once it is on disk, asked by so many callers at a time for ${FOR / SECOND} s; every caller has an account of its own.`,
  columns: ["store", "action", ...CALLERS.map((callers) => `${callers} at a time`)],
  rows: [...(await onSqlite()), ...(await onPostgres())],
})
