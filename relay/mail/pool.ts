import { once } from "node:events"
import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"
import type { AuthResult } from "./auth-result.ts"
import { nothingProven } from "./checks/nothing-proven.ts"
import type { DkimKeys } from "./dkim-keys.ts"
import type { prepareForward } from "./forward.ts"
import type { MailWork } from "./mail-work.ts"
import type { PoolAnswer, PoolJob, PoolSetup, ToPoolWorker } from "./pool-words.ts"

/** Mails that are in the pool, and their bytes, at most: more would only wait there instead of at their senders. */
const MOST_JOBS = 1_000
const MOST_BYTES = 256 * 1024 * 1024

/** Larger mails have a thread of their own: what takes seconds there keeps no ordinary mail waiting. */
const LARGE_BYTES = 1024 * 1024

/** One mail may take so long, waiting for the DNS included; then its thread is ended. */
const LONGEST: Millis = MINUTE

/** How long a thread without work is kept: starting one takes some 200 ms, keeping it some 30 MB. */
const IDLE: Millis = 5 * MINUTE

/** Heap of a thread: the largest mail as a string, twice, and room to work in. */
const HEAP_MB = 256

export interface MailPool extends MailWork {
  /** Ends the threads. What is still in them is rejected, so close what gives them work first. */
  close(): Promise<void>
}

export interface PoolWays extends PoolSetup {
  /** Whether mails that come in are looked at. */
  checks: boolean
  /** The keys to sign with, as they are now. */
  keys: () => DkimKeys
  now: () => Millis
  log: Log
  /** Threads at most, beside the one for large mails; one core is left to everything else. */
  threads?: number
  /** Another module in the threads, for tests. */
  module?: URL
}

const ENDED = new Error("the thread that worked on this mail ended")

/** The libraries come with the first mail: a relay that waits for one needs them as little as the threads. */
let forward: Promise<typeof import("./forward.ts")> | null = null

const prepareHere = async (...given: Parameters<typeof prepareForward>): Promise<Buffer> => {
  forward ??= import("./forward.ts")
  return (await forward).prepareForward(...given)
}

interface Task {
  job: PoolJob
  bytes: number
  /** Its thread ended before it was done, perhaps through its fault. */
  again: boolean
  resolve(output: never): void
  reject(error: unknown): void
}

interface Thread {
  worker: Worker
  /** For mails above LARGE_BYTES, and no others. */
  large: boolean
  tasks: Map<number, Task & { timer: NodeJS.Timeout }>
  /** The keys it was told. */
  keys: DkimKeys | null
  idle: NodeJS.Timeout | null
}

/** A thread that is asked to end gets this long for what it is in the middle of. */
const LAST_WORDS: Millis = SECOND

/** Asked first: a thread that is stopped in the middle of a signature or a question can take the process along. */
const endWorker = async (worker: Worker): Promise<void> => {
  // It has ended already.
  if (worker.threadId === -1) return
  const ended = once(worker, "exit")
  worker.ref()
  worker.postMessage({ end: true } satisfies ToPoolWorker)
  const impatient = setTimeout(() => void worker.terminate(), LAST_WORDS)
  await ended
  clearTimeout(impatient)
}

/**
 * Checks, prepares and signs mails in threads of its own, started with the first mail and ended when there is
 * nothing for a while. A mail that ends its thread, or keeps it for too long, is tried once more in another; then
 * it is passed on as it is. The other mails of that thread are done again too.
 */
