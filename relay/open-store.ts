import { access, constants, mkdir } from "node:fs/promises"
import path from "node:path"
import { type Actions, actions } from "./actions/index.ts"
import type { Config } from "./config.ts"
import { folderError, movedError, StartError, storeError, unfinishedError } from "./start-error.ts"
import { openSqlite } from "./store/sqlite.ts"
import type { Store } from "./store/store.ts"

/** The embedded store's file in the data folder. */
const STORE_FILE = "porchlight.db"

/** Makes the data folder, for this user only, if it is not there. Throws StartError. */
const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw folderError(error, folder)
  }
}

/** Step by step: `recursive` never comes back from places where nothing can be made, such as /proc. */
const makeFolder = async (folder: string): Promise<void> => {
  if (await isThere(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) await makeFolder(parent)
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Made by another command meanwhile.
    if (error.code !== "EEXIST") throw error
  })
}

const isThere = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false
      throw error
    },
  )

/** The embedded store's file. */
export const storeFile = (config: Config): string => path.join(config.data, STORE_FILE)

/** Whether there is something to open; of a database that is known only then. Throws StartError. */
export const hasStore = async (config: Config): Promise<boolean> => {
  try {
    return config.databaseUrl !== null || (await isThere(storeFile(config)))
  } catch (error) {
    throw folderError(error, config.data)
  }
}

/** Opens the store of the settings, migrated; makes it if need be. Throws StartError. */
export const openStore = async (config: Config): Promise<Store<Actions>> => {
  const store = await open(config)
  try {
    const { moved, isBeingFilled } = await store.run("readMarks", {}, 0)
    if (moved) throw movedError(config, moved)
    if (isBeingFilled) throw unfinishedError(config)
    return store
  } catch (error) {
    await store.close()
    throw error instanceof StartError ? error : storeError(error, config)
  }
}

const open = async (config: Config): Promise<Store<Actions>> => {
  try {
    if (config.databaseUrl !== null) {
      const { openPostgres } = await import("./store/postgres.ts")
      return await openPostgres({ url: config.databaseUrl, actions })
    }
    await prepareFolder(config.data)
    return await openSqlite<Actions>({
      file: storeFile(config),
      actionsUrl: new URL("./actions/index.ts", import.meta.url),
      glances: { findRecipients: actions.findRecipients },
    })
  } catch (error) {
    throw error instanceof StartError ? error : storeError(error, config)
  }
}
