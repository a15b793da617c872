import { MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import type { NotSent } from "../send-result.ts"

/** Servers that are left alone for a while: they asked for it (421, too many), or nobody is there. */
export interface Pauses {
  /** What a mail is told instead of being tried; null: go ahead. */
  holding(server: string): NotSent | null
  /** A pause from now on; each in a row is twice as long. `why` is what came of the try. False: there is one already. */
  begin(server: string, why: NotSent): boolean
  /** It took a mail: all is forgotten. False: there was nothing. */
  end(server: string): boolean
}

/** Under the first entry of the table of retries, so that a first retry always is a try. */
const SHORTEST: Millis = 30 * SECOND
const LONGEST: Millis = 10 * MINUTE

/** Servers that are remembered; the oldest go first. */
const MOST = 10_000

export const openPauses = (now: () => Millis): Pauses => {
  const pauses = new Map<string, { until: Millis; length: Millis; why: NotSent }>()
  return {
    holding: (server) => {
      const pause = pauses.get(server)
      if (!pause || pause.until <= now()) return null
      return { ...pause.why, kind: "deferred", answer: `not tried again yet: ${pause.why.answer}` }
    },
    begin: (server, why) => {
      const last = pauses.get(server)
      // those under way when the first was turned away are turned away with it
      if (last && last.until > now()) return false
      const inARow = last && now() - last.until < LONGEST
      const length = inARow ? Math.min(last.length * 2, LONGEST) : SHORTEST
      pauses.delete(server)
      pauses.set(server, { until: now() + length, length, why })
      if (pauses.size > MOST) pauses.delete(pauses.keys().next().value as string)
      return true
    },
    end: (server) => pauses.delete(server),
  }
}
