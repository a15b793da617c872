import { describe, expect, it } from "vitest"
import { drawnRows, scrollTo } from "../../shared/desk/window.ts"

const ROW = 90

describe("the rows of a long list that are drawn", () => {
  it("are those in view and some beside them, however long it is", () => {
    for (const count of [0, 1, 5, 100, 10_000])
      for (let top = 0; top < count * ROW; top += 777) {
        const { from, to } = drawnRows({ top, height: 700 }, ROW, count)
        expect(from).toBeLessThanOrEqual(Math.floor(top / ROW))
        expect(to).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((top + 700) / ROW)))
        expect(to).toBeLessThanOrEqual(count)
        expect(to - from).toBeLessThan(50)
      }
  })

  it("are none of an empty list, and the last ones where it got shorter than it is scrolled", () => {
    expect(drawnRows({ top: 0, height: 700 }, ROW, 0)).toEqual({ from: 0, to: 0 })
    const { from, to } = drawnRows({ top: 90_000, height: 700 }, ROW, 3)
    expect([from, to]).toEqual([3, 3])
  })

  it("change by steps, not by pixels", () => {
    const at = (top: number) => drawnRows({ top, height: 700 }, ROW, 10_000)
    expect(at(90 * 100)).toEqual(at(90 * 100 + 45))
  })
})

describe("scrolling to a row", () => {
  it("is needed only where it is not in view as a whole", () => {
    const view = { top: 900, height: 450 }
    expect(scrollTo(view, ROW, 12)).toBeNull()
    expect(scrollTo(view, ROW, 9)).toBe(810)
    expect(scrollTo(view, ROW, 15)).toBe(990)
  })
})
