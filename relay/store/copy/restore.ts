import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs"
import path from "node:path"
import type { Millis } from "../../../shared/words/time.ts"
import { applyMigrations } from "../migrations/index.ts"
import { kyselyOver } from "../sqlite-dialect.ts"
import { openFile, syncFile } from "../sqlite-file.ts"
import type { Tables } from "../tables.ts"
import { countHeld, examineFile, type Held } from "./examine.ts"
import { removeWithCompanions } from "./files.ts"
import { beginFilling, checkFilled, endFilling, fill } from "./filling.ts"
import { CopyRefused, type Place } from "./place.ts"
import { openPostgresPlace, takeAlone } from "./places.ts"
import { sqliteReader } from "./sqlite-side.ts"

/**
 * Makes an empty store what a backup holds. The backup may be of either kind of store and of an earlier version; it
 * is not changed. Gives what the store holds then. Throws CopyRefused when the store has accounts or is in use, or
 * the file is no whole backup; the store is then as it was, or empty.
 */
export const restore = async (file: string, place: Place, now: Millis): Promise<Held> => {
  if (!existsSync(file)) throw new CopyRefused(`There is no file ${file}.`)
  await examineFile(file).catch((error: unknown) => {
    throw new CopyRefused(
      `${file} cannot be restored: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
    )
  })
  return place.kind === "sqlite" ? restoreFile(file, place.file, now) : restorePostgres(file, place.url, now)
}

/** A copy of a backup, with the tables of this version, all in the one file. */
const copyUpToDate = async (file: string, copy: string, now: Millis): Promise<void> => {
  removeWithCompanions(copy)
  copyFileSync(file, copy)
  chmodSync(copy, 0o600)
  const db = openFile(copy)
  try {
    await applyMigrations(kyselyOver<unknown>(db), "sqlite", now)
    db.pragma("wal_checkpoint(TRUNCATE)")
  } finally {
    db.close()
  }
  syncFile(copy)
}

const restoreFile = async (file: string, store: string, now: Millis): Promise<Held> => {
  mkdirSync(path.dirname(store), { recursive: true, mode: 0o700 })
  const part = `${store}.${process.pid}.part`
  try {
    await copyUpToDate(file, part, now)
    const held = await examineFile(part)
    if (existsSync(store)) await removeEmptyStore(store)
    renameSync(part, store)
    syncFile(path.dirname(store))
    return held
  } finally {
    removeWithCompanions(part)
  }
}

/** What a relay leaves that was started and never set up may go; anything else is somebody's. */
const removeEmptyStore = async (store: string): Promise<void> => {
  const db = openFile(store)
  try {
    await applyMigrations(kyselyOver<unknown>(db), "sqlite", 0)
    const { accounts } = await countHeld(kyselyOver<Tables>(db))
    if (accounts > 0) {
      throw new CopyRefused(
        `There is a store already, ${store}, with ${accounts} ${accounts === 1 ? "account" : "accounts"}: move it away first, or set PORCHLIGHT_DATA to another folder.`,
      )
    }
    if (!takeAlone(db)) {
      throw new CopyRefused(`A relay runs on the store ${store}: end it first, and restore then.`)
    }
    removeWithCompanions(store)
  } finally {
    db.close()
  }
}

const restorePostgres = async (file: string, url: string, now: Millis): Promise<Held> => {
  const place = await openPostgresPlace(url)
  const part = `${file}.${process.pid}.part`
  try {
    // Under a name of its own: what was begun and broken off is taken up by the same backup only.
    await beginFilling(place, `backup ${path.resolve(file)}`, now)
    await copyUpToDate(file, part, now)
    const db = openFile(part)
    const from = sqliteReader(db)
    try {
      await fill(place, from)
      await checkFilled(place, from)
    } finally {
      await from.close()
      db.close()
    }
    await endFilling(place)
    return await countHeld(place.db)
  } finally {
    await place.close()
    removeWithCompanions(part)
  }
}
