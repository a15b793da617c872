import { once } from "node:events"
import { Worker } from "node:worker_threads"
import type { Config } from "./config.ts"
import type { Log } from "./log.ts"
import { storeFile } from "./open-store.ts"
import { copiesBeside, isSmall, scrubFile } from "./store/scrub.ts"

/** What an erased person leaves in the store's file once the rows are gone. */
export interface Scrubbed {
  /** `done`: no bytes are left. `later`: the file is large, or was in use: `porchlight erase` does it. `none`: PostgreSQL. */
  how: "done" | "later" | "none"
  /** Copies from before migrations, which still have whoever was in them. */
  copies: string[]
}

/** Scrubs now, in this thread: for the command line. Throws what SQLite says. */
export const scrubNow = (config: Config): Scrubbed => {
  if (config.databaseUrl !== null) return { how: "none", copies: [] }
  const file = storeFile(config)
  scrubFile(file)
  return { how: "done", copies: copiesBeside(file) }
}

/** Scrubs in a thread of its own, if the file is not too large for that: for a relay that runs. */
export const scrubBeside = async (config: Config, log: Log): Promise<Scrubbed> => {
  if (config.databaseUrl !== null) return { how: "none", copies: [] }
  const file = storeFile(config)
  const copies = copiesBeside(file)
  if (!isSmall(file)) return { how: "later", copies }
  try {
    const worker = new Worker(new URL("./store/scrub-thread.ts", import.meta.url), {
      workerData: file,
      execArgv: [],
    })
    // Rejects when the thread fails.
    await once(worker, "message")
    await worker.terminate()
    return { how: "done", copies }
  } catch (err) {
    log.warn(
      { err },
      "the store's file could not be written anew after an erasure: “porchlight erase” does it",
    )
    return { how: "later", copies }
  }
}

/**
 * Scrubs for several at once. Whoever comes while the file is being written cannot know whether theirs is still in it,
 * and waits for the next time, all of them for the same. `scrub` never rejects.
 */
export const scrubTogether = (scrub: () => Promise<Scrubbed>): (() => Promise<Scrubbed>) => {
  let running: Promise<Scrubbed> | null = null
  let next: Promise<Scrubbed> | null = null
  const begin = (): Promise<Scrubbed> => {
    next = null
    running = scrub().finally(() => {
      if (next === null) running = null
    })
    return running
  }
  return () => {
    if (running === null) return begin()
    next ??= running.then(begin)
    return next
  }
}
