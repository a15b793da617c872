import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Place, Places } from "../mail/mx/places.ts"
import type { Lock, Locks, Whispers } from "../store/store.ts"

/**
 * Places that all relays on one database have together. Each is a lock of the database's, so that there are never
 * more, whoever dies; who waits for one whispers so, and relays that have more of them than that one let one go. A
 * relay that has a single one lets it go after some mails: each has its turn.
 */
export interface SharedPlaces extends Places {
  stop(): void
}

/** Who has no place at a server looks again this often; a whisper is faster, and may be lost. */
const LOOK_EVERY: Millis = 250
const SAY_EVERY: Millis = SECOND
/** So long for a first place; then its mails are tried again later. */
const PATIENCE: Millis = 10 * SECOND
/** A place that was let go is not taken back by who was faster than who waits for it. */
const HOLD_BACK: Millis = 500
/** Who waits is told of places that come free for so long after they said so. */
const REMEMBERED: Millis = 5 * SECOND
/** Mails of a relay's only place, once others have none. */
const TURN = 20

interface Said {
  kind: "wanted" | "freed"
  by: string
  server: string
  /** Places that the one who wants another has. */
  has: number
}

interface Server {
  held: Set<Lock>
  waiting: boolean
  /** Somebody has fewer: the next connection that is done with a mail ends. */
  owed: boolean
  /** Moments of this process. */
  saidAt: Millis
  wantedAt: Millis
  heldBackUntil: Millis
  wake(): void
}

/** `most`: places at one server. */
export const sharePlaces = (
  locks: Locks,
  whispers: Whispers,
  { relayId, most }: { relayId: string; most: number },
): SharedPlaces => {
  const servers = new Map<string, Server>()
  const listeners = new Set<() => void>()
  const now = (): Millis => performance.now()

  const at = (name: string): Server => {
    const known = servers.get(name)
    if (known) return known
    const never = Number.NEGATIVE_INFINITY
    const server: Server = {
      ...{ held: new Set(), waiting: false, owed: false },
      ...{ saidAt: never, wantedAt: never, heldBackUntil: never, wake: () => undefined },
    }
    servers.set(name, server)
    return server
  }

  const say = (kind: Said["kind"], server: string): void => {
    const has = servers.get(server)?.held.size ?? 0
    whispers.say(JSON.stringify({ kind, by: relayId, server, has } satisfies Said))
  }

  const want = (name: string, server: Server): void => {
    if (now() - server.saidAt < SAY_EVERY) return
    server.saidAt = now()
    say("wanted", name)
  }

  const stopListening = whispers.listen((text) => {
    if (!text.startsWith('{"kind":"wanted"') && !text.startsWith('{"kind":"freed"')) return
    const { kind, by, server: name, has } = JSON.parse(text) as Said
    const server = servers.get(name)
    if (by === relayId || !server) return
    if (kind === "freed") {
      server.wake()
      return
    }
    server.wantedAt = now()
    if (server.held.size <= has || (server.held.size === has + 1 && has > 0)) return
    server.owed = true
    for (const listener of listeners) listener()
  })

  // Others may have them by now: their connections end with the mail they are at.
  const stopLosing = locks.onLost(() => {
    for (const { held } of servers.values()) held.clear()
    for (const listener of listeners) listener()
  })

  const tryOne = async (name: string, server: Server): Promise<Lock | null> => {
    if (now() < server.heldBackUntil) return null
    const names = Array.from({ length: most }, (_, n) => `connection ${name} ${n}`)
    const lock = await locks.takeOne(names)
    if (lock) server.held.add(lock)
    return lock
  }

  const wait = async (name: string, server: Server, signal: AbortSignal): Promise<Lock | null> => {
    const until = now() + PATIENCE
    for (;;) {
      want(name, server)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY)
        server.wake = () => {
          clearTimeout(timer)
          resolve()
        }
        signal.addEventListener("abort", server.wake, { once: true })
      })
      signal.removeEventListener("abort", server.wake)
      if (signal.aborted) return null
      const lock = await tryOne(name, server)
      // with one that came meanwhile the mails that wait go there
      if (lock || server.held.size > 0 || now() > until) return lock
    }
  }

  const placeOf = (name: string, server: Server, lock: Lock): Place => ({
    leaves: (mails) => {
      if (lock.lost) return true
      if (!server.owed || (server.held.size === 1 && mails < TURN)) return false
      server.owed = false
      server.heldBackUntil = now() + HOLD_BACK
      return true
    },
    free: () => {
      server.held.delete(lock)
      const isWanted = now() - server.wantedAt < REMEMBERED
      if (!isWanted && !server.waiting && server.held.size === 0) servers.delete(name)
      void lock.free().then(() => {
        if (isWanted) say("freed", name)
      })
    },
  })

  return {
    take: async (name, signal) => {
      const server = at(name)
      const lock = await tryOne(name, server)
      if (lock) return placeOf(name, server, lock)
      if (server.held.size > 0 || server.waiting) {
        want(name, server)
        return null
      }
      server.waiting = true
      try {
        const waited = await wait(name, server, signal)
        return waited && placeOf(name, server, waited)
      } finally {
        server.waiting = false
        server.wake = () => undefined
      }
    },
    onWanted: (listener) => void listeners.add(listener),
    stop: () => {
      listeners.clear()
      stopListening()
      stopLosing()
    },
  }
}
