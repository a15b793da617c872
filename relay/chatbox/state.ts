import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"
import type { AttachmentView, BoxMessage, BoxState } from "../../shared/protocol/views.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type After, type AfterHappening, framesAfter, NOTHING_AFTER, stepAfter } from "./after.ts"

/**
 * The chat box as data: one pure step for everything that happens, and `framesDue` for what the relay is
 * to be told next. What was sent on a connection that broke is due again on the next one, with the same
 * key, so that a message is posted once however often it is sent.
 */

export interface Page {
  url: string
  title: string | null
}

/** A message on its way: `waiting` for a connection → `sent`, not yet acknowledged → gone | `failed`. */
export interface Outgoing {
  key: string
  text: string
  page: Page | null
  at: Millis
  /** Files that go with it, which the relay has; left out: none. */
  files?: AttachmentView[]
  /** Last message there was when it was written. */
  afterSeq: number
  state: "waiting" | "sent" | "failed"
  /** Refusal code, when failed by one. */
  why: string | null
}

export interface Box {
  /** `refused`: the relay knows no such site, or the visitor's page may not show it; it does not come back. */
  link: "connecting" | "live" | "lost" | "refused"
  /** null: not known (yet, or not any more). */
  light: boolean | null
  /** The light went off while the box was open. */
  wentOff: boolean
  /** When somebody is back, where hours are closed. */
  opensAt: Millis | null
  /** Whom the visitor writes to, and whom they can choose from. */
  group: string | null
  groups: BoxState["groups"]
  /** The visitor is choosing; and has chosen, which the relay is to be told or has been. */
  choosing: boolean
  choice: "due" | "told" | null
  siteName: string
  siteLanguage: Language | null
  messages: BoxMessage[]
  /** Shown to the visitor up to here; and what the relay was told of it on this connection. */
  seenSeq: number
  toldSeq: number
  /** `<id>.<secret>`, once the box was opened. */
  visitor: string | null
  /** `open` was said on this connection. */
  introduced: boolean
  address: string | null
  /** An address on its way to the relay; null is an address taken back. */
  contact: { address: string | null; sent: boolean } | null
  contactRefused: boolean
  open: boolean
  /** The page is visible (not a tab in the background). */
  visible: boolean
  outbox: Outgoing[]
  /** Name of the agent who is writing right now. */
  typing: string | null
  /** What is around the talk: see after.ts. */
  after: After
}

/** What this browser keeps between pages, after the first opening. */
export interface Kept extends Thread {
  visitor: string | null
}

/** The same, of one group's conversation. */
export interface Thread {
  seenSeq: number
  outbox: Outgoing[]
}

export type Happening =
  | AfterHappening
  | { type: "opened" | "closed" | "visible" | "hidden" | "lost" | "refused" | "rejected" | "unsure" }
  | { type: "choosing" }
  /** The visitor chose, or (`moved`) the relay says where they are: with what is kept of that group. */
  | { type: "chose" | "moved"; group: string | null; kept: Thread }
  | { type: "wrote"; message: Pick<Outgoing, "key" | "text" | "page" | "at" | "files"> }
  | { type: "retried" | "discarded"; key: string }
  | { type: "contact"; address: string | null }
  | { type: "sent"; frames: VisitorFrame[] }
  | { type: "pushed"; push: VisitorPush }
  /** Another tab of this browser: who the visitor is, what they saw, a message of the outbox that is settled. */
  | { type: "elsewhere"; visitor?: string; seenSeq?: number; settled?: string }

/** A box before its first word from the relay. `group`: what the tag names or was chosen before. */
export const startBox = (kept: Kept, group: string | null = null): Box => ({
  link: "connecting",
  light: null,
  wentOff: false,
  opensAt: null,
  group,
  groups: [],
  choosing: false,
  choice: null,
  siteName: "",
  siteLanguage: null,
  messages: [],
  seenSeq: kept.seenSeq,
  toldSeq: 0,
  visitor: kept.visitor,
  introduced: false,
  address: null,
  contact: null,
  contactRefused: false,
  open: false,
  visible: true,
  outbox: kept.outbox,
  typing: null,
  after: NOTHING_AFTER,
})

