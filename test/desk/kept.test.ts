import { beforeEach, describe, expect, it } from "vitest"
import { type KeepingPort, keepingPort } from "../../shared/desk/keeping-port.ts"
import { beyondBounds, type Kept, type KeptMeta } from "../../shared/desk/kept.ts"
import { type DeskNews, type DeskPort, Unreachable } from "../../shared/desk/port.ts"
import type { ConversationView, ToolbarState } from "../../shared/protocol/views.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { aToolbar } from "../extension/fixtures.ts"

const one = (name: string, at: number, size = 10): KeptMeta => ({ name: `conversation.${name}`, at, size })

describe("what is kept for reading without a connection", () => {
  const limits = { count: 3, size: 100, one: 60 }

  it("is so many conversations at most, those read last", () => {
    const all = [one("a", 1), one("b", 4), one("c", 3), one("d", 2)]
    expect(beyondBounds(all, limits)).toEqual(["conversation.a"])
  })

  it("is so much at most, and nothing that alone would take most of it", () => {
    expect(beyondBounds([one("a", 1, 50), one("b", 2, 40), one("c", 3, 20)], limits)).toEqual([
      "conversation.a",
    ])
    expect(beyondBounds([one("a", 1, 61)], limits)).toEqual(["conversation.a"])
  })

  it("never drops lists and the toolbar", () => {
    const lists = ["toolbar", "list.all", "list.mine", "who"].map((name) => ({ name, at: 0, size: 1000 }))
    expect(beyondBounds(lists, limits)).toEqual([])
  })
})

const ID = "co_aaaaaaaaaaaaaaaaaaaa" as ConversationId

describe("a port that keeps what it reads", () => {
  let things: Map<string, { value: unknown; at: number }>
  let now: number
  let reached: boolean
  let tell: (news: DeskNews) => void
  let port: KeepingPort
  let reported: unknown[]
  let broken: boolean

  const kept: Kept = {
    get: async (name) => (things.get(name) as never) ?? null,
    put: async (name, value, at) => {
      if (broken) throw new Error("no room")
      things.set(name, { value: structuredClone(value), at })
    },
    wipe: async () => things.clear(),
  }
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  let toolbar: ToolbarState

  beforeEach(() => {
    things = new Map()
    now = 1000
    reached = true
    broken = false
    reported = []
    toolbar = aToolbar({ now: 50_000 })
    const read = async <T>(value: T): Promise<T> => {
      if (!reached) throw new Unreachable("network", "not reached")
      return value
    }
    const relay = {
      relay: "https://relay.example",
      toolbar: () => read(toolbar),
      conversations: () => read({ conversations: [], counts: {}, next: null }),
      conversation: (id: string) => read({ id, excerpt: "first" }),
      live: (listener: (news: DeskNews) => void) => {
        tell = listener
        return () => undefined
      },
    }
    port = keepingPort(relay as unknown as DeskPort, {
      kept,
      now: () => now,
      report: (error) => reported.push(error),
    })
  })

  it("gives back without a connection what it read last, and says from when that is", async () => {
    await port.toolbar()
    await port.conversation(ID)
    await settled()
    now = 61_000
    reached = false
    expect(await port.conversation(ID)).toMatchObject({ excerpt: "first" } as Partial<ConversationView>)
    expect(port.keptFrom()).toBe(1000)
    expect(await port.toolbar()).toMatchObject({ me: toolbar.me, now: 110_000 })
    reached = true
    await port.conversation(ID)
    expect(port.keptFrom()).toBeNull()
  })

  it("has nothing of what was never read, and no answer of its own to a refusal", async () => {
    reached = false
    await expect(port.conversation(ID)).rejects.toThrow(Unreachable)
    expect(port.keptFrom()).toBeNull()
    reached = true
    await port.conversation(ID)
    await settled()
    const refusing = keepingPort(
      { conversation: () => Promise.reject(new Refusal("not-found", "gone")) } as unknown as DeskPort,
      { kept, now: () => now, report: () => undefined },
    )
    await expect(refusing.conversation(ID)).rejects.toThrow(Refusal)
  })

  it("keeps nothing of another agent", async () => {
    await port.toolbar()
    await port.conversation(ID)
    await settled()
    toolbar = aToolbar({ me: { ...toolbar.me, id: "ag_Ben" as never } })
    port.live(() => undefined)
    tell({ type: "toolbar", toolbar })
    await settled()
    expect([...things.keys()].sort()).toEqual(["toolbar", "who"])
    reached = false
    await expect(port.conversation(ID)).rejects.toThrow(Unreachable)
  })

  it("leaves nothing when it is told to forget, whatever is still on its way", async () => {
    await port.toolbar()
    const reading = port.conversation(ID)
    const forgotten = port.forget()
    await reading
    await forgotten
    await settled()
    expect(things.size).toBe(0)
  })

  it("goes on where nothing can be kept", async () => {
    broken = true
    expect(await port.conversation(ID)).toMatchObject({ id: ID })
    await settled()
    expect(reported).toHaveLength(1)
  })
})
