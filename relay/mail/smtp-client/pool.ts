import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { DOT_PATIENCE, type MailFromTo, type SmtpConnection } from "./connection.ts"
import { SmtpFault, type SmtpStage } from "./fault.ts"
import type { SmtpReply } from "./replies.ts"

export interface SmtpPool {
  /**
   * One mail over a free connection, a new one, or the next that comes free. Rejects with SmtpFault, at the
   * latest at the deadline, or with what `before` threw. `signal` ends it early: it then counts as not sent,
   * whatever the server thought.
   */
  send(envelope: MailFromTo, raw: Buffer, signal?: AbortSignal): Promise<Sent>
  /** Connections there are, or are being opened. */
  readonly size: number
  /** Mails that wait for one. */
  readonly waiting: number
  /** Ends idle connections that are to leave. */
  sweepIdle(): void
  /** Ends idle connections at once, and those at work as soon as their mail is through. */
  close(): void
}

export interface Sent {
  reply: SmtpReply
  tls: SmtpConnection["tls"]
}

export interface PoolOptions {
  /** Makes a connection, or rejects with SmtpFault. */
  open(signal: AbortSignal): Promise<SmtpConnection>
  /** Fits a mail to what the server takes; what it throws is the answer, and nothing is sent. */
  before?: (connection: SmtpConnection, envelope: MailFromTo, raw: Buffer) => Buffer
  /** Whether a connection that is done with so many mails is to end, though it could take more. */
  leaves?: (connection: SmtpConnection, mails: number) => boolean
  /** Connections at a time. */
  connections: number
  /** Mails of one connection; servers count and hang up. */
  perConnection: number
  /** How long one without work is kept: shorter than servers wait, so that none is found closed. */
  idleMs: number
  /** For one mail up to its last byte, waiting included. */
  deadlineMs: Millis
  /** For the answer to it; ten minutes if left out. */
  dotMs?: Millis
}

interface Job {
  envelope: MailFromTo
  raw: Buffer
  /** Done, whichever way: nobody listens any more. */
  over: boolean
  /** A connection that had been idle was found dead before it heard of this mail: a new one is to have it. */
  again: boolean
  finish(error: unknown, sent: Sent | null): void
  /** Its last byte is written: from here on it has the time of an answer. */
  atDot: () => void
  /** What carries it, to be cut when its time is over. */
  cut: () => void
}

interface Lane {
  connection: SmtpConnection
  mails: number
  idle: NodeJS.Timeout | null
}

