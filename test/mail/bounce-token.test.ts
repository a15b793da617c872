import { describe, expect, it } from "vitest"
import { bounceAddress, parseLocalPart } from "../../relay/mail/addresses.ts"
import {
  type BounceKeys,
  bounceToken,
  makeBounceKeys,
  readBounceKeys,
  readBounceToken,
  rotatedBounceKeys,
} from "../../relay/mail/bounce-token.ts"
import { newId } from "../../shared/words/ids.ts"

const keys = readBounceKeys(makeBounceKeys(0))
const id = newId("delivery")

/** What comes of an address at RCPT. */
const read = (address: string, known: BounceKeys = keys) => {
  const part = parseLocalPart(address.slice(0, address.indexOf("@")))
  return part.kind === "bounce" ? readBounceToken(part.token, known) : part.kind
}

describe("the envelope sender of our mails", () => {
  it("says which delivery it is of, in either case, within a local part's 64 characters", () => {
    const address = bounceAddress(id, "chat.example.com", keys)
    expect(address).toMatch(/^b-[a-z2-7]{46}@chat\.example\.com$/)
    expect(read(address)).toBe(id)
    expect(read(address.toUpperCase())).toBe(id)
  })

  it("is nobody's with any one character changed, cut off or added", () => {
    const token = bounceToken(id, keys)
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "a" ? "b" : "a"
      expect(readBounceToken(token.slice(0, at) + other + token.slice(at + 1), keys)).toBeNull()
    }
    for (const wrong of [token.slice(1), token.slice(0, -1), `${token}a`, `a${token}`, "", "ž".repeat(46)]) {
      expect(readBounceToken(wrong, keys)).toBeNull()
    }
  })

  it("is not known by the delivery's id alone, as in the first version", () => {
    expect(read(`b-${id.slice(3)}@chat.example.com`)).toBe("other")
  })

  it("is known for 30 days after its key was exchanged, at most three keys back; at once not if it is to be forgotten", () => {
    const life = 30 * 24 * 3_600_000
    const text = JSON.stringify(keys)
    const token = bounceToken(id, keys)
    const once = rotatedBounceKeys(text, 1_000, false)
    expect(bounceToken(id, readBounceKeys(once))).not.toBe(token)
    expect(readBounceToken(token, readBounceKeys(once))).toBe(id)
    const later = (at: number) => readBounceKeys(rotatedBounceKeys(once, at, false))
    expect(readBounceToken(token, later(999 + life))).toBe(id)
    expect(readBounceToken(token, later(1_001 + life))).toBeNull()
    expect(readBounceToken(token, readBounceKeys(rotatedBounceKeys(text, 1_000, true)))).toBeNull()
    const often = [2, 3, 4, 5].reduce((kept, at) => rotatedBounceKeys(kept, at, false), once)
    expect(readBounceKeys(often).keys.map(({ number }) => number)).toEqual([1, 0, 3, 2])
  })

  it("is another relay's under another key", () => {
    expect(readBounceToken(bounceToken(id, keys), readBounceKeys(makeBounceKeys(0)))).toBeNull()
  })

  it("says by which key it was made: old ones are known until they are forgotten", () => {
    const old = keys.keys[0]!
    const fresh = { ...readBounceKeys(makeBounceKeys(1)).keys[0]!, number: 3 }
    const both = { keys: [fresh, old] }
    const before = bounceToken(id, keys)
    expect(bounceToken(id, both)).not.toBe(before)
    expect(readBounceToken(bounceToken(id, both), both)).toBe(id)
    expect(readBounceToken(before, both)).toBe(id)
    expect(readBounceToken(before, { keys: [fresh] })).toBeNull()
  })

  it("is not made with what was damaged", () => {
    for (const kept of ['{"keys":[]}', "{}", '{"keys":[{"number":9,"secret":"short","madeAt":0}]}']) {
      expect(() => readBounceKeys(kept)).toThrow("holds no keys")
    }
  })
})
