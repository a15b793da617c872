import { assertNever } from "../../words/assert-never.ts"
import type { Language } from "../../words/nouns.ts"
import type { LightReason, Reason } from "../../words/reasons.ts"
import type { Millis } from "../../words/time.ts"
import { type Catalogue, listOf, momentIn, type Say, speak, timeIn } from "../formatter.ts"
import { cs } from "./cs.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"

const CATALOGUES: Record<Language, Catalogue<typeof en>> = { en, cs, de, es, fr }

/** How many people a sentence about the light names. */
const NAMES_SHOWN = 3

export interface Told {
  /** One sentence: what happened, who, when. */
  text: string
  /** One or two: what to do about it; null where there is nothing. */
  todo: string | null
}

/**
 * A reason in words, with what to do about it. Moments are in `zone` (IANA); left out, the browser's own.
 * The facts are those of the moment of the decision. `reader`: name of the agent the verdict is about, who is
 * "you" where they did it themselves.
 */
export const tellReason = (reason: Reason, language: Language, zone?: string, reader?: string): Told => {
  const say: Say<typeof en> = speak<typeof en>(CATALOGUES[language], language)
  const on = (at: Millis): string => momentIn(at, language, zone)
  const device = (label: string): string => label || say("a-device")
  switch (reason.code) {
    case "waiting":
      return {
        text: say("waiting", { due: timeIn(reason.dueAt, language, zone) }),
        todo: say("waiting.todo"),
      }
    case "present-on-device":
      return {
        text: say("present-on-device", { device: device(reason.device), at: on(reason.lastBeatAt) }),
        todo: say("present-on-device.todo"),
      }
    case "back-online":
      return {
        text: say("back-online", { seconds: reason.afterSeconds, device: device(reason.device) }),
        todo: say("back-online.todo"),
      }
    case "colleague-online": {
      const facts = { who: listOf(reason.who, language), count: reason.who.length }
      const text =
        reason.group === null
          ? say("colleague-online", facts)
          : say("colleague-online.group", { ...facts, group: reason.group })
      return { text, todo: say("colleague-online.todo") }
    }
    case "opened":
    case "joined":
      if (reason.who === reader) return { text: say(`${reason.code}.you`, { at: on(reason.at) }), todo: null }
      return {
        text: say(reason.code, { who: reason.who, at: on(reason.at) }),
        todo: say(`${reason.code}.todo`, { who: reason.who }),
      }
    case "notifications-off":
      return {
        text: say(`notifications-off.${reason.whose}`, { since: on(reason.since) }),
        todo: say(`notifications-off.${reason.whose}.todo`),
      }
    case "sent-to": {
      const facts = { address: reason.address, at: on(reason.at) }
      const text =
        reason.forWhom.length > 1
          ? say("sent-to.several", { ...facts, names: listOf(reason.forWhom, language) })
          : say("sent-to", facts)
      return { text, todo: say("sent-to.todo") }
    }
    case "delivered":
      return {
        text: say("delivered", {
          server: reason.server,
          address: reason.address,
          answer: quoted(reason.answer, say),
          at: on(reason.at),
        }),
        todo: say("delivered.todo"),
      }
    case "captured":
      return {
        text: say("captured", { address: reason.address, at: on(reason.at) }),
        todo: say("captured.todo"),
      }
    case "deferred":
      return {
        text: say("deferred", {
          address: reason.address,
          answer: quoted(reason.answer, say),
          next: on(reason.nextAt),
          end: on(reason.givesUpAt),
        }),
        todo: say("deferred.todo"),
      }
    case "mailbox-full": {
      const facts = { address: reason.address, answer: quoted(reason.answer, say) }
      const text =
        reason.nextAt === null
          ? say("mailbox-full", facts)
          : say("mailbox-full.next", { ...facts, next: on(reason.nextAt) })
      return { text, todo: say("mailbox-full.todo") }
    }
    case "address-wrong":
    case "domain-blocked":
      return {
        text: say(reason.code, { address: reason.address, answer: quoted(reason.answer, say) }),
        todo: say(`${reason.code}.todo`),
      }
    case "refused":
      return {
        text: say(`refused.${reason.kind}`, { address: reason.address, answer: quoted(reason.answer, say) }),
        todo: say("refused.todo"),
      }
    case "folded":
      return {
        text: say("folded", { until: timeIn(reason.untilAt, language, zone) }),
        todo: say("folded.todo"),
      }
    case "other-group":
      return { text: say("other-group", { group: reason.group }), todo: say("other-group.todo") }
    case "inactive":
      return { text: say("inactive", { since: on(reason.since) }), todo: say("inactive.todo") }
    case "no-destination":
      return { text: say("no-destination"), todo: say("no-destination.todo") }
    case "dropped":
      return {
        text: say("dropped", { by: reason.by, address: reason.address }),
        todo: say("dropped.todo", { by: reason.by }),
      }
    default:
      return assertNever(reason)
  }
}

/** A server's own words as a quotation that ends its sentence, on one line. */
const quoted = (answer: string, say: Say<typeof en>): string =>
  say("quoted", { answer: answer.replace(/\s+/g, " ").trim() })

/** Why the light is on or off right now, in one sentence without a full stop: `Light on: Ada, by Chrome on laptop`. */
export const tellLight = (reason: LightReason, language: Language, zone?: string): string => {
  const say: Say<typeof en> = speak<typeof en>(CATALOGUES[language], language)
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
  const say: Say<typeof en> = speak<typeof en>(CATALOGUES[language], language)
  if (reason.code === "no-agents" || reason.agents.length === 0) return null
  const told =
    reason.code === "held-by"
      ? reason.agents.map((one) => holder(one, say, language, zone))
      : reason.agents.map((one) => absent(one, say, language, zone))
  return several(told, say)
}

type Holder = Extract<LightReason, { code: "held-by" }>["agents"][number]
type Absent = Extract<LightReason, { code: "nobody-online" }>["agents"][number]

const several = (told: string[], say: Say<typeof en>): string => {
  const shown = told.slice(0, NAMES_SHOWN).join("; ")
  return told.length > NAMES_SHOWN
    ? `${shown}; ${say("light.more", { count: told.length - NAMES_SHOWN })}`
    : shown
}

const holder = (one: Holder, say: Say<typeof en>, language: Language, zone?: string): string => {
  const who = { name: one.name, device: one.device || say("a-device") }
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

const absent = (one: Absent, say: Say<typeof en>, language: Language, zone?: string): string =>
  one.since === null
    ? say(`light.${one.why}`, { name: one.name })
    : say(`light.${one.why}.since`, { name: one.name, since: momentIn(one.since, language, zone) })
