import { describe, expect, it } from "vitest"
import { cannedFor, fillCanned, slashBefore, withCanned } from "../../shared/desk/canned.ts"
import type { CannedAnswerView } from "../../shared/protocol/views.ts"
import type { CannedAnswerId } from "../../shared/words/ids.ts"

const canned = (name: string, text: string): CannedAnswerView => ({
  ...{ id: `ca_${name}` as CannedAnswerId, name, text, shared: true, setBy: "Ada", setAt: 0 },
})

describe("a canned answer", () => {
  it("has the names in their places", () => {
    const text = "Hello {visitor},\nI am {agent}. {agent}!"
    expect(fillCanned(text, { visitor: "Eve", agent: "Ada" })).toBe("Hello Eve,\nI am Ada. Ada!")
  })

  it("closes up where a name is not known, and leaves other braces as they are", () => {
    expect(fillCanned("Hello {visitor}, see {this}", { visitor: "", agent: "Ada" })).toBe("Hello, see {this}")
    expect(fillCanned("{visitor}\n{visitor} x", { visitor: "", agent: "" })).toBe("\n x")
  })

  it("takes names as text: nothing in them means anything", () => {
    expect(fillCanned("Hi {visitor}", { visitor: "$& {agent} <b>", agent: "Ada" })).toBe("Hi $& {agent} <b>")
  })

  it("is found by what was typed of its name, then of its text, without accents and case", () => {
    const all = [canned("Öffnungszeiten", "Mo to Fr"), canned("Hello", "offers"), canned("Bye", "See you")]
    expect(cannedFor(all, "OFF").map(({ name }) => name)).toEqual(["Öffnungszeiten", "Hello"])
    expect(cannedFor(all, "")).toHaveLength(3)
    expect(cannedFor(all, "zzz")).toEqual([])
  })
})

describe("a slash in an answer", () => {
  it("asks for one at the beginning and after a space, up to the caret", () => {
    expect(slashBefore("/", 1)).toEqual({ from: 0, typed: "" })
    expect(slashBefore("Hello /op and more", 9)).toEqual({ from: 6, typed: "op" })
    expect(slashBefore("one\n/two", 8)).toEqual({ from: 4, typed: "two" })
  })

  it("negative control: not in a word, an address or a date, nor once a space follows", () => {
    for (const text of ["and/or", "https://x", "1/2", "/op en", `/${"x".repeat(41)}`])
      expect(slashBefore(text, text.length)).toBeNull()
  })

  it("is replaced by it, and the caret stands behind", () => {
    const slash = slashBefore("Hello /op bye", 9)!
    expect(withCanned("Hello /op bye", slash, "open")).toEqual({ text: "Hello open bye", caret: 10 })
  })
})
