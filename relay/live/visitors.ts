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
export const visitorSide = (live: VisitorLive, caller: Caller): Side<VisitorPush> => {
  const { store, clock, log, limits, boxes, relayId } = live
  let box: Box | null = null
  const mayGoOn = frameBudget()
  const mayTell = typingGate()
  /** That our tab is open is being stored, or is stored. */
  let opened: Promise<void> = Promise.resolve()

  /** Reads what the box shows in its group; from then on it is told of that. Null: the socket has closed. */
  const enter = async (
    of: Pick<Box, "siteKey" | "tag" | "tabId" | "visitor">,
    chosen: string | null,
    connection: Pushes,
  ): Promise<Box | null> => {
    const { siteKey, tag: groupId, visitor } = of
    const read = await store.run("readBox", { siteKey, groupId, chosen, visitor }, clock.now())
    const { box: state, origins: _, ...place } = read
    if (!connection.open) return null
    if (box !== null) boxes.leave(box)
    const next: Box = {
      ...of,
      ...place,
      chosen: state.groupId,
      ended: state.ended,
      visitor: place.visitorId === null ? null : visitor,
      shows: JSON.stringify({ on: state.light, opensAt: state.opensAt, groups: state.groups }),
      push: (push) => connection.send(push),
      end: () => connection.close(CLOSE.anew, "come back"),
    }
    box = next
    connection.welcomed()
    connection.send({ type: "welcome", box: state })
    boxes.join(next)
    return next
  }

  const hello = async (said: Hello, connection: Pushes): Promise<void> => {
    const of = { siteKey: said.site, tag: said.group, tabId: said.tab, visitor: said.visitor }
    const entered = await enter(of, said.chosen ?? null, connection)
    if (entered) await tabOpened(entered)
  }

  /** A tab counts once its visitor is known: before, nobody could be missed. */
  const tabOpened = async ({ accountId, visitorId, tabId }: Box): Promise<void> => {
    if (visitorId === null) return
    opened = store.run(
      "openTab",
      { accountId, visitorId, tabId, relayId, device: caller.device },
      clock.now(),
    )
    await opened
  }

  const tabClosed = async (of: Box): Promise<void> => {
    const { accountId, visitorId, tabId } = of
    if (visitorId === null) return
    // Of two relays' worth of connections the database answers in any order: a close is not to come first.
    await opened.catch(() => undefined)
    // A tab that is loaded again may be back before its old socket is gone.
    if (boxes.tabsOf(of).some((tab) => tab.tabId === tabId)) return
    await store.run("closeTab", { accountId, visitorId, tabId, relayId }, clock.now())
  }

  const open = async (said: Open, of: Box): Promise<void> => {
    const { accountId, siteId } = of
    if (of.visitorId !== null) return
    if (!limits.visitors.take(caller.address))
      throw new Refusal("too-many", "too many new visitors from your network: try again in a minute")
    const { language, zone } = said
    const made = await store.run(
      "createVisitor",
      { accountId, siteId, language, zone, device: caller.device },
      clock.now(),
    )
    of.visitor = made.visitor
    if (box === null) return
    boxes.settle(of, { visitorId: made.visitorId })
    of.push({ type: "you", visitor: made.visitor })
    await tabOpened(of)
  }

  /** One of what a visitor may send in ten seconds, messages and the rest. */
  const spend = (of: Box): VisitorId => {
    const visitorId = known(of)
    if (!limits.messages.take(`${visitorId} ${caller.address}`))
      throw new Refusal("too-many", "too many messages at once: wait some seconds, then send it again")
    return visitorId
  }

  const write = async (said: Write, of: Box): Promise<void> => {
    const { accountId, siteId, groupId } = of
    const visitorId = spend(of)
    const { key, text, page, files } = said
    const input = { accountId, siteId, groupId, visitorId, key, text, page, files }
    const { conversationId, message } = await store.run("takeVisitorMessage", input, clock.now())
    if (box !== null) boxes.wrote(of, conversationId, message.seq)
    of.push({ type: "ack", key, message })
  }

  const contact = async ({ address, name }: Contact, of: Box): Promise<void> => {
    const input = { accountId: of.accountId, visitorId: known(of), address, name }
    const saved = await store.run("setContact", input, clock.now())
    for (const tab of boxes.tabsOf(of)) tab.push({ type: "contact", ...saved })
  }

  const seen = async (seq: number, of: Box): Promise<void> => {
    const { accountId, conversationId } = of
    const visitorId = known(of)
    // Nothing to be seen yet, but for the box's own greeting.
    if (conversationId === null) return
    await store.run("visitorSaw", { accountId, visitorId, conversationId, seq }, clock.now())
  }

  const identify = async ({ said, signature }: Identify, of: Box): Promise<void> => {
    const given = { accountId: of.accountId, visitorId: spend(of), said, signature }
    const saved = await store.run("introduceVisitor", given, clock.now())
    for (const tab of boxes.tabsOf(of)) tab.push({ type: "contact", ...saved })
  }

  /** The visitor's conversation in this box. */
  const here = (of: Box) => {
    const { accountId, conversationId } = of
    const visitorId = spend(of)
    if (conversationId === null) throw new Refusal("bad-input", "write something first")
    return { accountId, visitorId, conversationId }
  }

  const rate = async ({ good, words }: Rate, of: Box): Promise<void> => {
    const given = { ...here(of), good, words: words ?? null }
    await store.run("rateConversation", given, clock.now())
    for (const tab of boxes.tabsOf(of))
      if (tab.conversationId === of.conversationId) tab.push({ type: "rated", good })
  }

  const transcript = async (of: Box): Promise<void> => {
    const sent = await store.run("mailTranscript", here(of), clock.now())
    live.mailQueued()
    of.push({ type: "mailed", ...sent })
  }

  /** Told to whoever looks at the conversation; before there is one, nobody can. */
  const typing = (on: boolean, { accountId, conversationId }: Box): void => {
    if (conversationId === null || !mayTell(on)) return
    live.typing.say(accountId, { conversationId, agentId: null, name: null, on })
  }

  const handle = async (said: Exclude<VisitorFrame, Hello>, of: Box, connection: Pushes): Promise<void> => {
    switch (said.type) {
      case "group":
        await enter(of, said.group, connection)
        return
      case "open":
        return open(said, of)
      case "write":
        return write(said, of)
      case "contact":
        return contact(said, of)
      case "seen":
        return seen(said.seq, of)
      case "typing":
        return typing(said.on, of)
      case "identify":
        return identify(said, of)
      case "rate":
        return rate(said, of)
      case "transcript":
        return transcript(of)
      default:
        return assertNever(said)
    }
  }

  return {
    take: async (frame, connection) => {
      if (!mayGoOn()) return connection.close(CLOSE.tooMany, "too many frames")
      const parsed = visitorFrame.safeParse(frame)
      if (!parsed.success) return refuseFrame(frame, parsed.error, connection)
      const said = parsed.data
      if (said.type === "hello") {
        if (box !== null) return connection.close(CLOSE.badFrame, "hello twice")
        if (!isOwnOrigin(caller, live.config.publicUrl))
          return connection.close(CLOSE.origin, "this origin may not open the chat box")
        return hello(said, connection).catch((error: unknown) => refuseHello(error, connection))
      }
      if (box === null) return connection.close(CLOSE.badFrame, "say hello first")
      try {
        await handle(said, box, connection)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const { code, message } = error
        connection.send({ type: "refused", key: keyOf(said), code, message })
      }
    },
    gone: (_theirs, goingDown) => {
      const mine = box
      box = null
      if (mine === null) return
      boxes.leave(mine)
      typing(false, mine)
      // Sent away by a relay that goes down: the tab is still open, and comes back.
      if (goingDown) return
      tabClosed(mine).catch((error: unknown) => {
        log.warn({ err: error }, "the end of a visitor's tab could not be stored")
      })
    },
  }
}

/** Five times what a visitor who writes as fast as they may sends, with what is seen and typed around it. */
const MOST_FRAMES = 100

/** Counts the frames of one socket: false once there were too many in 10 s. */
const frameBudget = (): (() => boolean) => {
  let frames = 0
  let since = performance.now()
  return () => {
    const now = performance.now()
    if (now - since > 10 * SECOND) {
      frames = 0
      since = now
    }
    return ++frames <= MOST_FRAMES
  }
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
