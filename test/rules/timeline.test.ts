import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Change, cutAt, foldSpans } from "../../relay/rules/timeline.ts"

/** What held at a moment, said naively: the last change up to it, else what was before. */
const readAt = (before: string, changes: readonly Change<string>[], at: number): string => {
  let value = before
  for (const change of changes) if (change.at <= at) value = change.value
  return value
}

const changes = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 60 }), value: fc.constantFrom("a", "b", "c") }), {
    maxLength: 15,
  })
  .map((all) => all.sort((a, b) => a.at - b.at))

describe("changes folded into spans", () => {
  test("say, second by second, what reading all changes says", () => {
    fc.assert(
      fc.property(
        changes,
        fc.constantFrom("a", "b"),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (all, first, from, length) => {
          const to = from + length
          const earlier = all.filter((change) => change.at < from)
          const before = earlier.at(-1)?.value ?? first
          const spans = foldSpans(before, all, from, to)
          for (let at = from; at < to; at++) {
            const here = spans.filter((span) => span.from <= at && at < span.to)
            expect(here.map((span) => span.value)).toEqual([readAt(first, all, at)])
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test("fill the time without gaps, and no two neighbours are the same", () => {
    fc.assert(
      fc.property(changes, (all) => {
        const spans = foldSpans("a", all, 0, 61)
        expect(spans[0]?.from).toBe(0)
        expect(spans.at(-1)?.to).toBe(61)
        for (const [index, span] of spans.entries()) {
          expect(span.from).toBeLessThan(span.to)
          const next = spans[index + 1]
          if (next === undefined) continue
          expect(next.from).toBe(span.to)
          expect(next.value).not.toBe(span.value)
        }
      }),
    )
  })

  test("negative control: a fold that forgets what was before disagrees", () => {
    const spans = foldSpans("gone", [{ at: 50, value: "present" }], 10, 60)
    expect(spans).toEqual([
      { from: 10, to: 50, value: "gone" },
      { from: 50, to: 60, value: "present" },
    ])
    expect(foldSpans("present", [{ at: 50, value: "present" }], 10, 60)).toHaveLength(1)
  })

  test("an empty time has no spans", () => {
    expect(foldSpans("a", [{ at: 5, value: "b" }], 5, 5)).toEqual([])
  })
})

describe("where there is more than fits", () => {
  test("the time ends at the first event that is left out", () => {
    expect(cutAt([{ at: 1 }, { at: 2 }, { at: 3 }], 2)).toBe(3)
  })

  test("all that fits is shown", () => {
    expect(cutAt([{ at: 1 }, { at: 2 }], 2)).toBeNull()
  })
})
