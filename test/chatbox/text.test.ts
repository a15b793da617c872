import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { piecesOf } from "../../relay/chatbox/links.ts"
import { rowsOf } from "../../relay/chatbox/rows.ts"
import { pauseBefore } from "../../relay/chatbox/socket.ts"
import { DAY, MINUTE } from "../../shared/words/time.ts"

const links = (text: string): (string | null)[] =>
  piecesOf(text)
    .map(({ href }) => href)
    .filter((href) => href !== null)

describe("links in a text", () => {
  it.each([
    ["see https://a.example/x?y=1&z=2#top.", ["https://a.example/x?y=1&z=2#top"]],
    ["(http://a.example/b)", ["http://a.example/b"]],
    ["https://en.example/wiki/Lamp_(light)", ["https://en.example/wiki/Lamp_(light)"]],
    ["www.a.example, and ada@a.example!", ["https://www.a.example", "mailto:ada@a.example"]],
    ["javascript:alert(1) data:text/html,x file:///etc", []],
    ["https://<script>alert(1)</script>", []],
    ["nothing here. at all", []],
  ])("%s", (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it("are pieces that together are the text, and lead only to the web or a mail address", () => {
    const part = fc.constantFrom(
      "https://",
      "www.",
      "a.b",
      "@",
      "javascript:",
      "<a href=",
      ")",
      "(",
      " ",
      "\n",
      '"',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
        const text = parts.join("")
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text)
        for (const href of links(text)) expect(href).toMatch(/^(https?|mailto):/i)
      }),
    )
  })

  it("take no longer for a long run of almost-links", () => {
    const text = "a@a.".repeat(2500)
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text)
  })
})

describe("rows", () => {
  const at = new Date(2026, 10, 21, 12).getTime()
  const by = (seq: number, author: "agent" | "visitor", when: number) => ({
    seq,
    author,
    name: author === "agent" ? "Ada" : null,
    text: "x",
    at: when,
  })

  it("run together while the same person goes on, and start anew with a day", () => {
    const rows = rowsOf([
      by(1, "agent", at),
      by(2, "agent", at + MINUTE),
      by(3, "visitor", at + 2 * MINUTE),
      by(4, "visitor", at + 30 * MINUTE),
      by(5, "visitor", at + DAY),
    ])
    expect(rows.map(({ first }) => first)).toEqual([true, false, true, true, true])
    expect(rows.map(({ last }) => last)).toEqual([false, true, true, true, true])
    expect(rows.map(({ day }) => day)).toEqual([true, false, false, false, true])
  })
})

describe("coming back", () => {
  it("waits longer each time, never over 30 s, never the same for all", () => {
    expect([0, 1, 2, 3].map((attempt) => pauseBefore(attempt, 1))).toEqual([500, 1000, 2000, 4000])
    expect(pauseBefore(100, 1)).toBe(30_000)
    expect(pauseBefore(3, 0)).toBe(2000)
  })
})
