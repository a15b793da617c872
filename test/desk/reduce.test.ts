import { describe, expect, it } from "vitest"
import { type DeskAction, reduce, staleAfter } from "../../shared/desk/reduce.ts"
import { type DeskState, initialState } from "../../shared/desk/state.ts"
import type { ConversationSummary } from "../../shared/protocol/views.ts"
import type { DeliveryId } from "../../shared/words/ids.ts"
import { BEN, event, ME, message, ONE, summary, TWO, toolbar, view } from "./samples.ts"

const deskAfter = (actions: DeskAction[], from: DeskState = initialState()): DeskState =>
  actions.reduce(reduce, from)

const counts = { unserved: 2, mine: 0, all: 2 }
const shown = deskAfter([
  { type: "toolbar", toolbar: toolbar(), at: 4000 },
  {
    type: "list-read",
    list: "unserved",
    older: false,
    page: { conversations: [summary(TWO, { lastAt: 2000 }), summary(ONE)], counts, next: null },
  },
  { type: "opened", id: ONE },
  { type: "conversation-read", view: view(ONE) },
])

describe("live messages", () => {
  const come = (seq: number, change = {}) =>
    event({ kind: "message", conversationId: ONE, message: message(seq, change) })

  it("stand in the open conversation and lift it to the top of the list", () => {
    const next = reduce(shown, { type: "event", event: come(3, { at: 9000 }) })
    expect(next.open?.view?.messages.map(({ seq }) => seq)).toEqual([1, 3])
    const [first] = next.lists.unserved.conversations ?? []
    expect(first).toMatchObject({ id: ONE, excerpt: "message 3", lastSeq: 3, unopened: 2 })
  })

  it("take their place by their number, each once, however often they come", () => {
    const next = deskAfter(
      [3, 2, 3, 2].map((seq) => ({ type: "event", event: come(seq) })),
      shown,
    )
    expect(next.open?.view?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(next.lists.unserved.conversations?.find(({ id }) => id === ONE)?.unopened).toBe(2)
  })

  it("are not lost by a reading that began before them", () => {
    const next = deskAfter(
      [
        { type: "event", event: come(2) },
        { type: "conversation-read", view: view(ONE) },
      ],
      shown,
    )
    expect(next.open?.view?.messages.map(({ seq }) => seq)).toEqual([1, 2])
  })

  it("do not touch a conversation that is not open", () => {
    const other = event({ kind: "message", conversationId: TWO, message: message(2) })
    expect(reduce(shown, { type: "event", event: other }).open).toBe(shown.open)
  })
})

describe("lists", () => {
  it("lose what no longer belongs to them", () => {
    const joined = event({ kind: "conversation", conversationId: ONE, state: "mine", why: "joined" })
    const next = reduce(shown, { type: "event", event: joined })
    expect(next.lists.unserved.conversations?.map(({ id }) => id)).toEqual([TWO])
    expect(next.open?.view?.state).toBe("mine")
  })

  const many = (count: number, from = 10_000) =>
    Array.from({ length: count }, (_, at) =>
      summary(`co_${String(from - at).padStart(20, "c")}` as typeof ONE, { lastAt: from - at }),
    )
  const read = (conversations: ConversationSummary[], next: string | null, older = false): DeskAction => ({
    type: "list-read",
    list: "all",
    older,
    page: { conversations, counts, next },
  })
  const ids = (state: DeskState) => state.lists.all.conversations?.map(({ id }) => id)
  const listed = (one: ConversationSummary, lists: ("unserved" | "mine" | "all")[]): DeskAction => ({
    type: "listed",
    asked: [one.id],
    listed: { conversations: [{ summary: one, lists }], counts: { unserved: 9, mine: 8, all: 7 } },
  })

  it("keep what was read below a first page that is read again", () => {
    const two = deskAfter([read(many(50), "more"), read([summary(ONE, { lastAt: 5 })], null, true)])
    expect(two.lists.all).toMatchObject({ next: null })
    expect(two.lists.all.conversations).toHaveLength(51)
    const again = reduce(two, read(many(50), "more"))
    expect(ids(again)?.at(-1)).toBe(ONE)
    expect(again.lists.all.next).toBeNull()
    expect(reduce(again, read([summary(TWO)], null)).lists.all.conversations).toHaveLength(1)
  })

  it("and let it go where the two do not meet: what lies between them nobody has read", () => {
    const two = deskAfter([read(many(50), "more"), read([summary(ONE, { lastAt: 5 })], null, true)])
    const later = reduce(two, read(many(50, 90_000), "later"))
    expect(later.lists.all.conversations).toHaveLength(50)
    expect(later.lists.all.next).toBe("later")
  })

  it("take a conversation that was read again at its place, and count as the relay does", () => {
    const state = deskAfter([read(many(3), null)])
    const [first, , third] = many(3)
    const up = reduce(state, listed({ ...third!, lastAt: 20_000 }, ["all"]))
    expect(ids(up)?.[0]).toBe(third!.id)
    expect(up.counts).toEqual({ unserved: 9, mine: 8, all: 7 })
    expect(ids(reduce(up, listed({ ...first!, lastAt: 1 }, ["all"])))?.at(-1)).toBe(first!.id)
    expect(ids(reduce(up, listed(first!, ["mine"])))).not.toContain(first!.id)
    const gone: DeskAction = { type: "listed", asked: [first!.id], listed: { conversations: [], counts } }
    expect(ids(reduce(up, gone))).toHaveLength(2)
  })

  it("leave to its page what belongs below what was read", () => {
    const state = deskAfter([read(many(3), "more")])
    expect(ids(reduce(state, listed(summary(ONE, { lastAt: 1 }), ["all"])))).toHaveLength(3)
    expect(ids(reduce(state, listed(summary(ONE, { lastAt: 9999 }), ["all"])))).toHaveLength(4)
  })

  it("are to be read again once nobody could tell what happened", () => {
    const state = deskAfter([read(many(3), null), { type: "lists-stale" }])
    expect(state.lists.all.stale).toBe(true)
    expect(reduce(state, read(many(3), null)).lists.all.stale).toBe(false)
  })

  it("stay as they were when a reading fails, with the reason beside them", () => {
    const problem = { kind: "unreachable", why: "network" } as const
    const next = reduce(shown, { type: "list-failed", list: "unserved", problem })
    expect(next.lists.unserved.conversations).toHaveLength(2)
    expect(next.lists.unserved.problem).toEqual(problem)
  })

  it("count nothing as unopened once the watermark is set", () => {
    const next = reduce(shown, { type: "watermark", id: ONE })
    expect(next.lists.unserved.conversations?.map(({ unopened }) => unopened)).toEqual([1, 0])
    expect(next.open?.view?.unopened).toBe(0)
  })
})

describe("the intent", () => {
  const now = (intent: "busy" | "available" | "unavailable", version: number): DeskAction => ({
    type: "intent-is",
    now: { intent, version, until: null },
  })

  it("is what the newest version says, in whatever order news of it come", () => {
    const next = deskAfter([now("busy", 3), now("available", 2)], shown)
    expect(next.toolbar?.me).toMatchObject({ intent: "busy", intentVersion: 3 })
    const pushed = reduce(next, { type: "toolbar", toolbar: toolbar({ intentVersion: 2 }), at: 0 })
    expect(pushed.toolbar?.me).toMatchObject({ intent: "busy", intentVersion: 3 })
  })

  it("is wanted until the relay has it, and given up when it refuses", () => {
    const wish = { intent: "busy", until: "1-hour" } as const
    const wanted = reduce(shown, { type: "intent-wanted", wish })
    expect(wanted.wantedIntent).toBe(wish)
    const saved = { intent: "busy", version: 2, until: 9000 } as const
    expect(reduce(wanted, { type: "intent-is", now: saved, saved: wish })).toMatchObject({
      wantedIntent: null,
      toolbar: { me: { intent: "busy", intentUntil: 9000, intentBack: "available" } },
    })
    // The answer to an earlier choice does not end what was chosen since.
    const earlier = { intent: "busy", until: null } as const
    expect(reduce(wanted, { type: "intent-is", now: saved, saved: earlier }).wantedIntent).toBe(wish)
    const refused = { kind: "refused", code: "stale", message: "" } as const
    const failed = reduce(wanted, { type: "intent-failed", problem: refused })
    expect(failed).toMatchObject({ wantedIntent: null, mishap: { what: "intent" } })
  })

  it("follows one's own other devices, not a colleague's", () => {
    const change = (agentId: typeof ME) =>
      event({ kind: "intent", agentId, intent: "unavailable", version: 7, by: "person", until: null })
    expect(reduce(shown, { type: "event", event: change(BEN) }).toolbar?.me.intent).toBe("available")
    expect(reduce(shown, { type: "event", event: change(ME) }).toolbar?.me.intent).toBe("unavailable")
  })
})

describe("drafts and unsent answers", () => {
  const answer = {
    key: "k1",
    conversationId: ONE,
    text: "hello",
    at: 0,
    state: "waiting" as const,
    problem: null,
    seen: false,
  }

  it("a written answer takes its draft away, and goes when it is posted", () => {
    const written = deskAfter(
      [
        { type: "draft", id: ONE, text: "hello" },
        { type: "draft", id: TWO, text: "other" },
        { type: "answer-written", answer },
      ],
      shown,
    )
    expect(written.drafts).toEqual({ [TWO]: "other" })
    const posted = reduce(written, {
      type: "answer-posted",
      key: "k1",
      conversationId: ONE,
      message: message(2, { author: "agent", text: "hello" }),
    })
    expect(posted.pending).toEqual([])
    expect(posted.open?.view?.messages).toHaveLength(2)
  })

  it("a live message hides the answer that it is, not another one", () => {
    const sending = deskAfter(
      [
        { type: "answer-written", answer },
        { type: "answer-written", answer: { ...answer, key: "k2", text: "more" } },
        { type: "answer-changed", key: "k1", state: "sending", problem: null },
      ],
      shown,
    )
    const live = event({
      kind: "message",
      conversationId: ONE,
      message: message(2, { author: "agent", text: "hello" }),
    })
    expect(reduce(sending, { type: "event", event: live }).pending.map(({ seen }) => seen)).toEqual([
      true,
      false,
    ])
  })
})

describe("what an event makes worth reading again", () => {
  it("is the open conversation only when it is about that", () => {
    const delivery = (conversationId: typeof ONE) =>
      event({ kind: "delivery", deliveryId: "dl_x" as DeliveryId, conversationId, state: "delivered" })
    expect(staleAfter(delivery(ONE), ONE)).toEqual({ lists: null, open: true })
    expect(staleAfter(delivery(TWO), ONE)).toEqual({ lists: null, open: false })
  })

  it("is nothing for what the toolbar brings", () => {
    const light = event({ kind: "light", groupId: null, on: true })
    expect(staleAfter(light, ONE)).toEqual({ lists: null, open: false })
  })
})

it("another conversation begins empty, the same one stays", () => {
  expect(reduce(shown, { type: "opened", id: ONE })).toBe(shown)
  expect(reduce(shown, { type: "opened", id: TWO }).open).toMatchObject({ id: TWO, view: null })
})

it("the relay's clock is known from what it says", () => {
  expect(shown.clockOffset).toBe(1000)
})
