import { describe, expect, test } from "vitest"
import { createTurns } from "../../relay/store/turns.ts"

const LONG = 60_000

describe("turns", () => {
  test("as many as there are places have one at once", async () => {
    const turns = createTurns(2, LONG)
    await turns.take("others")
    await turns.take("first")
  })

  test("who keeps a promise goes first, the others in the order they came", async () => {
    const turns = createTurns(1, LONG)
    const order: string[] = []
    const ask = async (who: "first" | "others", name: string): Promise<void> => {
      await turns.take(who)
      order.push(name)
      turns.free()
    }
    await turns.take("others")
    const asked = [ask("others", "a"), ask("others", "b"), ask("first", "c"), ask("first", "d")]
    turns.free()
    await Promise.all(asked)
    expect(order).toEqual(["c", "d", "a", "b"])
  })

  test("who has waited too long goes away and takes nobody's turn", async () => {
    const turns = createTurns(1, 1)
    await turns.take("others")
    await expect(turns.take("others")).rejects.toThrow("all connections to the database are busy")
    const promised = turns.take("first")
    turns.free()
    await promised
    turns.free()
    await turns.take("others")
  })
})
