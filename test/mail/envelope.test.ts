import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readyEnvelope } from "../../relay/mail/envelope.ts"

const FROM = "b-abc@relay.test"
const ready = (to: string, from = FROM) => readyEnvelope({ from, to })

describe("an envelope", () => {
  it.each([
    ["Ada@Example.NET", "Ada@example.net", "example.net", false],
    ["ada+tag.x_y@sub.example.net.", "ada+tag.x_y@sub.example.net", "sub.example.net", false],
    ["o'neil{}|~@a-b.example", "o'neil{}|~@a-b.example", "a-b.example", false],
    ["ada@BÜCHER.example", "ada@xn--bcher-kva.example", "xn--bcher-kva.example", false],
    ["ada@例え。テスト", "ada@xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah", false],
    ["ада@example.net", "ада@example.net", "example.net", true],
    ["žluťoučký.kůň@bücher.example", "žluťoučký.kůň@xn--bcher-kva.example", "xn--bcher-kva.example", true],
  ])("for %s is ready", (to, wire, domain, utf8) => {
    expect(ready(to)).toEqual({ from: FROM, to: wire, domain, utf8 })
  })

  it("may have no sender, and one of another script", () => {
    expect(ready("ada@example.net", "")).toMatchObject({ from: "", utf8: false })
    expect(ready("ada@example.net", "ж@example.org")).toMatchObject({ from: "ж@example.org", utf8: true })
  })

  it.each([
    "",
    "ada",
    "@example.net",
    "ada@",
    "ada@.example.net",
    "ada@example..net",
    "ada@-",
    `${"a".repeat(65)}@example.net`,
    `${"ž".repeat(33)}@example.net`,
    `ada@${"a".repeat(64)}.example`,
    `ada@${"a.".repeat(127)}example`,
    '"ada b"@example.net',
    "ada lovelace@example.net",
    "ada\u00a0lovelace@example.net",
    "ada\u2028@example.net",
    "ada@example.net>",
    "ada@exa\tmple.net",
    "ada@[192.0.2.1]",
    "ada@192.0.2.1",
    "ada@0300.0250.1",
    "ada@１２７.0.0.1",
    "ada@１２７。０。０。１",
    "ada@０x7f000001",
    "ada@ex%61mple.net",
    "a@b@example.net",
  ])("for %j is refused", (to) => {
    expect(ready(to)).toMatchObject({ refused: { kind: "failed", outcome: "address-wrong", server: null } })
  })

  it("of whatever text is refused, or is one word of a command", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("ada", "\r\n", "<", ">", " ", "\0", "ž"),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 4 }), (local, domain) => {
        const made = ready(`${local.join("")}@${domain.join("")}`)
        if ("refused" in made) return
        expect(made.to).toMatch(/^[^\p{C}\p{Z}<>@]+@[a-z0-9._-]+$/u)
      }),
      { numRuns: 2000 },
    )
  })
})
