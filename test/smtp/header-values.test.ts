import fc from "fast-check"
import addressparser from "nodemailer/lib/addressparser"
import { expect, test } from "vitest"
import { composeMail } from "../../relay/mail/compose.ts"
import type { MailContent } from "../../relay/mail/content.ts"
import { makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { allOf, readHeader } from "../../relay/mail/header.ts"
import { signMail } from "../../relay/mail/sign.ts"
import { ENVELOPE, SAMPLES } from "../mail/sample-mails.ts"

/** What people can write becomes part of a header: names, sites, first words. Nothing they write is a field. */

/** The fields of each mail, in any order, as it is with harmless values. */
const plainFields = async (content: MailContent): Promise<string> =>
  fieldNames(await composeMail(content, ENVELOPE))

const fieldNames = (raw: Buffer): string =>
  readHeader(raw)
    .map(({ name }) => name)
    .sort()
    .join()

const NASTY = [
  "\r\nBcc: victim@example.net",
  "\nSubject: other",
  "\r\n\r\n<html>",
  "\u0000",
  '"',
  "\\",
  "<evil@example.net>",
  ",",
  ";",
  "=?utf-8?B?DQpCY2M6IHZAZXhhbXBsZS5uZXQ=?=",
  "=?utf-8?Q?=0D=0ABcc:_v@example.net?=",
  "\u2028X-Evil: 1",
  "\u0085X-Evil: 1",
  "\u202e",
  "é",
  "漢字",
  "🏮",
  "\ud800",
  "a".repeat(1200),
  "%0d%0aBcc: v@example.net",
]

const value = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 12 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""))

/** Every text in a mail's facts that somebody can choose is replaced. */
const withValues = (content: MailContent, next: () => string): MailContent => {
  const free = new Set(["account", "site", "name", "by", "text", "title", "url", "topic"])
  const replace = (key: string, one: unknown): unknown => {
    if (typeof one === "string") return free.has(key) ? next() : one
    if (Array.isArray(one)) return key === "forWhom" ? one.map(next) : one.map((part) => replace(key, part))
    if (typeof one === "object" && one !== null)
      return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, replace(name, part)]))
    return one
  }
  return replace("", content) as MailContent
}

test("10,000 values with CR, LF, NUL, quotes and more make exactly the fields that were meant", {
  timeout: 120_000,
}, async () => {
  const samples = Object.values(SAMPLES)
  const meant = new Map(
    await Promise.all(samples.map(async (content) => [content, await plainFields(content)] as const)),
  )
  let values = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(value, { minLength: 3, maxLength: 12 }),
      async (content, texts) => {
        let used = 0
        const hostile = withValues(content, () => texts[used++ % texts.length]!)
        values += Math.max(used, 1)
        const raw = await composeMail(hostile, ENVELOPE)
        expect(fieldNames(raw)).toBe(meant.get(content))
        expect(raw.toString("latin1")).not.toMatch(/[^\r]\n|\r[^\n]|\0/)
        const header = readHeader(raw)
        const [from = ""] = allOf(header, "from")
        const found = addressparser(from, { flatten: true })
        expect(found.map(({ address }) => address)).toEqual([expect.stringMatching(/@chat\.example\.com$/)])
        expect(allOf(header, "to").join()).toContain(ENVELOPE.toAddress)
      },
    ),
    { numRuns: 2_500 },
  )
  expect(values).toBeGreaterThan(10_000)
})

test("a signature over such a header signs the same fields", async () => {
  const keys = readDkimKeys(await makeDkimKeys(0))
  const [content] = Object.values(SAMPLES)
  const hostile = withValues(content!, () => NASTY.join(""))
  const raw = await composeMail(hostile, ENVELOPE)
  const signed = await signMail(raw, keys, "chat.example.com", 1_000_000)
  expect(signed.subarray(signed.length - raw.length).equals(raw)).toBe(true)
  expect(fieldNames(signed)).toBe(
    [...fieldNames(raw).split(","), "dkim-signature", "dkim-signature"].sort().join(),
  )
})
