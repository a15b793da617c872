import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { actions } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import type { Store } from "../../relay/store/store.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { administer, startPostgres } from "../kit/postgres-server.ts"
import { type RelayProcess, startRelayProcess } from "../kit/relay-process.ts"
import { startSmtpSink } from "../kit/smtp-sink.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { connectAgent } from "./agent-socket.ts"
import { addTeam, seedTeam, startBoxes } from "./live.ts"
import { type Result, rounded } from "./result.ts"
import { MAIL_DOMAIN, openSeeded } from "./seed.ts"
import { openSource } from "./smtp-source.ts"
import { residentMB } from "./start.ts"

/** What one beat, socket, message and mail cost a relay and its database: the figures of docs/scale.md. */

const DEVICES = 100
const BEATS_A_SECOND = 10
const BOXES = 10_000
/** Agents who see what visitors write: a small team, as most are. */
const TEAM = 5
/** Nobody opens what is written to them; it is not to be mailed while mails are measured. */
const WAIT = 10 * MINUTE
const WRITERS = 20
const SOURCES = 4
const FOR = 8 * SECOND
/** A relay that has nothing to do has given back by then what it does not need. */
const SETTLED = 45 * SECOND

const TICK_MS = 10

/** CPU of a process and of the children it has outlived, ms (proc(5): stat, fields 14 to 17). */
const cpuOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) * TICK_MS
}

const childrenOf = (pid: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]) === pid
      } catch {
        return false
      }
    })
    .map(Number)

const writtenBy = (pid: number): number =>
  Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1] ?? 0)

interface Place {
  store: string
  env: Record<string, string>
  open(data: string): Promise<Store<typeof actions>>
  /** CPU of the database so far, ms; 0 where it is in the relay. */
  databaseCpu(): number
  /** Bytes that the store has written so far. */
  written(relay: RelayProcess): Promise<number>
  remove(): Promise<void>
}

const embedded = async (): Promise<Place> => ({
  store: "SQLite",
  env: {},
  open: (data) => openSeeded(data) as never,
  databaseCpu: () => 0,
  written: async ({ pid }) => writtenBy(pid),
  remove: async () => undefined,
})

const postgres = async (): Promise<Place> => {
  const server = await startPostgres({ durable: true })
  await administer(server.url, "CREATE DATABASE costs TEMPLATE template0")
  const url = server.url.replace(/\/postgres$/, "/costs")
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query("SELECT pg_backend_pid() AS pid")
  const status = readFileSync(`/proc/${rows[0].pid}/status`, "utf8")
  const postmaster = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
  return {
    store: "PostgreSQL",
    env: { PORCHLIGHT_DATABASE_URL: url },
    open: () => openPostgres({ url, actions }),
    databaseCpu: () => [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + cpuOf(pid), 0),
    written: async () => {
      const wal = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS bytes"
      return Number((await client.query(wal)).rows[0].bytes)
    },
    remove: async () => {
      await client.end()
      await server.remove()
    },
  }
}

interface Cost {
  count: number
  seconds: number
  cpu: number
  database: number
  bytes: number
}

const meter =
  (place: Place, relay: RelayProcess) =>
  async (work: () => Promise<number>): Promise<Cost> => {
    const before = { cpu: cpuOf(relay.pid), database: place.databaseCpu(), bytes: await place.written(relay) }
    const from = performance.now()
    const count = await work()
    return {
      count,
      seconds: (performance.now() - from) / SECOND,
      cpu: cpuOf(relay.pid) - before.cpu,
      database: place.databaseCpu() - before.database,
      bytes: (await place.written(relay)) - before.bytes,
    }
  }

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** `each` again and again, side by side, until the time is over; gives how often. */
const keepOn = async (
  lanes: number,
  each: (lane: number, n: number) => Promise<unknown>,
): Promise<number> => {
  const end = performance.now() + FOR
  let count = 0
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let n = 0; performance.now() < end; n++) {
        await each(lane, n)
        count += 1
      }
    }),
  )
  return count
}

