import { once } from "node:events"
import { Worker } from "node:worker_threads"
import type Database from "better-sqlite3"
import type { Millis } from "../../shared/words/time.ts"

/**
 * What is committed is in the log beside the file (`-wal`), and has to be copied into the file before the log can
 * begin anew. SQLite does so within the commit that makes the log too long, and whoever waits for that commit waits
 * for two more fsyncs and some hundred pages. Here another thread copies them while commits go on; only the few
 * that were written meanwhile are left to the thread that writes. The longer the log, the less is copied: pages that
 * are written again and again are copied once.
 */

export type ToCheckpointer = "copy" | "close"
export type FromCheckpointer = "copied" | "not-copied"

/** Pages of 4 kB that are in the log and not yet in the file, from which on they are copied. */
const LONG = 4_000

/** So many are left to the thread that writes; while there are more, the other one goes over them again. */
const FEW = 500
const MOST_PASSES = 3

/** Where this thread does it itself, within a commit, as SQLite does: when the other one does not keep up. */
export const TOO_LONG = 16_000

/** Looked at this often, while there are commits. */
const LOOK_EVERY: Millis = 50

interface Log {
  log: number
  checkpointed: number
}

export interface WalKeeper {
  /** To be called after commits. Never throws: the next commit meets what is wrong with the disk. */
  look(): void
  close(): Promise<void>
}

/** `file`: that of `db`; a log in memory needs no care. */
export const keepWal = (db: Database.Database, file: string): WalKeeper => {
  const state = db.prepare<[], Log>("PRAGMA wal_checkpoint(NOOP)")
  const copy = db.prepare<[], Log>("PRAGMA wal_checkpoint(PASSIVE)")
  let lookedAt = 0
  let worker: Worker | null = null
  /** How often the other thread has gone over the log by now; 0: it rests. */
  let passes = 0

  const look = (): void => {
    const now = performance.now()
    if (passes > 0 || now - lookedAt < LOOK_EVERY) return
    lookedAt = now
    if (uncopied() >= LONG) pass()
  }

  const uncopied = (): number => {
    const { log, checkpointed } = state.get() ?? { log: 0, checkpointed: 0 }
    return log - checkpointed
  }

  const pass = (): void => {
    passes += 1
    worker ??= startWorker()
    worker.postMessage("copy" satisfies ToCheckpointer)
  }

  const startWorker = (): Worker => {
    const started = new Worker(new URL("./sqlite-checkpoint.ts", import.meta.url), {
      workerData: file,
      execArgv: [],
    })
    started.unref()
    started.on("message", (said: FromCheckpointer) => {
      if (said === "copied" && db.open && !db.inTransaction) goOn()
      else passes = 0
    })
    // Without it the log grows until this thread copies it.
    started.on("error", () => {
      passes = 0
      worker = null
    })
    return started
  }

  /** Behind the pages that were written meanwhile, the next commit begins the log anew. */
  const goOn = (): void => {
    if (passes < MOST_PASSES && uncopied() > FEW) {
      pass()
      return
    }
    try {
      copy.get()
    } catch {
      // A disk that is full or fails: the next commit says so to whoever it concerns.
    }
    passes = 0
  }

  return {
    look,
    close: async () => {
      if (!worker) return
      const ended = once(worker, "exit")
      worker.ref()
      worker.postMessage("close" satisfies ToCheckpointer)
      await ended
    },
  }
}
