import { existsSync } from "node:fs"
import path from "node:path"
import { expect } from "vitest"
import { until } from "../../kit/until.ts"
import { type Case, person, STORED } from "./case.ts"
import { ANNA, D, INBOX, type Scene } from "./scene.ts"

/** What a mail is made of. Each goes to Anna and to the inbox: passed on as it is, and read. */

const BOTH = [ANNA, INBOX]
const TAKEN = { forwards: 1, kept: 1, messages: 1 }

const sendBoth = (raw: Buffer) => async (scene: Scene) => [await scene.send(raw, BOTH)]

/** It went on byte for byte, under what the relay puts on top. */
const wentOn = (raw: Buffer) => async (scene: Scene) => {
  await until("it goes on as it came", () => scene.passedOn().some((mail) => endsWith(mail.raw, raw)), 30_000)
}

const endsWith = (sent: Buffer, raw: Buffer): boolean =>
  sent.subarray(sent.length - raw.length - 2, sent.length - 2).equals(raw)

const taken = (of: string, name: string, raw: Buffer, more: Partial<Case> = {}): Case => ({
  of,
  name,
  run: sendBoth(raw),
  hears: [STORED],
  leaves: TAKEN,
  after: wentOn(raw),
  ...more,
})

/** 10,000 multiparts, each the only part of the one before. */
const deep = (): Buffer => {
  const parts = Array.from(
    { length: 10_000 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  )
  return Buffer.from(
    `From: jana@customer.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n${parts.join("")}Content-Type: text/plain\r\n\r\nhere`,
  )
}

const wide = (): Buffer =>
  Buffer.concat([
    Buffer.from(
      "From: jana@customer.example\r\nSubject: wide\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
    ),
    Buffer.from("--b\r\n\r\nx\r\n".repeat(1_000_000)),
    Buffer.from("--b--"),
  ])

const field = (name: string, value: string, count: number): Buffer =>
  Buffer.concat([Buffer.from(`${name}: ${value}\r\n`.repeat(count)), person({ Subject: `many ${name}` })])

const SIGNATURE = (n: number): string =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=d${n}.example; s=s; h=from:subject; bh=AAAA; b=AAAA\r\n`

const sizes: Case[] = [
  taken("10,000-deep MIME", "passed on as it is; kept whole, whatever could be read", deep()),
  taken("a million parts", "passed on as it is; kept whole, whatever could be read", wide()),
  taken("header bombs", "100,000 fields", field("X-Bomb", "x".repeat(60), 100_000)),
  taken("header bombs", "one field of 5 MB", field("X-Bomb", `${"x".repeat(70)}\r\n `.repeat(73_000), 1)),
  taken("header bombs", "80,000 empty folds of one field", field("X-Bomb", "\r\n ".repeat(80_000), 1)),
  taken(
    "header bombs",
    "200,000 blanks in a signature",
    field("DKIM-Signature", `v=1; a=${" ".repeat(200_000)}x; d=b.example; s=s; h=from; bh=AA; b=AA`, 1),
  ),
  taken("header bombs", "20,000 addresses", field("Cc", Array(20_000).fill("a@b.example").join(",\r\n "), 1)),
  taken(
    "header bombs",
    "5,000 signatures, each with a question for the DNS",
    Buffer.concat([
      Buffer.from(Array.from({ length: 5_000 }, (_, n) => SIGNATURE(n)).join("")),
      person({ Subject: "many signatures" }),
    ]),
  ),
  {
    of: "header bombs",
    name: "1,000 Received lines are a loop, and stop here",
    run: sendBoth(field("Received", "from a by b; Sat, 21 Nov 2026 10:00:00 +0000", 1_000)),
    hears: [/^554 5\.4\.6/],
  },
]

const headers: Case[] = [
  taken(
    "two From fields or none",
    "two",
    person({ From: "jana@customer.example\r\nFrom: eve@evil.example" }),
  ),
  taken("two From fields or none", "none", person({ From: "" })),
  taken(
    "encoded CRLF in Subject",
    "adds no line to the notice, nor to anything else we write",
    person({
      From: "petr@customer.example",
      Subject: "=?utf-8?Q?Lamps=0D=0ABcc:_eve@evil.example=0D=0A=0D=0Aevil?=",
    }),
    {
      after: async (scene) => {
        const notice = await until("the notice", () =>
          scene.sink.mails.find(({ raw }) => /^Subject: (?:Re: )?Lamps.*Bcc: eve/m.test(unfolded(raw))),
        )
        expect(headOf(notice.raw)).not.toMatch(/^(?:Bcc:|evil)/m)
        for (const { to } of scene.sink.mails) expect(to).not.toContain("eve@evil.example")
      },
    },
  ),
  taken(
    "`../../x.exe` as a file name",
    "is x.exe, and no file of the relay's folder",
    person(
      { "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b" },
      [
        "--b",
        "Content-Type: text/plain",
        "",
        "See the file.",
        "--b",
        'Content-Type: application/octet-stream; name="../../x.exe"',
        'Content-Disposition: attachment; filename="../../x.exe"',
        "Content-Transfer-Encoding: base64",
        "",
        "TVo=",
        "--b--",
      ].join("\n"),
    ),
    {
      after: (scene) => {
        expect(scene.rows("SELECT name FROM attachments")).toEqual([{ name: "x.exe" }])
        for (const up of [".", "..", "../.."])
          expect(existsSync(path.join(scene.folder, up, "x.exe"))).toBe(false)
      },
    },
  ),
]

const letters: Case[] = [
  taken(
    "invalid UTF-8 and charsets",
    "bytes that are no UTF-8, in a field and in the text",
    Buffer.concat([
      Buffer.from("From: jana@customer.example\r\nSubject: "),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
      Buffer.from("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"),
      Buffer.from([0xc3, 0x28, 0xf0, 0x9f, 0x92, 0x20, 0xff]),
    ]),
  ),
  ...["klingon", "utf-7", "../../etc/passwd", "utf-16", "x".repeat(900)].map((charset) =>
    taken(
      "invalid UTF-8 and charsets",
      `the charset "${charset.slice(0, 20)}"`,
      person(
        { "Content-Type": `text/plain; charset="${charset}"` },
        `Written in ${charset.slice(0, 20)}+AGE-`,
      ),
    ),
  ),
]

const forged: Case[] = [
  {
    of: "forged reports",
    name: "to an address that we never made: nobody's",
    run: async (scene) => {
      const flipped = scene.bounce.replace(/.@/, (end) => (end === "a@" ? "e@" : "a@"))
      const unknown = `b-${"a".repeat(46)}@${D}`
      return [await scene.send(report(ANNA), flipped, ""), await scene.send(report(ANNA), unknown, "")]
    },
    hears: [/^550 5\.1\.1/, /^550 5\.1\.1/],
  },
  {
    of: "forged reports",
    name: "to an agent's name, the inbox, an answer's address: no report, no message, no verdict",
    run: async (scene) => [
      await scene.send(report("anna@lamplight.example"), ANNA, ""),
      await scene.send(report("anna@lamplight.example"), INBOX, ""),
      await scene.send(report("anna@lamplight.example"), scene.reply, ""),
    ],
    hears: [STORED, STORED, STORED],
    leaves: { forwards: 1, kept: 2 },
    after: (scene) => {
      expect(scene.rows("SELECT id FROM deliveries WHERE state = 'failed'")).toEqual([])
    },
  },
  {
    of: "forged reports",
    name: "about another mail than its address says: kept, and changes nothing",
    run: async (scene) => [await scene.send(report("somebody@else.example"), scene.bounce, "")],
    hears: [STORED],
    leaves: { reports: 1 },
    after: (scene) => {
      expect(scene.rows("SELECT id FROM deliveries WHERE state = 'failed' OR bounced_at > 0")).toEqual([])
    },
  },
]

const report = (recipient: string): string =>
  [
    "From: MAILER-DAEMON@evil.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; evil.example",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    "Status: 5.1.1",
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    "Message-ID: <forged@evil.example>",
    "",
    "--b--",
  ].join("\r\n")

const headOf = (raw: Buffer): string => raw.subarray(0, raw.indexOf("\r\n\r\n")).toString()
const unfolded = (raw: Buffer): string => headOf(raw).replace(/\r\n[ \t]+/g, " ")

export const CONTENT_CASES: Case[] = [...sizes, ...headers, ...letters, ...forged]
