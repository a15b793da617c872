import { randomBytes } from "node:crypto"
import type Database from "better-sqlite3"
import type { Millis } from "../../../shared/words/time.ts"
import { openFile, openMigrated } from "../sqlite-file.ts"
import type { Copied, Verified } from "./copy.ts"
import { beginFilling, checkFilled, endFilling, fill, filledFrom } from "./filling.ts"
import { MOVED_TO, type Moved, STORE_ID } from "./marks.ts"
import { CopyRefused } from "./place.ts"
import { openPostgresPlace, takeAlone } from "./places.ts"
import { sqliteReader } from "./sqlite-side.ts"

/** What became of a move: done and verified, or all that a running relay lets be done before it. */
export type MoveResult =
  | { moved: true; copied: Copied; verified: Verified[] }
  | { moved: false; copied: Copied }

const readMark = (db: Database.Database, name: string): string | null => {
  const row = db.prepare("SELECT value FROM relay_secrets WHERE name = ?").get(name) as
    | { value: string }
    | undefined
  return row?.value ?? null
}

const setMark = (db: Database.Database, name: string, value: string, now: Millis): void => {
  db.prepare(
    "INSERT INTO relay_secrets (name, value, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(name, value, now)
}

const idOf = (db: Database.Database, now: Millis): string => {
  const known = readMark(db, STORE_ID)
  if (known !== null) return known
  const made = randomBytes(16).toString("hex")
  setMark(db, STORE_ID, made, now)
  return made
}

/**
 * Takes an embedded store to a PostgreSQL that is empty, or was begun to be filled from it.
 *
 * While a relay runs on the store, all there is up to now is copied ahead, and nothing else is changed: to be asked
 * again once the relay has ended, when only what differs is left. Nobody can open the store meanwhile. Both sides are
 * then counted and summed; the store is marked as moved before the database may be used, so that at no instant two
 * relays could run on one each. Broken off anywhere, it is taken up by asking again.
 * `to` is how the database is named to people, without the password. Throws CopyRefused.
 */
export const moveStore = async (
  file: string,
  { url, to }: { url: string; to: string },
  now: Millis,
): Promise<MoveResult> => {
  const source = await openMigrated(file, now)
  try {
    const id = idOf(source, now)
    const place = await openPostgresPlace(url)
    try {
      await refuseMoved(source, place, to)
      await beginFilling(place, id, now)
      const alone = takeAlone(source)
      const from = sqliteReader(source)
      try {
        const copied = await fill(place, from)
        if (!alone) return { moved: false, copied }
        const verified = await checkFilled(place, from)
        setMark(source, MOVED_TO, JSON.stringify({ to, at: now } satisfies Moved), now)
        source.exec("COMMIT")
        await endFilling(place)
        return { moved: true, copied, verified }
      } finally {
        await from.close()
      }
    } finally {
      await place.close()
    }
  } finally {
    source.close()
  }
}

/** A store that was moved is moved no second time; to the same database only to finish what was broken off. */
const refuseMoved = async (
  source: Database.Database,
  place: Parameters<typeof filledFrom>[0],
  to: string,
): Promise<void> => {
  const mark = readMark(source, MOVED_TO)
  if (mark === null) return
  const moved = JSON.parse(mark) as Moved
  if (moved.to === to && (await filledFrom(place)) !== null) return
  throw new CopyRefused(
    `This store was moved to ${moved.to} at ${new Date(moved.at).toISOString()}: set PORCHLIGHT_DATABASE_URL to it. If that was given up, take the store back with “porchlight migrate --take-back”.`,
  )
}

/**
 * Lets an embedded store be used again that was moved. What was written since is in the other one only.
 * Gives where it had gone; null if it had not.
 */
export const takeBack = (file: string): Moved | null => {
  const db = openFile(file)
  try {
    const mark = readMark(db, MOVED_TO)
    if (mark === null) return null
    db.prepare("DELETE FROM relay_secrets WHERE name = ?").run(MOVED_TO)
    return JSON.parse(mark) as Moved
  } finally {
    db.close()
  }
}
