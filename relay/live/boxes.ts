import { CLOSE, type VisitorPush } from "../../shared/protocol/live.ts"
import type { AgentEvent } from "../../shared/protocol/views.ts"
import type { AccountId, ConversationId, GroupId, SiteId, VisitorId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import type { Connection } from "./connection.ts"
import type { FanOut, Listener } from "./fan-out.ts"
import type { TypingLine } from "./typing.ts"

type Shown = Omit<Extract<VisitorPush, { type: "light" }>, "type">

/** One connected chat box: a tab, in its site and group, of a visitor once they are known. There are ten thousand. */
export interface Box {
  accountId: AccountId
  siteId: SiteId
  siteKey: string
  /** What the tag names, and what the visitor chose or wrote to last. */
  tag: string | null
  chosen: GroupId | null
  /** Under which the conversation here is found. */
  groupId: GroupId | null
  tabId: string
  visitorId: VisitorId | null
  /** `<id>.<secret>`, as the box keeps it. */
  visitor: string | null
  conversationId: ConversationId | null
  /** What the box knows of it: it is closed. */
  ended: boolean
  /** What the box shows of who is in, as JSON, to be compared. */
  shows: string
  /** Number of the last event that the box knows of. */
  cursor: number
  /** Number of the event up to which its light is known: answers of the store may overtake each other. */
  lightCursor: number
  line: Connection<VisitorPush>
}

/** All connected chat boxes of this relay, and what each is told of what happens. */
export interface Boxes {
  /** `changesAt`: when what it shows may be different without any event. */
  join(box: Box, changesAt: Millis | null): void
  leave(box: Box): void
  /** The box's visitor or conversation is known now. */
  settle(box: Box, known: { visitorId?: VisitorId; conversationId?: ConversationId }): void
  /** This box's own message: it gets an ack, so only the visitor's other tabs get the message. */
  wrote(box: Box, conversationId: ConversationId, seq: number): void
  /** The boxes of the same visitor on this relay, this one among them. */
  tabsOf(box: Box): Box[]
  stop(): void
}

interface Account {
  boxes: Set<Box>
  byConversation: Map<ConversationId, Set<Box>>
  /** How to end listening to who writes in each of these. */
  looks: Map<ConversationId, () => void>
  byVisitor: Map<VisitorId, Set<Box>>
  /** The same events for all boxes: one listener. */
  listener: Listener
  leave: () => void
  /** Lights are being read, and are to be read again. */
  relighting: boolean
  relightAgain: boolean
  /** When hours open or close next, and how to give up waiting for it. */
  wakeAt: Millis | null
  giveUp: () => void
}

/** Until the next try, when the store did not answer. */
const PAUSE: Millis = SECOND
/** Boxes asked for, when a conversation began somewhere else; the others see it when they are loaded next. */
const MOST_ASKED = 200

export const createBoxes = ({
  store,
  clock,
  log,
  fanOut,
  typing,
}: House & { fanOut: FanOut; typing: TypingLine }): Boxes => {
  const accounts = new Map<AccountId, Account>()
  const ownMessages = new WeakMap<Box, Set<number>>()
  const pauses = new Set<ReturnType<typeof setTimeout>>()
  let stopped = false

  const accountOf = (box: Box): Account => {
    const found = accounts.get(box.accountId)
    if (found !== undefined) return found
    const account: Account = {
      boxes: new Set(),
      byConversation: new Map(),
      looks: new Map(),
      byVisitor: new Map(),
      listener: { cursor: box.cursor, tell: ({ event }) => hear(account, event) },
      leave: () => {},
      relighting: false,
      relightAgain: false,
      wakeAt: null,
      giveUp: () => {},
    }
    accounts.set(box.accountId, account)
    account.leave = fanOut.join(box.accountId, account.listener)
    return account
  }

  const hear = (account: Account, event: AgentEvent): void => {
    if (event.kind === "light" || event.kind === "settings") void relight(account)
    if (event.kind === "conversation") tellEnd(account, event)
    // Its visitor is nobody any more: what it still shows goes as it comes back.
    if (event.kind === "conversation" && event.why === "erased")
      for (const box of [...(account.byConversation.get(event.conversationId) ?? [])])
        box.line.close(CLOSE.anew, "come back")
    if (event.kind !== "message") return
    const known = account.byConversation.has(event.conversationId)
    if (known) tellMessage(account, event)
    // One embedded store has one relay, which knows whom it wrote for (see `wrote`).
    else if (store.dialect === "postgres" && event.message.seq === 1) void findFirst(account, event)
  }

  const tellEnd = (account: Account, event: Extract<AgentEvent, { kind: "conversation" }>): void => {
    const ended = event.state === "closed"
    for (const box of account.byConversation.get(event.conversationId) ?? []) {
      if (event.cursor <= box.cursor || box.ended === ended) continue
      box.ended = ended
      box.line.send({ type: "ended", ended })
    }
  }

  const tellMessage = (account: Account, event: Extract<AgentEvent, { kind: "message" }>): void => {
    const { seq, author, name, text, at, attachments } = event.message
    for (const box of account.byConversation.get(event.conversationId) ?? []) {
      if (event.cursor <= box.cursor) continue
      box.cursor = event.cursor
      if (ownMessages.get(box)?.delete(seq)) continue
      // Who wrote it, for a visitor, is "me": agents' names only.
      const said = { seq, author, name: author === "visitor" ? null : name, text, at }
      const message = attachments.length > 0 ? { ...said, attachments } : said
      box.line.send({ type: "message", message })
    }
  }

  /** A visitor's first message that came through another relay: they may have tabs here too. */
  const findFirst = async (account: Account, event: Extract<AgentEvent, { kind: "message" }>) => {
    const strangers = [...account.boxes].filter((box) => box.visitorId && box.conversationId === null)
    try {
      for (const box of strangers.slice(0, MOST_ASKED)) {
        const { siteKey, tag: groupId, chosen, visitor } = box
        const asked = { siteKey, groupId, chosen, visitor }
        const { conversationId } = await store.run("readBox", asked, clock.now())
        if (conversationId !== null) settle(box, { conversationId })
      }
      tellMessage(account, event)
    } catch (error) {
      log.warn({ err: error }, "the tabs of a new conversation could not be found")
    }
  }

  /**
   * What boxes show is read, once for all of the same place, and not put together from events: the light of a
   * site is on while that of any of its groups is, and hours say when it comes back.
   */
  const relight = async (account: Account): Promise<void> => {
    account.relightAgain = true
    if (account.relighting || stopped) return
    account.relighting = true
    try {
      while (account.relightAgain && !stopped) {
        account.relightAgain = false
        await relightAll(account)
      }
    } catch (error) {
      log.warn({ err: error }, "lights could not be read; trying again")
      const pause = setTimeout(() => {
        pauses.delete(pause)
        void relight(account)
      }, PAUSE)
      pauses.add(pause)
    } finally {
      account.relighting = false
    }
  }

  const relightAll = async (account: Account): Promise<void> => {
    const places = byPlace(account.boxes)
    const [first] = account.boxes
    if (first === undefined) return
    const { accountId } = first
    const asked = places.map(([{ siteId, tag, chosen }]) => ({ siteId, tag, chosen }))
    const read = await store.run("readLights", { accountId, places: asked }, clock.now(), "reading")
    const { lights, changesAt, cursor } = read
    wakeFor(account, changesAt)
    for (const [n, same] of places.entries()) {
      const light = lights[n]
      if (light)
        showAll(account, same, { on: light.on, opensAt: light.opensAt, groups: light.groups }, cursor)
    }
  }

  const showAll = (account: Account, same: readonly Box[], shows: Shown, cursor: number): void => {
    const text = JSON.stringify(shows)
    const push: VisitorPush = { type: "light", ...shows }
    for (const box of same) {
      // Gone meanwhile, or known better.
      if (!account.boxes.has(box) || cursor < box.lightCursor) continue
      box.lightCursor = cursor
      if (box.shows === text) continue
      box.shows = text
      box.line.send(push)
    }
  }

  /** Hours that open or close say so by nothing but the clock, when the light stays as it is. */
  const wakeFor = (account: Account, at: Millis | null): void => {
    account.giveUp()
    account.wakeAt = at
    account.giveUp =
      at === null || account.boxes.size === 0 ? () => {} : clock.wake(at, () => void relight(account))
  }

  /** The boxes of a conversation hear when an agent writes in it. */
  const place = (account: Account, conversationId: ConversationId, box: Box): void => {
    add(account.byConversation, conversationId, box)
    if (account.looks.has(conversationId)) return
    const stop = typing.look(box.accountId, conversationId, ({ agentId, name, on }) => {
      if (agentId === null) return
      const push: VisitorPush = { type: "typing", name: name ?? "", on }
      for (const one of account.byConversation.get(conversationId) ?? []) one.line.send(push)
    })
    account.looks.set(conversationId, stop)
  }

  const displace = (account: Account, conversationId: ConversationId, box: Box): void => {
    remove(account.byConversation, conversationId, box)
    if (account.byConversation.has(conversationId)) return
    account.looks.get(conversationId)?.()
    account.looks.delete(conversationId)
  }

  const settle: Boxes["settle"] = (box, { visitorId, conversationId }) => {
    const account = accountOf(box)
    if (visitorId !== undefined) {
      box.visitorId = visitorId
      add(account.byVisitor, visitorId, box)
    }
    if (conversationId !== undefined && conversationId !== box.conversationId) {
      if (box.conversationId !== null) displace(account, box.conversationId, box)
      box.conversationId = conversationId
      place(account, conversationId, box)
    }
  }

  const tabsOf = (box: Box): Box[] =>
    box.visitorId === null ? [box] : [...(accounts.get(box.accountId)?.byVisitor.get(box.visitorId) ?? [])]

  return {
    join: (box, changesAt) => {
      const account = accountOf(box)
      const [other] = account.boxes
      if (other) share(other, box)
      account.boxes.add(box)
      if (changesAt !== null && changesAt < (account.wakeAt ?? Number.POSITIVE_INFINITY))
        wakeFor(account, changesAt)
      if (box.visitorId !== null) add(account.byVisitor, box.visitorId, box)
      if (box.conversationId !== null) place(account, box.conversationId, box)
      if (box.cursor >= account.listener.cursor) return
      // Something was told to the others since this box was read: told again, and dropped by who had it.
      account.leave()
      account.listener.cursor = box.cursor
      account.leave = fanOut.join(box.accountId, account.listener)
    },
    leave: (box) => {
      const account = accounts.get(box.accountId)
      if (account === undefined) return
      account.boxes.delete(box)
      if (box.visitorId !== null) remove(account.byVisitor, box.visitorId, box)
      if (box.conversationId !== null) displace(account, box.conversationId, box)
      if (account.boxes.size > 0) return
      account.leave()
      account.giveUp()
      accounts.delete(box.accountId)
    },
    settle,
    wrote: (box, conversationId, seq) => {
      const mine = ownMessages.get(box) ?? new Set()
      ownMessages.set(box, mine.add(seq))
      for (const tab of tabsOf(box)) if (tab.groupId === box.groupId) settle(tab, { conversationId })
    },
    tabsOf,
    stop: () => {
      stopped = true
      for (const pause of pauses) clearTimeout(pause)
      for (const account of accounts.values()) account.giveUp()
    },
  }
}

/** Texts that two boxes have alike are kept once. */
const share = (from: Box, to: Box): void => {
  to.accountId = from.accountId
  if (to.siteId === from.siteId) to.siteId = from.siteId
  if (to.siteKey === from.siteKey) to.siteKey = from.siteKey
  if (to.tag === from.tag) to.tag = from.tag
  if (to.chosen === from.chosen) to.chosen = from.chosen
  if (to.groupId === from.groupId) to.groupId = from.groupId
  if (to.shows === from.shows) to.shows = from.shows
}

/** Boxes that show the same: of one site, tag and choice; at least one in each list. */
const byPlace = (boxes: Iterable<Box>): [Box, ...Box[]][] => {
  const places = new Map<string, [Box, ...Box[]]>()
  for (const box of boxes) {
    const place = `${box.siteId} ${box.chosen ?? ""} ${box.tag ?? ""}`
    const same = places.get(place)
    if (same === undefined) places.set(place, [box])
    else same.push(box)
  }
  return [...places.values()]
}

const add = <Key>(map: Map<Key, Set<Box>>, key: Key, box: Box): void => {
  const found = map.get(key)
  if (found === undefined) map.set(key, new Set([box]))
  else found.add(box)
}

const remove = <Key>(map: Map<Key, Set<Box>>, key: Key, box: Box): void => {
  const found = map.get(key)
  found?.delete(box)
  if (found?.size === 0) map.delete(key)
}
