import { copyFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"
import type { actions as Actions } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import { openSqlite } from "../../relay/store/sqlite.ts"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import type { ActionTable, Store } from "../../relay/store/store.ts"
import { createDatabaseOf, dropDatabase, takeDatabase } from "./postgres-databases.ts"
import { databaseUrl } from "./postgres-server.ts"
import { MIGRATED_FILE } from "./prepared-stores.ts"

/** Every suite that touches a store runs on each: `describe.each(STORES)("… on %s", (kind) => …)`. */
export const STORES = ["sqlite", "postgres"] as const
export type StoreKind = (typeof STORES)[number]

/** Where a relay looks for it in its folder. */
const STORE_FILE = "porchlight.db"

const ACTIONS_URL = new URL("../../relay/actions/index.ts", import.meta.url)

/** A database of a test's own. `open` may be called again, also while it is open: what is stored stays. */
export interface TestDatabase {
  kind: StoreKind
  /** The file, or the database's URL. */
  place: string
  open<A extends ActionTable = typeof Actions>(actionsUrl?: URL): Promise<Store<A>>
  /** To be called once every store on it is closed. */
  remove(): Promise<void>
}

/** A new database with nothing in it; migrated already, unless `bare`. */
export const createDatabase = async (kind: StoreKind, { bare = false } = {}): Promise<TestDatabase> => {
  if (kind === "sqlite") return createFile(bare)
  return bare ? createBare() : createMigrated()
}

/** Puts an embedded store without accounts into a relay's folder, migrated, where a run of tests has made one. */
export const putMigrated = (folder: string): void => {
  const stores = process.env.VITEST === undefined ? undefined : inject("stores")
  if (stores !== undefined) copyFileSync(join(stores, MIGRATED_FILE), join(folder, STORE_FILE))
}

const createFile = (bare: boolean): TestDatabase => {
  const folder = mkdtempSync(join(tmpdir(), "porchlight-store-"))
  if (!bare) putMigrated(folder)
  const file = join(folder, STORE_FILE)
  return {
    kind: "sqlite",
    place: file,
    open: (actionsUrl = ACTIONS_URL) => openSqlite({ file, actionsUrl }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

const createMigrated = async (): Promise<TestDatabase> => {
  const { url, giveBack } = await takeDatabase(inject("postgresUrl"), join(inject("stores"), "free"))
  return postgresAt(url, giveBack)
}

const createBare = async (): Promise<TestDatabase> => {
  const server = inject("postgresUrl")
  const name = await createDatabaseOf(server, "template0")
  return postgresAt(databaseUrl(server, name), () => dropDatabase(server, name))
}

const postgresAt = (url: string, remove: () => Promise<void>): TestDatabase => ({
  kind: "postgres",
  place: url,
  open: async <A extends ActionTable>(actionsUrl: URL = ACTIONS_URL) => {
    const { actions } = (await import(/* @vite-ignore */ actionsUrl.href)) as { actions: A }
    return openPostgres({ url, actions })
  },
  remove,
})

/** The embedded store in this file: for what a relay that is started on it later is to find. */
export const openTestFile = (file: string): Promise<Store<typeof Actions>> =>
  openSqlite({ file, actionsUrl: ACTIONS_URL })

/** A store on a database of its own, which goes when the store is closed. */
export const openTestStore = async <A extends ActionTable = typeof Actions>(
  kind: StoreKind,
  actionsUrl?: URL,
): Promise<Store<A>> => {
  const database = await createDatabase(kind)
  const store = await database.open<A>(actionsUrl)
  return {
    dialect: store.dialect,
    get clockOffset() {
      return store.clockOffset
    },
    onNudge: store.onNudge,
    whispers: store.whispers,
    locks: store.locks,
    run: store.run,
    close: async () => {
      await store.close()
      await database.remove()
    },
  }
}

/** SQLite in memory and in this thread: a fresh one takes milliseconds, an action microseconds. */
export const openDirect = <A extends ActionTable>(actions: A): Promise<Store<A>> =>
  openSqliteDirect({ file: ":memory:", actions })
