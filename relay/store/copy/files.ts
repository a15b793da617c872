import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync } from "node:fs"
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

/** What file systems say that have no second names for a file (FAT, some of networks and containers). */
const NO_LINKS: readonly unknown[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EACCES"]

/** Puts a finished file under its name, unless something has that by now. `link`: another in tests only. */
export const giveName = (part: string, file: string, link = linkSync): void => {
  try {
    link(part, file)
    rmSync(part)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "EEXIST") throw taken(file)
    if (!NO_LINKS.includes(code)) throw error
    takeName(part, file)
  }
  syncFile(path.dirname(path.resolve(file)))
}

/** The same without links: the name is taken first, so that nobody else can have it, and then given to the file. */
const takeName = (part: string, file: string): void => {
  try {
    closeSync(openSync(file, "wx", 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw taken(file)
    throw error
  }
  try {
    renameSync(part, file)
  } catch (error) {
    rmSync(file)
    throw error
  }
}

const taken = (file: string): CopyRefused =>
  new CopyRefused(`${file} is there already: name a file that is not, or move that one away.`)
