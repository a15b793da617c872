import type { GroupId } from "../../shared/words/ids.ts"
import type { Intent, Presence } from "../../shared/words/nouns.ts"
import type { LightReason } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"

/** on(site) = on without a group, or some group on. `lights` has one entry a group and one for null. */
export const siteLight = (lights: readonly { groupId: GroupId | null; on: boolean }[]): boolean =>
  lights.some((light) => light.on)

/** An agent of the audience as the reason for the light needs it. */
export interface LightAgent {
  name: string
  intent: Intent
  /** When the intent was set. */
  intentAt: Millis
  intentUntil: Millis | null
  /** Has hours now for some conversation; if not, when they open. */
  open: boolean
  opensAt: Millis | null
  devices: readonly { label: string; presence: Presence; seenAt: Millis | null; changesAt: Millis | null }[]
}

const RANK: Record<Presence, number> = { present: 0, reachable: 1, fading: 2, gone: 3 }

/** Why the light is on or off: who holds it and by which device, best first; or what each active agent lacks. */
export const lightReason = (agents: readonly LightAgent[]): LightReason => {
  if (agents.length === 0) return { code: "no-agents" }
  const holders = agents.flatMap((agent) => {
    const best = [...agent.devices].sort((a, b) => RANK[a.presence] - RANK[b.presence])[0]
    if (!agent.open || agent.intent === "unavailable" || !best || best.presence === "gone") return []
    const until = best.presence === "fading" ? best.changesAt : null
    return [
      { name: agent.name, device: best.label, presence: best.presence, until, busy: agent.intent === "busy" },
    ]
  })
  if (holders.length > 0) {
    return { code: "held-by", agents: holders.sort((a, b) => RANK[a.presence] - RANK[b.presence]) }
  }
  return {
    code: "nobody-online",
    agents: agents.map((agent) => {
      if (agent.intent === "unavailable")
        return { name: agent.name, why: "unavailable", since: agent.intentAt, until: agent.intentUntil }
      if (!agent.open && agent.devices.some((device) => device.presence !== "gone"))
        return { name: agent.name, why: "hours-closed", since: null, until: agent.opensAt }
      const seen = agent.devices.map((device) => device.seenAt).filter((at) => at !== null)
      return { name: agent.name, why: "gone", since: seen.length > 0 ? Math.max(...seen) : null, until: null }
    }),
  }
}
