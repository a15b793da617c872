import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  clustersIn,
  covers,
  momentAt,
  moved,
  rangeFor,
  shareOf,
  showing,
  ticksIn,
  zoomed,
} from "../../relay/pages/admin/timeline/geometry.ts"
import { barsIn, isEmpty, rowsOf } from "../../relay/pages/admin/timeline/rows.ts"
import { siteSpans } from "../../shared/insight/holders.ts"
import type { TimelineMark, TimelineView } from "../../shared/protocol/views.ts"
import type { AgentId, ConversationId, DeviceId, GroupId } from "../../shared/words/ids.ts"
import { DAY, HOUR, MINUTE } from "../../shared/words/time.ts"

/** The geometry of the picture, without a picture. */

const AT = Date.UTC(2026, 10, 20, 18, 40)
const window = fc
  .record({
    from: fc.integer({ min: AT - 60 * DAY, max: AT }),
    length: fc.integer({ min: 3 * MINUTE, max: 30 * DAY }),
  })
  .map(({ from, length }) => ({ from, to: from + length }))

describe("a window", () => {
  test("a moment and its share are each other's way back", () => {
    fc.assert(
      fc.property(window, fc.double({ min: 0, max: 1, noNaN: true }), (seen, share) => {
        expect(shareOf(momentAt(share, seen), seen)).toBeCloseTo(share, 4)
      }),
    )
  })

  test("zoomed, what is pointed at stays where it stands", () => {
    fc.assert(
      fc.property(
        window,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.5, 0.8, 1.25, 2),
        (seen, share, factor) => {
          const anchor = momentAt(share, seen)
          const next = zoomed(seen, factor, anchor)
          expect(Math.abs(shareOf(anchor, next) - shareOf(anchor, seen))).toBeLessThan(0.001)
          expect(next.to - next.from).toBeGreaterThanOrEqual(2 * MINUTE)
          expect(next.to - next.from).toBeLessThanOrEqual(31 * DAY)
        },
      ),
    )
  })

  test("moved, keeps its length and does not leave the past wholly", () => {
    const seen = { from: AT, to: AT + HOUR }
    expect(moved(seen, -HOUR, AT + HOUR)).toEqual({ from: AT - HOUR, to: AT })
    const ahead = moved(seen, 10 * DAY, AT + HOUR)
    expect(ahead.to - ahead.from).toBe(HOUR)
    expect(ahead.from).toBeLessThan(AT + HOUR)
  })

  test("shows a moment by the shortest way", () => {
    const seen = { from: AT, to: AT + HOUR }
    expect(showing(seen, AT + MINUTE)).toBe(seen)
    expect(showing(seen, AT - MINUTE)).toEqual({ from: AT - MINUTE, to: AT + HOUR - MINUTE })
    expect(showing(seen, AT + 2 * HOUR)).toEqual({ from: AT + HOUR, to: AT + 2 * HOUR })
  })

  test("what is read for it covers it, and is never more than the relay gives", () => {
    fc.assert(
      fc.property(window, (seen) => {
        const now = AT + 31 * DAY
        const range = rangeFor(seen, now)
        expect(covers(range, seen, now)).toBe(true)
        expect(range.to - range.from).toBeLessThanOrEqual(31 * DAY + 2)
      }),
    )
    expect(covers({ from: AT, to: AT + HOUR }, { from: AT - 1, to: AT + HOUR }, AT + DAY)).toBe(false)
  })
})

