import { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import type { Millis } from "../../shared/words/time.ts"
import { closedStore, fromPlainError } from "./errors.ts"
import { createListeners, createWhispers } from "./listeners.ts"
import { type Glances, openGlances } from "./sqlite-glances.ts"
import type { Asked } from "./sqlite-runner.ts"
import type { FromThread, ThreadSetup, ToThread } from "./sqlite-thread.ts"
import type { ActionTable, Manner, Store } from "./store.ts"

interface Pending {
  resolve(output: never): void
  reject(error: unknown): void
}

/**
 * Loads the library in this thread too. Loaded by the store's thread alone it is unloaded when that ends,
 * while the thread's last collection still calls into it: a segmentation fault now and then
 * (github.com/WiseLibs/better-sqlite3/issues/1476). A crash seen once in a run of all suites fits that.
 */
const keepLoaded = (): void => {
  new Database(":memory:").close()
}

/**
 * The embedded store: a file that a thread of its own reads and writes (sqlite-thread.ts), so that no
 * socket waits for the disk. Whole actions cross, not statements; the thread runs them one after the other,
 * commits together whatever was waiting, and answers after that commit.
 *
 * `file` is created, with its folder, when it is not there, and migrated (after a copy) when it is older.
 * `actionsUrl` names a module that exports `actions`; `glances`: those of them that this thread may do by itself when
 * they are asked for as a `glance`. Rejects when the file cannot be opened.
 */
export const openSqlite = async <Actions extends ActionTable>(options: {
  file: string
  actionsUrl: URL
  glances?: ActionTable
}): Promise<Store<Actions>> => {
  keepLoaded()
  const setup: ThreadSetup = { file: options.file, actionsUrl: options.actionsUrl.href }
  const worker = new Worker(new URL("./sqlite-thread.ts", import.meta.url), {
    workerData: setup,
    execArgv: [],
    // What a mail leaves behind is gone before this is full; the default of some MB is swept every few mails.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  const listeners = createListeners()
  const pending = new Map<number, Pending>()
  let lastId = 0
  let outbox: (Asked & { id: number })[] = []
  let ended: { cause: unknown } | null = null
  let closing: Promise<void> | null = null

  const settle = (id: number): Pending | undefined => {
    const one = pending.get(id)
    pending.delete(id)
    return one
  }

  const end = (cause: unknown): void => {
    ended ??= { cause }
    for (const id of [...pending.keys()]) settle(id)?.reject(closedStore(ended.cause))
  }

  const opened = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()
  worker.on("message", (message: FromThread) => {
    if (message.kind === "ready") opened.resolve()
    else if (message.kind === "not-opened") opened.reject(fromPlainError(message.error))
    else if (message.kind === "nudged") listeners.tell(message.accountIds)
    else if (message.kind === "ran") {
      for (const answer of message.answers) {
        if (answer.ok) settle(answer.id)?.resolve(answer.output as never)
        else settle(answer.id)?.reject(fromPlainError(answer.error))
      }
      listeners.tell(message.nudged)
    }
  })
  worker.on("error", (error) => {
    opened.reject(error)
    end(error)
  })
  worker.on("exit", () => {
    opened.reject(new Error("the store's thread ended before it was ready"))
    end(new Error("the store's thread has ended"))
    gone.resolve()
  })

  const post = (message: ToThread): void => worker.postMessage(message)

  const flush = (): void => {
    const asked = outbox
    outbox = []
    try {
      post({ kind: "run", asked })
    } catch {
      // One input cannot cross a thread (a function in it): find whose, the others go on.
      for (const one of asked) {
        try {
          post({ kind: "run", asked: [one] })
        } catch (error) {
          settle(one.id)?.reject(error)
        }
      }
    }
  }

  const inThread = (name: string, input: unknown, now: Millis, manner: Manner | undefined): Promise<never> =>
    new Promise((resolve, reject) => {
      if (ended || closing) {
        reject(closedStore(ended?.cause))
        return
      }
      lastId += 1
      pending.set(lastId, { resolve, reject })
      if (outbox.length === 0) queueMicrotask(flush)
      outbox.push({ id: lastId, name, input, now, manner })
    })

  const glance = async (glances: Glances, name: string, input: unknown, now: Millis): Promise<never> => {
    const glanced = await glances.run({ name, input, now, manner: "glance" })
    return glanced ? (glanced.output as never) : inThread(name, input, now, "glance")
  }

  const store: Store<Actions> = {
    dialect: "sqlite",
    clockOffset: 0 as Millis,
    onNudge: listeners.add,
    whispers: createWhispers().whispers,
    locks: null,
    run: (name, input, now, manner) =>
      manner === "glance" && glances && !ended && !closing
        ? glance(glances, name, input, now)
        : inThread(name, input, now, manner),
    close: () => {
      // In a microtask, so that what was asked before this is posted before this.
      closing ??= Promise.resolve().then(() => {
        glances?.close()
        if (!ended) post({ kind: "close" })
        return gone.promise
      })
      return closing
    },
  }

  await opened.promise
  const glances = options.glances && openGlances(options.file, options.glances)
  return store
}