export const openMailPool = (ways: PoolWays): MailPool => {
  const { keys, now, log } = ways
  const most = ways.threads ?? Math.max(1, availableParallelism() - 1)
  const threads = new Set<Thread>()
  let lastId = 0
  let jobs = 0
  let bytes = 0
  let closed = false
  /** Mails that were in a thread when it ended. */
  const suspects: Task[] = []
  let trying = false

  const startThread = (large: boolean): Thread => {
    const worker = new Worker(ways.module ?? new URL("./pool-worker.ts", import.meta.url), {
      workerData: { dns: ways.dns, mailHost: ways.mailHost } satisfies PoolSetup,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    })
    const thread: Thread = { worker, large, tasks: new Map(), keys: null, idle: null }
    threads.add(thread)
    worker.on("message", (answer: PoolAnswer) => hear(thread, answer))
    worker.on("error", (err) => {
      log.error({ err, mails: thread.tasks.size }, "a thread that works on mails failed")
      abandon(thread)
    })
    worker.on("exit", () => abandon(thread))
    return thread
  }

  const hear = (thread: Thread, answer: PoolAnswer): void => {
    if ("fault" in answer) {
      log.error({ err: answer.fault }, "a mail could not be checked")
      return
    }
    const task = thread.tasks.get(answer.id)
    if (!task) return
    thread.tasks.delete(answer.id)
    clearTimeout(task.timer)
    if ("error" in answer) task.reject(answer.error)
    else task.resolve(answer.output as never)
    if (thread.tasks.size === 0) rest(thread)
  }

  const rest = (thread: Thread): void => {
    thread.worker.unref()
    thread.idle = setTimeout(() => {
      threads.delete(thread)
      void endWorker(thread.worker)
    }, IDLE)
    thread.idle.unref()
  }

  /** A thread is gone, or to go: what was in it goes to another, or is given up. */
  const abandon = (thread: Thread): void => {
    if (!threads.delete(thread)) return
    if (thread.idle) clearTimeout(thread.idle)
    if (!closed) void thread.worker.terminate()
    for (const { timer, ...task } of thread.tasks.values()) {
      clearTimeout(timer)
      if (task.again || closed) task.reject(ENDED)
      else suspects.push(task)
    }
    thread.tasks.clear()
    trySuspects()
  }

  /** One at a time: the next thread that ends tells which of them it was. */
  const trySuspects = (): void => {
    if (trying) return
    const task = suspects.shift()
    if (!task) return
    trying = true
    const done = (): void => {
      trying = false
      trySuspects()
    }
    give({
      ...task,
      again: true,
      resolve: (output) => {
        task.resolve(output)
        done()
      },
      reject: (error) => {
        task.reject(error)
        done()
      },
    })
  }

  /** To the thread with the least to do; to a new one if all are at work and there may be more. */
  const give = (task: Task): void => {
    const large = task.bytes > LARGE_BYTES
    const fitting = [...threads].filter((one) => one.large === large)
    const [first] = fitting.sort((a, b) => a.tasks.size - b.tasks.size)
    const isBusy = !first || (first.tasks.size > 0 && !large && fitting.length < most)
    const thread = isBusy ? startThread(large) : first
    if (thread.idle) clearTimeout(thread.idle)
    thread.idle = null
    thread.worker.ref()
    const current = keys()
    if (thread.keys !== current) {
      thread.keys = current
      thread.worker.postMessage({ keys: current } satisfies ToPoolWorker)
    }
    lastId += 1
    const timer = setTimeout(() => {
      log.error({ kind: task.job.kind, bytes: task.bytes }, "a mail took too long to be worked on")
      abandon(thread)
    }, LONGEST)
    thread.tasks.set(lastId, { ...task, timer })
    thread.worker.postMessage({ id: lastId, job: task.job } satisfies ToPoolWorker)
  }

  const run = <Output>(job: PoolJob, raw: Buffer): Promise<Output> => {
    if (closed) return Promise.reject(new Refusal("store-unavailable", "the relay stops"))
    if (jobs >= MOST_JOBS || (jobs > 0 && bytes + raw.length > MOST_BYTES))
      return Promise.reject(new Refusal("too-many", `${jobs} mails are worked on; try again in a moment`))
    jobs += 1
    bytes += raw.length
    return new Promise<Output>((resolve, reject) => {
      give({ job, bytes: raw.length, again: false, resolve, reject })
    }).finally(() => {
      jobs -= 1
      bytes -= raw.length
    })
  }

  const bufferOf = (output: Uint8Array): Buffer =>
    Buffer.from(output.buffer, output.byteOffset, output.byteLength)

  return {
    check: async (mail) => {
      if (!ways.checks) return null
      try {
        return await run<AuthResult>({ kind: "check", mail, now: now() }, mail.raw)
      } catch (err) {
        if (err instanceof Refusal) throw err
        // Null would say that nobody is to be asked: whoever ends a thread would answer in anybody's name.
        log.error({ err }, "a mail could not be checked: it goes its way as one that proves nothing")
        return nothingProven(mail)
      }
    },
    prepare: async (raw, given) => {
      // Nothing to seal: it is done sooner than said, where it is not large.
      if (given.auth === null && raw.length <= LARGE_BYTES)
        return prepareHere(raw, { ...given, keys: keys(), now: now() })
      try {
        return bufferOf(await run({ kind: "prepare", raw, given, now: now() }, raw))
      } catch (err) {
        if (err !== ENDED || closed) throw err
        log.error({ err }, "a mail could not be sealed: it is passed on as it is")
        return prepareHere(raw, { ...given, auth: null, keys: keys(), now: now() })
      }
    },
    sign: async (raw, domain) => bufferOf(await run({ kind: "sign", raw, domain, now: now() }, raw)),
    close: async () => {
      closed = true
      const workers = [...threads].map(({ worker }) => worker)
      for (const thread of [...threads]) abandon(thread)
      for (const task of suspects.splice(0)) task.reject(ENDED)
      await Promise.all(workers.map(endWorker))
    },
  }
}
