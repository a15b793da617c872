import { describe, expect, test } from "vitest"
import { isAutomatic } from "../../relay/mail/automatic.ts"
import { decodeWords } from "../../relay/mail/encoded-words.ts"
import { allOf, firstOf, readHeader } from "../../relay/mail/header.ts"
import { readReplyHeader } from "../../relay/mail/reply-header.ts"

const header = (...lines: string[]) =>
  readHeader(Buffer.from(`${lines.join("\r\n")}\r\n\r\nFrom: body@b.example\r\n`))
const reply = (...lines: string[]) =>
  readReplyHeader(Buffer.from(`${lines.join("\r\n")}\r\n\r\nbody\r\n`), "a@b.example", "relay.test")

describe("the header", () => {
  test("ends at the first empty line, and its fields are unfolded", () => {
    const fields = header("Subject: one", "\ttwo", "  three", "From: a@b.example")
    expect(fields).toEqual([
      { name: "subject", value: "one\ttwo  three" },
      { name: "from", value: "a@b.example" },
    ])
  })

  test("passes over lines that are no fields", () => {
    const fields = header(
      "From someone Sat Nov 21 2026",
      "no colon here",
      ": no name",
      "čau: not ASCII",
      "Subject: a",
    )
    expect(fields).toEqual([{ name: "subject", value: "a" }])
  })

  test("is read as UTF-8, and as Latin-1 where it is none", () => {
    expect(firstOf(readHeader(Buffer.from("Subject: čau\r\n\r\n")), "subject")).toBe("čau")
    expect(firstOf(readHeader(Buffer.from("Subject: caf\xe9\r\n\r\n", "latin1")), "subject")).toBe("café")
  })

  test.each([
    ["nothing", "", 0],
    ["a body alone", "\r\nSubject: body", 0],
    ["no end", "Subject: a", 1],
    ["bare line ends", "Subject: a\nFrom: b\n\nTo: c", 2],
    ["a header bomb of fields", "X: y\r\n".repeat(500_000), 2_000],
    ["one field of 10 MB", `Subject: ${"x".repeat(10_000_000)}`, 1],
    ["a million continuations", `Subject: a\r\n${" b\r\n".repeat(1_000_000)}`, 1],
  ])("%s is read in bounded time and memory", (_name, raw, fields) => {
    const read = readHeader(Buffer.from(raw))
    expect(read).toHaveLength(fields)
    expect(allOf(read, "subject").every((value) => value.length <= 16 * 1024)).toBe(true)
  })
})

describe("encoded words", () => {
  test.each([
    ["=?utf-8?q?=C4=8Cau_lidi?=", "Čau lidi"],
    ["=?UTF-8?B?xIxhdQ==?=", "Čau"],
    ["=?iso-8859-2?Q?=C8au?= all", "Čau all"],
    ["=?utf-8?q?one?= =?utf-8?q?_two?=", "one two"],
    ["=?utf-8?q?one?= and =?utf-8?q?two?=", "one and two"],
    ["=?utf-8*en?q?one?=", "one"],
    ["=?nonsense?q?caf=E9?=", "café"],
    ["=?utf-8?q?caf=E9?=", "caf\ufffd"],
    ["=?utf-8?x?what?=", "=?utf-8?x?what?="],
    ["=?utf-8?q?cut", "=?utf-8?q?cut"],
  ])("%s is %s", (value, decoded) => expect(decodeWords(value, 100)).toBe(decoded))

  test("bring in no line end, whatever is hidden in them", () => {
    expect(decodeWords("=?utf-8?q?a=0D=0ABcc:_x@y.example?=", 100)).toBe("a Bcc: x@y.example")
    expect(decodeWords("=?utf-8?b?YQ0KQmNjOiB4?=", 100)).toBe("a Bcc: x")
    expect(decodeWords("=?utf-8?q?a=E2=80=A8b=00c?=", 100)).toBe("a b c")
  })

  test("of any number are decoded in bounded time", () => {
    expect(decodeWords("=?utf-8?q?a?= ".repeat(1_000), 300)).toBe("a".repeat(300))
    expect(decodeWords("=?".repeat(8_000), 10)).toBe("=?=?=?=?=?")
    expect(decodeWords(`=?utf-8?q?${" ".repeat(8_000)}`, 20)).toBe("=?utf-8?q?")
  })
})

