import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { composeMail } from "../../relay/mail/compose.ts"
import type { MailContent } from "../../relay/mail/content.ts"
import { makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { prepareForward } from "../../relay/mail/forward.ts"
import { signMail } from "../../relay/mail/sign.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { mailDomain } from "../kit/mail-domain.ts"
import { ENVELOPE, SAMPLES } from "../mail/sample-mails.ts"
import { type Jail, openJail } from "./kit/jail.ts"
import { type SpamScore, scoresOf } from "./kit/spamassassin.ts"

/** What visitors write is theirs; the hostile sample is left out for it. All else is every kind of mail there is. */
const KINDS = Object.keys(SAMPLES).filter((name) => name !== "hostileNotice")

let jail: Jail
const scores = new Map<string, SpamScore>()

const SPAM = `From: "WIN BIG $$$" <win8837462@lottery.example>
To: undisclosed-recipients:;
Subject: CONGRATULATIONS!!! YOU HAVE WON $5,000,000 USD
Date: Sat, 21 Nov 2026 17:42:00 +0000
Content-Type: text/html

<html><font size=7 color=red>Dear Friend, send your bank account for the lottery winning of million dollars!
VIAGRA CIALIS cheap online pharmacy, click here: <a href="http://192.0.2.99/x">http://bank.example</a></font>
`

beforeAll(async () => {
  jail = openJail("spamassassin")
  const keys = readDkimKeys(await makeDkimKeys(0))
  const named: [string, Buffer][] = []
  for (const name of KINDS) {
    for (const language of LANGUAGES) {
      const composed = await composeMail({ ...SAMPLES[name]!, language } as MailContent, ENVELOPE)
      const signed = await signMail(composed, keys, ENVELOPE.domain, ENVELOPE.createdAt)
      named.push([`${name}, ${language}`, signed])
    }
  }
  const sender = mailDomain("customer.example")
  const original = await sender.sign(LETTER.replaceAll("\n", "\r\n"), { at: ENVELOPE.createdAt })
  const forwarded = await prepareForward(original, {
    trace: Buffer.from(
      "Received: from mx.customer.example ([81.2.69.160])\r\n by chat.example.com with ESMTP id 526a6brlhfha;\r\n Sat, 21 Nov 2026 17:42:01 +0000\r\n",
    ),
    auth: null,
    domain: ENVELOPE.domain,
    keys,
    rewriteTo: null,
    now: ENVELOPE.createdAt,
  })
  named.push(["forwarded", forwarded])
  named.push(["original", original])
  named.push(["spam", Buffer.from(SPAM)])
  const all = await scoresOf(
    jail,
    named.map(([, mail]) => mail),
    ENVELOPE.createdAt + 2000,
  )
  for (const [at, [name]] of named.entries()) scores.set(name, all[at]!)
})

afterAll(() => jail.close())

const LETTER = `From: Jana Novak <jana@customer.example>
To: anna@chat.example.com
Subject: Lamps for a school
Date: Sat, 21 Nov 2026 17:42:00 +0000
Message-ID: <lamps-1@customer.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Good morning,

do you deliver to Brno, and how long does it take?

Jana Novak
`

describe("SpamAssassin has nothing against", () => {
  test.each(KINDS)("%s in five languages", (name) => {
    for (const language of LANGUAGES) {
      const { score, rules } = scores.get(`${name}, ${language}`)!
      expect(score, `${name} in ${language}: ${rules.join(", ")}`).toBeLessThanOrEqual(0)
    }
  })

  test("a forwarded mail, nor more than against the original", () => {
    const { score, rules } = scores.get("forwarded")!
    expect(score, rules.join(", ")).toBeLessThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(scores.get("original")!.score)
  })
})

test("it gives no bonus for being trusted, and it knows spam", () => {
  const rules = [...scores.values()].flatMap((one) => one.rules.map((rule) => rule.split("=")[0]))
  expect(rules).not.toContain("ALL_TRUSTED")
  expect(scores.get("spam")!.score).toBeGreaterThan(5)
})
