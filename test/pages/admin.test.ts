import { describe, expect, it } from "vitest"
import { snippet } from "../../relay/http/snippet.ts"
import { wrongAddress, wrongName, wrongOrigins, wrongSeconds } from "../../relay/pages/admin/checks.ts"
import { begin, follow, isDirty, isOvertaken } from "../../relay/pages/admin/draft.ts"
import { dateInZone, withException, wrongSpans } from "../../relay/pages/admin/hours/days.ts"
import {
  addTo,
  barsOn,
  copyDay,
  draw,
  move,
  nudge,
  resize,
  roomAt,
  USUAL,
  type Week,
  wrongIn,
} from "../../relay/pages/admin/hours/week.ts"
import { hashOf, routeOf } from "../../relay/pages/admin/route.ts"
import { tagOf } from "../../relay/pages/admin/sites/tag.ts"
import { troubleOf } from "../../relay/pages/admin/trouble.ts"
import { newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"

describe("a draft", () => {
  it("shows what is stored until somebody edits it", () => {
    const draft = follow(begin({ name: "Sales" }, 1), { name: "Shop" }, 2)
    expect(draft).toEqual(begin({ name: "Shop" }, 2))
    expect(isDirty(draft)).toBe(false)
  })

  it("goes on to newer versions while others change other things", () => {
    const edited = { ...begin({ name: "Sales" }, 1), value: { name: "Verkauf" } }
    const later = follow(edited, { name: "Sales" }, 7)
    expect(later).toEqual({ ...edited, version: 7 })
    expect(isOvertaken(edited, { name: "Sales" })).toBe(false)
  })

  it("stays as it was typed, on its version, when others change the same", () => {
    const edited = { ...begin({ name: "Sales" }, 1), value: { name: "Verkauf" } }
    expect(follow(edited, { name: "Shop" }, 2)).toEqual(edited)
    expect(isOvertaken(edited, { name: "Shop" })).toBe(true)
  })

  it("is done when what is stored is what was typed", () => {
    const edited = { ...begin({ name: "Sales" }, 1), value: { name: "Verkauf" } }
    expect(follow(edited, { name: "Verkauf" }, 2)).toEqual(begin({ name: "Verkauf" }, 2))
  })
})

describe("the week as a picture", () => {
  const week: Week = [
    { day: 1, from: "09:00", to: "12:00" },
    { day: 1, from: "13:00", to: "17:00" },
    { day: 7, from: "22:00", to: "02:00" },
  ]

  it("draws a bar a span, and what passes midnight on the next day too", () => {
    expect(barsOn(week, 1)).toEqual([
      { from: 0, to: 120, index: null },
      { from: 540, to: 720, index: 0 },
      { from: 780, to: 1020, index: 1 },
    ])
    expect(barsOn(week, 7)).toEqual([{ from: 1320, to: 1440, index: 2 }])
    expect(barsOn(week, 3)).toEqual([])
  })

  it("knows the room around a minute", () => {
    expect(roomAt(week, 1, 750)).toEqual({ from: 720, to: 780 })
    expect(roomAt(week, 1, 600)).toBeNull()
    expect(roomAt(week, 1, 600, 0)).toEqual({ from: 120, to: 780 })
    expect(roomAt(week, 1, 60)).toBeNull()
  })

  it("draws in either direction, and stops where others begin", () => {
    expect(draw(week, 2, 900, 600).at(-1)).toEqual({ day: 2, from: "10:00", to: "15:00" })
    expect(draw(week, 1, 735, 900).at(-1)).toEqual({ day: 1, from: "12:15", to: "13:00" })
    expect(draw(week, 2, 600, 1440).at(-1)).toEqual({ day: 2, from: "10:00", to: "24:00" })
    expect(draw(week, 1, 600, 900)).toBe(week)
    expect(draw(week, 2, 600, 605)).toBe(week)
  })

  it("stretches and moves within the room there is", () => {
    expect(resize(week, 0, "to", 900)[0]).toMatchObject({ from: "09:00", to: "13:00" })
    expect(resize(week, 0, "from", 60)[0]).toMatchObject({ from: "02:00", to: "12:00" })
    expect(resize(week, 0, "to", 0)[0]).toMatchObject({ from: "09:00", to: "09:15" })
    expect(resize(week, 0, "from", 1000)[0]).toMatchObject({ from: "11:45", to: "12:00" })
    expect(move(week, 1, 600)[1]).toMatchObject({ from: "20:00", to: "24:00" })
    expect(move(week, 1, -600)[1]).toMatchObject({ from: "12:00", to: "16:00" })
    expect(move(week, 2, -60)).toBe(week)
  })

  it("goes by the arrow keys too, and leaves what passes midnight", () => {
    expect(nudge(week, 0, "span", 15)[0]).toMatchObject({ from: "09:15", to: "12:15" })
    expect(nudge(week, 0, "span", -15)[0]).toMatchObject({ from: "08:45", to: "11:45" })
    expect(nudge(week, 0, "end", 15)[0]).toMatchObject({ from: "09:00", to: "12:15" })
    expect(nudge(week, 0, "end", -15)[0]).toMatchObject({ from: "09:00", to: "11:45" })
    expect(nudge(week, 1, "span", -120)[1]).toMatchObject({ from: "12:00", to: "16:00" })
    expect(nudge(week, 2, "span", 15)).toBe(week)
    expect(nudge(week, 2, "end", 15)).toBe(week)
  })

  it("adds where there is room, and copies days", () => {
    expect(addTo([], 3)).toEqual([{ day: 3, from: "09:00", to: "17:00" }])
    expect(addTo(USUAL, 1).at(-1)).toEqual({ day: 1, from: "18:00", to: "22:00" })
    expect(addTo(week, 1).at(-1)).toEqual({ day: 1, from: "18:00", to: "22:00" })
    const full: Week = [{ day: 1, from: "00:00", to: "24:00" }]
    expect(addTo(full, 1)).toBe(full)
    const copied = copyDay(week, 1, [1, 2, 7])
    expect(copied.filter(({ day }) => day === 2)).toEqual([
      { day: 2, from: "09:00", to: "12:00" },
      { day: 2, from: "13:00", to: "17:00" },
    ])
    expect(copied.filter(({ day }) => day === 7).map(({ from }) => from)).toEqual(["09:00", "13:00"])
    expect(copied.filter(({ day }) => day === 1)).toHaveLength(2)
  })

  it("names overlaps, also over the end of the week, and empty spans", () => {
    expect(wrongIn(week).size).toBe(0)
    expect(wrongIn([...week, { day: 1, from: "01:00", to: "03:00" }]).get(3)).toBe("overlap")
    expect(wrongIn([...week, { day: 1, from: "11:00", to: "11:30" }]).get(3)).toBe("overlap")
    expect(wrongIn([{ day: 1, from: "09:00", to: "09:00" }]).get(0)).toBe("empty")
    expect(wrongIn([{ day: 1, from: "00:00", to: "24:00" }]).size).toBe(0)
    expect(
      wrongIn([
        { day: 1, from: "09:00", to: "12:00" },
        { day: 1, from: "12:00", to: "13:00" },
      ]).size,
    ).toBe(0)
  })
})

describe("days with hours of their own", () => {
  it("are kept in order, and a changed one takes its old place", () => {
    const christmas = { date: "2026-12-25", name: "Christmas", spans: [] }
    const eve = { date: "2026-12-24", name: null, spans: [{ from: "09:00", to: "12:00" }] }
    expect(withException([christmas], eve, "")).toEqual([eve, christmas])
    const moved = { ...eve, date: "2026-12-31" }
    expect(withException([eve, christmas], moved, eve.date)).toEqual([christmas, moved])
    expect(wrongSpans([...eve.spans, { from: "11:00", to: "13:00" }]).get(1)).toBe("overlap")
  })

  it("are over by the date of their zone", () => {
    const at = Date.UTC(2026, 11, 24, 23, 30)
    expect(dateInZone(at, "Europe/Prague")).toBe("2026-12-25")
    expect(dateInZone(at, "America/New_York")).toBe("2026-12-24")
  })
})

describe("what is typed", () => {
  const say = ((key: string) => key) as never

  it("is checked before it is sent", () => {
    expect([wrongName(say, " "), wrongName(say, "x".repeat(81)), wrongName(say, "Ada")]).toEqual([
      "wrong.empty",
      "wrong.long",
      undefined,
    ])
    expect(["", "ada", "Ada@Example.com "].map((one) => wrongAddress(say, one))).toEqual([
      "wrong.empty",
      "wrong.address",
      undefined,
    ])
    expect(["", "shop", "*", "example.com https://a.example"].map((one) => wrongOrigins(say, one))).toEqual([
      "wrong.empty",
      "wrong.origin",
      undefined,
      undefined,
    ])
    expect(["0", "600", "601", "-1", "1.5", ""].map((one) => wrongSeconds(say, one))).toEqual([
      undefined,
      undefined,
      ...Array(4).fill("wrong.seconds"),
    ])
  })

  it("is told beside its field where the relay says which", () => {
    const fields = [{ field: "origins.1", message: "an origin looks like https://example.com" }]
    expect(troubleOf(new Refusal("bad-input", "origins.1: …", { fields })).fields).toEqual({
      origins: "an origin looks like https://example.com",
    })
    expect(troubleOf(new Refusal("stale", "…", { version: 3 })).fields).toEqual({})
    expect(() => troubleOf(new TypeError("ours"))).toThrow("ours")
  })
})

describe("addresses and tags", () => {
  it("leads to a screen and a part of it", () => {
    expect(routeOf("")).toEqual({ screen: "team", part: null })
    expect(routeOf("#/nowhere")).toEqual({ screen: "team", part: null })
    expect(routeOf(hashOf("hours", "gr_x"))).toEqual({ screen: "hours", part: "gr_x" })
  })

  it("copies the tag that the relay gives, with the group where one is chosen", () => {
    const group = newId("group")
    expect(tagOf("https://chat.example", "key", null)).toBe(snippet("https://chat.example", "key"))
    expect(tagOf("https://chat.example", "key", group)).toContain(
      `data-site="key" data-group="${group}"></script>`,
    )
  })
})
