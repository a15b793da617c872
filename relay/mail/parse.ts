import { Worker } from "node:worker_threads"
import { Refusal } from "../../shared/words/refusals.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"
import type { ParseAnswer, ParseJob } from "./parse-thread.ts"
import type { ParsedReply } from "./parsed-reply.ts"
import { readReplyHeader } from "./reply-header.ts"

export interface ParseLimits {
  /** For one mail; then its thread is ended. */
  timeMs: Millis
  /** Heap of the thread, in MB. */
  heapMb: number
  /** Mails that wait for the thread, and their bytes, at most; more are refused `too-many`. */
  waiting: number
  waitingBytes: number
}

export const PARSE_LIMITS: ParseLimits = {
  // an honest 25 MB mail takes under a second
  timeMs: 5 * SECOND,
  // 25 MB of text as a string, twice, and room to work in
  heapMb: 256,
  waiting: 100,
  waitingBytes: 128 * 1024 * 1024,
}

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
  /** Ends the thread. Mails that wait get `UNREADABLE`… so close what takes mails in first. */
  close(): Promise<void>
}

interface Waiting {
  raw: Buffer
  done: (text: string | null) => void
}

/** `domain` is the relay's mail domain. The thread starts with the first mail. */
export const openMailParser = (settings: { domain: string; log: Log; limits?: ParseLimits }): MailParser => {
  const { domain, log, limits = PARSE_LIMITS } = settings
  const queue: Waiting[] = []
  let waitingBytes = 0
  let thread: Worker | null = null
  let jobs = 0
  let current: { id: number; job: Waiting; timer: NodeJS.Timeout } | null = null

  const startThread = (): Worker => {
    const started = new Worker(new URL("./parse-thread.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    })
    started.on("message", (answer: ParseAnswer) => {
      if (answer.id !== current?.id) return
      if ("text" in answer) settle(answer.text)
      else fail(answer.fault)
    })
    started.on("error", (error) => {
      if (thread !== started) return
      thread = null
      fail(error.message)
    })
    started.on("exit", () => {
      if (thread !== started) return
      thread = null
      fail("the thread ended")
    })
    // waiting for work must not keep the process alive
    started.unref()
    return started
  }

  const settle = (text: string | null): void => {
    if (!current) return
    const { job, timer } = current
    current = null
    clearTimeout(timer)
    job.done(text)
    next()
  }

  const fail = (why: string): void => {
    if (!current) return
    log.warn({ why, bytes: current.job.raw.length }, "a mail could not be read; it is kept as it came")
    settle(null)
  }

  /** The old thread may be in the middle of anything: the next mail gets a new one. */
  const replaceThread = (): void => {
    const old = thread
    thread = null
    void old?.terminate()
  }

  const next = (): void => {
    if (current) return
    const job = queue.shift()
    if (!job) {
      thread?.unref()
      return
    }
    waitingBytes -= job.raw.length
    thread ??= startThread()
    thread.ref()
    jobs += 1
    const timer = setTimeout(() => {
      replaceThread()
      fail(`not read in ${limits.timeMs} ms`)
    }, limits.timeMs)
    current = { id: jobs, job, timer }
    thread.postMessage({ id: jobs, raw: job.raw } satisfies ParseJob)
  }

  const textOf = (raw: Buffer): Promise<string | null> => {
    if (queue.length >= limits.waiting || waitingBytes + raw.length > limits.waitingBytes)
      throw new Refusal("too-many", `${queue.length} mails wait to be read; try again in a moment`)
    return new Promise((done) => {
      queue.push({ raw, done })
      waitingBytes += raw.length
      next()
    })
  }

  return {
    parse: async (raw, envelopeFrom) => {
      const text = await textOf(raw)
      return { ...readReplyHeader(raw, envelopeFrom, domain), text: worded(text) }
    },
    close: async () => {
      for (const { done } of queue.splice(0)) done(null)
      const old = thread
      thread = null
      if (current) fail("the relay stops")
      await old?.terminate()
    },
  }
}

const worded = (text: string | null): string => {
  if (text === null) return UNREADABLE
  if (text === "") return NO_TEXT
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT - SHORTENED.length) + SHORTENED : text
}
