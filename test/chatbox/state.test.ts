import { describe, expect, it } from "vitest"
import { asksForAddress, mustChoose, shownOutbox, unread } from "../../relay/chatbox/shown.ts"
import { type Box, framesDue, type Happening, startBox, stepBox } from "../../relay/chatbox/state.ts"
import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"
import type { BoxMessage, BoxState } from "../../shared/protocol/views.ts"
import type { GroupId } from "../../shared/words/ids.ts"

const WHO = { language: "en", zone: "Europe/Prague" } as const
const NEW = { visitor: null, seenSeq: 0, outbox: [] }
const KNOWN = { visitor: "vi_a.secret", seenSeq: 0, outbox: [] }

const state = (more: Partial<BoxState> = {}): BoxState => ({
  light: true,
  opensAt: null,
  groupId: null,
  groups: [],
  siteName: "Shop",
  language: "en",
  messages: [],
  seenSeq: 0,
  address: null,
  ended: false,
  rating: null,
  ...more,
})
const welcome = (more: Partial<BoxState> = {}): Happening => ({
  type: "pushed",
  push: { type: "welcome", box: state(more) },
})
const message = (seq: number, more: Partial<BoxMessage> = {}): BoxMessage => ({
  seq,
  author: "agent",
  name: "Ada",
  text: `message ${seq}`,
  at: seq,
  ...more,
})
const said = (seq: number, more: Partial<BoxMessage> = {}): Happening => ({
  type: "pushed",
  push: { type: "message", message: message(seq, more) },
})
const wrote = (key: string, text = "hello"): Happening => ({
  type: "wrote",
  message: { key, text, page: null, at: 1 },
})
const ack = (key: string, seq: number): Happening => ({
  type: "pushed",
  push: { type: "ack", key, message: message(seq, { author: "visitor", name: null, text: "hello" }) },
})

const light = (on: boolean, opensAt: number | null = null): Extract<VisitorPush, { type: "light" }> => ({
  type: "light",
  on,
  opensAt,
  groups: [],
})

const given = (box: Box, ...happenings: Happening[]): Box => happenings.reduce(stepBox, box)

/** Sends all that is due, as the frame does; returns the box and what was sent. */
const send = (box: Box): { box: Box; frames: VisitorFrame[] } => {
  const frames = framesDue(box, WHO)
  return { box: stepBox(box, { type: "sent", frames }), frames }
}

describe("a box that was never opened", () => {
  it("tells the relay nothing of the visitor", () => {
    const box = given(startBox(NEW), welcome(), said(1))
    expect(framesDue(box, WHO)).toEqual([])
  })

  it("counts what was not seen", () => {
    expect(unread(given(startBox(KNOWN), welcome({ messages: [message(1), message(2)], seenSeq: 1 })))).toBe(
      1,
    )
  })
})

describe("opening", () => {
  it("introduces the visitor once a connection, and writes only when they are known", () => {
    const first = send(given(startBox(NEW), welcome(), { type: "opened" }, wrote("key-1")))
    expect(first.frames).toEqual([{ type: "open", ...WHO }])
    expect(framesDue(first.box, WHO)).toEqual([])
    const known = given(first.box, { type: "pushed", push: { type: "you", visitor: "vi_a.secret" } })
    expect(framesDue(known, WHO)).toEqual([{ type: "write", key: "key-1", text: "hello", page: null }])
  })

  it("marks as seen what is shown, only while the page is visible", () => {
    const hidden = given(
      startBox(KNOWN),
      { type: "hidden" },
      { type: "opened" },
      welcome({ messages: [message(3)] }),
    )
    const away = send(hidden)
    expect(away.frames.map(({ type }) => type)).toEqual(["open"])
    expect(unread(away.box)).toBe(1)
    const { box, frames } = send(stepBox(away.box, { type: "visible" }))
    expect(frames).toEqual([{ type: "seen", seq: 3 }])
    expect(unread(box)).toBe(0)
    expect(framesDue(box, WHO)).toEqual([])
  })
})

