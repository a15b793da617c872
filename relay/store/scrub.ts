import { existsSync, readdirSync, statSync } from "node:fs"
import path from "node:path"
import { openFile } from "./sqlite-file.ts"

/**
 * What was deleted from the embedded store's file is not there to be read any more, but its bytes are, in the file's
 * free pages, in gaps between rows and in the log beside it. Here the file is written anew without them.
 */

/** Asked for by a relay that runs only while the file is smaller: whoever writes meanwhile waits, some 5 ms a MB. */
const SCRUBBED_BESIDE = 400_000_000

/** Larger files are left to `porchlight erase`, which an operator can run at night. */
export const isSmall = (file: string): boolean => statSync(file).size <= SCRUBBED_BESIDE

/**
 * Writes the file anew and empties its log. Works beside relays that run; throws SQLITE_BUSY where one of them reads
 * on for longer than five seconds, SQLITE_FULL where the disk has no room for the file once more.
 */
export const scrubFile = (file: string): void => {
  const db = openFile(file)
  try {
    // The words that can be searched for: deleted ones stay in the index until its parts are merged.
    db.prepare("INSERT INTO search_words (search_words) VALUES ('optimize')").run()
    db.exec("VACUUM")
    db.pragma("wal_checkpoint(TRUNCATE)")
  } finally {
    db.close()
  }
}

/** Copies that were made before the tables were changed: whoever was erased since is still in them. */
export const copiesBeside = (file: string): string[] => {
  const folder = path.dirname(file)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${path.basename(file)}.before-`) && !name.endsWith(".part"))
    .map((name) => path.join(folder, name))
    .sort()
}
