/**
 * The rules (rules.md) said a second time, as naively as possible: seconds are walked through one by one, and
 * each is judged by what happened until then. It shares no code with the product, on purpose: not even its
 * words. Times are whole seconds from the beginning; agents, groups and conversations are numbers.
 */

/** Open from `from` until before `to`. */
export interface Opening {
  from: number
  to: number
}

/** Null: always open. */
export type Hours = readonly Opening[] | null

export interface Redirect {
  to: string
  mode: "along-with" | "instead-of"
}

export interface Model {
  grace: number
  wait: number
  plan: "free" | "standard" | "pro"
  hours: Hours
  groups: { hours: Hours }[]
  /** `groups`: those the agent is a member of. A phone is reachable in the background. */
  agents: { admin: boolean; groups: number[]; devices: { phone: boolean }[] }[]
  /** Each is of a visitor of its own, who has not written yet. */
  conversations: { group: number | null }[]
  /** When the day ends in the agents' zone. */
  dayEnds: number
}

export type Intent = "available" | "busy" | "unavailable"
export type Notice = "offline" | "missed"

export type Step = { at: number } & (
  | {
      kind: "beat"
      agent: number
      device: number
      state: "active" | "idle" | "locked"
      every: number
      /** Its browser cannot tell idle. */
      blind: boolean
      /** There was input in our own pages. */
      used: boolean
    }
  | { kind: "quit"; agent: number; device: number }
  | { kind: "intent"; agent: number; intent: Intent; until: null | "30-minutes" | "1-hour" | "end-of-day" }
  | { kind: "override"; agent: number; on: boolean }
  | { kind: "message"; conversation: number; by: "chat" | "mail" }
  /** `upTo`: how many of the visitor's messages were seen. */
  | { kind: "open"; agent: number; conversation: number; upTo: number }
  | { kind: "join" | "answer" | "close" | "hand-back"; agent: number; conversation: number }
  /** To a colleague, to whom nothing of it was shown yet; to oneself it is joining. */
  | { kind: "assign"; agent: number; conversation: number; to: number }
  | { kind: "tab"; conversation: number; tab: number; open: boolean }
  | { kind: "switch"; notice: Notice; agent: number | null; on: boolean }
  | {
      kind: "redirect"
      owner: { agent: number } | { group: number } | "account"
      redirect: Redirect | null
    }
  | { kind: "plan"; plan: Model["plan"] }
  | { kind: "members"; agent: number; groups: number[] }
  | { kind: "delete-group"; group: number }
  | { kind: "active"; agent: number; on: boolean }
  /** No relay is up from `at` on, for so long; what happens in it nobody hears. */
  | { kind: "gap"; length: number }
)

/** What became of a visitor's message. */
export interface Fate {
  fate: "open" | "covered" | "mailed" | "withheld"
  /** Since when that is so. */
  at: number
  /** How it was mailed, to which addresses. */
  notice: Notice | null
  to: string[]
}

/** By audience (null: without a group; and each live group): the light, and whether somebody is there. */
export type Shown = ReadonlyMap<number | null, { light: boolean; there: boolean }>

export interface Told {
  /**
   * Something that the rules leave open: a device beat in the very second in which it came to count as idle, or
   * came back to a message that had lain for long.
   */
  tie: boolean
  /** By conversation. */
  fates: Fate[][]
  /** When the bot spoke in each conversation. */
  bot: (number | null)[]
  /** Each second; the same map as long as nothing changes. */
  seconds: Shown[]
  /**
   * By conversation, message and agent: the codes that the verdict may have; null: nothing is said of it.
   * Told of timelines in which nobody's audience changes.
   */
  verdicts: Record<Notice, (readonly string[] | null)[][]>[]
  /** Mails that went out, about how many messages, and the agents each stands for. */
  mails: {
    at: number
    conversation: number
    notice: Notice
    to: string
    forWhom: number[]
    messages: number
  }[]
}
