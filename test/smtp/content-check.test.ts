import { expect, test } from "vitest"
import { contentCheck } from "../../relay/smtp/content-check.ts"

/** The same said once more, a byte at a time. */
const fault = (bytes: Buffer): string | null => {
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0x0a && bytes[at - 1] !== 0x0d) return "bare"
    if (byte !== 0x0a && bytes[at - 1] === 0x0d) return "bare"
    if (byte === 0) return "nul"
  }
  return null
}

const WORDS = [
  "\r\n",
  "\r\n",
  "letters",
  "x",
  "\u0000",
  "\r",
  "\n",
  "\t",
  "ü",
  "\u000b\u000c",
  "a line.\r\n",
  "\u000e\u007f",
]

test("whatever stands where, in whatever pieces, the first fault is found", () => {
  const found = { bare: 0, nul: 0, none: 0 }
  for (let n = 0; n < 3000; n++) {
    const most = Math.random() < 0.5 ? WORDS.length : 4
    const text = Array.from({ length: Math.random() * 30 }, () => WORDS[Math.floor(Math.random() * most)])
    const bytes = Buffer.from(text.join(""))
    // Memory of its own, from any byte of it on: words of memory begin at every fourth.
    const from = Math.floor(Math.random() * 4)
    const held = Buffer.alloc(bytes.length + from)
    bytes.copy(held, from)
    const check = contentCheck()
    for (let at = from; at < held.length; ) {
      const to = Math.min(held.length, at + 1 + Math.floor(Math.random() * 20))
      check.add(held.subarray(at, to))
      at = to
    }
    const said = check.fault()?.text ?? null
    const kind = said === null ? null : /NUL/i.test(said) ? "nul" : "bare"
    expect([kind, bytes.toString("latin1")]).toEqual([fault(bytes), bytes.toString("latin1")])
    found[kind ?? "none"] += 1
  }
  expect(Math.min(...Object.values(found))).toBeGreaterThan(100)
})
