import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"
import type { ParseAnswer, ParseJob, ReadBody } from "./parse-process.ts"
import type { ParsedReply } from "./parsed-reply.ts"
import { readReplyHeader } from "./reply-header.ts"

export interface ParseLimits {
  /** For one mail; then its process is ended. */
  timeMs: Millis
  /** Heap of the process, in MB. */
  heapMb: number
  /** Mails that wait for the process, and their bytes, at most; more are refused `too-many`. */
  waiting: number
  waitingBytes: number
  /** How long a process without work is kept. */
  idleMs: Millis
}

export const PARSE_LIMITS: ParseLimits = {
  // an honest 25 MB mail takes under a second
  timeMs: 5 * SECOND,
  // 25 MB of text as a string, twice, and room to work in
  heapMb: 256,
  waiting: 100,
  waitingBytes: 128 * 1024 * 1024,
  // starting one takes some 200 ms, keeping it some 60 MB
  idleMs: 5 * MINUTE,
}

/** For a process to start, which on a busy machine takes longer than any mail may: that is no fault of the mail. */
const START_PATIENCE: Millis = 30 * SECOND

/** Characters of an answer; the chat box takes as many. */
const MAX_TEXT = 10_000

/** Stands for the text of a mail that has none, or that could not be read. Nothing is lost by it. */
export const NO_TEXT = "(This e-mail has no text. The whole e-mail is kept.)"
export const UNREADABLE = "(This e-mail could not be read. The whole e-mail is kept.)"
const SHORTENED = "\n(Shortened. The whole e-mail is kept.)"

export interface MailParser {
  /**
   * Reads an answer by mail. Whatever the bytes are, an answer comes back: what cannot be parsed in time
   * and memory gets `UNREADABLE` as its text. Throws Refusal `too-many` when too many mails wait already.
   */
  parse(raw: Buffer, envelopeFrom: string): Promise<ParsedReply>
  /** Ends the process. Mails that wait get `UNREADABLE`… so close what takes mails in first. */
  close(): Promise<void>
}

interface Waiting {
  raw: Buffer
  /** It was given to a process that had just ended, through no fault of the mail. */
  again: boolean
  done: (body: ReadBody | null) => void
}

/** `domain` is the relay's mail domain. The process starts with the first mail. */
export const openMailParser = (settings: { domain: string; log: Log; limits?: ParseLimits }): MailParser => {
  const { domain, log, limits = PARSE_LIMITS } = settings
  const queue: Waiting[] = []
  let waitingBytes = 0
  let reader: ChildProcess | null = null
  /** It has loaded what it reads with. */
  let isReady = false
  let jobs = 0
  let current: { id: number; job: Waiting; timer: NodeJS.Timeout } | null = null
  let idle: NodeJS.Timeout | undefined

  const startReader = (): ChildProcess => {
    isReady = false
    const started = startProcess(limits.heapMb)
    started.on("message", (answer: ParseAnswer) => {
      if (reader === started && "ready" in answer) beReady()
      if ("ready" in answer || answer.id !== current?.id) return
      if ("text" in answer) settle(answer)
      else fail(answer.fault)
    })
    const ended = (why: string): void => {
      if (reader !== started) return
      reader = null
      fail(why)
    }
    started.on("error", (error) => ended(error.message))
    started.on("exit", (code, signal) => ended(`its process ended with ${signal ?? code}`))
    return started
  }

  const settle = (body: ReadBody | null): void => {
    if (!current) return
    const { job, timer } = current
    current = null
    clearTimeout(timer)
    job.done(body)
    next()
  }

  const fail = (why: string): void => {
    if (!current) return
    log.warn({ why, bytes: current.job.raw.length }, "a mail could not be read; it is kept as it came")
    settle(null)
  }

  const next = (): void => {
    if (current) return
    const job = queue.shift()
    if (!job) {
      rest()
      return
    }
    waitingBytes -= job.raw.length
    clearTimeout(idle)
    reader ??= startReader()
    keepAlive(reader, true)
    jobs += 1
    current = { id: jobs, job, timer: timerOf(isReady ? limits.timeMs : START_PATIENCE) }
    const id = jobs
    reader.send({ id, raw: job.raw } satisfies ParseJob, (error) => {
      if (error && current?.id === id) tryAgain(error)
    })
  }

  const timerOf = (ms: Millis): NodeJS.Timeout =>
    setTimeout(() => {
      // it may be in the middle of anything: the next mail gets a new one
      endReader()
      fail(`not read in ${ms} ms`)
    }, ms)

  /** From here on it is the mail that takes its time. */
  const beReady = (): void => {
    isReady = true
    if (!current) return
    clearTimeout(current.timer)
    current.timer = timerOf(limits.timeMs)
  }

  /** Once: with a new process, before all others. */
  const tryAgain = (error: Error): void => {
    if (!current) return
    const { job, timer } = current
    endReader()
    if (job.again) {
      fail(error.message)
      return
    }
    clearTimeout(timer)
    current = null
    queue.unshift({ ...job, again: true })
    waitingBytes += job.raw.length
    next()
  }

  /** Without work the process must not keep ours alive, and gives back its memory after a while. */
  const rest = (): void => {
    if (reader) keepAlive(reader, false)
    clearTimeout(idle)
    idle = setTimeout(endReader, limits.idleMs)
    idle.unref()
  }

  const endReader = (): void => {
    const old = reader
    reader = null
    old?.kill("SIGKILL")
  }

  const bodyOf = (raw: Buffer): Promise<ReadBody | null> => {
    if (queue.length >= limits.waiting || waitingBytes + raw.length > limits.waitingBytes)
      throw new Refusal("too-many", `${queue.length} mails wait to be read; try again in a moment`)
    return new Promise((done) => {
      queue.push({ raw, done, again: false })
      waitingBytes += raw.length
      next()
    })
  }

  return {
    parse: async (raw, envelopeFrom) => {
      const body = await bodyOf(raw)
      return {
        ...readReplyHeader(raw, envelopeFrom, domain),
        text: worded(body?.text ?? null),
        whole: worded(body?.whole ?? null),
        attachments: body?.attachments ?? [],
        attachmentCount: body?.attachmentCount ?? 0,
      }
    },
    close: async () => {
      for (const { done } of queue.splice(0)) done(null)
      const old = reader
      reader = null
      fail("the relay stops")
      clearTimeout(idle)
      if (!old || old.exitCode !== null || old.signalCode !== null) return
      keepAlive(old, true)
      old.kill("SIGKILL")
      await once(old, "exit")
    },
  }
}

/**
 * A process with as little as possible within reach of what it reads: no settings in its environment, no
 * writing of files, no processes of its own (Node's permission model).
 */
const startProcess = (heapMb: number): ChildProcess =>
  fork(new URL("./parse-process.ts", import.meta.url), {
    serialization: "advanced",
    env: {},
    execArgv: [`--max-old-space-size=${heapMb}`, "--permission", "--allow-fs-read=*", "--no-warnings"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })

const keepAlive = (child: ChildProcess, alive: boolean): void => {
  if (alive) child.ref()
  else child.unref()
  if (alive) child.channel?.ref()
  else child.channel?.unref()
}

const worded = (text: string | null): string => {
  if (text === null) return UNREADABLE
  if (text === "") return NO_TEXT
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT - SHORTENED.length) + SHORTENED : text
}