const measure = async (place: Place): Promise<Result["rows"]> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  const sink = await startSmtpSink()
  const { siteKey, tokens } = await seedTeam(folder, DEVICES, place.open, WAIT)
  const store = await place.open(folder)
  const addresses = Array.from({ length: TEAM }, (_, n) => `small${n}@agents.example`)
  const small = await addTeam(store, addresses, WAIT, true)
  await store.close()
  const relay = await startRelayProcess({
    data: folder,
    env: {
      ...place.env,
      PORCHLIGHT_VISITOR_RATE: "1000",
      PORCHLIGHT_MAIL_DOMAIN: MAIL_DOMAIN,
      PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
    },
  })
  const metered = meter(place, relay)
  const rows: Result["rows"] = []
  const row = (
    what: string,
    { count, seconds, cpu, database, bytes }: Cost,
    memory: string | number = "–",
  ): void => {
    const each = (sum: number, digits = 3): number => rounded(sum / count, digits)
    rows.push([
      place.store,
      what,
      Math.round(count / seconds),
      each(cpu),
      each(database),
      each(bytes / 1000, 2),
      memory,
    ])
  }
  try {
    await rest(SETTLED)
    const idle = residentMB(relay.pid)
    const crowds = await startBoxes([relay.url], siteKey, BOXES)
    const quiet = await metered(async () => {
      await rest(SETTLED)
      return (BOXES * SETTLED) / SECOND
    })
    const memory = rounded(((residentMB(relay.pid) - idle) * 1000) / BOXES)
    row("a chat box that is open, for a second", quiet, memory)
    for (const crowd of crowds) await crowd.end()

    const devices = await Promise.all(tokens.map((token) => connectAgent(relay.url, token, "device")))
    const beats = await metered(async () => {
      for (let n = 0; n < (FOR / SECOND) * BEATS_A_SECOND; n++) {
        for (const device of devices) device.beat()
        await rest(SECOND / BEATS_A_SECOND)
      }
      return (FOR / SECOND) * BEATS_A_SECOND * devices.length
    })
    row("a beat", beats)
    for (const device of devices) device.close()

    const team = await Promise.all(small.tokens.map((token) => connectAgent(relay.url, token, "device")))

    const visitors = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        const visitor = await connectVisitor({ url: relay.url, siteKey: small.siteKey })
        visitor.send({ type: "open", language: "en", zone: "UTC" })
        await visitor.push(ofType("you"))
        return visitor
      }),
    )
    const messages = await metered(() =>
      keepOn(WRITERS, async (lane, n) => {
        const visitor = visitors[lane]
        if (!visitor) return
        visitor.pushes.length = 0
        visitor.send({ type: "write", key: `costs-${lane}-${n}`, text: `Is lamp ${n} in brass?`, page: null })
        await visitor.push(ofType("ack"))
        // A socket may send some frames a second.
        await rest(110)
      }),
    )
    row(`a visitor's message, shown to ${TEAM} agents`, messages)
    for (const visitor of visitors) await visitor.close()
    for (const device of team) device.close()

    const sources = await Promise.all(Array.from({ length: SOURCES }, () => openSource(relay.ports.smtp)))
    const text = `From: vera@visitors.example\r\nSubject: A lamp\r\nMessage-ID: <%>\r\n\r\n${"Is it in brass? ".repeat(110)}`
    const mails = await metered(async () => {
      const taken = await keepOn(SOURCES, (lane, n) =>
        sources[lane]!.send(
          "vera@visitors.example",
          `anna@${MAIL_DOMAIN}`,
          text.replace("%", `${lane}.${n}@visitors.example`),
        ),
      )
      while (sink.mails.length < taken) await rest(20)
      return taken
    })
    row("a mail of 2 kB, forwarded (not checked, not sealed)", mails)
    for (const source of sources) source.quit()
    return rows
  } finally {
    await relay.stop()
    await sink.close()
    rmSync(folder, { recursive: true, force: true })
    await place.remove()
  }
}

export const costs = async (): Promise<Result> => ({
  name: "costs",
  title: "Costs",
  how: `What one of each costs, by the CPU time of the relay's process (all its threads) and of the database's processes, and by what the store writes (the file and its log; PostgreSQL's log). Memory: of the relay, for a socket.`,
  columns: ["store", "one of", "a second", "relay CPU ms", "database CPU ms", "kB written", "kB memory"],
  rows: [...(await measure(await embedded())), ...(await measure(await postgres()))],
})