describe("times along the top", () => {
  const utc = () => 0
  test("are round, and as far apart as their words need", () => {
    fc.assert(
      fc.property(window, fc.integer({ min: 200, max: 2000 }), (seen, width) => {
        const ticks = ticksIn(seen, width, utc)
        for (const tick of ticks) expect(tick.at % MINUTE).toBe(0)
        for (const [index, tick] of ticks.entries()) {
          const next = ticks[index + 1]
          if (next)
            expect((shareOf(next.at, seen) - shareOf(tick.at, seen)) * width).toBeGreaterThanOrEqual(63)
        }
      }),
    )
  })

  test("stand at full hours of the wall clock, also across a change of it", () => {
    // Prague on 25 October 2026: at 01:00 UTC the clock goes from 03:00 back to 02:00.
    const change = Date.UTC(2026, 9, 25, 1)
    const offset = (at: number) => (at < change ? 2 * HOUR : HOUR)
    const ticks = ticksIn({ from: change - 6 * HOUR, to: change + 18 * HOUR }, 700, offset)
    expect(ticks.length).toBeGreaterThan(5)
    for (const { at } of ticks) expect((at + offset(at)) % (3 * HOUR)).toBe(0)
    expect(ticks.filter((tick) => tick.day).map((tick) => tick.at)).toEqual([change - 3 * HOUR])
  })
})

const agentId = "ag_anna" as AgentId
const mark = (at: number): TimelineMark => ({
  at,
  conversationId: "co_one" as ConversationId,
  visitor: "",
  kind: "message",
  author: "visitor",
  seq: 1,
  excerpt: "Hello",
})

describe("marks", () => {
  test("that would touch are one; none is lost", () => {
    const seen = { from: AT, to: AT + HOUR }
    const marks = [0, 1, 2, 30, 59, 61].map((minute) => mark(AT + minute * MINUTE))
    const clusters = clustersIn(marks, seen, 600, 26)
    expect(clusters.map((cluster) => cluster.marks.length)).toEqual([3, 1, 1])
    expect(clustersIn(marks, zoomed(seen, 0.05, AT), 600, 26).map((one) => one.marks.length)).toEqual([
      1, 1, 1,
    ])
  })
})

const view: TimelineView = {
  from: AT,
  to: AT + HOUR,
  cut: false,
  keptFrom: AT,
  lights: [
    { groupId: null, group: null, spans: [{ from: AT, to: AT + HOUR, on: false }] },
    {
      groupId: "gr_sales" as GroupId,
      group: "Sales",
      spans: [
        { from: AT, to: AT + 10 * MINUTE, on: true },
        { from: AT + 10 * MINUTE, to: AT + HOUR, on: false },
      ],
    },
  ],
  agents: [
    {
      id: agentId,
      name: "Anna",
      intents: [{ from: AT, to: AT + HOUR, intent: "available" }],
      closed: [],
      devices: [
        {
          id: "de_one" as DeviceId,
          label: "Chrome",
          kind: "extension",
          spans: [
            { from: AT, to: AT + 10 * MINUTE, presence: "present" },
            { from: AT + 10 * MINUTE, to: AT + HOUR, presence: "gone" },
          ],
        },
      ],
    },
  ],
  marks: [],
}

describe("the lines of the picture", () => {
  test("are the sites' light, each group's, each agent and each of their devices", () => {
    expect(rowsOf(view, "en").map((row) => [row.kind, row.id])).toEqual([
      ["light", "sites"],
      ["light", "gr_sales"],
      ["agent", agentId],
      ["device", "de_one"],
    ])
  })

  test("sites are on while any group is", () => {
    expect(siteSpans(view)).toEqual([
      { from: AT, to: AT + 10 * MINUTE, on: true },
      { from: AT + 10 * MINUTE, to: AT + HOUR, on: false },
    ])
  })

  test("being gone is no bar, nor is what lies outside", () => {
    const bars = rowsOf(view, "en").at(-1)!.bars
    expect(barsIn(bars, { from: AT, to: AT + HOUR }).map((bar) => bar.look)).toEqual(["present"])
    expect(barsIn(bars, { from: AT + 20 * MINUTE, to: AT + HOUR })).toEqual([])
  })

  test("a time in which nobody was there and nobody wrote is empty; one with a device is not", () => {
    expect(isEmpty(view)).toBe(false)
    const off = view.lights.slice(0, 1)
    expect(isEmpty({ ...view, lights: off, agents: [{ ...view.agents[0]!, devices: [] }] })).toBe(true)
  })
})
