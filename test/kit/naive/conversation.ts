import type { Fate, Model, Notice } from "./words.ts"

const MINUTE = 60
const HOUR = 3600
const MAILS_AN_HOUR = 6
const PATIENCE = 20

export interface Message extends Fate {
  cameAt: number
  by: "chat" | "mail"
  /** Somebody joined, answered or closed after it came. */
  joined: boolean
  /** It came before the last answer of an agent. */
  answered: boolean
  /** How it was covered; both, if it was opened and then joined. */
  covering: Set<"opened" | "joined">
  /** Agents who were there when it came, or had just left. */
  around: readonly number[]
  /** What was decided about it, by agent. */
  said: Record<Notice, Map<number, string>>
}

/** One conversation, and what became of its messages. */
export const createConversation = (group: number | null, model: Pick<Model, "wait">) => {
  const messages: Message[] = []
  let state: "unserved" | "mine" | "closed" = "unserved"
  let joinedBy: number | null = null
  let handedBackAt = Number.NEGATIVE_INFINITY
  /** First chat message that nobody has answered. */
  let unansweredAt: number | null = null
  let botAt: number | null = null
  const tabs = new Set<number>()
  let closedAt: number | null = null
  /** What was decided of this leaving, so that it is decided once. */
  let missedDone = ""
  const sent: { at: number; to: string }[] = []
  let foldedUntil = Number.NEGATIVE_INFINITY
  let missedFoldedUntil = Number.NEGATIVE_INFINITY

  const uncovered = () => messages.filter((message) => message.fate === "open")
  const missable = () =>
    messages.filter(
      ({ by, joined, fate }) => by === "chat" && !joined && (fate === "open" || fate === "covered"),
    )

  const cover = (t: number, upTo: number, joined: boolean) => {
    for (const message of messages.slice(0, upTo)) {
      if (message.fate === "open") Object.assign(message, { fate: "covered", at: t })
      message.covering.add(joined ? "joined" : "opened")
      if (joined) message.joined = true
    }
    if (uncovered().length === 0) foldedUntil = Number.NEGATIVE_INFINITY
  }

  const reopen = (t: number) => {
    for (const message of messages) {
      if (message.answered || message.fate === "mailed" || message.fate === "withheld") continue
      message.joined = false
      if (message.fate === "covered") Object.assign(message, { fate: "open", at: t })
      message.covering.clear()
    }
  }

  const leaving = () => `${closedAt} ${handedBackAt}`

  return {
    group,
    messages,
    tabs,
    get state() {
      return state
    },
    get joinedBy() {
      return joinedBy
    },
    /** The hour's mails are used up, and something waits for the next. */
    get isFolded() {
      return foldedUntil > Number.NEGATIVE_INFINITY
    },
    /** The visitor has left, and not only changed pages. */
    hasLeft: (t: number) => closedAt !== null && t >= closedAt + MINUTE,
    get botAt() {
      return botAt
    },
    get hasBegun() {
      return messages.length > 0
    },
    isWaiting: () => messages.some((message) => message.fate === "open"),
    uncovered,
    missable,

    write: (t: number, by: "chat" | "mail", around: readonly number[]) => {
      if (state === "closed") state = "unserved"
      if (by === "chat") unansweredAt ??= t
      messages.push({
        cameAt: t,
        by,
        joined: false,
        answered: false,
        covering: new Set(),
        around,
        said: { offline: new Map(), missed: new Map() },
        fate: "open",
        at: t,
        notice: null,
        to: [],
      })
    },
    open: (t: number, upTo: number) => cover(t, upTo, false),
    join: (t: number, agent: number) => {
      state = "mine"
      joinedBy = agent
      cover(t, messages.length, true)
    },
    answer: (t: number, agent: number) => {
      state = "mine"
      joinedBy = agent
      cover(t, messages.length, true)
      for (const message of messages) message.answered = true
      unansweredAt = null
    },
    close: (t: number) => {
      state = "closed"
      joinedBy = null
      cover(t, messages.length, true)
      unansweredAt = null
    },
    handBack: (t: number) => {
      state = "unserved"
      joinedBy = null
      handedBackAt = t
      reopen(t)
    },
    give: (t: number, to: number) => {
      state = "mine"
      joinedBy = to
      handedBackAt = t
      reopen(t)
    },
    tab: (t: number, tab: number, open: boolean) => {
      if (open) {
        tabs.add(tab)
        closedAt = null
      } else if (tabs.delete(tab) && tabs.size === 0) closedAt = t
    },

    /** When the batch is due: null while it rests. `lastThere`: the last moment somebody was there. */
    due: (there: boolean, lastThere: number, hold: number): number | null => {
      const waiting = uncovered()
      const byMail = waiting.find(({ by }) => by === "mail")
      const moments: number[] = []
      if (byMail) moments.push(Math.max(byMail.cameAt, handedBackAt))
      if (waiting.length > 0 && !there) moments.push(Math.max(waiting[0]!.cameAt, lastThere, handedBackAt))
      return moments.length === 0 ? null : Math.max(Math.min(...moments) + model.wait, foldedUntil, hold)
    },
    /** When the conversation may count as missed. */
    missedDue: (hold: number): number | null => {
      if (state !== "unserved" || closedAt === null || missedDone === leaving()) return null
      const [first] = missable()
      if (!first) return null
      return Math.max(
        Math.max(first.cameAt, handedBackAt) + model.wait,
        closedAt + MINUTE,
        missedFoldedUntil,
        hold,
      )
    },
    /** It speaks to somebody who has the chat open, once. */
    botDue: (): number | null =>
      state === "unserved" && closedAt === null && botAt === null && unansweredAt !== null
        ? unansweredAt + PATIENCE
        : null,
    speak: (t: number) => {
      botAt = t
    },

    /** Until when the hour allows no more mails to one of these; null if it does. */
    full: (t: number, addresses: Iterable<string>): number | null => {
      let until: number | null = null
      for (const to of addresses) {
        const recent = sent.filter((mail) => mail.to === to && mail.at > t - HOUR)
        if (recent.length >= MAILS_AN_HOUR)
          until = Math.max(until ?? 0, recent[recent.length - MAILS_AN_HOUR]!.at + HOUR)
      }
      return until
    },
    fold: (notice: Notice, until: number) => {
      if (notice === "offline") foldedUntil = until
      else missedFoldedUntil = until
    },
    /** The notice about these messages is queued; or nobody is to get it, and they are withheld. */
    settle: (t: number, of: readonly Message[], notice: Notice, to: string[]) => {
      for (const message of of) {
        if (to.length > 0) Object.assign(message, { fate: "mailed", at: t, notice, to: [...to].sort() })
        else if (notice === "offline") Object.assign(message, { fate: "withheld", at: t })
      }
      for (const address of to) sent.push({ at: t, to: address })
      if (uncovered().length === 0) foldedUntil = Number.NEGATIVE_INFINITY
    },
    missedIsDone: () => {
      missedDone = leaving()
      missedFoldedUntil = Number.NEGATIVE_INFINITY
    },
  }
}

export type Conversation = ReturnType<typeof createConversation>
