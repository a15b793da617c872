import { parentPort, workerData } from "node:worker_threads"
import Database from "better-sqlite3"
import type { FromCheckpointer, ToCheckpointer } from "./sqlite-wal.ts"

/** A thread of relay/store/sqlite-wal.ts: copies what the log holds into the file, beside whoever writes. */
const port = parentPort
if (!port) throw new Error("relay/store/sqlite-checkpoint.ts is started by relay/store/sqlite-wal.ts only")

const db = new Database(workerData as string, { timeout: 0 })
// Before a page of the file is written the log is on disk, and the file before the log is begun anew.
db.pragma("synchronous = FULL")
db.pragma("cache_size = 16")
const copy = db.prepare("PRAGMA wal_checkpoint(PASSIVE)")

port.on("message", (message: ToCheckpointer) => {
  if (message === "close") {
    db.close()
    port.close()
    return
  }
  let said: FromCheckpointer = "copied"
  try {
    copy.get()
  } catch {
    // A disk that is full or fails: nothing is lost, and the next commit says so to whoever it concerns.
    said = "not-copied"
  }
  port.postMessage(said)
})