describe("a message on its way", () => {
  const live = send(given(startBox(KNOWN), welcome(), { type: "opened" })).box

  it("is sent once, and gone from the outbox when it is acknowledged", () => {
    const { box, frames } = send(stepBox(live, wrote("key-1")))
    expect(frames).toHaveLength(1)
    expect(framesDue(box, WHO)).toEqual([])
    const acked = stepBox(box, ack("key-1", 1))
    expect(acked.outbox).toEqual([])
    expect(acked.messages.map(({ text }) => text)).toEqual(["hello"])
  })

  it("is sent again with the same key after the connection broke", () => {
    const { box } = send(stepBox(live, wrote("key-1")))
    const lost = stepBox(box, { type: "lost" })
    expect(framesDue(lost, WHO)).toEqual([])
    expect(framesDue(stepBox(lost, welcome()), WHO)).toEqual([
      { type: "open", ...WHO },
      { type: "write", key: "key-1", text: "hello", page: null },
    ])
  })

  it("is not shown twice when it comes back before its acknowledgement", () => {
    const { box } = send(stepBox(live, wrote("key-1")))
    const back = stepBox(box, said(1, { author: "visitor", name: null, text: "hello" }))
    expect(shownOutbox(back)).toEqual([])
    expect(back.outbox).toHaveLength(1)
  })

  it("is shown beside an older message of the same words", () => {
    const before = stepBox(live, said(1, { author: "visitor", name: null, text: "hello" }))
    expect(shownOutbox(stepBox(before, wrote("key-2")))).toHaveLength(1)
  })

  it("fails with the relay's reason, is tried again by hand, or thrown away", () => {
    const { box } = send(stepBox(live, wrote("key-1")))
    const push = { type: "refused", key: "key-1", code: "too-many", message: "" } as const
    const failed = stepBox(box, { type: "pushed", push })
    expect(failed.outbox[0]).toMatchObject({ state: "failed", why: "too-many" })
    expect(framesDue(failed, WHO)).toEqual([])
    expect(framesDue(stepBox(failed, { type: "retried", key: "key-1" }), WHO)).toMatchObject([
      { key: "key-1" },
    ])
    expect(stepBox(failed, { type: "discarded", key: "key-1" }).outbox).toEqual([])
  })

  it("is not sent for ever when the relay cannot read it", () => {
    const { box } = send(stepBox(live, wrote("key-1")))
    const again = given(box, { type: "rejected" }, welcome())
    expect(again.outbox[0]?.state).toBe("failed")
    expect(framesDue(again, WHO).map(({ type }) => type)).toEqual(["open"])
  })

  it("leaves the outbox when another tab has brought it through", () => {
    const { box } = send(stepBox(live, wrote("key-1")))
    expect(stepBox(box, { type: "elsewhere", settled: "key-1" }).outbox).toEqual([])
  })

  it("is posted by whom the relay takes them for, when it has forgotten who they were", () => {
    const { box, frames } = send(
      stepBox(given(startBox({ ...KNOWN, seenSeq: 9 }), welcome()), wrote("key-1")),
    )
    expect(frames.map(({ type }) => type)).toEqual(["open", "write"])
    const you = { type: "you", visitor: "vi_b.secret" } as const
    expect(stepBox(box, { type: "pushed", push: you })).toMatchObject({ visitor: "vi_b.secret", seenSeq: 0 })
  })

  it("fails when no more visitors are let in, and asks again with the next try", () => {
    const { box } = send(given(startBox(NEW), welcome(), wrote("key-1")))
    const push = { type: "refused", key: null, code: "too-many", message: "" } as const
    const failed = stepBox(box, { type: "pushed", push })
    expect(failed.outbox[0]).toMatchObject({ state: "failed", why: "too-many" })
    expect(framesDue(failed, WHO)).toEqual([])
    expect(framesDue(stepBox(failed, { type: "retried", key: "key-1" }), WHO)).toMatchObject([
      { type: "open" },
    ])
  })
})

describe("an address for answers", () => {
  const live = send(given(startBox(KNOWN), welcome({ light: false }), { type: "opened" })).box

  it("goes before the message, so that the decision about it knows the address", () => {
    const { frames } = send(given(live, wrote("key-1"), { type: "contact", address: "a@b.example" }))
    expect(frames.map(({ type }) => type)).toEqual(["contact", "write"])
  })

  it("is asked for while nobody is here, and while only the bot has answered", () => {
    const asks = (light: boolean, ...authors: BoxMessage["author"][]): boolean => {
      const messages = authors.map((author, n) => message(n + 1, { author }))
      return asksForAddress(given(startBox(KNOWN), welcome({ light, messages })))
    }
    expect([asks(false), asks(true, "visitor", "bot", "visitor")]).toEqual([true, true])
    expect([asks(true), asks(true, "visitor"), asks(true, "visitor", "bot", "agent")]).toEqual([
      false,
      false,
      false,
    ])
  })

  it("is known when the relay says so; refused, it is asked again", () => {
    const { box } = send(stepBox(live, { type: "contact", address: "a@b.example" }))
    const kept = { type: "contact", address: "a@b.example", name: null } as const
    expect(stepBox(box, { type: "pushed", push: kept })).toMatchObject({
      address: "a@b.example",
      contact: null,
    })
    const refused = { type: "refused", key: null, code: "bad-input", message: "" } as const
    expect(stepBox(box, { type: "pushed", push: refused })).toMatchObject({
      contactRefused: true,
      contact: null,
    })
  })
})

