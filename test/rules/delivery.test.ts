import { describe, expect, it } from "vitest"
import { classifyAnswer, isPermanent, nextTry, readAnswer } from "../../relay/rules/delivery.ts"
import { DELIVERY_OUTCOMES, type DeliveryOutcome } from "../../shared/words/outcomes.ts"
import { HOUR, MINUTE } from "../../shared/words/time.ts"
import { cpuTime } from "../kit/cpu-time.ts"

/** Answers as they are met, and what they mean: tried again (true) or over (false). */
const ANSWERS: [string, DeliveryOutcome, boolean][] = [
  // mailbox full
  [
    "552-5.2.2 The recipient's inbox is out of storage space and inactive. Please direct the recipient to\n552 5.2.2 https://support.example/mail/?p=OverQuotaPerm",
    "mailbox-full",
    false,
  ],
  [
    "452-4.2.2 The recipient's inbox is out of storage space.\n452 4.2.2 https://support.example/?p=OverQuotaTemp",
    "mailbox-full",
    true,
  ],
  ["452 4.1.1 <ada@example.com> mailbox full", "mailbox-full", true],
  ["554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", "mailbox-full", false],
  ["552 Requested mail action aborted: exceeded storage allocation", "mailbox-full", false],
  ["550 <ada@example.com>: quota exceeded", "mailbox-full", false],
  ["550 5.7.1 Mailbox is full / Blocks limit exceeded / Inode limit exceeded", "mailbox-full", false],
  ["550 Postfach ist voll", "mailbox-full", false],
  // address wrong
  [
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550 5.1.1 double-checking the recipient's email address",
    "address-wrong",
    false,
  ],
  [
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "address-wrong",
    false,
  ],
  ["550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "address-wrong", false],
  [
    "550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
    "address-wrong",
    false,
  ],
  ["550 5.2.1 The email account that you tried to reach is disabled.", "address-wrong", false],
  ["550 Requested action not taken: mailbox unavailable: no such user here", "address-wrong", false],
  [
    "554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0]",
    "address-wrong",
    false,
  ],
  ["550 5.1.1 unknown or illegal alias: ada@example.com", "address-wrong", false],
  ["553 sorry, that domain isn't in my list of allowed rcpthosts", "address-wrong", false],
  ["550 No Such User Here", "address-wrong", false],
  ["550 5.1.6 Recipient no longer on server", "address-wrong", false],
  ["556 5.1.10 Recipient address has null MX", "address-wrong", false],
  ["521 5.3.2 Host does not accept mail", "address-wrong", false],
  ["550 5.7.1 Unknown local part ada in <ada@example.com>", "address-wrong", false],
  ["550 Unrouteable address: invalid domain", "address-wrong", false],
  // domain blocked
  [
    "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
    "domain-blocked",
    false,
  ],
  [
    "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
    "domain-blocked",
    false,
  ],
  ["550 5.7.511 Access denied, banned sender[192.0.2.7]", "domain-blocked", false],
  ["550 5.7.606 Access denied, banned sending IP [192.0.2.7]", "domain-blocked", false],
  [
    "554 5.7.1 <mail.example.com[192.0.2.7]>: Client host rejected: Access denied: your domain is blacklisted",
    "domain-blocked",
    false,
  ],
  [
    "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1",
    "rate-limited",
    true,
  ],
  ["550 5.7.1 Sender address rejected: blocked by recipient's administrator", "domain-blocked", false],
  ["554-mx.example.net\n554 Your IP has a poor reputation and was rejected", "domain-blocked", false],
  [
    "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
    "domain-blocked",
    false,
  ],
  // greylisted
  [
    "450 4.2.0 <ada@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example/help",
    "greylisted",
    true,
  ],
  ["451 4.7.1 Greylisting in action, please come back later", "greylisted", true],
  ["450 4.7.1 Please retry in 5 minutes", "greylisted", true],
  ["550 5.7.1 Graylisted, try again in 300 seconds", "greylisted", true],
  // rate limited
  [
    "450-4.2.1 The user you are trying to contact is receiving mail at a rate that\n450 4.2.1 prevents additional messages from being delivered.",
    "rate-limited",
    true,
  ],
  [
    "421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP",
    "rate-limited",
    true,
  ],
  ["550 5.4.5 Daily user sending limit exceeded", "rate-limited", true],
  ["451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77712200)", "rate-limited", true],
  ["421 4.7.0 Too many connections from your host", "rate-limited", true],
  ["452 4.5.3 Too many recipients", "rate-limited", true],
  // too large
  ["552 5.3.4 Message size exceeds fixed maximum message size", "too-large", false],
  ["552 5.2.3 Message too large", "too-large", false],
  ["552 Message size exceeds maximum permitted", "too-large", false],
  ["523 the mail is longer than 10 MB", "too-large", false],
  // policy
  [
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550 5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.",
    "policy",
    false,
  ],
  ["550 5.7.25 The IP address sending this message does not have a PTR record setup", "policy", false],
  ["554 5.7.1 Relay access denied", "policy", false],
  ["550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification", "policy", false],
  ["554 5.6.0 Message content rejected, id=1234 - spam", "policy", false],
  ["550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", "policy", false],
  ["550 5.7.0 Message rejected as spam by content scanner", "policy", false],
  // unknown
  ["451 4.3.0 Temporary lookup failure", "unknown", true],
  ["450 4.3.2 Service currently unavailable", "unknown", true],
  ["554 Transaction failed", "unknown", false],
  ["421 Service closing transmission channel", "unknown", true],
  ["503 5.5.1 Bad sequence of commands", "unknown", true],
  ["452 4.3.1 Insufficient system storage", "unknown", true],
  // none came
  ["", "connection", true],
  ["connect ECONNREFUSED 192.0.2.1:25", "connection", true],
]

describe("an answer", () => {
  it.each(ANSWERS)("%s", (line, outcome, again) => {
    const { code, enhanced, text } = readAnswer(line)
    expect(classifyAnswer(code, enhanced, text)).toBe(outcome)
    expect(!isPermanent(code, outcome)).toBe(again)
  })

  it("is met in every class", () => {
    expect([...new Set(ANSWERS.map(([, outcome]) => outcome))].sort()).toEqual([...DELIVERY_OUTCOMES].sort())
  })

  it("is read from one line or several", () => {
    expect(readAnswer("550-5.1.1 No such\r\n550 5.1.1 user")).toEqual({
      code: 550,
      enhanced: "5.1.1",
      text: "No such user",
    })
    expect(readAnswer("250 OK")).toEqual({ code: 250, enhanced: null, text: "OK" })
    expect(readAnswer("550")).toEqual({ code: 550, enhanced: null, text: "" })
  })

  it("is judged in bounded time, however long", async () => {
    const took = await cpuTime(() => {
      for (const word of ["user ", "ip address ", "mailbox a", "\n550-", "exceeded "]) {
        const { code, enhanced, text } = readAnswer(`550 ${word.repeat(20_000)}`)
        classifyAnswer(code, enhanced, text)
      }
    })
    expect(took).toBeLessThan(2000)
  })
})

it("is tried again by the table", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 30].map((attempts) => nextTry(attempts, 1000) - 1000)
  expect(waits).toEqual([
    MINUTE,
    5 * MINUTE,
    12 * MINUTE,
    20 * MINUTE,
    45 * MINUTE,
    2 * HOUR,
    4 * HOUR,
    4 * HOUR,
    4 * HOUR,
  ])
})
