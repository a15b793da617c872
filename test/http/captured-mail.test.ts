import { expect, test } from "vitest"
import { readCaptured } from "../../relay/http/captured-mail.ts"

test("a mail is shown with its text and HTML", async () => {
  const raw = [
    "From: Jana <jana@customer.example>",
    "Reply-To: desk@customer.example",
    "Content-Type: multipart/alternative; boundary=a",
    "",
    ...["--a", "Content-Type: text/plain", "", "Hello", "--a", "Content-Type: text/html", "", "<p>Hello</p>"],
    ...["--a--", ""],
  ].join("\r\n")
  expect(await readCaptured(Buffer.from(raw))).toEqual({
    from: '"Jana" <jana@customer.example>',
    replyTo: "desk@customer.example",
    text: expect.stringMatching(/^Hello\s*$/),
    html: expect.stringContaining("<p>Hello</p>"),
    raw,
  })
})

test("one that no parser reads is there as it is", async () => {
  const part = "--a\r\n\r\nx\r\n"
  const raw = `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n${part.repeat(100_000)}`
  const nothing = { from: null, replyTo: null, text: null, html: null }
  expect(await readCaptured(Buffer.from(raw))).toEqual({ ...nothing, raw })
})
