import { beforeEach, describe, expect, it } from "vitest"
import { type DeskStorage, memoryOf } from "../../shared/desk/memory.ts"
import { outbox } from "../../shared/desk/outbox.ts"
import { knownFor, type PendingAnswer } from "../../shared/desk/pending.ts"
import type { DeskPort } from "../../shared/desk/port.ts"
import { problemOf } from "../../shared/desk/problem.ts"
import { reduce } from "../../shared/desk/reduce.ts"
import { type DeskState, initialState } from "../../shared/desk/state.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import type { KnownState } from "../../shared/words/meanwhile.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE } from "../../shared/words/time.ts"

const ID = "co_aaaaaaaaaaaaaaaaaaaa" as ConversationId
const KNOWN: KnownState = { seq: 3, state: "unserved", joinedBy: null }

const answer = (change: Partial<PendingAnswer> = {}): PendingAnswer => ({
  key: "k1",
  conversationId: ID,
  text: "We do.",
  at: 0,
  state: "waiting",
  problem: null,
  seen: false,
  known: KNOWN,
  ...change,
})

const storageOf = (things: Map<string, string>): DeskStorage => ({
  getItem: (key) => things.get(key) ?? null,
  setItem: (key, value) => void things.set(key, value),
  removeItem: (key) => void things.delete(key),
  key: (at) => [...things.keys()][at] ?? null,
  get length() {
    return things.size
  },
})

describe("what the relay compares a late answer with", () => {
  it("is how the conversation stood; nothing for one that goes at once, or that somebody is sure of", () => {
    expect(knownFor(answer(), MINUTE)).toBeUndefined()
    expect(knownFor(answer(), MINUTE + 1)).toEqual(KNOWN)
    expect(knownFor(answer({ sure: true }), MINUTE + 1)).toBeUndefined()
  })
})

describe("the queue of unsent answers", () => {
  let things: Map<string, string>
  let state: DeskState
  let sent: (KnownState | undefined)[]
  let refuse: Refusal | null

  const open = (now: number) => {
    const memory = memoryOf(storageOf(things), "ag_a" as never)
    state = { ...initialState(), ...memory.recall(now) }
    const port = {
      answer: async (_: string, __: string, ___: string, ____: unknown, known?: KnownState) => {
        sent.push(known)
        if (refuse) throw refuse
        return { seq: 4 }
      },
    } as unknown as DeskPort
    return outbox({
      port,
      state: () => state,
      act: (action) => {
        state = reduce(state, action)
      },
      attempt: (call, failed) => call().catch((error: unknown) => failed(problemOf(error))),
      memory: () => memory,
      now: () => now,
    })
  }
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

  beforeEach(() => {
    things = new Map()
    sent = []
    refuse = null
    memoryOf(storageOf(things), "ag_a" as never).keepAnswer(answer())
  })

  it("outlives the page, and then asks whether something has happened", async () => {
    open(5 * MINUTE).sendWaiting()
    await settled()
    expect(sent).toEqual([KNOWN])
    expect(state.pending).toEqual([])
    expect(things.size).toBe(0)
  })

  it("says what has happened, keeps the answer through another restart, and sends it when its writer is sure", async () => {
    refuse = new Refusal("stale", "changed", { what: "answered", who: "Ben" })
    open(5 * MINUTE).sendWaiting()
    await settled()
    const held = { state: "held", meanwhile: { what: "answered", who: "Ben" } }
    expect(state.pending).toMatchObject([held])

    const queue = open(6 * MINUTE)
    expect(state.pending).toMatchObject([held])
    queue.sendWaiting()
    await settled()
    expect(sent).toHaveLength(1)
    refuse = null
    state = reduce(state, { type: "answer-sure", key: "k1" })
    queue.sendWaiting()
    await settled()
    expect(sent).toEqual([KNOWN, undefined])
    expect(state.pending).toEqual([])
  })
})
