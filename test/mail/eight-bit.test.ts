import { isAscii } from "node:buffer"
import { MailParser } from "mailparser"
import { describe, expect, it } from "vitest"
import { needsEightBit, needsUtf8, toSevenBit } from "../../relay/mail/eight-bit.ts"
import { cpuTime } from "../kit/cpu-time.ts"

const HEAD = "From: Jana <jana@shop.example>\r\nSubject: A lamp\r\nMIME-Version: 1.0\r\n"
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0x0d, 0x0a, 0x80])

interface Read {
  text: string
  files: { name: string | undefined; bytes: Buffer }[]
}

/** What a mail program makes of it. */
const read = (raw: Buffer): Promise<Read> =>
  new Promise((resolve, reject) => {
    const parser = new MailParser({ skipHtmlToText: true, skipTextToHtml: true })
    const found: Read = { text: "", files: [] }
    parser.on("data", (part) => {
      if (part.type === "text") {
        found.text = typeof part.text === "string" ? part.text : ""
        return
      }
      const chunks: Buffer[] = []
      part.content.on("data", (chunk: Buffer) => chunks.push(chunk))
      part.content.on("end", () => {
        found.files.push({ name: part.filename, bytes: Buffer.concat(chunks) })
        part.release()
      })
    })
    parser.on("end", () => resolve(found))
    parser.on("error", reject)
    parser.end(raw)
  })

const bytes = (...pieces: (string | Buffer)[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)))

const multipart = (type: string, ...parts: Buffer[]): Buffer => {
  const mark = type.replace("/", "=")
  return bytes(
    `Content-Type: ${type}; boundary="${mark}"\r\n\r\nOld program?\r\n`,
    ...parts.flatMap((part) => [`--${mark}\r\n`, part, "\r\n"]),
    `--${mark}--\r\n`,
  )
}
const text = bytes(
  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nŽluťoučký kůň",
)
const image = bytes(
  'Content-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\n\r\n',
  PNG,
)

const convert = (raw: Buffer): Buffer => {
  const converted = toSevenBit(raw)
  if (converted === null) throw new Error("not converted")
  expect(isAscii(converted)).toBe(true)
  const lines = converted.toString().split("\r\n")
  expect(lines.filter((line) => line.length > 78 && !line.includes(":"))).toEqual([])
  expect(converted.toString()).not.toMatch(/[^\r]\n/)
  return converted
}

