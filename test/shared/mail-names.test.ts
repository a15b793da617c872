import { describe, expect, test } from "vitest"
import { faultOfName, isReserved, numbered, plainName, slugOf } from "../../shared/words/mail-names.ts"

describe("the name made of what somebody is called", () => {
  test.each([
    ["Anna", "anna"],
    ["Anna Nováková", "anna-novakova"],
    ["  Jörg  Weiß  ", "jorg-weiss"],
    ["Łukasz Øster-Þór", "lukasz-oster-thor"],
    ["Returns & repairs", "returns-repairs"],
    ["O'Brien", "obrien"],
    ["D’Été", "dete"],
    ["ﬁne", "fine"],
    ["Ⅳ. Stock", "iv-stock"],
    ["R-Team", "rteam"],
    ["b-side", "bside"],
    ["---", "agent"],
    ["李雷", "agent"],
    ["Анна", "agent"],
    ["🏮 Lamps", "lamps"],
    ["a\u202eb\r\nc", "a-b-c"],
    ["x".repeat(80), "x".repeat(40)],
  ])("%j is %s", (called, name) => {
    expect(slugOf(called, "agent")).toBe(name)
    // whatever somebody is called, the name can be had
    expect(faultOfName(numbered(slugOf(called, "agent"), 2))).toBeNull()
  })

  test("may be one that the relay keeps: then it takes a number", () => {
    expect(slugOf("Postmaster", "agent")).toBe("postmaster")
    expect(isReserved(numbered("postmaster", 1))).toBe(true)
    expect(isReserved(numbered("postmaster", 2))).toBe(false)
  })

  test.each(["b", "r", "bb", "anna"])("is never the relay's own with a number: %s", (slug) => {
    for (const n of [1, 2, 10]) expect(isReserved(numbered(slug, n))).toBe(false)
  })
})

describe("a name that an admin chooses", () => {
  test.each(["info", "a", "a.b", "jana_nova-2", "x".repeat(64), "o'brien", "rb", "abuse-2"])(
    "may be %s",
    (name) => expect(faultOfName(name)).toBeNull(),
  )

  test.each([
    ["postmaster", "kept for the relay"],
    ["no-reply", "kept for the relay"],
    ["r-aaaa", "kept for the relay"],
    ["b-", "kept for the relay"],
    ["a+b", "sub-address"],
    ["", "cannot stand"],
    [".a", "cannot stand"],
    ["a.", "cannot stand"],
    ["a..b", "cannot stand"],
    ["a b", "cannot stand"],
    ["a@b", "cannot stand"],
    ["a%b", "cannot stand"],
    ["a!b", "cannot stand"],
    ["jörg", "cannot stand"],
    ["a\r\nb", "cannot stand"],
    ['"a"', "cannot stand"],
    ["x".repeat(65), "longer than 64"],
  ])("not %j", (name, why) => expect(faultOfName(name)).toContain(why))
})

test.each([
  ["Anna", "anna"],
  ["anna+shop", "anna"],
  ["ANNA+a+b", "anna"],
  ["+anna", ""],
])("%s is looked for as %s", (localPart, name) => expect(plainName(localPart)).toBe(name))
