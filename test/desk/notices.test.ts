import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Notices, type Notified, noticesOf, noticeTeller } from "../../shared/desk/notices.ts"
import type { WaitingView } from "../../shared/protocol/views.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import { aConversation } from "../extension/fixtures.ts"

const withWaiting = (waiting: WaitingView[], intent: Intent = "available") => ({
  waiting,
  waitingCount: waiting.length,
  me: { intent },
})
const one = aConversation("one")
const two = aConversation("two", { lastSeq: 4 })

describe("notifications on a device", () => {
  it("tell nothing of what waited already when somebody signs in", () => {
    const first = noticesOf(withWaiting([one]), null)
    expect(first).toEqual({ show: [], clear: [], notified: { [one.id]: 1 } })
    expect(noticesOf(withWaiting([one]), first.notified).show).toEqual([])
  })

  it("tell of a conversation once, however much is written, until it was opened", () => {
    const first = noticesOf(withWaiting([one]), {})
    expect(first.show).toEqual([one])
    const more = aConversation("one", { lastSeq: 2, unopened: 2 })
    const second = noticesOf(withWaiting([more, two]), first.notified)
    expect(second.show).toEqual([two])
    expect(second.clear).toEqual([])
    const opened = noticesOf(
      withWaiting([aConversation("one", { unopened: 0, opened: true }), two]),
      second.notified,
    )
    expect(opened.clear).toEqual([one.id])
    expect(
      noticesOf(withWaiting([aConversation("one", { lastSeq: 3 }), two]), opened.notified).show,
    ).toHaveLength(1)
  })

  it("go when anybody opens the conversation, and when it is gone", () => {
    const notified = { [one.id]: 1, [two.id]: 4 }
    const opened = aConversation("one", { opened: true })
    expect(noticesOf(withWaiting([opened]), notified)).toEqual({
      show: [],
      clear: [one.id, two.id],
      notified: {},
    })
  })

  it("stay for what is only crowded out of the names that are told", () => {
    const crowded = { ...withWaiting([two]), waitingCount: 6 }
    const { clear, notified } = noticesOf(crowded, { [one.id]: 1 })
    expect(clear).toEqual([])
    expect(notified).toEqual({ [one.id]: 1, [two.id]: 4 })
  })

  it("do not come for what an agent or the bot wrote", () => {
    expect(
      noticesOf(withWaiting([aConversation("one", { lastAuthor: "bot", lastSeq: 2 })]), {}).show,
    ).toEqual([])
  })

  it("leave in peace whoever chose unavailable, and tell them when they are back", () => {
    const quiet = noticesOf(withWaiting([one], "unavailable"), {})
    expect(quiet.show).toEqual([])
    expect(noticesOf(withWaiting([one]), quiet.notified).show).toEqual([one])
  })
})

describe("telling", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  let looking = false
  const board = (notified: Notified | null = {}) => {
    const applied: Pick<Notices, "show" | "clear">[] = []
    let kept = notified
    const teller = noticeTeller({
      notified: () => kept,
      remember: (next) => {
        kept = next
      },
      apply: (change) => applied.push(change),
      looking: () => looking,
    })
    return { teller, applied, kept: () => kept }
  }

  it("waits for who is just reading it: what was opened by then is not told", () => {
    const { teller, applied, kept } = board()
    teller.take(withWaiting([one, two]))
    vi.advanceTimersByTime(1_000)
    expect(applied).toEqual([])
    teller.take(withWaiting([aConversation("one", { unopened: 0, opened: true }), two]))
    vi.advanceTimersByTime(1_000)
    expect(applied).toEqual([{ show: [two], clear: [] }])
    expect(kept()).toEqual({ [two.id]: 4 })
  })

  it("waits half a minute where its person sits at another device, and no longer once they have left that", () => {
    const { teller, applied } = board()
    const at = (elsewhere: "present" | "gone") => ({
      ...withWaiting([one]),
      devices: [
        { own: true, presence: "gone" as const },
        { own: false, presence: elsewhere },
      ],
    })
    teller.take(at("present"))
    vi.advanceTimersByTime(20_000)
    teller.take(at("present"))
    vi.advanceTimersByTime(9_000)
    expect(applied).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(applied).toEqual([{ show: [one], clear: [] }])

    const second = board()
    second.teller.take(at("present"))
    second.teller.take(at("gone"))
    vi.advanceTimersByTime(2_000)
    expect(second.applied).toEqual([{ show: [one], clear: [] }])
  })

  it("tells who looks at the lists only once they look away, if it is not opened by then", () => {
    looking = true
    const { teller, applied } = board()
    teller.take(withWaiting([one]))
    vi.advanceTimersByTime(60_000)
    expect(applied).toEqual([])
    looking = false
    teller.lookedAway()
    vi.advanceTimersByTime(2_000)
    expect(applied).toEqual([{ show: [one], clear: [] }])
  })

  it("takes away at once, and tells nothing after it was stopped", () => {
    const { teller, applied } = board({ [one.id]: 1 })
    teller.take(withWaiting([two]))
    expect(applied).toEqual([{ show: [], clear: [one.id] }])
    teller.stop()
    vi.advanceTimersByTime(10_000)
    expect(applied).toHaveLength(1)
  })
})
