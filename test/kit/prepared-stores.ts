import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { openPostgres } from "../../relay/store/postgres.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"
import { MIGRATED } from "./postgres-databases.ts"
import { administer, databaseUrl, type PrivatePostgres, startPostgres } from "./postgres-server.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** A private PostgreSQL for this run: user `relay`, may create databases. */
    postgresUrl: string
    /** Folder of what suites take stores from: a migrated file, and in `free` the names of databases. */
    stores: string
  }
}

/** An embedded store without accounts, in the folder. */
export const MIGRATED_FILE = "migrated.db"

interface Prepared {
  folder: string
  postgres: PrivatePostgres
}

const prepare = async (): Promise<Prepared> => {
  const folder = mkdtempSync(join(tmpdir(), "porchlight-stores-"))
  mkdirSync(join(folder, "free"))
  const file = await openMigrated(join(folder, MIGRATED_FILE), 0)
  file.close()
  const postgres = await startPostgres()
  await administer(postgres.url, `CREATE DATABASE ${MIGRATED} TEMPLATE template0`)
  const store = await openPostgres({ url: databaseUrl(postgres.url, MIGRATED), actions: {} })
  await store.close()
  return { folder, postgres }
}

/** Each project of a run loads this file anew; all of them get the same. */
const run = globalThis as { preparedStores?: { made: Promise<Prepared>; users: number } }

/**
 * Vitest's globalSetup: one PostgreSQL for all suites of a run, and stores that are migrated already, which suites
 * copy: a relay that migrates its own store takes twice as long to start.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  run.preparedStores ??= { made: prepare(), users: 0 }
  const shared = run.preparedStores
  shared.users += 1
  const { folder, postgres } = await shared.made
  project.provide("postgresUrl", postgres.url)
  project.provide("stores", folder)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete run.preparedStores
    await postgres.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
