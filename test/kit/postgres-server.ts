import { execFile } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { openPostgres } from "../../relay/store/postgres.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** A private PostgreSQL for this run: user `relay`, may create databases. */
    postgresUrl: string
  }
}

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
  /** Stops the server as a fault would: every connection is dropped. */
  stop(): Promise<void>
  /** Starts it again on the same port, with the same data. */
  start(): Promise<void>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

/**
 * Starts a PostgreSQL of one's own on a free loopback port in a folder of its own; takes about a second.
 * It does not run as root, so then it runs as the user `postgres`. Without fsync, unless
 * it is to be `durable`: its data dies with it.
 */
export const startPostgres = async ({ durable = false } = {}): Promise<PrivatePostgres> => {
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), "porchlight-postgres-"))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, await idOf("-u"), await idOf("-g"))
  chmodSync(folder, 0o700)
  const as = (program: string, args: string[]) => {
    const command = [join(bin, program), ...args]
    const whole = isRoot
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", ...command]
      : command
    // pg_ctl's server keeps the pipes that it inherits, so nothing may wait for them to close.
    return run("/usr/bin/env", ["-C", folder, ...whole], { timeout: 30_000 })
  }
  const data = join(folder, "data")
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
  await as("initdb", [...initdb, "--no-instructions", "--no-sync"])
  await start()
  return {
    url: `postgres://relay@127.0.0.1:${port}/postgres`,
    port,
    start,
    stop,
    remove: async () => {
      if (existsSync(join(data, "postmaster.pid"))) await stop()
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

/** Copied for each test's database: that takes a third of the time of migrating an empty one. */
export const MIGRATED = "migrated"

/** Vitest's globalSetup: one server for all suites of a run; `inject("postgresUrl")` in a suite. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres()
  await administer(server.url, `CREATE DATABASE ${MIGRATED} TEMPLATE template0`)
  const store = await openPostgres({ url: server.url.replace(/\/postgres$/, `/${MIGRATED}`), actions: {} })
  await store.close()
  project.provide("postgresUrl", server.url)
  return server.remove
}
