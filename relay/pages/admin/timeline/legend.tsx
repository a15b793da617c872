import type { SayInsight } from "../../../../shared/i18n/insight/tell.ts"
import type { Look } from "./rows.ts"

const LOOKS: Look[] = [
  "on",
  "off",
  "available",
  "busy",
  "unavailable",
  "closed",
  "present",
  "reachable",
  "fading",
]
const MARKS = ["message", "mail", "verdict"] as const

/** What the looks of bars and marks mean: each has a pattern or form of its own, not a colour alone. */
export const Legend = ({ say }: { say: SayInsight }) => (
  <details class="tl-legend small">
    <summary>{say("legend")}</summary>
    <ul>
      {LOOKS.map((look) => (
        <li key={look}>
          <span class="tl-bar" data-look={look} aria-hidden="true" />
          {look === "on" || look === "off" ? say(`light.${look}`) : say(look)}
        </li>
      ))}
      {MARKS.map((kind) => (
        <li key={kind}>
          <span class="tl-icon" data-kind={kind} aria-hidden="true" />
          {say(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  </details>
)
