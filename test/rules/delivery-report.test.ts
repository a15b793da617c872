import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  countReport,
  type ForwardedFacts,
  maskAnswer,
  statusOf,
  toldOf,
} from "../../relay/rules/delivery-report.ts"
import { HOUR } from "../../shared/words/time.ts"

const NONE = { result: "none", domain: null }
const facts = (change: Partial<ForwardedFacts>): ForwardedFacts => ({
  envelopeFrom: "jana@shop.example",
  from: "jana@shop.example",
  automatic: false,
  auth: { spf: NONE, dmarc: NONE },
  ...change,
})
const spf = (domain: string | null, result = "pass") => ({ spf: { result, domain }, dmarc: NONE })
const dmarc = (result = "pass") => ({ spf: NONE, dmarc: { result, domain: "shop.example" } })

describe("who is told that a forwarded mail failed", () => {
  it.each<[string, Partial<ForwardedFacts>]>([
    ["SPF passed for the envelope sender", { auth: spf("shop.example") }],
    ["and From is another's", { auth: spf("shop.example"), from: "list@else.example" }],
    ["DMARC passed, and From is of the same domain", { auth: dmarc() }],
    ["or of the whole of it", { auth: dmarc(), envelopeFrom: "b-1@bounces.shop.example" }],
  ])("the envelope sender: %s", (_, change) => {
    const given = facts(change)
    expect(toldOf(given)).toBe(given.envelopeFrom)
  })

  it.each<[string, Partial<ForwardedFacts>]>([
    ["nothing passed", {}],
    ["nothing was checked", { auth: null }],
    ["SPF did not pass", { auth: spf("shop.example", "softfail") }],
    ["SPF passed for the client's name only", { auth: spf("mail.else.example") }],
    ["DMARC did not pass", { auth: dmarc("fail") }],
    ["DMARC passed for a From that is not theirs", { auth: dmarc(), envelopeFrom: "victim@else.example" }],
    ["or for a part of their domain", { auth: dmarc(), envelopeFrom: "v@example", from: "me@shop.example" }],
    ["or for a name that only ends alike", { auth: dmarc(), envelopeFrom: "v@myshop.example" }],
    ["there is no one From", { auth: dmarc(), from: null }],
    ["the null sender", { auth: spf("shop.example"), envelopeFrom: "" }],
    ["a program or a list sent it", { auth: spf("shop.example"), automatic: true }],
  ])("nobody: %s", (_, change) => {
    expect(toldOf(facts(change))).toBeNull()
  })
})

it("is at most ten reports a day", () => {
  let count = countReport(null, 0)
  for (let more = 1; more < 10; more += 1) count = countReport(count, HOUR)
  expect(count).toEqual({ since: 0, count: 10 })
  expect(countReport(count, 23 * HOUR)).toBeNull()
  expect(countReport(count, 24 * HOUR)).toEqual({ since: 24 * HOUR, count: 1 })
})

describe("an answer without where the mail went", () => {
  const NAME = "anna@chat.example"
  const SECRET = "ada.lovelace@private-mail.example"

  it.each([
    [
      "552 5.2.2 <ada.lovelace@private-mail.example>: user is over quota",
      "552 5.2.2 <anna@chat.example>: user is over quota",
    ],
    ["550 5.1.1 Ada.Lovelace: no such user", "550 5.1.1 …: no such user"],
    ["550 unknown user Lovelace at PRIVATE-MAIL", "550 unknown user … at …"],
    [
      "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
      "554 5.7.1 Service unavailable; Client host […] blocked using …",
    ],
    ["451 see https://support.example/?user=ada.lovelace%40private-mail.example now", "451 see … now"],
    ["550 ada.lovelace=40private-mail.example unknown", "550 <anna@chat.example> unknown"],
    ["550 5.7.1 2001:db8::7 refused by mx1.private-mail.example", "550 5.7.1 … refused by …"],
  ])("%s", (answer, masked) => {
    expect(maskAnswer(answer, SECRET, NAME)).toBe(masked)
  })

  it("names it in no case and however it is written", () => {
    const part = fc.constantFrom(
      "ada.lovelace",
      "LOVELACE",
      "private-mail",
      SECRET,
      SECRET.toUpperCase(),
      "mx.private-mail.example",
      "<",
      ">",
      " ",
      "550 5.1.1 ",
      "user=",
      "[",
      "]",
      "@",
      "\n",
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const masked = maskAnswer(parts.join(""), SECRET, NAME).toLowerCase()
        expect(masked).not.toMatch(/ada\.|lovelace|private/)
      }),
    )
  })
})

describe("the status of a report", () => {
  it.each<[string, Parameters<typeof statusOf>[0], string]>([
    ["the server's", { outcome: "mailbox-full", answer: "552 5.2.2 over quota" }, "5.2.2"],
    [
      "in the class of failures",
      { outcome: "connection", answer: "451-4.4.1 later\n451 4.4.1 later" },
      "5.4.1",
    ],
    ["ours, where no server was asked", { outcome: "address-wrong", answer: "5.1.10 null MX" }, "5.1.10"],
    ["what the class stands for", { outcome: "too-large", answer: "552 too large" }, "5.3.4"],
    ["no address", { outcome: "policy", answer: "5.1.2.3 is blocked" }, "5.7.1"],
  ])("is %s", (_, failure, status) => {
    expect(statusOf(failure)).toBe(status)
  })
})