/** Connections to one server, made when there is something to send, and used again. */
export const openPool = (options: PoolOptions): SmtpPool => {
  const waiting: Job[] = []
  const idle: Lane[] = []
  /** Connections that are there or being opened; those that are there. */
  const { dotMs = DOT_PATIENCE } = options
  let lanes = 0
  /** Connections at a time: fewer once the server said that these are enough. */
  let most = options.connections
  let connected = 0
  let closed = false

  const send: SmtpPool["send"] = (envelope, raw, signal) =>
    new Promise((resolve, reject) => {
      const job: Job = {
        envelope,
        raw,
        over: false,
        again: false,
        cut: () => undefined,
        atDot: () => {
          clearTimeout(deadline)
          deadline = setTimeout(() => giveUp("no answer to the mail", "dot"), dotMs)
        },
        finish: (error, sent) => {
          if (job.over) return
          job.over = true
          clearTimeout(deadline)
          signal?.removeEventListener("abort", cutOff)
          if (sent) resolve(sent)
          else reject(error)
        },
      }
      const giveUp = (why: string, stage: SmtpStage = "connect"): void => {
        job.finish(new SmtpFault(stage, null, why), null)
        job.cut()
      }
      const cutOff = (): void => giveUp("cut off")
      let deadline = setTimeout(
        () => giveUp(`not through within ${options.deadlineMs / SECOND} s`),
        options.deadlineMs,
      )
      signal?.addEventListener("abort", cutOff)
      if (signal?.aborted) cutOff()
      else if (closed) giveUp("the relay stops")
      else {
        waiting.push(job)
        deal()
      }
    })

  /** Gives mails to connections for as long as there are both. */
  const deal = (): void => {
    for (;;) {
      while (waiting[0]?.over) waiting.shift()
      const job = waiting[0]
      if (!job) return
      const lane = job.again ? undefined : freeLane()
      if (lane) void carry(lane, waiting.shift() as Job)
      else if (lanes < most) void open(waiting.shift() as Job)
      else return
    }
  }

  const freeLane = (): Lane | undefined => {
    for (let lane = idle.pop(); lane; lane = idle.pop()) {
      if (lane.connection.usable) return lane
      // It said something unasked, which is goodbye.
      lane.connection.destroy()
    }
    return undefined
  }

  const open = async (job: Job): Promise<void> => {
    lanes += 1
    const cutOff = new AbortController()
    job.cut = () => cutOff.abort()
    try {
      const connection = await options.open(cutOff.signal)
      const lane: Lane = { connection, mails: 0, idle: null }
      connected += 1
      void connection.ended.then(() => drop(lane))
      await carry(lane, job)
    } catch (error) {
      lanes -= 1
      if (lanes === 0) most = options.connections
      else if (isFull(error) && !job.over) {
        most = lanes
        job.cut = () => undefined
        waiting.unshift(job)
        deal()
        return
      }
      const isServers = !job.over
      job.finish(error, null)
      // Nobody is there, or lets us in: those who wait would hear the same, one long try after the other.
      if (isServers && connected === 0) for (const other of waiting.splice(0)) other.finish(error, null)
      deal()
    }
  }

  const carry = async (lane: Lane, job: Job): Promise<void> => {
    if (lane.idle) clearTimeout(lane.idle)
    const { connection } = lane
    if (job.over) {
      rest(lane)
      return
    }
    job.cut = connection.destroy
    lane.mails += 1
    try {
      const raw = options.before?.(connection, job.envelope, job.raw) ?? job.raw
      job.finish(null, {
        reply: await connection.send(job.envelope, raw, { dotMs, onDot: job.atDot }),
        tls: connection.tls,
      })
    } catch (error) {
      // The server had closed it meanwhile: nothing of this mail was heard there.
      if (lane.mails > 1 && isUnheard(error) && !job.again && !job.over) {
        job.again = true
        waiting.unshift(job)
      } else job.finish(error, null)
    }
    rest(lane)
  }

  const rest = (lane: Lane): void => {
    const { connection } = lane
    if (!connection.usable) connection.destroy()
    else if (closed) connection.quit()
    else if (options.leaves?.(connection, lane.mails)) {
      // not opened again at once: somebody else is to have it
      most = Math.max(1, lanes - 1)
      connection.quit()
    } else if (lane.mails >= options.perConnection) {
      // now and then it is asked whether it takes one more
      most = Math.min(most + 1, options.connections)
      connection.quit()
    } else {
      idle.push(lane)
      lane.idle = setTimeout(() => leave(lane), options.idleMs)
      lane.idle.unref()
    }
    deal()
  }

  const leave = (lane: Lane): void => {
    idle.splice(idle.indexOf(lane), 1)
    lane.connection.quit()
  }

  /** Its place is free again. */
  const drop = (lane: Lane): void => {
    lanes -= 1
    if (lanes === 0) most = options.connections
    connected -= 1
    if (lane.idle) clearTimeout(lane.idle)
    const at = idle.indexOf(lane)
    if (at >= 0) idle.splice(at, 1)
    deal()
  }

  return {
    send,
    get size() {
      return lanes
    },
    get waiting() {
      return waiting.length
    },
    sweepIdle: () => {
      for (const lane of [...idle])
        if (options.leaves?.(lane.connection, Number.POSITIVE_INFINITY)) {
          if (lane.idle) clearTimeout(lane.idle)
          leave(lane)
        }
    },
    close: () => {
      closed = true
      for (const lane of idle.splice(0)) {
        if (lane.idle) clearTimeout(lane.idle)
        lane.connection.quit()
      }
    },
  }
}

/** A new connection that comes to nothing: while others work, it is that there are enough of them. */
const isFull = (error: unknown): boolean =>
  error instanceof SmtpFault &&
  ["connect", "greeting", "hello"].includes(error.stage) &&
  (error.reply === null || error.reply.code < 500)

/** The connection ended before the server said anything of this mail; 421: of the connection alone. */
const isUnheard = (error: unknown): boolean =>
  error instanceof SmtpFault && error.stage === "mail" && (error.reply === null || error.reply.code === 421)
