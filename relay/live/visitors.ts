import { z } from "zod"
import { clientKey } from "../../shared/protocol/fields.ts"
import { CLOSE, type VisitorFrame, type VisitorPush, visitorFrame } from "../../shared/protocol/live.ts"
import { assertNever } from "../../shared/words/assert-never.ts"
import type { VisitorId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import type { Limits } from "../http/limits.ts"
import type { Box, Boxes } from "./boxes.ts"
import type { Connection, Side } from "./connection.ts"
import { type TypingLine, typingGate } from "./typing.ts"

/**
 * /live/visitor: one tab's chat box.
 *
 *   hello → welcome; group → welcome of that group; open → you (from now on the visitor is known); write → ack; and light, messages and
 *   contact as they come, see boxes.ts
 */
export interface VisitorLive extends House {
  /** To be called after queueing a mail that no event tells of. */
  mailQueued: () => void
  limits: Limits
  boxes: Boxes
  typing: TypingLine
}

/** What is known of a socket before its first frame. */
export interface Caller {
  /** Origin of the page that opened it: has to be the frame's, so the relay's own. */
  origin: string | null
  host: string | null
  /** Network address. */
  address: string
  /** What its browser and system are called; null: not known. */
  device: string | null
}

type Pushes = Connection<VisitorPush>
type Hello = Extract<VisitorFrame, { type: "hello" }>
type Open = Extract<VisitorFrame, { type: "open" }>
type Contact = Extract<VisitorFrame, { type: "contact" }>
type Identify = Extract<VisitorFrame, { type: "identify" }>
type Rate = Extract<VisitorFrame, { type: "rate" }>
type Write = Extract<VisitorFrame, { type: "write" }>

/** The relay's side of one chat box's socket. */
export const visitorSide = (live: VisitorLive, caller: Caller): Side<VisitorPush> => new Visit(live, caller)

/**
 * One of ten thousand: what only those have who write is null until they do, and what is done with it is below, once
 * for all.
 */
class Visit implements Side<VisitorPush> {
  readonly live: VisitorLive
  readonly caller: Caller
  box: Box | null = null
  /** That our tab is open is being stored, or is stored. */
  opened: Promise<void> | null = null
  mayTell: ((on: boolean) => boolean) | null = null
  /** Frames since then, `performance.now()`. */
  frames = 0
  since = 0

  constructor(live: VisitorLive, caller: Caller) {
    this.live = live
    this.caller = caller
  }

  async take(frame: unknown, connection: Pushes): Promise<void> {
    if (!mayGoOn(this)) return connection.close(CLOSE.tooMany, "too many frames")
    const parsed = visitorFrame.safeParse(frame)
    if (!parsed.success) return refuseFrame(frame, parsed.error, connection)
    const said = parsed.data
    if (said.type === "hello") {
      if (this.box !== null) return connection.close(CLOSE.badFrame, "hello twice")
      if (!isOwnOrigin(this.caller, this.live.config.publicUrl))
        return connection.close(CLOSE.origin, "this origin may not open the chat box")
      return hello(this, said, connection).catch((error: unknown) => refuseHello(error, connection))
    }
    if (this.box === null) return connection.close(CLOSE.badFrame, "say hello first")
    try {
      await handle(this, said, this.box)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { code, message } = error
      connection.send({ type: "refused", key: keyOf(said), code, message })
    }
  }

  gone(_theirs: boolean, goingDown: boolean): void {
    const { box, live } = this
    this.box = null
    if (box === null) return
    live.boxes.leave(box)
    typing(this, false, box)
    // Sent away by a relay that goes down: the tab is still open, and comes back.
    if (goingDown) return
    tabClosed(this, box).catch((error: unknown) => {
      live.log.warn({ err: error }, "the end of a visitor's tab could not be stored")
    })
  }
}

/** Reads what the box shows in its group; from then on it is told of that. Null: the socket has closed. */
const enter = async (
  visit: Visit,
  of: Pick<Box, "siteKey" | "tag" | "tabId" | "visitor" | "line">,
  chosen: string | null,
): Promise<Box | null> => {
  const { store, clock, boxes } = visit.live
  const { siteKey, tag, visitor, tabId, line } = of
  const asked = { siteKey, groupId: tag, chosen, visitor }
  const read = await store.run("readBox", asked, clock.now(), "reading")
  if (!line.open) return null
  if (visit.box !== null) boxes.leave(visit.box)
  const { light, opensAt, groups } = read.box
  const next: Box = {
    accountId: read.accountId,
    siteId: read.siteId,
    siteKey,
    tag,
    chosen: read.box.groupId,
    groupId: read.groupId,
    tabId,
    visitorId: read.visitorId,
    visitor: read.visitorId === null ? null : visitor,
    conversationId: read.conversationId,
    ended: read.box.ended,
    shows: JSON.stringify({ on: light, opensAt, groups }),
    cursor: read.cursor,
    lightCursor: read.cursor,
    line,
  }
  visit.box = next
  line.welcomed()
  line.send({ type: "welcome", box: read.box })
  boxes.join(next, read.changesAt)
  return next
}

const hello = async (visit: Visit, said: Hello, line: Pushes): Promise<void> => {
  const of = { siteKey: said.site, tag: said.group, tabId: said.tab, visitor: said.visitor, line }
  const entered = await enter(visit, of, said.chosen ?? null)
  if (entered) await tabOpened(visit, entered)
}

/** A tab counts once its visitor is known: before, nobody could be missed. */
const tabOpened = async (visit: Visit, { accountId, visitorId, tabId }: Box): Promise<void> => {
  if (visitorId === null) return
  const { store, clock, relayId } = visit.live
  const { device } = visit.caller
  visit.opened = store.run("openTab", { accountId, visitorId, tabId, relayId, device }, clock.now())
  await visit.opened
}

const tabClosed = async (visit: Visit, of: Box): Promise<void> => {
  const { accountId, visitorId, tabId } = of
  const { store, clock, boxes, relayId } = visit.live
  if (visitorId === null) return
  // Of two relays' worth of connections the database answers in any order: a close is not to come first.
  await visit.opened?.catch(() => undefined)
  // A tab that is loaded again may be back before its old socket is gone.
  if (boxes.tabsOf(of).some((tab) => tab.tabId === tabId)) return
  await store.run("closeTab", { accountId, visitorId, tabId, relayId }, clock.now())
}

const open = async (visit: Visit, { language, zone }: Open, of: Box): Promise<void> => {
  const { store, clock, limits, boxes } = visit.live
  const { address, device } = visit.caller
  const { accountId, siteId } = of
  if (of.visitorId !== null) return
  if (!limits.visitors.take(address))
    throw new Refusal("too-many", "too many new visitors from your network: try again in a minute")
  const made = await store.run("createVisitor", { accountId, siteId, language, zone, device }, clock.now())
  of.visitor = made.visitor
  if (visit.box === null) return
  boxes.settle(of, { visitorId: made.visitorId })
  of.line.send({ type: "you", visitor: made.visitor })
  await tabOpened(visit, of)
}

/** One of what a visitor may send in ten seconds, messages and the rest. */
const spend = ({ live, caller }: Visit, of: Box): VisitorId => {
  const visitorId = known(of)
  if (!live.limits.messages.take(`${visitorId} ${caller.address}`))
    throw new Refusal("too-many", "too many messages at once: wait some seconds, then send it again")
  return visitorId
}

const write = async (visit: Visit, { key, text, page, files }: Write, of: Box): Promise<void> => {
  const { store, clock, boxes } = visit.live
  const { accountId, siteId, groupId } = of
  const visitorId = spend(visit, of)
  const input = { accountId, siteId, groupId, visitorId, key, text, page, files }
  const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())
  if (visit.box !== null) boxes.wrote(of, conversationId, message.seq)
  of.line.send({ type: "ack", key, message })
}