describe("a mail for a server without 8BITMIME", () => {
  it("reads the same: a text", async () => {
    const line = `Žluťoučký = kůň ${"úpěl ďábelské ódy ".repeat(20)}`
    const raw = bytes(
      HEAD,
      `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${line} \r\n\t\r\n.\r\n=41\r\n`,
    )
    const converted = convert(raw)
    expect((await read(converted)).text).toBe((await read(raw)).text)
    expect(converted.toString().match(/content-transfer-encoding: .*/gi)).toEqual([
      "Content-Transfer-Encoding: quoted-printable",
    ])
  })

  it("reads the same: a text without any header about it, in Latin-1", async () => {
    const raw = bytes(
      "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n",
      Buffer.from("caf\xe9\r\n", "latin1"),
    )
    expect((await read(convert(raw))).text).toBe("café\n")
    expect(convert(bytes("\r\n", Buffer.from([0xe9]))).toString()).toMatch(/\r\n\r\n=E9$/)
  })

  it("reads the same: parts in parts, a file, a mail in the mail", async () => {
    const inner = bytes("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n", HEAD, text)
    const raw = bytes(
      HEAD,
      multipart("multipart/mixed", bytes(multipart("multipart/alternative", text)), image, inner),
    )
    const converted = convert(raw)
    const [before, after] = [await read(raw), await read(converted)]
    expect(after.text).toBe(before.text)
    expect(after.text).toContain("Žluťoučký kůň")
    expect(after.files[0]).toEqual({ name: "a.png", bytes: PNG })
    expect(converted.toString()).toContain(
      "quoted-printable\r\n\r\n=C5=BDlu=C5=A5ou=C4=8Dk=C3=BD k=C5=AF=C5=88",
    )
  })

  it("leaves parts that need nothing as they are, byte for byte", () => {
    const plain = "Content-Type: text/x-log\r\n\r\nkeep = this  \r\nas it is"
    const raw = bytes(HEAD, multipart("multipart/mixed", bytes(plain), text))
    expect(convert(raw).toString()).toContain(`--multipart=mixed\r\n${plain}\r\n--multipart=mixed\r\n`)
  })

  it("is the same mail when there is nothing to do", () => {
    const raw = bytes(HEAD, "\r\nHello\r\n")
    expect([toSevenBit(raw), needsEightBit(raw)]).toEqual([raw, false])
    const header = bytes("Subject: caf\u00e9\r\n\r\nHello\r\n")
    expect([toSevenBit(header), needsEightBit(header)]).toEqual([header, false])
    expect(needsEightBit(bytes(HEAD, "\r\ncaf\u00e9\r\n"))).toBe(true)
  })

  it("says on top that it was converted", () => {
    expect(convert(bytes(HEAD, text)).toString()).toMatch(
      /^X-MIME-Autoconverted: from 8bit to 7bit by Porchlight\r\n/,
    )
  })

  it.each([
    ["signed parts", multipart("multipart/signed", text, image)],
    ["signed parts within others", multipart("multipart/mixed", multipart("multipart/signed", text))],
    ["an encoding nobody knows", bytes("Content-Transfer-Encoding: x-uuencode\r\n\r\n", PNG)],
    ["a report in 8 bits", bytes("Content-Type: message/delivery-status\r\n\r\n", PNG)],
    [
      "too many parts in parts",
      Array.from({ length: 30 }).reduce<Buffer>(
        (inner) => bytes("Content-Type: message/rfc822\r\n\r\n", inner),
        text,
      ),
    ],
  ])("is not converted: %s", (_what, entity) => {
    expect(toSevenBit(bytes(HEAD, entity))).toBeNull()
  })

  it.each([
    ["no closing delimiter", bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", text)],
    ["no delimiter at all", bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\nŽluť")],
    ["no boundary", bytes("Content-Type: multipart/mixed\r\n\r\nŽluť")],
    [
      "delimiters in a row",
      bytes(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n--b\r\n\r\nŽ\r\n--b--\r\n--b\r\nŽ",
      ),
    ],
    [
      "text where nobody reads",
      bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\nŽ\r\n--b\r\n\r\nx\r\n--b--\r\nŽ"),
    ],
    ["a lie about the encoding", bytes("Content-Transfer-Encoding: quoted-printable\r\n\r\n=41Ž=\r\n")],
    ["another lie", bytes("Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n", PNG.subarray(0, 1))],
    [
      "a delimiter that only begins like one",
      bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nŽ\r\n--bb\r\n--b--\r\n"),
    ],
  ])("is converted in spite of %s", (_what, entity) => {
    convert(bytes(HEAD, entity))
  })

  it("is done with 25 MB in bounded time", async () => {
    const took = await cpuTime(() => {
      convert(bytes(HEAD, "Content-Type: image/png\r\n\r\n", Buffer.alloc(25_000_000, 0xff)))
      convert(bytes(HEAD, "\r\n", Buffer.alloc(5_000_000, "é \r\n")))
    })
    expect(took).toBeLessThan(20_000)
  })
})

it.each([
  ["From: jana@shop.example\r\n", false],
  ["From: Jana Nováková <jana@shop.example>\r\n", false],
  ['From: "Nováková @ home" <jana@shop.example>\r\n', false],
  ["Subject: mail jána@shop.example\r\n", false],
  ["From: jána@shop.example\r\n", true],
  ["To: a@b.example,\r\n <anna@lampářství.example>\r\n", true],
])("addresses that need SMTPUTF8: %j %s", (field, needed) => {
  expect(needsUtf8(bytes(field, "\r\nHello\r\n"))).toBe(needed)
})

it("takes bytes of an old charset for no UTF-8", () => {
  expect(needsUtf8(Buffer.from("From: j\xe1na@shop.example\r\n\r\n", "latin1"))).toBe(false)
})
