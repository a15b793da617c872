import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readBounce } from "../../relay/mail/dsn/read.ts"
import { judgeReport } from "../../relay/rules/bounces.ts"
import { cpuTime } from "../kit/cpu-time.ts"
import { EXPECTED, OURS } from "./bounces/expected.ts"

const FOLDER = new URL("./bounces/", import.meta.url)

/** As it comes over the wire. */
const load = (name: string): Buffer =>
  Buffer.from(readFileSync(new URL(`${name}.eml`, FOLDER), "utf8").replace(/\r?\n/g, "\r\n"))

const judge = (raw: Buffer, from = "") => judgeReport(readBounce(raw, from), OURS)

describe("a report that came back", () => {
  it.each(EXPECTED)("%s: %s, %s, %s", (name, effect, action, outcome, says) => {
    const judged = judge(load(name), name === "a-person-writes" ? "ada@example.net" : "")
    expect({ effect: judged.effect, action: judged.action, outcome: judged.outcome }).toEqual({
      effect,
      action,
      outcome,
    })
    if (effect === "failed") expect(judged.answer).not.toBe("")
    if (says !== undefined) expect(judged.answer).toContain(says)
    expect(judged.answer.length).toBeLessThanOrEqual(500)
  })

  it("is here for every file, and every file for one", () => {
    const files = readdirSync(FOLDER).flatMap((file) => /^(.*)\.eml$/.exec(file)?.[1] ?? [])
    expect(EXPECTED.map(([name]) => name).sort()).toEqual(files.sort())
    expect(files.length).toBeGreaterThanOrEqual(60)
  })
})

describe("a hostile report", () => {
  const times = (text: string, count: number): string => text.repeat(count)
  const mail = (type: string, body: string): Buffer =>
    Buffer.from(
      `From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered Mail\r\nContent-Type: ${type}\r\n\r\n${body}`,
    )
  const nested = (depth: number): string => {
    let text = ""
    for (let level = 0; level < depth; level += 1)
      text += `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`
    return text
  }

  it.each([
    ["a million parts", mail("multipart/report; boundary=b", times("--b\r\n\r\nx\r\n", 1_000_000))],
    ["parts in parts", mail("multipart/mixed; boundary=b0", nested(10_000))],
    ["no line end", mail("text/plain", `550 5.1.1 ${times("user ", 2_000_000)}`)],
    ["addresses", mail("text/plain", times("<a@b>:\n\n", 200_000))],
    [
      "addresses in qmail's words",
      mail(
        "text/plain",
        `Hi. This is the ${times("not been n o fail ", 300)}\n\n${times("<a@b>:\n\n", 200_000)}`,
      ),
    ],
    ["numbers", mail("text/plain", times("host said: 55", 500_000))],
    ["empty lines", mail("text/plain", times("\n", 5_000_000))],
    ["tags", mail("text/html", times("<style><p <br", 300_000))],
    [
      "recipients",
      mail("message/delivery-status", times("\r\nAction: failed\r\nFinal-Recipient: a@b\r\n", 99_999)),
    ],
    ["one address", mail("text/plain", `delivery failed: ${times("a", 1_000_000)}@`)],
    ["statuses", mail("text/plain", `delivery failed: ${times("5.1.", 1_000_000)}`)],
    ["blanks", mail("text/plain", `delivery failed to: ${times(" ", 1_000_000)}x`)],
    ["bytes", Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) & 255))],
    ["nothing", Buffer.alloc(0)],
  ])("is read in bounded time: %s", async (_, raw) => {
    let answer = ""
    const took = await cpuTime(() => {
      answer = judge(raw).answer
    })
    expect(took).toBeLessThan(1000)
    expect(answer.length).toBeLessThanOrEqual(500)
  })

  it("cannot make up lines: what is kept of it is one line without control characters", () => {
    const said = "550 5.1.1 unknown\r\n\tuser\u0000\u0007\u001b[31m\u2028x"
    const { answer } = judge(
      mail(
        'multipart/report; report-type=delivery-status; boundary="b"',
        `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; ada@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; ${said}\r\n--b--\r\n`,
      ),
    )
    expect(answer).toMatch(/^550 5\.1\.1 unknown user [^\p{Cc}\u2028]*x$/u)
  })
})
