import type { Pauses } from "../mail/mx/pauses.ts"
import type { NotSent } from "../mail/send-result.ts"
import type { Whispers } from "../store/store.ts"

interface Told {
  kind: "paused" | "served"
  by: string
  server: string
  why: NotSent | null
}

/**
 * Pauses that all relays on one database keep together: who is turned away by a server tells the others, and so does
 * who had a mail taken there afterwards. Nothing is stored; who hears of it too late is turned away once more.
 */
export const sharePauses = (
  pauses: Pauses,
  whispers: Whispers,
  relayId: string,
): Pauses & { stop(): void } => {
  const tell = (told: Omit<Told, "by">): void => whispers.say(JSON.stringify({ ...told, by: relayId }))

  const stop = whispers.listen((text) => {
    if (!text.startsWith('{"kind":"paused"') && !text.startsWith('{"kind":"served"')) return
    const { kind, by, server, why } = JSON.parse(text) as Told
    if (by === relayId) return
    if (kind === "served") pauses.end(server)
    else if (why) pauses.begin(server, why)
  })

  return {
    holding: pauses.holding,
    begin: (server, why) => {
      const began = pauses.begin(server, why)
      if (began) tell({ kind: "paused", server, why })
      return began
    },
    end: (server) => {
      const ended = pauses.end(server)
      if (ended) tell({ kind: "served", server, why: null })
      return ended
    },
    stop,
  }
}