describe("the light", () => {
  it("follows the relay, and is unknown when nothing was heard for a while", () => {
    const off = given(startBox(NEW), welcome(), { type: "pushed", push: light(false) })
    expect(off.light).toBe(false)
    const lost = stepBox(off, { type: "lost" })
    expect(lost.light).toBe(false)
    expect(stepBox(lost, { type: "unsure" }).light).toBe(null)
    expect(given(lost, welcome(), { type: "unsure" }).light).toBe(true)
  })
})

describe("several tabs", () => {
  it("share who the visitor is and what was seen", () => {
    const box = given(startBox(NEW), welcome({ messages: [] }), said(1), said(2))
    const heard = given(box, { type: "elsewhere", visitor: "vi_a.secret" }, { type: "elsewhere", seenSeq: 2 })
    expect(heard.visitor).toBe("vi_a.secret")
    expect(unread(heard)).toBe(0)
    expect(stepBox(heard, { type: "elsewhere", seenSeq: 1 }).seenSeq).toBe(2)
  })

  it("order messages by number and take each once", () => {
    const box = given(startBox(KNOWN), welcome(), said(2), said(1), said(2))
    expect(box.messages.map(({ seq }) => seq)).toEqual([1, 2])
  })
})

describe("when the light goes off", () => {
  it("says so in a box that is open, and when somebody is back", () => {
    const off = given(startBox(NEW), welcome(), { type: "opened" }, { type: "pushed", push: light(false, 9) })
    expect(off).toMatchObject({ light: false, wentOff: true, opensAt: 9 })
    expect(stepBox(off, { type: "pushed", push: light(true) })).toMatchObject({
      wentOff: false,
      opensAt: null,
    })
  })

  it("negative control: not in one that is closed, or was opened in the dark", () => {
    const closed = given(startBox(NEW), welcome(), { type: "pushed", push: light(false) })
    expect(closed.wentOff).toBe(false)
    const dark = given(
      startBox(NEW),
      welcome({ light: false }),
      { type: "opened" },
      welcome({ light: false }),
    )
    expect(dark.wentOff).toBe(false)
    const off = given(startBox(NEW), welcome(), { type: "opened" }, { type: "pushed", push: light(false) })
    expect(stepBox(off, { type: "closed" }).wentOff).toBe(false)
  })
})

describe("a choice of groups", () => {
  const sales = { id: "gr_a" as GroupId, name: "Sales", on: true }
  const returns = { id: "gr_b" as GroupId, name: "Returns", on: false }
  const groups = [sales, returns]
  const nothing = { seenSeq: 0, outbox: [] }
  const choose = (group: GroupId): Happening => ({ type: "chose", group, kept: nothing })
  const asked = send(given(startBox(KNOWN), welcome({ groups }), { type: "opened" })).box

  it("comes before the first message, and not after it", () => {
    expect(mustChoose(asked)).toBe(true)
    expect(mustChoose(given(asked, choose(sales.id)))).toBe(false)
    expect(mustChoose(given(startBox(KNOWN), welcome({ groups, messages: [message(1)] })))).toBe(false)
    expect(mustChoose(given(startBox(KNOWN), welcome()))).toBe(false)
  })

  it("shows the light of the group at once, and tells the relay before anything else", () => {
    const chosen = given(asked, choose(returns.id), wrote("key-1"))
    expect(chosen).toMatchObject({ group: returns.id, light: false })
    const { box, frames } = send(chosen)
    expect(frames).toEqual([{ type: "group", group: returns.id }])
    expect(framesDue(box, WHO)).toEqual([])
    const there = stepBox(box, welcome({ groups, groupId: returns.id, light: false }))
    expect(framesDue(there, WHO)).toEqual([{ type: "write", key: "key-1", text: "hello", page: null }])
  })

  it("is said with the next hello where the line broke", () => {
    const lost = given(asked, choose(sales.id), { type: "lost" })
    expect(lost).toMatchObject({ group: sales.id, choice: null })
    expect(framesDue(stepBox(lost, welcome({ groups, groupId: sales.id })), WHO)[0]?.type).toBe("open")
  })

  it("brings another conversation; the same one again changes nothing", () => {
    const inSales = given(
      asked,
      choose(sales.id),
      welcome({ groups, groupId: sales.id, messages: [message(1)] }),
    )
    const again = given(inSales, { type: "choosing" }, choose(sales.id))
    expect(again).toMatchObject({ choosing: false, choice: null, messages: inSales.messages })
    const inReturns = given(inSales, { type: "choosing" }, choose(returns.id))
    expect(inReturns).toMatchObject({ choosing: false, choice: "due", messages: [] })
  })

  it("is where the visitor last wrote, with what is on its way", () => {
    const early = given(startBox(KNOWN), wrote("key-1"))
    const moved = given(early, { type: "moved", group: sales.id, kept: { seenSeq: 4, outbox: [] } })
    expect(moved).toMatchObject({ group: sales.id, seenSeq: 4 })
    expect(moved.outbox.map(({ key }) => key)).toEqual(["key-1"])
  })
})
