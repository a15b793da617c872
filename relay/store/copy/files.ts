import { existsSync, linkSync, rmSync } from "node:fs"
import path from "node:path"
import { syncFile } from "../sqlite-file.ts"
import { CopyRefused } from "./place.ts"

/** Takes a file of SQLite's away, with those that it keeps beside one that is open. */
export const removeWithCompanions = (file: string): void => {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true })
}

/** Throws CopyRefused if something has this name. */
export const refuseTaken = (file: string): void => {
  if (existsSync(file)) throw taken(file)
}

/** Puts a finished file under its name, unless something has that by now. */
export const giveName = (part: string, file: string): void => {
  try {
    linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw taken(file)
    throw error
  }
  rmSync(part)
  syncFile(path.dirname(path.resolve(file)))
}

const taken = (file: string): CopyRefused =>
  new CopyRefused(`${file} is there already: name a file that is not, or move that one away.`)
