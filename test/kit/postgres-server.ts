import { execFile } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import pg from "pg"

const run = promisify(execFile)

/** Where Debian and Ubuntu put the server's programs, newest first; else what is in PATH. */
const binaries = (): string => {
  const root = "/usr/lib/postgresql"
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isFinite) : []
  const found = versions
    .sort((a, b) => b - a)
    .map((version) => join(root, String(version), "bin"))
    .concat((process.env.PATH ?? "").split(":"))
    .find((folder) => folder && existsSync(join(folder, "initdb")))
  if (!found) {
    throw new Error(
      "the store suites need PostgreSQL's server programs (initdb, pg_ctl): apt-get install postgresql, or put them in PATH",
    )
  }
  return found
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })

const idOf = async (flag: "-u" | "-g"): Promise<number> =>
  Number((await run("id", [flag, "postgres"])).stdout)

export interface PrivatePostgres {
  url: string
  port: number
  /** Of its first process, whose children serve the connections; null: it does not run. */
  pid(): number | null
  /** Stops the server as a fault would: every connection is dropped. */
  stop(): Promise<void>
  /** Starts it again on the same port, with the same data. */
  start(): Promise<void>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

export interface PostgresPlace {
  durable?: boolean
  /** Empty folders for its data and for its log of changes (WAL), e.g. on disks of their own; they stay when it goes. */
  data?: string
  wal?: string
}

/**
 * On disks of its own it is to need room soon: segments of the log are small, and what was deleted is not looked for to
 * be used again.
 */
const HUNGRY = { min_wal_size: "2MB", max_wal_size: "8MB", autovacuum: "off" }

/**
 * Starts a PostgreSQL of one's own on a free loopback port in a folder of its own; takes about a second.
 * It does not run as root, so then it runs as the user `postgres`. Without fsync, unless
 * it is to be `durable`: its data dies with it.
 */
export const startPostgres = async (place: PostgresPlace = {}): Promise<PrivatePostgres> => {
  const { durable = false, wal } = place
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), "porchlight-postgres-"))
  const isRoot = process.getuid?.() === 0
  for (const one of [folder, place.data, wal]) {
    if (one === undefined) continue
    if (isRoot) chownSync(one, await idOf("-u"), await idOf("-g"))
    chmodSync(one, 0o700)
  }
  const as = (program: string, args: string[]) => {
    const command = [join(bin, program), ...args]
    const whole = isRoot
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", ...command]
      : command
    // pg_ctl's server keeps the pipes that it inherits, so nothing may wait for them to close.
    return run("/usr/bin/env", ["-C", folder, ...whole], { timeout: 30_000 })
  }
  const data = place.data ?? join(folder, "data")
  const port = await freePort()
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: folder,
    max_connections: 200,
    shared_buffers: "64MB",
    fsync: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    // Suites that make deadlocks on purpose need not wait a second for each to be found.
    deadlock_timeout: "50ms",
    ...(wal !== undefined && HUNGRY),
  }
  const start = async (): Promise<void> => {
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
    const log = join(folder, "server.log")
    await as("pg_ctl", ["-D", data, "-w", "-t", "20", "-l", log, "-o", options.join(" "), "start"])
  }
  const stop = async (): Promise<void> => {
    await as("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"])
  }
  const initdb = ["-D", data, "-U", "relay", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
  const sums = durable ? ["--data-checksums"] : []
  const log = wal === undefined ? [] : [`--waldir=${wal}`, "--wal-segsize=1"]
  await as("initdb", [...initdb, ...sums, ...log, "--no-instructions", "--no-sync"])
  const pid = (): number | null => {
    const file = join(data, "postmaster.pid")
    const id = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0
    return id > 0 && existsSync(`/proc/${id}`) ? id : null
  }
  await start()
  return {
    url: `postgres://relay@127.0.0.1:${port}/postgres`,
    port,
    pid,
    start,
    stop,
    remove: async () => {
      if (pid() !== null) await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs one statement at a database, on a connection of its own. */
export const administer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The URL of another database of the same server. */
export const databaseUrl = (url: string, name: string): string => url.replace(/\/\w+$/, `/${name}`)