const contact = async ({ live }: Visit, { address, name }: Contact, of: Box): Promise<void> => {
  const input = { accountId: of.accountId, visitorId: known(of), address, name }
  const saved = await live.store.run("setContact", input, live.clock.now())
  tellAll(live.boxes.tabsOf(of), { type: "contact", ...saved })
}

const seen = async ({ live }: Visit, seq: number, of: Box): Promise<void> => {
  const { accountId, conversationId } = of
  const visitorId = known(of)
  // Nothing to be seen yet, but for the box's own greeting.
  if (conversationId === null) return
  await live.store.run("visitorSaw", { accountId, visitorId, conversationId, seq }, live.clock.now())
}

const identify = async (visit: Visit, { said, signature }: Identify, of: Box): Promise<void> => {
  const { store, clock, boxes } = visit.live
  const given = { accountId: of.accountId, visitorId: spend(visit, of), said, signature }
  const saved = await store.run("introduceVisitor", given, clock.now())
  tellAll(boxes.tabsOf(of), { type: "contact", ...saved })
}

/** The visitor's conversation in this box. */
const here = (visit: Visit, of: Box) => {
  const { accountId, conversationId } = of
  const visitorId = spend(visit, of)
  if (conversationId === null) throw new Refusal("bad-input", "write something first")
  return { accountId, visitorId, conversationId }
}

