import type { IdleState, Intent } from "../../shared/words/nouns.ts"

/**
 * The rules of presence and the offline notice said a second time, as naively as possible: seconds are
 * walked through one by one, and each is judged by looking over the whole history. It shares no code with
 * relay/rules, on purpose. Times are whole seconds.
 */
export type Step =
  | { at: number; kind: "beat"; agent: number; device: number; state: IdleState }
  | { at: number; kind: "quit"; agent: number; device: number }
  | { at: number; kind: "intent"; agent: number; intent: Intent }
  | { at: number; kind: "message" }
  | { at: number; kind: "open" | "join" | "hand-back" | "close"; agent: number }

export interface Fate {
  /** `open` while neither covered nor mailed. */
  fate: "open" | "covered" | "mailed"
  /** When it was mailed. */
  at: number | null
}

interface Model {
  grace: number
  wait: number
  agents: number
  devices: number
}

export interface Told {
  fates: Fate[]
  /** Each second: the light, and whether somebody is there. */
  light: boolean[]
  there: boolean[]
}

const SILENT_AFTER = 45

/** What a device showed, from all that was heard of it up to and including second `t` (`heard` in order). */
const device = (heard: readonly Step[], t: number) => {
  let seen: number | null = null
  let active: number | null = null
  for (const step of heard) {
    if (step.kind === "beat") {
      active = step.state === "active" ? step.at : null
      if (step.state === "active") seen = step.at
    }
    if (step.kind === "quit" && active !== null) {
      if (step.at - active <= SILENT_AFTER) seen = step.at
      active = null
    }
  }
  return { present: active !== null && t - active <= SILENT_AFTER, seen }
}

export const tellFates = (steps: readonly Step[], until: number, model: Model): Told => {
  const fates: Fate[] = []
  const messages: { at: number; uncovered: boolean; mailed: boolean }[] = []
  const told: Told = { fates, light: [], there: [] }
  const intents: Intent[] = Array.from({ length: model.agents }, () => "available")
  const wasThere: boolean[] = Array.from({ length: model.agents }, () => false)
  const leftAt: (number | null)[] = Array.from({ length: model.agents }, () => null)
  let mine: number | null = null
  let closed = false
  let handedBack = Number.NEGATIVE_INFINITY

  const heardOf = (t: number, last: number, agent: number, which: number): Step[] =>
    steps.filter(
      (step, index) =>
        index <= last &&
        step.at <= t &&
        (step.kind === "beat" || step.kind === "quit") &&
        step.agent === agent &&
        step.device === which,
    )

  /** Looks at everybody after the steps up to index `last`, at second `t`. */
  const look = (t: number, last: number) => {
    let light = false
    for (let agent = 0; agent < model.agents; agent++) {
      const devices = Array.from({ length: model.devices }, (_, which) =>
        device(heardOf(t, last, agent, which), t),
      )
      const present = devices.some((one) => one.present)
      const fading = devices.some((one) => one.seen !== null && t < one.seen + model.grace)
      const willing = intents[agent] !== "unavailable"
      if (willing && (present || fading)) light = true
      const there = willing && present
      if (wasThere[agent] && !there) {
        const seen = devices.map((one) => one.seen).filter((at) => at !== null)
        leftAt[agent] = present ? t : Math.max(...seen)
      }
      wasThere[agent] = there
    }
    return { light, there: wasThere.some(Boolean) }
  }

  const due = (): number | null => {
    const oldest = messages.find((message) => message.uncovered)
    if (!oldest || wasThere.some(Boolean)) return null
    const left = leftAt.filter((at) => at !== null)
    return Math.max(oldest.at, handedBack, ...left) + model.wait
  }

  const mailIfDue = (t: number) => {
    const at = due()
    if (at === null || at > t) return
    messages.forEach((message, index) => {
      if (!message.uncovered) return
      message.uncovered = false
      message.mailed = true
      fates[index] = { fate: "mailed", at: t }
    })
  }

  const cover = () => {
    messages.forEach((message, index) => {
      if (!message.uncovered) return
      message.uncovered = false
      fates[index] = { fate: "covered", at: null }
    })
  }

  let next = 0
  for (let t = 0; t <= until; t++) {
    look(t, next - 1)
    mailIfDue(t)
    for (; next < steps.length && steps[next]!.at === t; next++) {
      const step = steps[next]!
      if (step.kind === "intent") intents[step.agent] = step.intent
      if (step.kind === "message") {
        messages.push({ at: t, uncovered: true, mailed: false })
        fates.push({ fate: "open", at: null })
        if (closed) closed = false
      }
      if (step.kind === "open" && messages.length > 0) cover()
      if (step.kind === "join" && messages.length > 0) {
        cover()
        mine = step.agent
        closed = false
      }
      if (step.kind === "close" && messages.length > 0) {
        cover()
        mine = null
        closed = true
      }
      if (step.kind === "hand-back" && mine !== null) {
        mine = null
        handedBack = t
        messages.forEach((message, index) => {
          if (message.mailed) return
          message.uncovered = true
          fates[index] = { fate: "open", at: null }
        })
      }
      look(t, next)
      mailIfDue(t)
    }
    const { light, there } = look(t, next - 1)
    told.light.push(light)
    told.there.push(there)
  }
  return told
}
