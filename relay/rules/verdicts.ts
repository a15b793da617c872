import type { AgentId } from "../../shared/words/ids.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/** An agent of the audience as a verdict needs them. */
export interface VerdictAgent {
  id: AgentId
  name: string
  there: boolean
  thereSince: Millis | null
  /** The present device last heard of, if there is one. */
  device: { label: string; kind: string; beatAt: Millis } | null
}

const NAMES_SHOWN = 5

/**
 * Why nobody gets a mail while the batch rests, per agent (rules.md, "Offline notice" 5): was there when
 * the message came; came after it; or a colleague is there, naming whom. `group` is the name of the
 * conversation's group.
 */
export const restingReasons = (
  audience: readonly VerdictAgent[],
  message: { at: Millis },
  group: string | null,
): { agentId: AgentId; reason: Reason }[] => {
  const who = audience.filter((agent) => agent.there).map((agent) => agent.name)
  return audience.map((agent) => {
    if (!agent.there) {
      return {
        agentId: agent.id,
        reason: { code: "colleague-online", who: who.slice(0, NAMES_SHOWN), group },
      }
    }
    const device = agent.device ?? { label: "", kind: "", beatAt: message.at }
    if (agent.thereSince !== null && agent.thereSince <= message.at) {
      return {
        agentId: agent.id,
        reason: {
          code: "present-on-device",
          device: device.label,
          kind: device.kind,
          lastBeatAt: device.beatAt,
        },
      }
    }
    const afterSeconds = Math.max(0, Math.round(((agent.thereSince ?? message.at) - message.at) / SECOND))
    return { agentId: agent.id, reason: { code: "back-online", device: device.label, afterSeconds } }
  })
}
