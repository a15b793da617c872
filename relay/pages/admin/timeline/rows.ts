import { tellDevice } from "../../../../shared/i18n/device-name.ts"
import { siteSpans } from "../../../../shared/insight/holders.ts"
import type { TimelineView } from "../../../../shared/protocol/views.ts"
import type { Intent, Language, Presence } from "../../../../shared/words/nouns.ts"
import type { Millis } from "../../../../shared/words/time.ts"
import type { Window } from "./geometry.ts"

/** What a bar says; each has a look and words of its own. */
export type Look = "on" | "off" | Intent | "closed" | Presence

export interface Bar {
  from: Millis
  to: Millis
  look: Look
}

/** One line of the picture. */
export type Row =
  | { kind: "light"; id: string; group: string | null; bars: Bar[] }
  | { kind: "agent"; id: string; name: string; alone: boolean; bars: Bar[] }
  | { kind: "device"; id: string; name: string; agent: string; bars: Bar[] }

const lightBars = (spans: readonly { from: Millis; to: Millis; on: boolean }[]): Bar[] =>
  spans.map(({ from, to, on }) => ({ from, to, look: on ? "on" : "off" }))

/** All lines from the top down: lights, then each agent with their devices. Bars of each are in their order. */
export const rowsOf = (view: TimelineView, language: Language): Row[] => {
  const groups = view.lights.filter(({ groupId }) => groupId !== null)
  const lights: Row[] = [
    { kind: "light", id: "sites", group: null, bars: lightBars(siteSpans(view)) },
    ...groups.map(
      ({ groupId, group, spans }): Row => ({
        kind: "light",
        id: groupId ?? "",
        group: group ?? "",
        bars: lightBars(spans),
      }),
    ),
  ]
  const agents = view.agents.flatMap((agent): Row[] => [
    {
      kind: "agent",
      id: agent.id,
      name: agent.name,
      alone: agent.devices.length === 0,
      bars: [
        ...agent.intents.map(({ from, to, intent }): Bar => ({ from, to, look: intent })),
        ...agent.closed.map(({ from, to }): Bar => ({ from, to, look: "closed" })),
      ],
    },
    ...agent.devices.map(
      (device): Row => ({
        kind: "device",
        id: device.id,
        name: tellDevice(device.label, language),
        agent: agent.name,
        bars: device.spans.map(({ from, to, presence }): Bar => ({ from, to, look: presence })),
      }),
    ),
  ])
  return [...lights, ...agents]
}

/** Bars that are seen in a window; being gone is an empty line. */
export const barsIn = (bars: readonly Bar[], { from, to }: Window): Bar[] =>
  bars.filter((bar) => bar.to > from && bar.from < to && bar.look !== "gone")

/** Whether anything at all happened: somebody was there, or something is marked. */
export const isEmpty = (view: TimelineView): boolean =>
  view.marks.length === 0 &&
  view.agents.every((agent) => agent.devices.length === 0) &&
  view.lights.every((light) => light.spans.every((span) => !span.on))
