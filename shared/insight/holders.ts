import type { TimelineView } from "../protocol/views.ts"
import type { AgentId, DeviceId } from "../words/ids.ts"
import type { Intent, Presence } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"

/** A device that kept sites online, and how. */
export interface Holder {
  agentId: AgentId
  name: string
  deviceId: DeviceId
  device: string
  presence: Exclude<Presence, "gone">
  busy: boolean
}

/** How things stood at a moment: null where the timeline says nothing about it. */
export interface Standing {
  /** On without a group, or for some group. */
  on: boolean
  holders: Holder[]
}

/** The span that holds a moment: [from, to). */
export const spanAt = <Span extends { from: Millis; to: Millis }>(
  spans: readonly Span[],
  at: Millis,
): Span | undefined => spans.find((span) => span.from <= at && at < span.to)

const RANK: Record<Presence, number> = { present: 0, reachable: 1, fading: 2, gone: 3 }

type Lane = TimelineView["agents"][number]

/** The agent's devices by which they held a light: not while unavailable, nor while their hours were closed. */
const holdersOf = (lane: Lane, at: Millis): Holder[] => {
  const intent: Intent | undefined = spanAt(lane.intents, at)?.intent
  if (intent === undefined || intent === "unavailable" || spanAt(lane.closed, at)) return []
  return lane.devices.flatMap((device): Holder[] => {
    const presence = spanAt(device.spans, at)?.presence ?? "gone"
    if (presence === "gone") return []
    return [
      {
        agentId: lane.id,
        name: lane.name,
        deviceId: device.id,
        device: device.label,
        presence,
        busy: intent === "busy",
      },
    ]
  })
}

/**
 * Which devices kept the sites online at a moment, those that held it best first. Nobody, while the light was
 * off. Null for a moment outside of the timeline.
 */
export const standingAt = (view: TimelineView, at: Millis): Standing | null => {
  const lights = view.lights.map((light) => spanAt(light.spans, at))
  if (lights[0] === undefined) return null
  const on = lights.some((span) => span?.on === true)
  const holders = on ? view.agents.flatMap((lane) => holdersOf(lane, at)) : []
  return { on, holders: holders.sort((a, b) => RANK[a.presence] - RANK[b.presence]) }
}

/** The light of the sites: on without a group, or for some group. Spans fill the time; neighbours differ. */
export const siteSpans = (view: TimelineView): { from: Millis; to: Millis; on: boolean }[] => {
  const ends = view.lights.flatMap((light) => light.spans.flatMap((span) => [span.from, span.to]))
  const moments = [...new Set(ends)].sort((a, b) => a - b)
  const spans: { from: Millis; to: Millis; on: boolean }[] = []
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1]
    if (to === undefined) break
    const on = view.lights.some((light) => spanAt(light.spans, from)?.on === true)
    const last = spans.at(-1)
    if (last?.on === on) last.to = to
    else spans.push({ from, to, on })
  }
  return spans
}
