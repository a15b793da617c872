import { assertNever } from "../../words/assert-never.ts"
import type { Language, NoticeKind, Plan } from "../../words/nouns.ts"
import { type Reason, type Route, routeOf } from "../../words/reasons.ts"
import type { Millis } from "../../words/time.ts"
import { tellDevice } from "../device-name.ts"
import { listOf, momentIn, timeIn } from "../formatter.ts"
import { tellMail } from "./tell-mail.ts"
import type { Told } from "./told.ts"
import { reasonWords, type SayReason } from "./words.ts"

/** From five minutes on nobody counts seconds. */
const COUNTED_IN_SECONDS = 300

export { tellLight, tellLightPeople } from "./light.ts"

/**
 * A verdict in words, with what to do about it: that of tellReason, of the kind of notice that was decided about.
 * The agent it is about is "you".
 */
export const tellVerdict = (
  verdict: { reason: Reason; agentName: string; kind: NoticeKind },
  language: Language,
  zone?: string,
): Told => tellReason(verdict.reason, language, zone, verdict.agentName, verdict.kind)

/** The kind of notice that a verdict is of, in words: `offline notice`, `missed conversation`. */
export const tellKind = (kind: NoticeKind, language: Language): string =>
  reasonWords(language)(`kind.${kind}`)

/**
 * A reason in words, with what to do about it. Moments are in `zone` (IANA); left out, the browser's own.
 * The facts are those of the moment of the decision. `reader`: name of the agent the verdict is about, who is
 * "you" where they did it themselves. `kind`: of which notice; words differ where both have their own settings.
 */
export const tellReason = (
  reason: Reason,
  language: Language,
  zone?: string,
  reader?: string,
  kind: NoticeKind = "offline",
): Told => {
  const say = reasonWords(language)
  const on = (at: Millis): string => momentIn(at, language, zone)
  const told = { link: null, handOver: null }
  switch (reason.code) {
    case "waiting":
      return {
        ...told,
        text: say("waiting", { due: timeIn(reason.dueAt, language, zone) }),
        todo: say("waiting.todo"),
      }
    case "present-on-device": {
      const phone = reason.kind === "phone"
      const device = tellDevice(reason.device, language) || say(phone ? "a-phone" : "a-device")
      const text = say(phone ? "present-on-device.phone" : "present-on-device", {
        device,
        at: on(reason.lastBeatAt),
      })
      return { ...told, text, todo: say("present-on-device.todo") }
    }
    case "back-online": {
      const device = tellDevice(reason.device, language) || say("a-device")
      const seconds = reason.afterSeconds
      const text =
        seconds < COUNTED_IN_SECONDS
          ? say("back-online", { seconds, device })
          : say("back-online.minutes", { minutes: Math.round(seconds / 60), device })
      return { ...told, text, todo: say("back-online.todo") }
    }
    case "colleague-online": {
      const facts = { who: listOf(reason.who, language), count: reason.who.length }
      const text =
        reason.group === null
          ? say("colleague-online", facts)
          : say("colleague-online.group", { ...facts, group: reason.group })
      return { ...told, text, todo: say("colleague-online.todo") }
    }
    case "opened":
    case "joined": {
      const { code, who } = reason
      if (who === reader) return { ...told, text: say(`${code}.you`, { at: on(reason.at) }), todo: null }
      return { ...told, text: say(code, { who, at: on(reason.at) }), todo: say(`${code}.todo`, { who }) }
    }
    case "notifications-off": {
      const { whose } = reason
      const since = { since: on(reason.since) }
      return {
        text:
          kind === "missed"
            ? say(`notifications-off.${whose}.missed`, since)
            : say(`notifications-off.${whose}`, since),
        todo: say(`notifications-off.${whose}.todo`),
        link: whose === "agent" ? "profile" : "admin-notices",
        handOver: null,
      }
    }
    case "sent-to":
    case "delivered":
    case "captured":
    case "deferred":
    case "mailbox-full":
    case "address-wrong":
    case "domain-blocked":
    case "refused":
    case "dropped":
    case "held": {
      const mail = tellMail(reason, { say, language, zone, on })
      return { ...mail, text: [mail.text, ...routeWords(routeOf(reason), say, language, on)].join(" ") }
    }
    case "folded": {
      const until = timeIn(reason.untilAt, language, zone)
      const { address } = reason
      const text =
        address === undefined ? say("folded", { until }) : say("folded.address", { until, address })
      return { ...told, text, todo: say("folded.todo") }
    }
    case "other-group":
      return { ...told, text: say("other-group", { group: reason.group }), todo: say("other-group.todo") }
    case "inactive":
      return { ...told, text: say("inactive", { since: on(reason.since) }), todo: say("inactive.todo") }
    case "no-destination":
      return {
        text: say("no-destination"),
        todo: say("no-destination.todo"),
        link: "admin-notices",
        handOver: null,
      }
    case "nobody-online": {
      const due = reason.dueAt === null ? [] : [say("nobody-online.due", { due: on(reason.dueAt) })]
      const text = [say("nobody-online", { at: on(reason.at) }), ...due].join(" ")
      return { ...told, text, todo: say("nobody-online.todo") }
    }
    case "visitor-returned":
      return {
        ...told,
        text: say("visitor-returned", { at: on(reason.at) }),
        todo: say("visitor-returned.todo"),
      }
    case "plan": {
      return {
        text: say("plan", { plan: planName(reason.plan) }),
        todo: say("plan.todo", { needed: planName(reason.needed) }),
        link: "admin-plan",
        handOver: null,
      }
    }
    default:
      return assertNever(reason)
  }
}

/** How a mail came to go where it went, where that is not plain: whose it also is, by which redirect, who set it. */
const routeWords = (
  route: Route | null,
  say: SayReason,
  language: Language,
  on: (at: Millis) => string,
): string[] => {
  if (route === null) return []
  const { forWhom, via, setBy, setAt } = route
  const several = forWhom.length > 1 ? [say("route.several", { names: listOf(forWhom, language) })] : []
  const set = setBy && setAt ? { by: setBy, at: on(setAt) } : null
  if (via === "redirect" || via === "inbox" || via === "fallback")
    return [...several, set ? say(`route.${via}`, set) : say(`route.${via}.plain`)]
  return set ? [...several, say("route.destination", set)] : several
}

/** A plan as a name: the same in every language. */
const planName = (plan: Plan): string => `${plan[0]?.toUpperCase()}${plan.slice(1)}`
