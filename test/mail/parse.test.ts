import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest"
import { silentLog } from "../../relay/log.ts"
import { MARKER } from "../../relay/mail/marker.ts"
import { type MailParser, NO_TEXT, openMailParser, PARSE_LIMITS, UNREADABLE } from "../../relay/mail/parse.ts"

const mail = (...lines: string[]) => Buffer.from(lines.join("\r\n"))
const HEAD = [
  "From: Anna <anna@shop.example>",
  "Subject: Re: hello",
  "Message-ID: <a@b>",
  "MIME-Version: 1.0",
]

let parser: MailParser
beforeEach(() => {
  parser = openMailParser({ domain: "relay.test", log: silentLog() })
})
afterEach(() => parser.close())

const textOf = async (raw: Buffer) => (await parser.parse(raw, "anna@shop.example")).text

describe("an answer", () => {
  test("in plain text", async () => {
    const raw = mail(
      ...HEAD,
      "Content-Type: text/plain; charset=utf-8",
      "",
      "Ano, zavolám.",
      "",
      "> old",
      "> older",
      "> oldest",
    )
    expect(await parser.parse(raw, "anna@shop.example")).toEqual({
      from: "anna@shop.example",
      name: "Anna",
      subject: "Re: hello",
      messageId: "<a@b>",
      thread: [],
      text: "Ano, zavolám.",
      whole: "Ano, zavolám.\n\n> old\n> older\n> oldest",
      automatic: false,
      attachments: [],
      attachmentCount: 0,
    })
  })

  test("as Gmail sends it: text and HTML, quoted-printable, in an alternative", async () => {
    const raw = mail(
      ...HEAD,
      'Content-Type: multipart/alternative; boundary="000abc"',
      "",
      "--000abc",
      'Content-Type: text/plain; charset="UTF-8"',
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "Ano, zavol=C3=A1m.",
      "",
      "so 21. 11. 2026 v 10:15 odes=C3=ADlatel Jana <r-aaaabbbb@mail.example> na=",
      "psal:",
      "",
      `> ${MARKER.replaceAll("=", "=3D")}`,
      "> Do you ship?",
      "--000abc",
      'Content-Type: text/html; charset="UTF-8"',
      "",
      '<div dir="ltr">HTML part</div>',
      "--000abc--",
    )
    expect(await textOf(raw)).toBe("Ano, zavolám.")
  })

  test.each([
    [
      "Gmail",
      `<div dir="ltr">Yes.<br><br>Two days.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Sat wrote:<br></div><blockquote class="gmail_quote">quoted</blockquote></div>`,
    ],
    [
      "Apple Mail",
      `<html><body>Yes.<div><br></div><div>Two days.<br><div><br><blockquote type="cite"><div>On 21 Nov 2026, at 10:15, Jana wrote:</div>quoted</blockquote></div></div></body></html>`,
    ],
    [
      "Thunderbird",
      `<p>Yes.</p><p>Two days.</p><div class="moz-cite-prefix">On 11/21/26 10:15, Jana wrote:<br></div><blockquote type="cite" cite="mid:x">quoted</blockquote>`,
    ],
    [
      "Outlook",
      `<div class="WordSection1"><p>Yes.</p><p>Two days.</p></div><div id="divRplyFwdMsg"><b>From:</b> Jana<br><b>Sent:</b> today<br></div><div>${MARKER}<br>quoted</div>`,
    ],
  ])("as HTML alone from %s", async (_name, html) => {
    const text = await textOf(mail(...HEAD, "Content-Type: text/html; charset=utf-8", "", html))
    expect(text.replace(/\n+/g, " ")).toBe("Yes. Two days.")
  })

  test("written into the quote of an HTML mail is not lost", async () => {
    const raw = mail(
      ...HEAD,
      "Content-Type: text/html",
      "",
      '<blockquote type="cite">Do you ship?<p>Yes.</p></blockquote>',
    )
    expect(await textOf(raw)).toContain("Yes.")
  })

  test("with an attachment: the text, without what is attached", async () => {
    const raw = mail(
      ...HEAD,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "Here it is.",
      "--b",
      'Content-Type: application/octet-stream; name="../../x.exe"',
      'Content-Disposition: attachment; filename="../../x.exe"',
      "Content-Transfer-Encoding: base64",
      "",
      "QUJD".repeat(20),
      "--b--",
    )
    expect(await textOf(raw)).toBe("Here it is.")
  })

  test.each([
    ["windows-1250", Buffer.from([0x8e, 0x6c, 0x75, 0x9d]), "Žluť"],
    ["iso-8859-2", Buffer.from([0xae, 0x6c, 0x75, 0xbb]), "Žluť"],
    ["utf-8", Buffer.from("Žluť 🙂"), "Žluť 🙂"],
  ])("in %s", async (charset, body, text) => {
    const raw = Buffer.concat([mail(...HEAD, `Content-Type: text/plain; charset=${charset}`, "", ""), body])
    expect(await textOf(raw)).toBe(text)
  })

  test("is shortened when it is longer than the chat box takes", async () => {
    const text = await textOf(mail(...HEAD, "", `${"word ".repeat(10_000)}end`))
    expect(text.length).toBeLessThanOrEqual(10_000)
    expect(text).toMatch(/^word .*\(Shortened\. The whole e-mail is kept\.\)$/s)
  })

  test.each([
    ["without a body", mail(...HEAD, "", "")],
    ["without anything", Buffer.alloc(0)],
    ["with blanks alone", mail(...HEAD, "", " ", "", "\t")],
    [
      "with a picture alone",
      mail(...HEAD, "Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "AAAA"),
    ],
  ])("%s says that it has no text", async (_name, raw) => expect(await textOf(raw)).toBe(NO_TEXT))
})

describe("an odd or hostile mail is read in bounded time, with its header's facts at least", () => {
  const nested = (depth: number): Buffer => {
    const lines = [...HEAD]
    for (let n = 0; n < depth; n += 1)
      lines.push(`Content-Type: multipart/mixed; boundary=b${n}`, "", `--b${n}`)
    return mail(...lines, "Content-Type: text/plain", "", "deep")
  }
  const parts = (count: number): Buffer =>
    mail(...HEAD, "Content-Type: multipart/mixed; boundary=b", "", "--b\r\n\r\nx\r\n".repeat(count), "--b--")

  test.each<[string, Buffer, string | RegExp]>([
    ["10,000-deep MIME", nested(10_000), UNREADABLE],
    ["a million parts", parts(1_000_000), UNREADABLE],
    ["an unknown charset", mail(...HEAD, "Content-Type: text/plain; charset=klingon", "", "qapla"), "qapla"],
    [
      "bytes that are not of their charset",
      Buffer.concat([
        mail(...HEAD, "Content-Type: text/plain; charset=utf-8", "", ""),
        Buffer.from([0x61, 0xff, 0xfe, 0x62]),
      ]),
      /^a.+b$/,
    ],
    ["50,000 newlines", mail(...HEAD, "", `a${"\r\n".repeat(50_000)}b`), "a\n\nb"],
    ["HTML 100,000 deep", mail(...HEAD, "Content-Type: text/html", "", `${"<div>".repeat(100_000)}x`), /./],
    [
      "a boundary that never ends",
      mail(...HEAD, "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "text"),
      "text",
    ],
    ["a multipart without a boundary", mail(...HEAD, "Content-Type: multipart/mixed", "", "text"), /./],
    ["broken base64", mail(...HEAD, "Content-Transfer-Encoding: base64", "", "!!!!"), /./],
    ["a header of 2 MB", mail(...HEAD, `X-Long: ${"x".repeat(2_000_000)}`, "", "text"), /./],
    ["one line of 20 MB", mail(...HEAD, "", "x".repeat(20_000_000)), /^x/],
    ["20 MB of quote signs", mail(...HEAD, "", ">\r\n".repeat(6_000_000)), /./],
  ])("%s", { timeout: 30_000 }, async (_name, raw, text) => {
    const read = await parser.parse(raw, "anna@shop.example")
    expect(read.text).toMatch(
      text instanceof RegExp ? text : new RegExp(`^${text.replace(/[().]/g, "\\$&")}$`),
    )
    expect(read).toMatchObject({ from: "anna@shop.example", subject: "Re: hello", messageId: "<a@b>" })
    // and the next one is read as if nothing had been
    expect(await textOf(mail(...HEAD, "", "the next"))).toBe("the next")
  })

  test("an encoded line end in a subject is a blank", async () => {
    const raw = mail("From: anna@shop.example", "Subject: =?utf-8?q?a=0D=0ABcc:_b?=", "", "text")
    expect((await parser.parse(raw, "anna@shop.example")).subject).toBe("a Bcc: b")
  })
})

describe("the process that reads", () => {
  const limited: MailParser[] = []
  afterAll(() => Promise.all(limited.map((one) => one.close())))
  const withLimits = (limits: Partial<typeof PARSE_LIMITS>): MailParser => {
    const one = openMailParser({
      domain: "relay.test",
      log: silentLog(),
      limits: { ...PARSE_LIMITS, ...limits },
    })
    limited.push(one)
    return one
  }
  const small = mail(...HEAD, "", "small")

  test("that takes too long is ended; that mail is unreadable, the next is read", async () => {
    const slow = withLimits({ timeMs: 1 })
    expect((await slow.parse(mail(...HEAD, "", "x\r\n".repeat(2_000_000)), "a@b.example")).text).toBe(
      UNREADABLE,
    )
    const patient = withLimits({})
    expect((await patient.parse(small, "a@b.example")).text).toBe("small")
  })

  test("may take longer to start than a mail may take: that is not held against the first mail", async () => {
    // A new process takes some 200 ms before it can read anything.
    const brisk = withLimits({ timeMs: 150 })
    expect((await brisk.parse(small, "a@b.example")).text).toBe("small")
  })

  test("that runs out of memory is replaced", async () => {
    const tight = withLimits({ heapMb: 48, timeMs: 20_000 })
    const big = mail(...HEAD, "", "x\r\n".repeat(8_000_000))
    expect((await tight.parse(big, "a@b.example")).text).toBe(UNREADABLE)
    expect((await tight.parse(small, "a@b.example")).text).toBe("small")
  }, 30_000)

  test("reads all that wait, each for itself", async () => {
    const raws = Array.from({ length: 50 }, (_, n) => mail(...HEAD, "", `number ${n}`))
    const texts = await Promise.all(raws.map(textOf))
    expect(texts).toEqual(raws.map((_, n) => `number ${n}`))
  })

  test("has no endless queue: more are refused, to be sent again", async () => {
    const short = withLimits({ waiting: 2 })
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => short.parse(small, "a@b.example")))
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ])
    expect(results[4]).toMatchObject({ reason: { code: "too-many" } })
    expect((await short.parse(small, "a@b.example")).text).toBe("small")
  })

  test("counts the bytes that wait as well", async () => {
    const short = withLimits({ waitingBytes: 2_000 })
    const raw = mail(...HEAD, "", "x".repeat(1_500))
    const results = await Promise.allSettled([1, 2, 3].map(() => short.parse(raw, "a@b.example")))
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"])
  })

  test("gives its memory back after a while without work, and is started anew for the next", async () => {
    const processes = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length
    const brief = withLimits({ idleMs: 20 })
    for (let round = 0; round < 2; round += 1) {
      expect((await brief.parse(small, "a@b.example")).text).toBe("small")
      await expect.poll(processes).toBe(0)
    }
  })

  test("that is closed leaves nobody waiting", async () => {
    const closing = withLimits({})
    const waiting = [1, 2, 3].map(() => closing.parse(small, "a@b.example"))
    await closing.close()
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual([UNREADABLE, UNREADABLE, UNREADABLE])
  })
})
