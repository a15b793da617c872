import { mkdirSync } from "node:fs"
import path from "node:path"
import type { Millis } from "../../../shared/words/time.ts"
import { copyFile, openFile, syncFile } from "../sqlite-file.ts"
import { copyRows, verifyCopy } from "./copy.ts"
import { DERIVED, rebuildDerived } from "./derived.ts"
import { examineFile, type Held } from "./examine.ts"
import { giveName, refuseTaken, removeWithCompanions } from "./files.ts"
import { MARKS } from "./marks.ts"
import type { Place } from "./place.ts"
import { openPostgresPlace, openTargetFile } from "./places.ts"

/**
 * A copy of a store, of one moment, while relays run on it; always a file as the embedded store has it, whichever
 * store it is of. Afterwards there is a file of that name, whole, read through and on disk, or none.
 * Throws CopyRefused when the name is taken, else what disk or database say.
 */
export const backUp = async (place: Place, file: string, now: Millis): Promise<Held & { bytes: number }> => {
  refuseTaken(file)
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
  const part = `${file}.${process.pid}.part`
  removeWithCompanions(part)
  try {
    if (place.kind === "sqlite") backUpFile(place.file, part)
    else await backUpPostgres(place.url, part, now)
    const held = await examineFile(part)
    giveName(part, file)
    return held
  } finally {
    removeWithCompanions(part)
  }
}

const backUpFile = (file: string, part: string): void => {
  const db = openFile(file)
  try {
    copyFile(db, part)
  } finally {
    db.close()
  }
}

const backUpPostgres = async (url: string, part: string, now: Millis): Promise<void> => {
  const place = await openPostgresPlace(url)
  try {
    const from = await place.read()
    const target = await openTargetFile(part, now)
    try {
      const sides = { from, readTo: target.read, writeTo: target.writer, marks: MARKS, derived: DERIVED }
      await copyRows(sides)
      await verifyCopy(sides)
      await rebuildDerived(target)
      await target.finish()
    } finally {
      await target.close()
      await from.close()
    }
  } finally {
    await place.close()
  }
  syncFile(part)
}
