import { assertNever } from "../../words/assert-never.ts"
import type { Language } from "../../words/nouns.ts"
import type { LightReason } from "../../words/reasons.ts"
import { tellDevice } from "../device-name.ts"
import { momentIn, timeIn } from "../formatter.ts"
import { reasonWords, type SayReason } from "./words.ts"

/** How many people a sentence about the light names. */
const NAMES_SHOWN = 3

/** Why the light is on or off right now, in one sentence without a full stop: `Light on: Ada, by Chrome on laptop`. */
export const tellLight = (reason: LightReason, language: Language, zone?: string): string => {
  const say = reasonWords(language)
  const people = tellLightPeople(reason, language, zone)
  switch (reason.code) {
    case "held-by":
      return say("light.held", { holders: people ?? "" })
    case "nobody-online":
      return people === null ? say("light.nobody") : say("light.off", { agents: people })
    case "no-agents":
      return say("light.no-agents")
    default:
      return assertNever(reason)
  }
}

/** Only the people of it, for a screen that shows on or off already: `Ada, by Chrome on laptop`; null when none is named. */
export const tellLightPeople = (reason: LightReason, language: Language, zone?: string): string | null => {
  const say = reasonWords(language)
  if (reason.code === "no-agents" || reason.agents.length === 0) return null
  const told =
    reason.code === "held-by"
      ? reason.agents.map((one) => holder(one, say, language, zone))
      : reason.agents.map((one) => absent(one, say, language, zone))
  return several(told, say)
}

type Holder = Extract<LightReason, { code: "held-by" }>["agents"][number]
type Absent = Extract<LightReason, { code: "nobody-online" }>["agents"][number]

const several = (told: string[], say: SayReason): string => {
  const shown = told.slice(0, NAMES_SHOWN).join("; ")
  return told.length > NAMES_SHOWN
    ? `${shown}; ${say("light.more", { count: told.length - NAMES_SHOWN })}`
    : shown
}

const holder = (one: Holder, say: SayReason, language: Language, zone?: string): string => {
  const who = { name: one.name, device: tellDevice(one.device, language) || say("a-device") }
  const told =
    one.presence === "reachable"
      ? say("light.holder.phone", who)
      : one.presence !== "fading"
        ? say("light.holder", who)
        : one.until === null
          ? say("light.holder.fading", who)
          : say("light.holder.fadingUntil", { ...who, until: timeIn(one.until, language, zone) })
  return one.busy ? say("light.holder.busy", { holder: told }) : told
}

/** What will change it by itself is told rather than since when it is so. */
const absent = (one: Absent, say: SayReason, language: Language, zone?: string): string => {
  const { name, why } = one
  const since = one.since === null ? null : momentIn(one.since, language, zone)
  const until = one.until === null ? null : momentIn(one.until, language, zone)
  switch (why) {
    case "hours-closed":
      return until === null
        ? say("light.hours-closed", { name })
        : say("light.hours-closed.until", { name, until })
    case "unavailable":
      if (until !== null) return say("light.unavailable.until", { name, until })
      return since === null
        ? say("light.unavailable", { name })
        : say("light.unavailable.since", { name, since })
    case "gone":
      return since === null ? say("light.gone", { name }) : say("light.gone.since", { name, since })
    default:
      return assertNever(why)
  }
}
