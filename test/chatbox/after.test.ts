import { describe, expect, it } from "vitest"
import { copyWaits } from "../../relay/chatbox/after.ts"
import { type Box, framesDue, type Happening, startBox, stepBox } from "../../relay/chatbox/state.ts"
import type { VisitorPush } from "../../shared/protocol/live.ts"
import type { BoxState } from "../../shared/protocol/views.ts"

/** What is around the talk: closed, rated, copied by mail, who the page says the visitor is. */

const WHO = { language: "en", zone: "UTC" } as const
const KNOWN = { visitor: "vi_a.secret", seenSeq: 0, outbox: [] }
const IDENTIFY = { type: "identify", said: "{}", signature: null } as const
const GOOD = { type: "rate", good: true, words: null } as const
const COPY = { type: "transcript" } as const

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
const pushed = (push: VisitorPush): Happening => ({ type: "pushed", push })
const welcome = (more: Partial<BoxState> = {}): Happening => pushed({ type: "welcome", box: state(more) })
const ask = (frame: typeof IDENTIFY | typeof GOOD | typeof COPY): Happening => ({ type: "ask", frame })
const given = (box: Box, ...happenings: Happening[]): Box => happenings.reduce(stepBox, box)
/** Sends all that is due; gives the box, and what was sent of these kinds. */
const send = (box: Box) => {
  const frames = framesDue(box, WHO)
  return {
    box: stepBox(box, { type: "sent", frames }),
    sent: frames.filter(({ type }) => type === "identify" || type === "rate" || type === "transcript"),
  }
}

describe("who the page says the visitor is", () => {
  it("is told to nobody before the visitor is known, then once on each connection", () => {
    const stranger = given(startBox({ ...KNOWN, visitor: null }), ask(IDENTIFY), welcome())
    expect(framesDue(stranger, WHO)).toEqual([])
    const opened = send(given(stranger, { type: "opened" })).box
    const first = send(given(opened, pushed({ type: "you", visitor: "vi_a.secret" })))
    expect(first.sent).toEqual([IDENTIFY])
    expect(send(first.box).sent).toEqual([])
    expect(send(given(first.box, { type: "lost" }, welcome())).sent).toEqual([IDENTIFY])
  })

  it("is what was said last, and goes along to another group's conversation", () => {
    const other = { ...IDENTIFY, said: '{"name":"Eve"}' }
    const box = given(startBox(KNOWN), welcome(), ask(IDENTIFY), { type: "ask", frame: other }, ask(GOOD))
    const moved = given(box, { type: "chose", group: "gr_b", kept: { seenSeq: 0, outbox: [] } })
    expect(send(given(moved, welcome())).sent).toEqual([other])
  })
})

describe("a rating", () => {
  it("shows at once, is told until it is stored, and is gone when the conversation goes on", () => {
    const asked = given(startBox(KNOWN), welcome({ ended: true }), ask(GOOD))
    expect([asked.after.ended, asked.after.rating]).toEqual([true, true])
    const first = send(asked)
    expect(first.sent).toEqual([GOOD])
    const again = send(given(first.box, { type: "lost" }, welcome({ ended: true })))
    expect(again.sent).toEqual([GOOD])
    const stored = given(again.box, pushed({ type: "rated", good: true }), { type: "lost" }, welcome())
    expect(send(stored).sent).toEqual([])
    const on = given(asked, pushed({ type: "ended", ended: false }))
    expect([on.after.ended, on.after.rating, on.after.asks]).toEqual([false, null, []])
  })
})

describe("a copy by mail", () => {
  it("waits for an address, and for that to be stored", () => {
    const asked = given(startBox(KNOWN), welcome(), ask(COPY))
    expect(copyWaits(asked)).toBe(true)
    expect(send(asked).sent).toEqual([])
    const leaving = given(asked, { type: "contact", address: "a@b.example" })
    expect(send(leaving).sent).toEqual([])
    const left = given(leaving, pushed({ type: "contact", address: "a@b.example", name: null }))
    expect([copyWaits(left), send(left).sent]).toEqual([false, [COPY]])
    const gone = given(send(left).box, pushed({ type: "mailed", to: "a@b.example" }))
    expect([gone.after.copied, send(given(gone, { type: "lost" }, welcome())).sent]).toEqual([
      "a@b.example",
      [],
    ])
  })

  it("is told of until the visitor writes on, and not of one who was erased meanwhile", () => {
    const gone = given(
      startBox(KNOWN),
      welcome({ address: "a@b.example" }),
      pushed({ type: "mailed", to: "a@b.example" }),
    )
    const message = { key: "k", text: "More", at: 0, page: null }
    expect(given(gone, { type: "wrote", message }).after.copied).toBeNull()
    expect(given(gone, welcome({ address: "a@b.example" })).after.copied).toBe("a@b.example")
    expect(given(gone, welcome()).after.copied).toBeNull()
  })

  it("that was refused says so, until the next one is asked for", () => {
    const refused = given(
      startBox(KNOWN),
      welcome({ address: "a@b.example" }),
      ask(COPY),
      pushed({ type: "refused", key: "transcript", code: "too-many", message: "later" }),
    )
    expect([refused.after.copied, refused.after.asks]).toEqual([false, []])
    expect(given(refused, ask(COPY)).after.copied).toBeNull()
  })

  it("that the relay cannot read is not sent again by itself", () => {
    const box = send(given(startBox(KNOWN), welcome({ address: "a@b.example" }), ask(COPY))).box
    expect(send(given(box, { type: "rejected" }, welcome({ address: "a@b.example" }))).sent).toEqual([])
  })
})
