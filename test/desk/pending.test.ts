import { describe, expect, it } from "vitest"
import { nextToSend, type PendingAnswer, revive } from "../../shared/desk/pending.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { ONE, TWO } from "./samples.ts"

const answer = (key: string, change: Partial<PendingAnswer> = {}): PendingAnswer => ({
  key,
  conversationId: ONE,
  text: key,
  at: 0,
  state: "waiting",
  problem: null,
  seen: false,
  ...change,
})
const keys = (pending: PendingAnswer[]): string[] => nextToSend(pending).map(({ key }) => key)

describe("what is sent next", () => {
  it("is the oldest of each conversation", () => {
    expect(keys([answer("a"), answer("b"), answer("c", { conversationId: TWO })])).toEqual(["a", "c"])
  })

  it("waits for the one on its way, so that answers arrive in their order", () => {
    expect(keys([answer("a", { state: "sending" }), answer("b")])).toEqual([])
  })

  it("leaves out what a person has to decide on, and goes on with the next", () => {
    expect(keys([answer("a", { state: "refused" }), answer("b", { state: "held" }), answer("c")])).toEqual([
      "c",
    ])
  })
})

describe("an answer from an earlier life of the page", () => {
  it("goes by itself when it is fresh, though its sending was cut off", () => {
    expect(revive(answer("a", { state: "sending", seen: true }), MINUTE)).toMatchObject({
      state: "waiting",
      seen: false,
    })
  })

  it("is held when it is old, and stays refused", () => {
    expect(revive(answer("a"), 11 * MINUTE).state).toBe("held")
    expect(revive(answer("a", { state: "refused" }), 0).state).toBe("refused")
  })
})