describe("who a reply is from", () => {
  test.each([
    ["one address", ["From: Anna@Shop.Example"], "anna@shop.example"],
    ["with a name", ['From: "Novák, Anna" <Anna@shop.example>'], "anna@shop.example"],
    ["with an encoded name", ["From: =?utf-8?q?Anna_=C4=8C=2E?= <anna@shop.example>"], "anna@shop.example"],
    ["with an address as its name", ['From: "boss@shop.example" <anna@shop.example>'], "anna@shop.example"],
    ["nobody", ["Subject: a"], null],
    ["two fields", ["From: anna@shop.example", "From: boss@shop.example"], null],
    ["two addresses", ["From: anna@shop.example, boss@shop.example"], null],
    ["a group of two", ["From: us: anna@shop.example, boss@shop.example;"], null],
    ["an encoded address", ["From: <=?utf-8?q?anna=40shop=2Eexample?=>"], null],
    ["an empty address", ["From: Anna <>"], null],
    ["no address", ["From: Anna"], null],
    ["too long a one", [`From: ${"a".repeat(250)}@shop.example`], null],
  ])("%s", (_name, lines, from) => expect(reply(...lines).from).toBe(from))
})

describe("a Message-ID", () => {
  test("is the mail's own", () => {
    expect(reply("Message-ID: <a.b@c>").messageId).toBe("<a.b@c>")
    expect(reply("message-id:\r\n <a.b@c>").messageId).toBe("<a.b@c>")
  })

  test.each([
    "",
    "Message-ID: a@b",
    "Message-ID: <a b@c>",
    "Message-ID:",
    `Message-ID: <${"x".repeat(2_000)}>`,
  ])("is made from the bytes where the mail has none to use: %s", (line) => {
    const one = reply("Subject: a", line)
    expect(one.messageId).toMatch(/^<[0-9a-f]{64}@relay\.test>$/)
    expect(reply("Subject: a", line).messageId).toBe(one.messageId)
    expect(reply("Subject: b", line).messageId).not.toBe(one.messageId)
  })
})

describe("automatic mail", () => {
  const PERSON = [
    "From: Anna <anna@shop.example>",
    "Subject: Re: hello",
    "Message-ID: <a@b>",
    "In-Reply-To: <c@d>",
  ]

  test.each([
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated; owner-email=a@b",
    "Precedence: bulk",
    "Precedence: auto_reply",
    "Precedence: Junk",
    "Precedence: list",
    "List-Id: <team.shop.example>",
    "X-Auto-Response-Suppress: All",
    "X-Autoreply: yes",
    "X-Autorespond: Re: hello",
    "X-Failed-Recipients: anna@shop.example",
    "Return-Path: <>",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
    "Content-Type: multipart/report;\r\n report-type=disposition-notification",
  ])("is known by %s", (line) => {
    expect(isAutomatic(header(...PERSON, line), "anna@shop.example")).toBe(true)
  })

  test("is known by its null sender", () => {
    expect(isAutomatic(header(...PERSON), "")).toBe(true)
  })

  test.each(["From: MAILER-DAEMON@shop.example", "From: Do not reply <noreply@shop.example>"])(
    "is known by %s",
    (from) => expect(isAutomatic(header(from), "x@shop.example")).toBe(true),
  )

  test("is not held against a form on a web site that says whom it writes for", () => {
    const read = (...lines: string[]) => {
      const { automatic, writtenFor = null } = reply(...lines)
      return { automatic, writtenFor }
    }
    const form = ["From: Shop <no-reply@shop.example>", "Reply-To: Jana <Jana@customer.example>"]
    const jana = { from: "jana@customer.example", name: "Jana" }
    expect(read(...form)).toEqual({ automatic: true, writtenFor: jana })
    expect(read(...form, "Auto-Submitted: no").writtenFor).toEqual(jana)
    // the controls
    expect(read(...form, "Auto-Submitted: auto-generated").writtenFor).toBeNull()
    expect(read(...form, "Precedence: bulk").writtenFor).toBeNull()
    expect(read(...form, "Reply-To: b@customer.example").writtenFor).toBeNull()
    expect(read(form[0]!).writtenFor).toBeNull()
    expect(read("From: mailer-daemon@shop.example", form[1]!).writtenFor).toBeNull()
    expect(read("From: Anna <anna@shop.example>", form[1]!)).toEqual({ automatic: false, writtenFor: null })
  })

  test.each([
    "Subject: Re: hello",
    "Auto-Submitted: no",
    "Precedence: normal",
    "X-Auto-Response-Suppress: None",
    "X-Autoreply: no",
    "Content-Type: multipart/mixed; boundary=report",
    "Return-Path: <anna@shop.example>",
    "List-Unsubscribe: <mailto:x@y.example>",
    "From: Norah Reply <norah@shop.example>",
  ])("is not what a person sends with %s", (line) => {
    expect(isAutomatic(header(...PERSON.slice(1), line), "anna@shop.example")).toBe(false)
  })
})
