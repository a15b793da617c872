import type { TimelineMark, TimelineView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, DeviceId, GroupId } from "../../shared/words/ids.ts"
import type { Intent, Presence } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import { firstWords } from "../mail/subject.ts"
import { type Change, cutAt, foldSpans } from "../rules/timeline.ts"
import { hoursSubject, lightSubject } from "../store/events.ts"
import {
  allGroups,
  conversationsMarked,
  devicesBetween,
  eventsBetween,
  firstAfter,
  type LaneAgent,
  lanesOf,
  lastBefore,
  type MarkedConversation,
  type MarkedMail,
  mailsBetween,
} from "../store/history.ts"
import type { Tx } from "../store/store.ts"
import { sweptTo } from "../store/sweeps.ts"
import { findAccountRow } from "../store/team.ts"
import { audienceOf, loadPeople } from "./people.ts"

/** Longest time one picture is of. */
const LONGEST = 31 * DAY

/** Events and mails that one answer is made of; where there are more, it ends earlier. */
const EVENTS = 10_000
const MAILS = 2000

/** Characters of a message that a mark shows. */
const EXCERPT = 120

type Kept = Awaited<ReturnType<typeof eventsBetween>>[number]
type Range = { from: Millis; to: Millis }

const checkRange = ({ from, to }: Range, now: Millis): void => {
  const said = `from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
  if (to <= from)
    throw new Refusal("bad-input", `${said} is no time: let it end after it begins`, { from, to })
  if (to - from > LONGEST)
    throw new Refusal("bad-input", `${said} is more than 31 days: ask for a shorter time`, { from, to })
  if (from >= now)
    throw new Refusal("bad-input", `${said} has not happened yet: ask for a time before now`, { from, to })
}

/** The state of a subject over time, from what it was before and the events about it. */
const changesOf = <K extends Kept["kind"], Value>(
  events: readonly Kept[],
  kind: K,
  isMine: (event: Extract<Kept, { kind: K }>) => boolean,
  value: (event: Extract<Kept, { kind: K }>) => Value,
): Change<Value>[] =>
  events
    .filter((event): event is Extract<Kept, { kind: K }> => event.kind === kind)
    .filter(isMine)
    .map((event) => ({ at: event.at, value: value(event) }))

/** An agent's lane ends when they are removed, and is empty while they were inactive the whole time. */
const lane = (agent: LaneAgent, { from, to }: Range): Range | null => {
  const ends = agent.removed_at ?? (agent.active === 0 ? agent.active_at : to)
  const own = { from: Math.max(from, agent.created_at), to: Math.min(to, ends) }
  return own.from < own.to ? own : null
}

/** Where a fold begins: at what it was before, or at the value that a new one has. */
const beginning = <Value>(last: Change<Value> | undefined, fresh: Value): Value =>
  last === undefined ? fresh : last.value

interface Facts {
  /** The time that is shown, as far as there is anything. */
  range: Range
  /** Oldest first. */
  events: readonly Kept[]
  /** The last of each subject before the range. */
  before: readonly Kept[]
}

const intentsOf = ({ events, before }: Facts, id: AgentId, own: Range) => {
  const read = (of: readonly Kept[]): Change<Intent>[] =>
    changesOf(
      of,
      "intent",
      (event) => event.agentId === id,
      (event) => event.intent,
    )
  return foldSpans<Intent>(beginning(read(before)[0], "available"), read(events), own.from, own.to).map(
    ({ value, ...span }) => ({ ...span, intent: value }),
  )
}

const closedOf = ({ events, before }: Facts, id: AgentId, own: Range): Range[] => {
  const read = (of: readonly Kept[]): Change<boolean>[] =>
    changesOf(
      of,
      "hours",
      (event) => event.agentId === id,
      (event) => event.open,
    )
  return foldSpans(beginning(read(before)[0], true), read(events), own.from, own.to)
    .filter((span) => !span.value)
    .map(({ from, to }) => ({ from, to }))
}

const presencesOf = ({ events, before }: Facts, id: DeviceId, own: Range) => {
  const read = (of: readonly Kept[]): Change<Presence>[] =>
    changesOf(
      of,
      "presence",
      (event) => event.deviceId === id,
      (event) => event.presence,
    )
  return foldSpans<Presence>(beginning(read(before)[0], "gone"), read(events), own.from, own.to).map(
    ({ value, ...span }) => ({ ...span, presence: value }),
  )
}

const lightsOf = ({ events, before, range }: Facts, groupId: GroupId | null, until: Millis | null) => {
  const read = (of: readonly Kept[]): Change<boolean>[] =>
    changesOf(
      of,
      "light",
      (event) => event.groupId === groupId,
      (event) => event.on,
    )
  const to = Math.min(range.to, until ?? range.to)
  return foldSpans(beginning(read(before)[0], false), read(events), range.from, to).map(
    ({ value, ...span }) => ({ ...span, on: value }),
  )
}

const eventMarks = (
  events: readonly Kept[],
  conversations: ReadonlyMap<string, MarkedConversation>,
  own: AgentId | null,
): TimelineMark[] =>
  events.flatMap((event): TimelineMark[] => {
    if (event.kind !== "message" && event.kind !== "conversation") return []
    const visitor = conversations.get(event.conversationId)?.visitor
    if (visitor === undefined) return []
    const at = { at: event.at, conversationId: event.conversationId, visitor }
    if (event.kind === "message") {
      const { author, seq, text, attachments } = event.message
      const words = text || (attachments[0]?.name ?? "")
      return [{ ...at, kind: "message", author, seq, excerpt: firstWords(words, EXCERPT) }]
    }
    if (event.decided === undefined) return []
    const codes = Object.fromEntries(
      Object.entries(event.decided.codes)
        .map(([code, ids]) => [code, ids.filter((id) => own === null || id === own)] as const)
        .filter(([, ids]) => ids.length > 0),
    )
    return Object.keys(codes).length === 0
      ? []
      : [{ ...at, kind: "verdict", seqs: event.decided.seqs, codes }]
  })

const mailMarks = (
  mails: readonly MarkedMail[],
  conversations: ReadonlyMap<string, MarkedConversation>,
): TimelineMark[] =>
  mails.flatMap((mail): TimelineMark[] => {
    const visitor = conversations.get(mail.conversation_id)?.visitor
    if (visitor === undefined) return []
    const { id: deliveryId, conversation_id: conversationId, to_address: to, kind, state } = mail
    return [{ at: mail.created_at, conversationId, visitor, kind: "mail", deliveryId, to, mail: kind, state }]
  })

/** The conversations that are marked: all of them, or those whose audience the agent is of. */
const readConversations = async (
  tx: Tx,
  accountId: AccountId,
  own: AgentId | null,
  events: readonly Kept[],
  mails: readonly MarkedMail[],
): Promise<ReadonlyMap<string, MarkedConversation>> => {
  const named = events.flatMap((event) =>
    event.kind === "message" || event.kind === "conversation" ? [event.conversationId] : [],
  )
  const ids = [...new Set([...named, ...mails.map((mail) => mail.conversation_id)])]
  const found = await conversationsMarked(tx, accountId, ids)
  const account = await findAccountRow(tx, accountId)
  if (own === null || !account) return found
  const people = await loadPeople(tx, account)
  return new Map(
    [...found].filter(([, { groupId }]) => audienceOf(people, groupId).some((agent) => agent.id === own)),
  )
}

/**
 * What a picture of [from, to) is drawn from (moments in ms, at most 31 days). `to` of the answer is earlier
 * where more happened than fits, and never after now. With `agentId` only that agent's lane, and the messages,
 * mails and verdicts of their audience. Refusals: `bad-input`, `not-found`.
 */
export const readTimeline = async (
  tx: Tx,
  { accountId, agentId, ...asked }: { accountId: AccountId; agentId?: AgentId } & Range,
): Promise<TimelineView> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  checkRange(asked, tx.now)
  const swept = await sweptTo(tx, accountId)
  const keptFrom = swept === 0 ? account.created_at : ((await firstAfter(tx, accountId, swept)) ?? tx.now)
  const wanted = { from: Math.max(asked.from, keptFrom), to: Math.min(asked.to, tx.now) }

  const events = await eventsBetween(tx, accountId, wanted, EVENTS + 1)
  const mails = await mailsBetween(tx, accountId, wanted, MAILS + 1)
  const times = mails.map((mail) => ({ at: mail.created_at }))
  const to = Math.min(wanted.to, cutAt(events, EVENTS) ?? wanted.to, cutAt(times, MAILS) ?? wanted.to)
  const range = { from: wanted.from, to }

  const all = await lanesOf(tx, accountId)
  const own = agentId ?? null
  if (own !== null && !all.some((agent) => agent.id === own))
    throw new Refusal("not-found", `there is no agent ${own}`)
  const agents = all.filter((agent) => own === null || agent.id === own)
  const devices = await devicesBetween(tx, accountId, range)
  const groups = (await allGroups(tx, accountId)).filter(
    (group) => group.created_at < to && (group.deleted_at === null || group.deleted_at > range.from),
  )
  const shown = events.filter((event) => event.at < to)
  const marked = mails.filter((mail) => mail.created_at < to)
  const subjects = [
    lightSubject(null),
    ...groups.map((group) => lightSubject(group.id)),
    ...agents.flatMap((agent) => [agent.id, hoursSubject(agent.id)]),
    ...devices.map((device) => device.id),
  ]
  const facts: Facts = {
    range,
    events: shown,
    before: await lastBefore(tx, accountId, subjects, range.from),
  }
  const conversations = await readConversations(tx, accountId, own, shown, marked)
  const marks = [...eventMarks(shown, conversations, own), ...mailMarks(marked, conversations)]

  return {
    from: asked.from,
    to,
    cut: to < wanted.to,
    keptFrom,
    lights: [
      { groupId: null, group: null, spans: lightsOf(facts, null, null) },
      ...groups.map((group) => ({
        groupId: group.id,
        group: group.name,
        spans: lightsOf(facts, group.id, group.deleted_at),
      })),
    ],
    agents: agents.flatMap((agent) => {
      const within = lane(agent, range)
      if (within === null) return []
      return [
        {
          id: agent.id,
          name: agent.name,
          intents: intentsOf(facts, agent.id, within),
          closed: closedOf(facts, agent.id, within),
          devices: devices
            .filter((device) => device.agent_id === agent.id)
            .map(({ id, label, kind }) => ({ id, label, kind, spans: presencesOf(facts, id, within) }))
            .filter((device) => device.spans.some((span) => span.presence !== "gone")),
        },
      ]
    }),
    marks: marks.sort((a, b) => a.at - b.at),
  }
}
