import { once } from "node:events"
import fc from "fast-check"
import { SMTPStream } from "smtp-server/lib/smtp-stream.js"
import { describe, expect, test } from "vitest"
import { feedMail } from "../../relay/smtp/mail-bytes.ts"

/** How the bytes of mails are read: as the library does it, but for how many pieces it makes of them. */

interface Reading {
  /** The mail; null: it did not come to its end. */
  mail: string | null
  /** Commands behind it, as they stand. */
  behind: string[]
  /** What was counted against the limit. */
  bytes: number
  pieces: number
}

/** Feeds a mail's data in pieces, then something that no mail has. */
const read = async (pieces: readonly string[], isOurs: boolean): Promise<Reading> => {
  const parser = new SMTPStream()
  const behind: string[] = []
  parser.oncommand = (command, next) => {
    behind.push(command.toString("latin1"))
    next?.()
  }
  if (isOurs) parser._feedDataStream = (chunk, done) => feedMail(parser, chunk, done)
  const stream = parser.startDataMode(1_000)
  const chunks: Buffer[] = []
  let mail: string | null = null
  stream.on("data", (chunk: Buffer) => chunks.push(chunk))
  const ended = once(stream, "end").then(() => {
    mail = Buffer.concat(chunks).toString("latin1")
    parser.continue()
  })
  for (const piece of pieces)
    await new Promise<void>((resolve, reject) => {
      const giving = parser.write(Buffer.from(piece, "latin1"), (error) =>
        error ? reject(error) : resolve(),
      )
      // Behind the end nothing is read until it is asked for, which is done at once.
      if (!giving) parser.once("drain", resolve)
    })
  if (parser._dataMode) stream.destroy()
  else await ended
  await new Promise((resolve) => setImmediate(resolve))
  return { mail, behind, bytes: parser.dataBytes, pieces: chunks.length }
}

const PARTS = ["\r\n", "\r\n.", "\r\n..", ".", "..", "\n", "\r", "a", "bc", "\n.", "\r\n.\r\n", "\r\n.\r"]

/** A text, cut where the sizes say; what is left over is one piece. */
const cut = (text: string, sizes: readonly number[]): string[] => {
  const pieces: string[] = []
  let at = 0
  for (const size of sizes) {
    if (at < text.length) pieces.push(text.slice(at, at + size))
    at += size
  }
  return at < text.length ? [...pieces, text.slice(at)] : pieces
}

describe("a mail's bytes", () => {
  test("are read as the library reads them, in whatever pieces they come", async () => {
    const texts = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 14 })
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (parts, lengths) => {
        const pieces = cut(parts.join(""), lengths)
        const [ours, theirs] = [await read(pieces, true), await read(pieces, false)]
        const of = ({ mail, behind, bytes }: Reading) => ({ mail, behind, bytes })
        expect(of(ours)).toEqual(of(theirs))
      }),
      { numRuns: 500 },
    )
  })

  test("are one piece for each that came, also where every line begins with a dot", async () => {
    const dots = ["..\r\n".repeat(1_000), "\r\n.\r\n"]
    const [ours, theirs] = [await read(dots, true), await read(dots, false)]
    expect(ours.mail).toBe(`${".\r\n".repeat(1_000)}\r\n`)
    expect(ours.mail).toBe(theirs.mail)
    expect(ours.pieces).toBeLessThanOrEqual(3)
    expect(theirs.pieces).toBeGreaterThan(900)
  })
})
