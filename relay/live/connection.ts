import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Log } from "../log.ts"
import { GOING_AWAY, Peer, type RawLine, type RawSocket, type Shared } from "./peer.ts"

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
  accept<Push>(raw: RawSocket, line: RawLine, side: Side<Push>): void
  readonly size: number
  /** Close code 1001 to all, and to whoever comes after. */
  goAway(): void
  /** Resolves when none is left, or after `withinMs`. */
  drained(withinMs: Millis): Promise<void>
  /** Cuts what is left. */
  stop(): void
}

export interface SocketTimes {
  helloWithin: Millis
  pingEvery: Millis
}

const SOCKET_TIMES: SocketTimes = { helloWithin: 10 * SECOND, pingEvery: 30 * SECOND }

/** Pings go out in so many turns: to ten thousand at once they would keep a message waiting. */
const TURNS = 30

export const createSockets = (log: Log, times: SocketTimes = SOCKET_TIMES): Sockets => {
  const turns = Array.from({ length: TURNS }, () => new Set<Peer>())
  const all = (): Peer[] => turns.flatMap((peers) => [...peers])
  /** Those who have not said who they are, the first to do so first. */
  const strangers = new Set<Peer>()
  let size = 0
  let accepted = 0
  let turn = 0
  let goingAway = false
  let onEmpty = (): void => {}

  const shared: Shared = {
    log,
    helloWithin: times.helloWithin,
    last: null,
    left: (peer) => {
      strangers.delete(peer)
      if (!turns[peer.turn]?.delete(peer)) return
      size--
      if (size === 0) onEmpty()
    },
  }

  const heartbeat = setInterval(() => {
    turn = (turn + 1) % TURNS
    for (const peer of turns[turn] ?? []) peer.ping()
    // What was written last is not kept for as long as nothing happens.
    shared.last = null
  }, times.pingEvery / TURNS)
  heartbeat.unref()

  const greeting = setInterval(
    () => {
      const now = performance.now()
      for (const peer of strangers) if (!peer.hasToSayHello(now)) strangers.delete(peer)
    },
    Math.min(SECOND, times.helloWithin / 2),
  )
  greeting.unref()

  return {
    accept: (raw, line, side) => {
      const peer = new Peer(shared, raw, line, side as Side<never>, accepted++ % TURNS)
      size++
      turns[peer.turn]?.add(peer)
      strangers.add(peer)
      if (goingAway) peer.close(GOING_AWAY, "going down")
    },
    get size() {
      return size
    },
    goAway: () => {
      goingAway = true
      for (const peer of all()) peer.close(GOING_AWAY, "going down")
    },
    drained: (withinMs) =>
      new Promise((resolve) => {
        const impatient = setTimeout(resolve, withinMs)
        onEmpty = () => {
          clearTimeout(impatient)
          resolve()
        }
        if (size === 0) onEmpty()
      }),
    stop: () => {
      clearInterval(heartbeat)
      clearInterval(greeting)
      for (const peer of all()) peer.cutOff()
    },
  }
}
