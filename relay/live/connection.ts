import { CLOSE } from "../../shared/protocol/live.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"

/**
 * One live socket, as agents.ts and visitors.ts see it: frames one after the other, pushes, an end.
 * Deadlines here are about the line and follow the machine's time, not the relay's clock.
 */
export interface Connection<Push> {
  /** A push is not changed after that: the same object sent to many is written once. */
  send(push: Push): void
  /** Ends it with a close code (shared/protocol/live.ts). Nothing is handled or sent after that. */
  close(code: number, reason: string): void
  /** Stops the wait for the first frame: they have said who they are. */
  welcomed(): void
  readonly open: boolean
}

export interface Side<Push> {
  /** One parsed frame; the next one waits for it. What it throws ends the connection and is logged. */
  take(frame: unknown, connection: Connection<Push>): Promise<void>
  /**
   * The peer is gone. `theirs`: they closed it, or their end broke; not we. `goingDown`: we sent them away
   * as we go down, and they come back.
   */
  gone(theirs: boolean, goingDown: boolean): void
}

/** All open sockets of one kind: kept alive, counted, sent away together when the relay goes down. */
export interface Sockets {
  /** From now on the socket, which has just opened, is `side`'s. */
  accept<Push>(raw: RawSocket, side: Side<Push>): void
  readonly size: number
  /** Close code 1001 to all, and to whoever comes after. */
  goAway(): void
  /** Resolves when none is left, or after `withinMs`. */
  drained(withinMs: Millis): Promise<void>
  /** Cuts what is left. */
  stop(): void
}

/** What is used of a socket of the `ws` package. */
export interface RawSocket {
  readonly bufferedAmount: number
  send(text: string): void
  ping(): void
  terminate(): void
  close(code: number, reason: string): void
  on(event: "message", listener: (data: { toString(): string }, isBinary: boolean) => void): unknown
  on(event: "pong" | "close" | "error", listener: () => void): unknown
}

/** Bytes a peer may leave unread before it is cut off. */
const MAX_BUFFERED = 1024 * 1024
/** Frames of one peer that may wait for their turn. */
const MAX_WAITING = 64
const GOING_AWAY = 1001
const BROKEN = 1011

export interface SocketTimes {
  helloWithin: Millis
  pingEvery: Millis
}

const SOCKET_TIMES: SocketTimes = { helloWithin: 10 * SECOND, pingEvery: 30 * SECOND }

interface Open {
  raw: RawSocket
  alive: boolean
  close(code: number, reason: string): void
}

export const createSockets = (log: Log, times: SocketTimes = SOCKET_TIMES): Sockets => {
  const all = new Set<Open>()
  // A light goes to thousands of boxes, one after the other: it is written once.
  let last: { push: unknown; text: string } | null = null
  let goingAway = false
  let onEmpty = (): void => {}

  // A peer that did not answer the last ping is gone without having said so (a cut cable, a lost Wi-Fi).
  const heartbeat = setInterval(() => {
    for (const one of all) {
      if (!one.alive) one.raw.terminate()
      one.alive = false
      one.raw.ping()
    }
  }, times.pingEvery)
  heartbeat.unref()

  const accept = <Push>(raw: RawSocket, side: Side<Push>): void => {
    let closedByUs = false
    let ended = false
    let waiting = 0
    let turn: Promise<void> = Promise.resolve()
    let helloTimer: ReturnType<typeof setTimeout> | undefined

    const close = (code: number, reason: string): void => {
      if (ended) return
      closedByUs = true
      end(code === GOING_AWAY)
      raw.close(code, reason)
    }

    const end = (goingDown = false): void => {
      if (ended) return
      ended = true
      clearTimeout(helloTimer)
      side.gone(!closedByUs, goingDown)
    }

    const connection: Connection<Push> = {
      get open() {
        return !ended
      },
      send: (push) => {
        if (ended) return
        if (raw.bufferedAmount > MAX_BUFFERED) {
          closedByUs = true
          end()
          raw.terminate()
          return
        }
        if (last?.push !== push) last = { push, text: JSON.stringify(push) }
        raw.send(last.text)
      },
      close,
      welcomed: () => clearTimeout(helloTimer),
    }

    const handle = async (text: string): Promise<void> => {
      if (ended) return
      const frame = parse(text)
      if (frame === undefined) return close(CLOSE.badFrame, "not JSON")
      try {
        await side.take(frame, connection)
      } catch (error) {
        log.error({ err: error }, "a live frame could not be handled")
        close(BROKEN, "something went wrong in the relay")
      }
    }

    const mine: Open = { raw, alive: true, close }
    all.add(mine)
    helloTimer = setTimeout(() => close(CLOSE.noHello, "no hello"), times.helloWithin)
    raw.on("pong", () => {
      mine.alive = true
    })
    raw.on("message", (data, isBinary) => {
      if (ended) return
      if (isBinary) return close(CLOSE.badFrame, "frames are text")
      if (waiting >= MAX_WAITING) return close(CLOSE.tooMany, "too many frames at once")
      waiting++
      const text = data.toString()
      turn = turn.then(() => handle(text)).finally(() => waiting--)
    })
    // A broken line or a frame against the protocol: a close follows.
    raw.on("error", () => {})
    raw.on("close", () => {
      all.delete(mine)
      end()
      if (all.size === 0) onEmpty()
    })
    if (goingAway) close(GOING_AWAY, "going down")
  }

  return {
    accept,
    get size() {
      return all.size
    },
    goAway: () => {
      goingAway = true
      for (const one of [...all]) one.close(GOING_AWAY, "going down")
    },
    drained: (withinMs) =>
      new Promise((resolve) => {
        const impatient = setTimeout(resolve, withinMs)
        onEmpty = () => {
          clearTimeout(impatient)
          resolve()
        }
        if (all.size === 0) onEmpty()
      }),
    stop: () => {
      clearInterval(heartbeat)
      for (const one of all) one.raw.terminate()
    },
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
