import type { WebSocketLike } from "@hono/node-server"
import type { WSEvents } from "hono/ws"
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
  /** Handlers for one new socket. */
  accept<Push>(side: Side<Push>): WSEvents<WebSocketLike>
  readonly size: number
  /** Close code 1001 to all, and to whoever comes after. */
  goAway(): void
  /** Resolves when none is left, or after `withinMs`. */
  drained(withinMs: Millis): Promise<void>
  /** Cuts what is left. */
  stop(): void
}

/** What a socket of the `ws` package has beyond the web's. */
interface RawSocket {
  readonly bufferedAmount: number
  send(text: string): void
  ping(): void
  terminate(): void
  close(code: number, reason: string): void
  on(event: "pong", listener: () => void): void
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

  const accept = <Push>(side: Side<Push>): WSEvents<WebSocketLike> => {
    let one: Open | null = null
    let closedByUs = false
    let ended = false
    let waiting = 0
    let turn: Promise<void> = Promise.resolve()
    let helloTimer: ReturnType<typeof setTimeout> | undefined

    const close = (code: number, reason: string): void => {
      if (ended) return
      closedByUs = true
      end(code === GOING_AWAY)
      one?.raw.close(code, reason)
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
        if (ended || one === null) return
        if (one.raw.bufferedAmount > MAX_BUFFERED) {
          closedByUs = true
          end()
          one.raw.terminate()
          return
        }
        if (last?.push !== push) last = { push, text: JSON.stringify(push) }
        one.raw.send(last.text)
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

    return {
      onOpen: (_event, ws) => {
        const raw = ws.raw as unknown as RawSocket
        const mine: Open = { raw, alive: true, close }
        one = mine
        all.add(mine)
        raw.on("pong", () => {
          mine.alive = true
        })
        helloTimer = setTimeout(() => close(CLOSE.noHello, "no hello"), times.helloWithin)
        if (goingAway) close(GOING_AWAY, "going down")
      },
      onMessage: ({ data }) => {
        if (ended) return
        if (typeof data !== "string") return close(CLOSE.badFrame, "frames are text")
        if (waiting >= MAX_WAITING) return close(CLOSE.tooMany, "too many frames at once")
        waiting++
        turn = turn.then(() => handle(data)).finally(() => waiting--)
      },
      onClose: () => {
        if (one !== null) all.delete(one)
        end()
        if (all.size === 0) onEmpty()
      },
    }
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