/** One step. Never changes `box`; returns the same object when nothing changed. */
export const stepBox = (box: Box, what: Happening): Box => {
  const next = stepTalk(box, what)
  const after = stepAfter(next.after, what)
  return after === next.after ? next : { ...next, after }
}

const stepTalk = (box: Box, what: Happening): Box => {
  switch (what.type) {
    case "opened":
      return see({ ...box, open: true })
    case "closed":
      return { ...box, open: false, choosing: false, wentOff: false }
    case "visible":
      return see({ ...box, visible: true })
    case "hidden":
      return { ...box, visible: false }
    case "choosing":
      return { ...box, choosing: true }
    case "chose":
      return what.group === box.group
        ? { ...box, choosing: false }
        : { ...move(box, what), choosing: false, choice: box.link === "live" ? "due" : null }
    case "moved":
      return move(box, what)
    case "wrote":
      return {
        ...introduceAgain(box),
        outbox: [...box.outbox, { ...what.message, afterSeq: lastSeq(box), state: "waiting", why: null }],
      }
    case "retried":
      return change(introduceAgain(box), what.key, { state: "waiting", why: null })
    case "discarded":
      return without(box, what.key)
    case "contact":
      return { ...box, contact: { address: what.address, sent: false }, contactRefused: false }
    case "sent":
      return what.frames.reduce(markSent, box)
    case "pushed":
      return take(box, what.push)
    case "elsewhere":
      return hear(box, what)
    case "lost":
      return box.link === "refused" ? box : unsend({ ...box, link: "lost" })
    case "rejected":
      // The relay could not read something of ours: sending it again by itself would only repeat that.
      return failSent({ ...box, link: "lost" })
    case "refused":
      return { ...box, link: "refused", light: null }
    case "unsure":
      return box.link === "lost" ? { ...box, light: null } : box
    default:
      return box
  }
}

/** What the relay is to be told now, in this order. Nothing while there is no connection. */
export const framesDue = (box: Box, who: { language: Language; zone: string }): VisitorFrame[] => {
  if (box.link !== "live") return []
  // Until the relay says where the visitor is now, nothing else is for it to hear.
  if (box.choice) return box.choice === "due" ? [{ type: "group", group: box.group ?? "" }] : []
  const frames: VisitorFrame[] = []
  // Also by a visitor who has a name: a relay that has forgotten them gives them a new one, others say nothing.
  if ((box.open || box.outbox.length > 0) && !box.introduced) frames.push({ type: "open", ...who })
  if (box.visitor === null) return frames
  if (box.contact && !box.contact.sent) {
    frames.push({ type: "contact", address: box.contact.address, name: null })
  }
  frames.push(...framesAfter(box))
  for (const { state, key, text, page, files } of box.outbox) {
    if (state === "waiting")
      frames.push({ type: "write", key, text, page, files: files?.map(({ id }) => id) })
  }
  if (box.open && box.visible && box.seenSeq > box.toldSeq) frames.push({ type: "seen", seq: box.seenSeq })
  return frames
}

/** To the conversation of another group; what is on its way goes along. */
const move = (box: Box, { group, kept }: { group: string | null; kept: Thread }): Box => {
  const on = box.groups.find(({ id }) => id === group)?.on
  return {
    ...box,
    group,
    light: on ?? box.light,
    opensAt: null,
    wentOff: false,
    messages: [],
    seenSeq: kept.seenSeq,
    toldSeq: 0,
    outbox: [...kept.outbox, ...box.outbox],
  }
}

/** A visitor who was not let in asks again when they do something. */
const introduceAgain = (box: Box): Box =>
  box.visitor === null && box.outbox.some((out) => out.state === "failed")
    ? { ...box, introduced: false }
    : box

const lastSeq = (box: Box): number => box.messages.at(-1)?.seq ?? 0

const see = (box: Box): Box =>
  box.open && box.visible && lastSeq(box) > box.seenSeq ? { ...box, seenSeq: lastSeq(box) } : box

