import { describe, expect, it } from "vitest"
import { openMemory } from "../../relay/chatbox/memory.ts"
import type { Outgoing } from "../../relay/chatbox/state.ts"

const storage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

const outgoing = (key: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key,
  text: "hello",
  page: null,
  at: 1,
  afterSeq: 0,
  state: "sent",
  why: null,
  ...more,
})

describe("the box's memory", () => {
  it("brings back visitor, what was seen and what was on its way, oldest first, with the same keys", () => {
    const local = storage()
    const memory = openMemory("site-1", null, local, storage())
    memory.keepVisitor("vi_a.secret", null)
    memory.keepSeen(7)
    memory.keepOutgoing(outgoing("key-2", { at: 2 }))
    memory.keepOutgoing(outgoing("key-1", { at: 1 }))
    memory.keepOutgoing(outgoing("key-3", { at: 3, state: "failed" }))
    memory.keepOutgoing(outgoing("key-4", { at: 4 }))
    memory.settle("key-4")
    const back = openMemory("site-1", null, local, storage()).read()
    expect(back).toMatchObject({ visitor: "vi_a.secret", seenSeq: 7 })
    expect(back.outbox.map(({ key, state }) => [key, state])).toEqual([
      ["key-1", "waiting"],
      ["key-2", "waiting"],
      ["key-3", "failed"],
    ])
  })

  it("keeps sites apart", () => {
    const local = storage()
    openMemory("site-1", null, local, null).keepVisitor("vi_a.secret", null)
    expect(openMemory("site-2", null, local, null).read()).toEqual({ visitor: null, seenSeq: 0, outbox: [] })
  })

  it("knows one visitor over all groups, and a conversation for each", () => {
    const local = storage()
    const sales = openMemory("site-1", "gr_sales", local, null)
    sales.keepVisitor("vi_a.secret", null)
    sales.keepSeen(7)
    sales.keepOutgoing(outgoing("key-1"))
    const none = { visitor: "vi_a.secret", seenSeq: 0, outbox: [] }
    expect(openMemory("site-1", null, local, null).read()).toEqual(none)
    expect(openMemory("site-1", "gr_returns", local, null).read()).toEqual(none)
    expect(openMemory("site-1", "gr_sales", local, null).read()).toMatchObject({ seenSeq: 7 })
  })

  it("turns to the conversation of another group, and keeps what is open and half written", () => {
    const [local, session] = [storage(), storage()]
    const memory = openMemory("site-1", null, local, session)
    memory.keepTab("draft", "half a")
    memory.keepTab("group", "gr_sales")
    expect(memory.turnTo("gr_sales")).toEqual({ seenSeq: 0, outbox: [] })
    memory.keepSeen(7)
    memory.keepOutgoing(outgoing("key-1"))
    expect(memory.turnTo("gr_returns")).toEqual({ seenSeq: 0, outbox: [] })
    expect(memory.turnTo("gr_sales")).toMatchObject({ seenSeq: 7, outbox: [{ key: "key-1" }] })
    const next = openMemory("site-1", null, local, session)
    expect([next.readTab("draft"), next.readTab("group")]).toEqual(["half a", "gr_sales"])
    const tagged = openMemory("site-1", "gr_sales", local, session)
    expect([tagged.readTab("draft"), tagged.readTab("group")]).toEqual(["", ""])
  })

  it("keeps the visitor of the tab that was first", () => {
    const memory = openMemory("site-1", null, storage(), null)
    expect(memory.keepVisitor("vi_a.secret", null)).toBe("vi_a.secret")
    expect(memory.keepVisitor("vi_b.secret", null)).toBe("vi_a.secret")
    expect(memory.keepVisitor("vi_b.secret", "vi_a.secret")).toBe("vi_b.secret")
  })

  it("writes nothing by reading, and works where the browser denies storage", () => {
    const local = storage()
    openMemory("site-1", null, local, storage()).read()
    expect(local.length).toBe(0)
    const denied = openMemory("site-1", null, null, null)
    expect(denied.keepVisitor("vi_a.secret", null)).toBe("vi_a.secret")
    denied.keepTab("draft", "half a")
    expect(denied.read()).toEqual({ visitor: null, seenSeq: 0, outbox: [] })
  })
})
