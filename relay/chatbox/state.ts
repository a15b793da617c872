import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"
import type { BoxMessage } from "../../shared/protocol/views.ts"
import type { Language } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

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
}

/** What this browser keeps between pages, after the first opening. */
export interface Kept {
  visitor: string | null
  seenSeq: number
  outbox: Outgoing[]
}

export type Happening =
  | { type: "opened" | "closed" | "visible" | "hidden" | "lost" | "refused" | "rejected" | "unsure" }
  | { type: "wrote"; message: Pick<Outgoing, "key" | "text" | "page" | "at"> }
  | { type: "retried" | "discarded"; key: string }
  | { type: "contact"; address: string | null }
  | { type: "sent"; frames: VisitorFrame[] }
  | { type: "pushed"; push: VisitorPush }
  /** Another tab of this browser: who the visitor is, what they saw, a message of the outbox that is settled. */
  | { type: "elsewhere"; visitor?: string; seenSeq?: number; settled?: string }

/** A box before its first word from the relay. */
export const startBox = (kept: Kept): Box => ({
  link: "connecting",
  light: null,
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
})

/** One step. Never changes `box`; returns the same object when nothing changed. */
export const stepBox = (box: Box, what: Happening): Box => {
  switch (what.type) {
    case "opened":
      return see({ ...box, open: true })
    case "closed":
      return { ...box, open: false }
    case "visible":
      return see({ ...box, visible: true })
    case "hidden":
      return { ...box, visible: false }
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
  }
}

/** What the relay is to be told now, in this order. Nothing while there is no connection. */
export const framesDue = (box: Box, who: { language: Language; zone: string }): VisitorFrame[] => {
  if (box.link !== "live") return []
  const frames: VisitorFrame[] = []
  // Also by a visitor who has a name: a relay that has forgotten them gives them a new one, others say nothing.
  if ((box.open || box.outbox.length > 0) && !box.introduced) frames.push({ type: "open", ...who })
  if (box.visitor === null) return frames
  if (box.contact && !box.contact.sent) {
    frames.push({ type: "contact", address: box.contact.address, name: null })
  }
  for (const { state, key, text, page } of box.outbox) {
    if (state === "waiting") frames.push({ type: "write", key, text, page })
  }
  if (box.open && box.visible && box.seenSeq > box.toldSeq) frames.push({ type: "seen", seq: box.seenSeq })
  return frames
}

/** Messages of the other side that the visitor has not seen. */
export const unread = (box: Box): number =>
  box.messages.filter((message) => message.author !== "visitor" && message.seq > box.seenSeq).length

/**
 * The outbox as shown: a message that is on its way and already came back among the others (its
 * acknowledgement still under way, or sent by another tab) is not shown twice.
 */
export const shownOutbox = (box: Box): Outgoing[] =>
  box.outbox.filter(
    (out) =>
      out.state === "failed" ||
      !box.messages.some(
        ({ seq, author, text }) => author === "visitor" && seq > out.afterSeq && text === out.text,
      ),
  )

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
    case "hello":
      return box
    case "open":
      return { ...box, introduced: true }
    case "write":
      return change(box, frame.key, { state: "sent" })
    case "contact":
      return { ...box, contact: { address: frame.address, sent: true } }
    case "seen":
      return { ...box, toldSeq: Math.max(box.toldSeq, frame.seq) }
  }
}

const unsend = (box: Box): Box => ({
  ...box,
  introduced: false,
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
      const { light, siteName, language, messages, seenSeq, address } = push.box
      const welcomed: Box = {
        ...box,
        link: "live",
        light,
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
      return { ...box, light: push.on }
    case "message":
      return see(add(box, push.message))
    case "ack":
      return see(add(without(box, push.key), push.message))
    case "contact":
      return { ...box, address: push.address, contact: null, contactRefused: false }
    case "refused":
      return refuse(box, push.key, push.code)
  }
}

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
