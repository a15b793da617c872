import fc from "fast-check"
import { parseHeaders } from "mailauth/lib/tools.js"
import { describe, expect, test } from "vitest"
import { verifySignatures } from "../../relay/mail/checks/signatures.ts"
import { parsedHeader } from "../../relay/mail/parsed-header.ts"
import { cpuTime } from "../kit/cpu-time.ts"

/** Milliseconds; far above what it takes, far below what the library's own way took (80 s, and minutes). */
const SOON = 3_000

describe("a header for the library", () => {
  test.each([
    "",
    "\r\n",
    "From: a@b.example\r\nTo: c@d.example\r\n",
    "From\r\n : a@b.example\r\nTo:\r\n c\r\n\td\r\n",
    " first line is folded\r\nFrom: a\r\n",
    "no field\r\nFrom : a\r\nX\r\n",
    "Příliš: 8-bit name\r\nSUBJECT: é\r\n\xa0continued\r\nÀB: c\r\n",
    "A: 1\nB: 2\n C: 3\n",
    "A\r\n\r\n",
    ": no name\r\nA: b",
    "A\r\nB\r\n: c\r\n",
  ])("is what it reads itself: %j", (header) => {
    const raw = Buffer.from(header, "latin1")
    const own = header.indexOf("\r\n\r\n") < 0 ? raw : raw.subarray(0, header.indexOf("\r\n\r\n") + 2)
    expect(same(parsedHeader(raw))).toEqual(
      same(parseHeaders(header.startsWith("\r\n") ? Buffer.alloc(0) : own)),
    )
  })

  test("is what it reads itself, whatever lines come", () => {
    const piece = fc.constantFrom(
      "A",
      "From",
      ":",
      " ",
      "\t",
      "\r\n",
      "\r\n ",
      "é",
      "\xa0",
      "x: y",
      "\n",
      "=",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = `A${pieces.join("")}`.replaceAll("\r\n\r\n", "\r\n")
        const raw = Buffer.from(text, "latin1")
        fc.pre(!text.includes("\r\n\r\n"))
        expect(same(parsedHeader(raw))).toEqual(same(parseHeaders(raw)))
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ["folds of one field", `X-Bomb: x${"\r\n ".repeat(300_000)}x\r\n`],
    ["lines that are no fields", `X: y\r\n${"x\r\n".repeat(300_000)}`],
    ["fields", "X: y\r\n".repeat(300_000)],
  ])("is read in time though it is 300,000 %s", async (_name, header) => {
    expect(await cpuTime(() => parsedHeader(Buffer.from(header)))).toBeLessThan(SOON)
  })
})

const same = ({ parsed }: ReturnType<typeof parseHeaders>) =>
  parsed.map(({ key, casedKey, line }) => ({ key: key ?? null, casedKey, line: line.toString("latin1") }))

describe("signatures that are made to be expensive", () => {
  const nobody = () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }))
  const SIGNATURE = "v=1; a=rsa-sha256; d=b.example; s=s; h=from; bh=AA; b=AA"

  test.each([
    ["blanks", `DKIM-Signature: a=${" ".repeat(200_000)}x; ${SIGNATURE}\r\n`],
    ["some blanks in each of many", `DKIM-Signature: a=${" ".repeat(7_900)}x; ${SIGNATURE}\r\n`.repeat(30)],
    ["folds", `DKIM-Signature: a=${"\r\n ".repeat(60_000)}x; ${SIGNATURE}\r\n`],
    ["blanks in a seal", `ARC-Seal: i=1; a=${" ".repeat(200_000)}x; cv=none; b=AA\r\n`],
    ["blanks in results", `ARC-Authentication-Results: i=1; ${" ".repeat(200_000)}x\r\n`],
  ])("by %s are passed over in time", async (_name, fields) => {
    const raw = Buffer.from(`${fields}From: a@b.example\r\n\r\nHello\r\n`)
    expect(await cpuTime(() => verifySignatures(raw, "a@b.example", nobody, 0))).toBeLessThan(SOON)
  })
})