const change = (box: Box, key: string, to: Partial<Outgoing>): Box => ({
  ...box,
  outbox: box.outbox.map((out) => (out.key === key ? { ...out, ...to } : out)),
})

const without = (box: Box, key: string): Box =>
  box.outbox.some((out) => out.key === key)
    ? { ...box, outbox: box.outbox.filter((out) => out.key !== key) }
    : box

const add = (box: Box, message: BoxMessage): Box =>
  box.messages.some(({ seq }) => seq === message.seq)
    ? box
    : { ...box, messages: [...box.messages, message].sort((a, b) => a.seq - b.seq) }

const markSent = (box: Box, frame: VisitorFrame): Box => {
  switch (frame.type) {
    case "group":
      return { ...box, choice: "told" }
    case "open":
      return { ...box, introduced: true }
    case "write":
      return change(box, frame.key, { state: "sent" })
    case "contact":
      return { ...box, contact: { address: frame.address, sent: true } }
    case "seen":
      return { ...box, toldSeq: Math.max(box.toldSeq, frame.seq) }
    default:
      return box
  }
}

const unsend = (box: Box): Box => ({
  ...box,
  introduced: false,
  choice: null,
  toldSeq: 0,
  contact: box.contact && { ...box.contact, sent: false },
  outbox: box.outbox.map((out) => (out.state === "sent" ? { ...out, state: "waiting" } : out)),
})

const failSent = (box: Box): Box =>
  unsend({
    ...box,
    contact: box.contact?.sent ? null : box.contact,
    contactRefused: box.contactRefused || Boolean(box.contact?.sent),
    outbox: box.outbox.map((out) => (out.state === "sent" ? { ...out, state: "failed" } : out)),
  })

const take = (box: Box, push: VisitorPush): Box => {
  switch (push.type) {
    case "welcome": {
      const { light, opensAt, groupId, groups, siteName, language, messages, seenSeq, address } = push.box
      const welcomed: Box = {
        ...shine(box, light),
        link: "live",
        opensAt,
        group: groupId,
        groups,
        choice: null,
        siteName,
        siteLanguage: language,
        messages,
        address,
      }
      return see({ ...welcomed, toldSeq: seenSeq, seenSeq: Math.max(box.seenSeq, seenSeq) })
    }
    case "you":
      return push.visitor === box.visitor ? box : { ...box, visitor: push.visitor, seenSeq: 0, toldSeq: 0 }
    case "light":
      return { ...shine(box, push.on), opensAt: push.opensAt, groups: push.groups }
    case "typing":
      return { ...box, typing: push.on ? push.name : null }
    case "message":
      return see(add({ ...box, typing: null }, push.message))
    case "ack":
      return see(add(without(box, push.key), push.message))
    case "contact":
      return { ...box, address: push.address, contact: null, contactRefused: false }
    case "refused":
      return refuse(box, push.key, push.code)
    default:
      return box
  }
}

const shine = (box: Box, light: boolean): Box => ({
  ...box,
  light,
  wentOff: !light && (box.wentOff || (box.open && box.light === true)),
})

const refuse = (box: Box, key: string | null, code: string): Box => {
  if (key !== null) return change(box, key, { state: "failed", why: code })
  if (box.contact?.sent) return { ...box, contact: null, contactRefused: true }
  if (box.visitor !== null) return box
  // Not let in as a new visitor (too many from one network): what was written waits for the visitor's word.
  return { ...box, outbox: box.outbox.map((out) => ({ ...out, state: "failed", why: code })) }
}

const hear = (box: Box, said: { visitor?: string; seenSeq?: number; settled?: string }): Box => {
  let heard = box
  if (said.visitor !== undefined && said.visitor !== box.visitor) heard = { ...heard, visitor: said.visitor }
  if (said.seenSeq !== undefined && said.seenSeq > box.seenSeq) heard = { ...heard, seenSeq: said.seenSeq }
  if (said.settled !== undefined) heard = without(heard, said.settled)
  return heard
}
