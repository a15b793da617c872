import { expect, test } from "vitest"
import { createLimits } from "../../relay/http/limits.ts"
import { shareLimits } from "../../relay/shared-limits.ts"
import { createWhispers } from "../../relay/store/listeners.ts"

/** Relays whose whispers reach each other, as over PostgreSQL; `told` resolves with the next of them. */
const town = (count: number) => {
  const lines: ReturnType<typeof createWhispers>[] = []
  const said: string[] = []
  let heard = Promise.withResolvers<void>()
  const relays = Array.from({ length: count }, (_, here) => {
    const line = createWhispers((text) => {
      said.push(text)
      for (const [there, other] of lines.entries()) if (there !== here) other.hear(text)
      heard.resolve()
      heard = Promise.withResolvers<void>()
    })
    lines.push(line)
    const shared = shareLimits(line.whispers, `re_${here}`)
    return { limits: createLimits(20, shared.share), stop: shared.stop }
  })
  return { relays, said, told: () => heard.promise }
}

test("what one relay let through counts at the others: 20 messages of a visitor at all of them", async () => {
  const { relays, told } = town(3)
  const [one, two, three] = relays.map(({ limits }) => limits.messages)
  const told15 = told()
  for (let n = 0; n < 15; n++) expect(one!.take("vera")).toBe(true)
  await told15
  const told5 = told()
  const taken = Array.from({ length: 10 }, () => two!.take("vera")).filter(Boolean)
  expect(taken).toHaveLength(5)
  await told5
  expect([one!.take("vera"), two!.take("vera"), three!.take("vera")]).toEqual([false, false, false])
  expect(three!.take("otto")).toBe(true)
  for (const { stop } of relays) stop()
})

test("without whispers each would let all of them through", () => {
  const alone = [createLimits(20), createLimits(20)]
  const taken = alone.flatMap(({ messages }) => Array.from({ length: 30 }, () => messages.take("vera")))
  expect(taken.filter(Boolean)).toHaveLength(40)
})

test("many keys are told in pieces that fit into a notification; endless keys are not told at all", async () => {
  const { relays, said, told } = town(2)
  const [one, two] = relays.map(({ limits }) => limits.visitors)
  const next = told()
  for (let n = 0; n < 500; n++) one!.take(`2001:db8::${"é".repeat(40)}${n}`)
  one!.take("x".repeat(9000))
  await next
  expect(said.length).toBeGreaterThan(3)
  for (const text of said) expect(Buffer.byteLength(text)).toBeLessThan(7_900)
  for (let n = 0; n < 59; n++) expect(two!.take(`2001:db8::${"é".repeat(40)}499`)).toBe(true)
  expect(two!.take(`2001:db8::${"é".repeat(40)}499`)).toBe(false)
  for (const { stop } of relays) stop()
})
