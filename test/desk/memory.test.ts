import { expect, it } from "vitest"
import { memoryOf } from "../../shared/desk/memory.ts"
import { BEN, ME, ONE, TWO } from "./samples.ts"

/** `localStorage` without a browser. */
const storage = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
  }
}
const answer = {
  key: "k2",
  conversationId: ONE,
  text: "b",
  at: 2,
  state: "sending" as const,
  problem: null,
  seen: false,
}

it("recalls drafts and unsent answers in their order, each agent's own", () => {
  const shelf = storage()
  const mine = memoryOf(shelf, ME)
  mine.keepDraft(ONE, "half a sentence")
  mine.keepDraft(TWO, "gone")
  mine.keepDraft(TWO, "")
  mine.keepAnswer(answer)
  mine.keepAnswer({ ...answer, key: "k1", at: 1 })
  memoryOf(shelf, BEN).keepDraft(ONE, "Ben's")

  const { drafts, pending } = memoryOf(shelf, ME).recall(3)
  expect(drafts).toEqual({ [ONE]: "half a sentence" })
  expect(pending.map(({ key, state }) => [key, state])).toEqual([
    ["k1", "waiting"],
    ["k2", "waiting"],
  ])
})

it("leaves nothing of an agent behind, and the others' alone", () => {
  const shelf = storage()
  const mine = memoryOf(shelf, ME)
  mine.keepDraft(ONE, "x")
  mine.keepAnswer(answer)
  memoryOf(shelf, BEN).keepDraft(ONE, "Ben's")
  mine.forget()
  expect([...shelf.kept.values()]).toEqual(["Ben's"])
})
