import type { Limit } from "./rates.ts"
import type { Whispers } from "./store/store.ts"

/**
 * Limits that all relays on one database keep together: each counts for itself, tells the others within
 * {@link TOLD_WITHIN} what it let through, and counts what they tell. Nothing is stored and nobody asks anybody, so
 * that what is let through costs no journey; who tries at all relays in the same instant gets that instant's more.
 */
export interface SharedLimits {
  /** The limit, shared under a name; the same at every relay. */
  share(name: string, limit: Limit): Limit
  stop(): void
}

/** Long enough to tell of many at once, short beside every limit there is. */
const TOLD_WITHIN = 50

/** What PostgreSQL takes in one notification is under 8,000 bytes. */
const LONGEST = 7_000

/** A key is an address or an id; what is longer is somebody's doing, and counts at one relay only. */
const LONGEST_KEY = 200

interface Told {
  kind: "taken"
  by: string
  /** Name of the limit, key, how often. */
  taken: [string, string, number][]
}

export const shareLimits = (whispers: Whispers, relayId: string): SharedLimits => {
  const limits = new Map<string, Limit>()
  let taken = new Map<string, [string, string, number]>()
  let timer: NodeJS.Timeout | null = null

  const tell = (): void => {
    timer = null
    const all = [...taken.values()]
    taken = new Map()
    let some: Told["taken"] = []
    let length = 0
    const say = (): void => {
      if (some.length > 0)
        whispers.say(JSON.stringify({ kind: "taken", by: relayId, taken: some } satisfies Told))
      some = []
      length = 0
    }
    for (const one of all) {
      some.push(one)
      length += Buffer.byteLength(JSON.stringify(one)) + 1
      if (length > LONGEST - 2 * LONGEST_KEY) say()
    }
    say()
  }

  const stopListening = whispers.listen((text) => {
    if (!text.startsWith('{"kind":"taken"')) return
    const told = JSON.parse(text) as Told
    if (told.by === relayId) return
    for (const [name, key, count] of told.taken) {
      const limit = limits.get(name)
      for (let i = 0; limit && i < count; i++) limit.take(key)
    }
  })

  return {
    share: (name, limit) => {
      limits.set(name, limit)
      return {
        take: (key) => {
          const given = limit.take(key)
          if (given && key.length <= LONGEST_KEY) {
            const id = `${name} ${key}`
            taken.set(id, [name, key, (taken.get(id)?.[2] ?? 0) + 1])
            timer ??= setTimeout(tell, TOLD_WITHIN).unref()
          }
          return given
        },
      }
    },
    stop: () => {
      if (timer) clearTimeout(timer)
      stopListening()
    },
  }
}
