import type {
  AutomaticView,
  ConversationView,
  DeliveryView,
  HandOverView,
  MessageMailView,
  MessageView,
  RatingView,
  UnconfirmedView,
  VerdictView,
} from "../protocol/views.ts"
import type { AgentId } from "../words/ids.ts"
import type { Millis } from "../words/time.ts"
import type { PendingAnswer } from "./pending.ts"

/** What stands in a conversation, from the oldest to the newest. */
export type TimelineItem =
  | { kind: "day"; at: Millis }
  /**
   * `leads`: first of several by the same author, so that the name stands there once. `subject`: of its mail,
   * where it is another than that of the mail before. `sender`: likewise, from which address it is.
   */
  | {
      kind: "message"
      message: MessageView
      leads: boolean
      subject: string | null
      sender: boolean
      seen: boolean
      /** When, for the one that says so; null: not known. */
      seenAt: Millis | null
      verdicts: VerdictView[]
    }
  | { kind: "mail"; delivery: DeliveryView }
  | { kind: "unconfirmed"; answer: UnconfirmedView }
  | { kind: "automatic"; mail: AutomaticView }
  | { kind: "rating"; rating: RatingView }
  | { kind: "hand-over"; handOver: HandOverView }
  | { kind: "pending"; answer: PendingAnswer }

/**
 * Messages in their order with the verdicts on them, mails where they were queued, answers to be confirmed
 * where they came, days between, unsent answers at the end. `dayOf` names the day of a moment in the reader's zone.
 */
export const timelineOf = (
  view: ConversationView,
  pending: readonly PendingAnswer[],
  me: AgentId | null,
  dayOf: (at: Millis) => string,
): TimelineItem[] => {
  const verdicts = verdictsToShow(view, me)
  const seen = lastSeen(view)
  const entries = [
    ...view.messages.map((message) => ({ kind: "message" as const, at: message.at, message })),
    ...view.deliveries.map((delivery) => ({ kind: "mail" as const, at: delivery.createdAt, delivery })),
    ...view.unconfirmedAnswers.map((answer) => ({ kind: "unconfirmed" as const, at: answer.at, answer })),
    ...view.automaticMails.map((mail) => ({ kind: "automatic" as const, at: mail.at, mail })),
    // What was kept by an older desk has none.
    ...(view.handOvers ?? []).map((handOver) => ({ kind: "hand-over" as const, at: handOver.at, handOver })),
    ...(view.rating ? [{ kind: "rating" as const, at: view.rating.at, rating: view.rating }] : []),
  ].sort((a, b) => a.at - b.at)

  const items: TimelineItem[] = []
  let day = ""
  let before: MessageView | null = null
  let thread = ""
  for (const entry of entries) {
    if (dayOf(entry.at) !== day) {
      day = dayOf(entry.at)
      before = null
      items.push({ kind: "day", at: entry.at })
    }
    if (entry.kind !== "message") {
      before = null
      items.push(entry)
      continue
    }
    const { message } = entry
    const leads: boolean = before === null || before.author !== message.author || before.name !== message.name
    // An answer to one of ours goes on in what is said; its subject is our own.
    const subject = message.mail?.to ? message.mail.subject : ""
    const isNew = subject !== "" && bareSubject(subject) !== thread
    if (isNew) thread = bareSubject(subject)
    items.push({
      kind: "message",
      message,
      leads,
      subject: isNew ? subject : null,
      sender: message.mail !== null && (leads || !sameSender(message.mail, before?.mail ?? null)),
      seen: message.seq === seen,
      seenAt: message.seq === seen ? view.visitorSeenAt : null,
      verdicts: verdicts.get(message.seq) ?? [],
    })
    before = message
  }
  for (const answer of pending) {
    if (answer.conversationId === view.id && !answer.seen) items.push({ kind: "pending", answer })
  }
  return items
}

const sameSender = (mail: MessageMailView, other: MessageMailView | null): boolean =>
  other !== null && mail.from === other.from && mail.proof?.by === other.proof?.by

/** Without what programs put before the subject of an answer. */
const bareSubject = (subject: string): string =>
  subject.replace(/^(?:\p{L}{1,4}(?:\[\d+\])?\s?:\s*)+/u, "").trim()

/** The number of the newest answer that the visitor has seen; null when none. */
const lastSeen = (view: ConversationView): number | null =>
  view.messages.findLast(({ author, seq }) => author !== "visitor" && seq <= view.visitorSeenSeq)?.seq ?? null

/**
 * Verdicts by message, one's own first, and of the two kinds the latest first. Messages that follow each other with the same verdicts (three lines
 * in one mail) show them once, under the last.
 */
const verdictsToShow = (view: ConversationView, me: AgentId | null): Map<number, VerdictView[]> => {
  const all = new Map<number, VerdictView[]>()
  for (const verdict of view.verdicts) all.set(verdict.seq, [...(all.get(verdict.seq) ?? []), verdict])
  const shown = new Map<number, VerdictView[]>()
  view.messages.forEach((message, at) => {
    const mine = all.get(message.seq)
    if (mine === undefined) return
    const next = view.messages[at + 1]
    if (next?.author === "visitor" && sameVerdicts(mine, all.get(next.seq) ?? [])) return
    const own = (verdict: VerdictView): number => (verdict.agentId === me ? 0 : 1)
    shown.set(
      message.seq,
      [...mine].sort((a, b) => own(a) - own(b) || a.agentName.localeCompare(b.agentName) || b.at - a.at),
    )
  })
  return shown
}

const sameVerdicts = (one: VerdictView[], other: VerdictView[]): boolean => {
  const words = (verdicts: VerdictView[]): string =>
    JSON.stringify(verdicts.map(({ agentId, kind, reason }) => [agentId, kind, reason]).sort())
  return words(one) === words(other)
}