const rate = async (visit: Visit, { good, words }: Rate, of: Box): Promise<void> => {
  const { store, clock, boxes } = visit.live
  const given = { ...here(visit, of), good, words: words ?? null }
  await store.run("rateConversation", given, clock.now())
  const tabs = boxes.tabsOf(of).filter((tab) => tab.conversationId === of.conversationId)
  tellAll(tabs, { type: "rated", good })
}

const transcript = async (visit: Visit, of: Box): Promise<void> => {
  const { store, clock, mailQueued } = visit.live
  const sent = await store.run("mailTranscript", here(visit, of), clock.now())
  mailQueued()
  of.line.send({ type: "mailed", ...sent })
}

/** Told to whoever looks at the conversation; before there is one, nobody can. */
const typing = (visit: Visit, on: boolean, { accountId, conversationId }: Box): void => {
  if (conversationId === null || (visit.mayTell === null && !on)) return
  visit.mayTell ??= typingGate()
  if (!visit.mayTell(on)) return
  visit.live.typing.say(accountId, { conversationId, agentId: null, name: null, on })
}

const tellAll = (tabs: readonly Box[], push: VisitorPush): void => {
  for (const tab of tabs) tab.line.send(push)
}

const handle = async (visit: Visit, said: Exclude<VisitorFrame, Hello>, of: Box): Promise<void> => {
  switch (said.type) {
    case "group":
      await enter(visit, of, said.group)
      return
    case "open":
      return open(visit, said, of)
    case "write":
      return write(visit, said, of)
    case "contact":
      return contact(visit, said, of)
    case "seen":
      return seen(visit, said.seq, of)
    case "typing":
      return typing(visit, said.on, of)
    case "identify":
      return identify(visit, said, of)
    case "rate":
      return rate(visit, said, of)
    case "transcript":
      return transcript(visit, of)
    default:
      return assertNever(said)
  }
}

/** Five times what a visitor who writes as fast as they may sends, with what is seen and typed around it. */
const MOST_FRAMES = 100

/** Counts the frames of one socket: false once there were too many in 10 s. */
const mayGoOn = (visit: Visit): boolean => {
  const now = performance.now()
  if (now - visit.since > 10 * SECOND) {
    visit.frames = 0
    visit.since = now
  }
  return ++visit.frames <= MOST_FRAMES
}

/** What a visitor typed may be wrong (no address, too long): they are told. Anything else is no box of ours. */
const refuseFrame = (frame: unknown, error: z.ZodError, connection: Pushes): void => {
  const typed = typedFrame.safeParse(frame)
  if (!typed.success) {
    connection.close(CLOSE.badFrame, "not a frame of this socket")
    return
  }
  const message = error.issues[0]?.message ?? "this cannot be read"
  const key = typed.data.type === "write" ? typed.data.key : null
  connection.send({ type: "refused", key, code: "bad-input", message })
}

/** Under what a refusal is told. */
const keyOf = (said: VisitorFrame): string | null =>
  said.type === "write" ? said.key : (OWN_REFUSALS.find((type) => type === said.type) ?? null)

const OWN_REFUSALS = ["identify", "rate", "transcript"] as const

const typedFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("write"), key: clientKey, text: z.string() }),
  z.object({ type: z.literal("contact"), address: z.string().nullable() }),
])

const known = ({ visitorId }: Box) => {
  if (visitorId === null) throw new Refusal("bad-input", "open the box first")
  return visitorId
}

/** The frame is served by us, so the page that opens the socket is one of ours: by its name or as seen. */
const isOwnOrigin = ({ origin, host }: Caller, publicUrl: string): boolean => {
  if (origin === null || !URL.canParse(origin)) return false
  return origin === publicUrl || (host !== null && new URL(origin).host === host)
}

const TRY_LATER = 1013

const refuseHello = (error: unknown, connection: Pushes): void => {
  if (!(error instanceof Refusal)) throw error
  connection.send({ type: "refused", key: null, code: error.code, message: error.message })
  if (error.code === "not-found") connection.close(CLOSE.noSite, "no such site")
  else connection.close(TRY_LATER, error.code)
}
