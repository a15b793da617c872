import { setImmediate } from "node:timers/promises"
import { parentPort, workerData } from "node:worker_threads"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { systemClock } from "../clock.ts"
import { giveBackWhenIdle } from "../give-back.ts"
import { watchChanges } from "./changed-accounts.ts"
import { type PlainError, toPlainError } from "./errors.ts"
import { openMigrated } from "./sqlite-file.ts"
import { type Answer, type Asked, createRunner, isReading } from "./sqlite-runner.ts"
import { keepWal, TOO_LONG } from "./sqlite-wal.ts"
import type { ActionTable } from "./store.ts"

/** The thread that has the embedded store's file: see sqlite.ts for the other side. */
export interface ThreadSetup {
  file: string
  /** Module that exports `actions`. */
  actionsUrl: string
}

export type ToThread = { kind: "run"; asked: (Asked & { id: number })[] } | { kind: "close" }

export type PlainAnswer = { id: number } & ({ ok: true; output: unknown } | { ok: false; error: PlainError })

export type FromThread =
  | { kind: "ready" }
  | { kind: "not-opened"; error: PlainError }
  | { kind: "ran"; answers: PlainAnswer[]; nudged: AccountId[] }
  | { kind: "nudged"; accountIds: AccountId[] }

/** Bounds how long the first of many waits for its answer; a batch of this size takes some 20 ms. */
const MAX_BATCH = 256

/** How long actions that nobody waits for are held back for others to share their commit. */
const PATIENCE: Millis = 5

/** How often another process's commits are looked for. */
const LOOK_EVERY: Millis = 250

const port = parentPort
if (!port) throw new Error("relay/store/sqlite-thread.ts is started by relay/store/sqlite.ts only")
const say = (message: FromThread): void => port.postMessage(message)

const plain = (id: number, answer: Answer | undefined): PlainAnswer => {
  if (!answer) return { id, ok: false, error: toPlainError(new Error("the action was given no answer")) }
  return answer.ok
    ? { id, ok: true, output: answer.output }
    : { id, ok: false, error: toPlainError(answer.error) }
}

/** An output that cannot cross (a function in it) spoils its own answer only. It was stored all the same. */
const sayRan = (answers: PlainAnswer[], nudged: AccountId[]): void => {
  try {
    say({ kind: "ran", answers, nudged })
  } catch {
    const crossing = answers.map((answer): PlainAnswer => {
      try {
        return structuredClone(answer)
      } catch (error) {
        return { id: answer.id, ok: false, error: toPlainError(error) }
      }
    })
    say({ kind: "ran", answers: crossing, nudged })
  }
}

const serve = async ({ file, actionsUrl }: ThreadSetup): Promise<void> => {
  const { actions } = (await import(actionsUrl)) as { actions: ActionTable }
  const db = await openMigrated(file, systemClock().now())
  db.pragma(`wal_autocheckpoint = ${TOO_LONG}`)
  const wal = keepWal(db, file)
  const runner = createRunner(db, actions)

  let waiting: (Asked & { id: number })[] = []
  let arrived = (): void => undefined
  /** Until then what waits may be held back; counted from when the first of it came. */
  let heldUntil = 0
  let working = false
  let closing = false

  const eventSeqs = db.prepare<[], { id: AccountId; event_seq: number }>("SELECT id, event_seq FROM accounts")
  const changed = watchChanges()
  let version = db.pragma("data_version", { simple: true })
  changed(eventSeqs.all())
  const lookAround = (): void => {
    const current = db.pragma("data_version", { simple: true })
    if (current === version) return
    version = current
    const accountIds = changed(eventSeqs.all())
    if (accountIds.length > 0) say({ kind: "nudged", accountIds })
  }
  const looking = setInterval(lookAround, LOOK_EVERY)
  const stopGivingBack = giveBackWhenIdle(() => db.pragma("shrink_memory"))

  /** Readers first, who need not wait for the disk; then all others, who wait for it together. */
  const nextBatch = async (): Promise<(Asked & { id: number })[]> => {
    const readers = waiting.filter(isReading).slice(0, MAX_BATCH)
    if (readers.length > 0) {
      waiting = waiting.filter((asked) => !readers.includes(asked))
      return readers
    }
    const left = heldUntil - performance.now()
    if (!closing && left > 0 && waiting.every(({ manner }) => manner === "patient")) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        arrived = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      return nextBatch()
    }
    return waiting.splice(0, MAX_BATCH)
  }

  const work = async (): Promise<void> => {
    working = true
    while (waiting.length > 0) {
      const batch = await nextBatch()
      const { answers, nudged } = await runner.run(batch)
      const crossing = batch.map(({ id }, index) => plain(id, answers[index]))
      sayRan(crossing, nudged)
      wal.look()
      // What was asked meanwhile comes in here: all of it is the next batch.
      await setImmediate()
    }
    working = false
    if (closing) void close()
  }

  const close = async (): Promise<void> => {
    clearInterval(looking)
    stopGivingBack()
    await wal.close()
    db.close()
    port.close()
  }

  port.on("message", (message: ToThread) => {
    if (message.kind === "run") {
      if (waiting.length === 0) heldUntil = performance.now() + PATIENCE
      waiting.push(...message.asked)
    } else closing = true
    arrived()
    if (working) return
    if (waiting.length > 0) void work()
    else if (closing) void close()
  })
  say({ kind: "ready" })
}

serve(workerData as ThreadSetup).catch((error) => {
  say({ kind: "not-opened", error: toPlainError(error) })
  port.close()
})
