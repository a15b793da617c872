import { type Holder, standingAt } from "../../insight/holders.ts"
import type { TimelineMark, TimelineView } from "../../protocol/views.ts"
import type { AgentId } from "../../words/ids.ts"
import type { Language } from "../../words/nouns.ts"
import type { ReasonCode } from "../../words/reasons.ts"
import type { Millis } from "../../words/time.ts"
import { tellDevice } from "../device-name.ts"
import { listOf, type Say } from "../formatter.ts"
import type { en } from "./en.ts"

export type SayInsight = Say<typeof en>

/** How a moment is written: on a screen, in the zone of who looks at it. */
export type TellMoment = (at: Millis) => string

/** Names that one sentence holds. */
const NAMED = 4

const tellHolder = (say: SayInsight, { name, device, presence }: Holder, language: Language): string =>
  say(`holder.${presence}`, { name, device: tellDevice(device, language) })

/** "At 18:40 the sites were online by Anna on Chrome": which devices kept them online at a moment. */
export const tellStanding = (
  say: SayInsight,
  view: TimelineView,
  at: Millis,
  language: Language,
  moment: TellMoment,
): string => {
  const standing = standingAt(view, at)
  const time = moment(at)
  if (standing === null) return say("at.unknown", { time })
  if (!standing.on) return say("at.off", { time })
  if (standing.holders.length === 0) return say("at.on.unnamed", { time })
  const names = standing.holders.slice(0, NAMED).map((holder) => tellHolder(say, holder, language))
  const more = standing.holders.length - names.length
  return say("at.on", { time, holders: listOf(more > 0 ? [...names, `+${more}`] : names, language) })
}

/** What a mark stands for, in one sentence without its time. */
export const tellMark = (
  say: SayInsight,
  mark: TimelineMark,
  nameOf: (id: AgentId) => string,
  language: Language,
): string => {
  const visitor = mark.visitor === "" ? say("visitor") : mark.visitor
  switch (mark.kind) {
    case "message":
      return say(`mark.${mark.author}`, { visitor, excerpt: mark.excerpt })
    case "mail": {
      const mail =
        mark.mail === "offline-notice" || mark.mail === "missed-notice"
          ? say(`mail.${mark.mail}`)
          : say("mail.other")
      return say("mark.mail", { mail, to: mark.to, state: say(`state.${mark.state}`) })
    }
    default: {
      const codes = Object.entries(mark.codes) as [ReasonCode, AgentId[]][]
      const what = codes.map(([code, ids]) =>
        say("code.for", { code: say(`code.${code}`), names: listOf(ids.map(nameOf), language) }),
      )
      return say("mark.verdict", { visitor, what: what.join("; ") })
    }
  }
}
