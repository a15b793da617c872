import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import { checkMail } from "../../relay/mail/checks/check.ts"
import { type DkimKeys, makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dkimRecords } from "../../relay/mail/dns.ts"
import { prepareForward } from "../../relay/mail/forward.ts"
import { allOf, readHeader } from "../../relay/mail/header.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { type MailDomain, mailDomain } from "../kit/mail-domain.ts"

const NOW = Date.UTC(2026, 10, 21)
const HOME = "192.0.2.1"
const TRACE = Buffer.from(
  "Received: from mx.shop.example ([192.0.2.1])\r\n by relay.test with ESMTP id x;\r\n Sat, 21 Nov 2026 00:00:00 +0000\r\n",
)

let dns: DnsServer
let keys: DkimKeys
let shop: MailDomain

beforeAll(async () => {
  dns = await startDnsServer()
  keys = readDkimKeys(await makeDkimKeys(NOW))
})
afterAll(() => dns.close())
beforeEach(() => {
  shop = mailDomain("shop.example", { spf: `ip4:${HOME} -all` })
  dns.zone = { ...shop.zone, ...mailDomain("relay.test").zone }
  for (const { name, value } of dkimRecords(keys, "relay.test", NOW)) dns.zone[name] = { TXT: [value] }
})

const letter = (header = "From: Jana <jana@shop.example>\r\n", body = "Hello\r\n"): Buffer =>
  Buffer.from(
    `${header}To: anna@relay.test\r\nSubject: A lamp\r\nMessage-ID: <1@shop.example>\r\n\r\n${body}`,
  )

const check = (raw: Buffer, remoteAddress = HOME, envelopeFrom = "jana@shop.example"): Promise<AuthResult> =>
  checkMail(
    { raw, envelopeFrom, helo: "mx.shop.example", remoteAddress, now: NOW },
    { resolve: dns.resolve, mailHost: "relay.test" },
  )

const prepare = (raw: Buffer, auth: AuthResult | null, rewriteTo: string | null = "r-x@relay.test") =>
  prepareForward(raw, { trace: TRACE, auth, domain: "relay.test", keys, rewriteTo, now: NOW })

/** Checked and made ready, as the relay does; then as the next server sees it, which got it from us. */
const forward = async (raw: Buffer, remoteAddress = HOME) => {
  const auth = await check(raw, remoteAddress)
  const sent = await prepare(raw, auth)
  return { auth, sent, seen: await check(sent, "127.0.0.1", "b-x@relay.test") }
}

describe("a mail that is sent on", () => {
  it("keeps every byte, has our trace on top, and its sender's signature stays valid", async () => {
    const raw = await shop.sign(letter(undefined, "Hello \t there\r\n\r\n.\r\n\xff\r\n\r\n\r\n"))
    const { sent, seen } = await forward(raw)
    expect(sent.subarray(-raw.length).equals(raw)).toBe(true)
    const { results } = await dkimVerify(sent, { resolver: dns.resolve as never, curTime: new Date(NOW) })
    expect(results.map(({ signingDomain, status }) => [signingDomain, status.result])).toEqual([
      ["shop.example", "pass"],
    ])
    expect([seen.aligned, seen.dmarc.result, seen.spf]).toEqual([
      true,
      "pass",
      { result: "pass", domain: "relay.test", identity: "mailfrom" },
    ])
    const added = sent.subarray(0, -raw.length)
    expect(readHeader(added).map(({ name }) => name)).toEqual([
      "arc-seal",
      "arc-message-signature",
      "arc-authentication-results",
      "authentication-results",
      "received",
    ])
    expect(added.toString("latin1")).not.toMatch(/[^\r]\n|\r\n\r\n|.{999}/)
  })

  it("keeps a signature that allows for no change of blanks or line ends", async () => {
    const body = Buffer.concat([Buffer.from("a  b \r\n\r\n"), Buffer.from([0x80, 0xff, 0x0d, 0x0a])])
    const raw = await shop.sign(Buffer.concat([letter(undefined, ""), body]), {
      canonicalization: "simple/simple",
    })
    expect((await forward(raw)).seen.dkim).toMatchObject([{ result: "pass", aligned: true }])
  })

  it("tells what we found, under our name", async () => {
    const { sent } = await forward(await shop.sign(letter()))
    const [results] = allOf(readHeader(sent), "authentication-results")
    expect(results).toBe(
      "relay.test; dkim=pass header.d=shop.example header.s=s1; spf=pass smtp.mailfrom=shop.example; " +
        "dmarc=pass (p=reject) header.from=shop.example; arc=none",
    )
    expect(allOf(readHeader(sent), "arc-authentication-results")).toEqual([`i=1; ${results}`])
  })

  it("is sealed, and the seal lasts over the next hop and its seal", async () => {
    const first = await forward(await shop.sign(letter()))
    expect(first.seen.arc).toEqual({ result: "pass", sealer: "relay.test" })
    const second = await prepare(first.sent, first.seen)
    expect((await check(second)).arc).toEqual({ result: "pass", sealer: "relay.test" })
    expect(allOf(readHeader(second), "arc-seal").map((seal) => seal.slice(0, 3))).toEqual(["i=2", "i=1"])
    const changed = Buffer.from(second.toString("latin1").replace("A lamp", "A lump"), "latin1")
    expect((await check(changed)).arc.result).toBe("fail")
  })

  it("is not sealed on a broken chain, nor on one that cannot be checked for now", async () => {
    const { sent } = await forward(await shop.sign(letter()))
    const broken = Buffer.from(sent.toString("latin1").replace("A lamp", "A lump"), "latin1")
    const auth = await check(broken)
    expect(auth.arc.result).toBe("fail")
    const onward = await prepare(broken, auth)
    expect(allOf(readHeader(onward), "arc-seal")).toHaveLength(1)
    expect(allOf(readHeader(onward), "authentication-results")[0]).toMatch(/arc=fail$/)

    for (const { name } of dkimRecords(keys, "relay.test", NOW)) dns.zone[name] = { fault: "servfail" }
    const open = await check(sent)
    expect([open.arc.result, open.temporary]).toEqual(["temperror", true])
    expect(allOf(readHeader(await prepare(sent, open)), "arc-seal")).toHaveLength(1)
  })

  it("says nothing when nothing was looked at", async () => {
    const raw = await shop.sign(letter())
    expect((await prepare(raw, null)).equals(Buffer.concat([TRACE, raw]))).toBe(true)
  })
})

describe("results that claim to be ours", () => {
  const forged = [
    "Authentication-Results: relay.test; dkim=pass header.d=bank.example\r\n",
    "AUTHENTICATION-RESULTS:RELAY.TEST;dkim=pass\r\n",
    "Authentication-Results: relay.test\r\n",
    "Authentication-Results:\r\n relay.test;\r\n\tdkim=pass\r\n",
    "Authentication-Results\t: relay.test; dkim=pass\r\n",
    "Authentication-Results\r\n : relay.test; dkim=pass\r\n",
    'Authentication-Results: "relay.test"; dkim=pass\r\n',
    'Authentication-Results: "re\\lay.test" 1; dkim=pass\r\n',
    "Authentication-Results: (a (b) \\) c) relay.test 1; dkim=pass\r\n",
    "Authentication-Results: Relay.Test.; dkim=pass\r\n",
    "Authentication-Results: ｒｅｌａｙ.test; dkim=pass\r\n",
  ]
  it.each(forged)("are removed: %j", async (field) => {
    const sent = await prepare(letter(`${field}From: jana@shop.example\r\n`), null)
    expect(sent.toString()).toBe(Buffer.concat([TRACE, letter("From: jana@shop.example\r\n")]).toString())
  })

  it.each([
    "Authentication-Results: mx.other.example; dkim=pass\r\n",
    "Authentication-Results: notrelay.test; dkim=pass\r\n",
    "Authentication-Results: (relay.test) mx.other.example; dkim=pass\r\n",
    "Authentication-Results: x.relay.test; dkim=pass\r\n",
    "X-Authentication-Results: relay.test; dkim=pass\r\n",
    "Authentication-Results:\r\n",
    "Authentication-Results: (((((\r\n",
  ])("of others stay: %j", async (field) => {
    const raw = letter(`From: jana@shop.example\r\n${field}`)
    expect((await prepare(raw, null)).equals(Buffer.concat([TRACE, raw]))).toBe(true)
  })

  it("are removed all of them, and no text of the body", async () => {
    const raw = letter(`${forged.join("")}From: jana@shop.example\r\n${forged.join("")}`, forged.join(""))
    const sent = await prepare(raw, null)
    expect(sent.toString()).toBe(
      Buffer.concat([TRACE, letter("From: jana@shop.example\r\n", forged.join(""))]).toString(),
    )
  })

  it("cannot be made of a first line that folds into ours", async () => {
    const { sent } = await forward(
      Buffer.concat([Buffer.from(" ; dkim=pass header.d=bank.example\r\n"), letter()]),
    )
    expect(allOf(readHeader(sent), "authentication-results").join()).not.toContain("bank.example")
  })

  it("hold no stranger's text", async () => {
    const domain = 'a"; dkim=pass header.d=bank.example (x'
    const raw = letter(
      `From: x@[192.0.2.1]\r\nDKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=(; h=from; bh=x; b=x\r\n`,
    )
    const { sent } = await forward(raw)
    expect(allOf(readHeader(sent), "authentication-results").join()).not.toMatch(/bank|\[|"/)
  })
})

describe("From, where only SPF vouches for it", () => {
  it("becomes our address with the person's name; the answer still goes to them", async () => {
    const { auth, sent, seen } = await forward(letter())
    expect(auth.dmarc).toMatchObject({ result: "pass", policy: "reject" })
    const header = readHeader(sent)
    expect(allOf(header, "from")).toEqual(['"Jana via relay.test" <r-x@relay.test>'])
    expect(allOf(header, "reply-to")).toEqual(["Jana <jana@shop.example>"])
    expect(sent.subarray(-7).toString()).toBe("Hello\r\n")
    expect([seen.aligned, seen.dmarc]).toEqual([
      true,
      { result: "pass", domain: "relay.test", policy: "reject" },
    ])
    expect(seen.dkim).toMatchObject([
      { result: "pass", domain: "relay.test", aligned: true },
      { result: "pass", domain: "relay.test", aligned: true },
    ])
    expect(seen.arc.result).toBe("pass")
  })

  it("stays, where nothing would stop the mail: signed, or no policy", async () => {
    const signed = await forward(await shop.sign(letter()))
    expect(allOf(readHeader(signed.sent), "from")).toEqual(["Jana <jana@shop.example>"])
    for (const policy of [["v=DMARC1; p=none"], []]) {
      dns.zone["_dmarc.shop.example"] = { TXT: policy }
      const { sent } = await forward(letter())
      expect(allOf(readHeader(sent), "from")).toEqual(["Jana <jana@shop.example>"])
    }
  })

  it("stays where nobody vouches for it, and where there is no address to put in its place", async () => {
    const { sent } = await forward(letter(), "198.51.100.7")
    expect(allOf(readHeader(sent), "from")).toEqual(["Jana <jana@shop.example>"])
    const raw = letter()
    const kept = await prepare(raw, await check(raw), null)
    expect(allOf(readHeader(kept), "from")).toEqual(["Jana <jana@shop.example>"])
  })

  it("leaves a Reply-To that is there", async () => {
    const { sent } = await forward(
      letter("Reply-To: team@shop.example\r\nFrom: Jana <jana@shop.example>\r\n"),
    )
    expect(allOf(readHeader(sent), "reply-to")).toEqual(["team@shop.example"])
  })

  it.each([
    ["From: jana@shop.example\r\n", '"jana via relay.test" <r-x@relay.test>'],
    ['From: "Novák, \\"Jana\\""\r\n <jana@shop.example>\r\n', "=?UTF-8?B?"],
    ["From: =?utf-8?q?Jana_Nov=C3=A1kov=C3=A1?= <jana@shop.example>\r\n", "=?UTF-8?B?"],
    ["From: Jana Nováková <jana@shop.example>\r\n", "=?UTF-8?B?"],
    ['From: "boss@bank.example" <jana@shop.example>\r\n', '"boss via relay.test" <r-x@relay.test>'],
    ['From: "a\\"b\\\\c" <jana@shop.example>\r\n', '"a\\"b\\\\c via relay.test" <r-x@relay.test>'],
    ["from : JANA <jana@shop.example>\r\n", '"JANA via relay.test" <r-x@relay.test>'],
    [`From: ${"Ж".repeat(200)} <jana@shop.example>\r\n`, "=?UTF-8?B?"],
    [
      "From: =?utf-8?q?a=0D=0ABcc:_eve@evil.example?= <jana@shop.example>\r\n",
      '"a Bcc: eve via relay.test" <r-x@relay.test>',
    ],
  ])("is written so that every program reads it: %.60j", async (field, expected) => {
    const { sent, seen } = await forward(letter(field))
    const [from, ...others] = allOf(readHeader(sent), "from")
    expect(others).toEqual([])
    expect(from).toContain(expected)
    expect(from).toMatch(/ <r-x@relay\.test>$/)
    expect(allOf(readHeader(sent), "bcc")).toEqual([])
    expect(
      sent
        .toString("latin1")
        .split("\r\n")
        .filter((line) => line.length > 998),
    ).toEqual([])
    expect(seen.aligned).toBe(true)
  })
})

describe("odd mail is sent on all the same", () => {
  it.each([
    ["without From", "To: x@y.example\r\n\r\nHello\r\n"],
    ["with two Froms", "From: a@shop.example\r\nFrom: b@shop.example\r\n\r\nHello\r\n"],
    ["with an empty From", "From:\r\n\r\nHello\r\n"],
    ["without header", "\r\nHello\r\n"],
    ["without body", "From: a@shop.example\r\n"],
    ["without line end", "From: a@shop.example"],
    ["that is empty", ""],
    ["that is an empty line", "\r\n"],
    ["that begins with a blank", " folded\r\nFrom: a@shop.example\r\n\r\nHello\r\n"],
    ["of an mbox file", "From a@b Sat Nov 21\r\nFrom: a@shop.example\r\n\r\nHello\r\n"],
    [
      "with lines that are no fields",
      "rubbish\r\nFrom: a@shop.example\r\n: x\r\nA B: c\r\n\xa0x\r\n\r\nHello\r\n",
    ],
    ["with an ARC field alone", "ARC-Seal: i=7\r\nFrom: a@shop.example\r\n\r\nHello\r\n"],
    ["with a full ARC chain's number", "ARC-Seal: i=50; cv=pass\r\nFrom: a@shop.example\r\n\r\nHello\r\n"],
  ])("%s", async (_what, text) => {
    const raw = Buffer.from(text, "latin1")
    const auth = await check(raw, "198.51.100.7")
    const sent = await prepare(raw, auth)
    expect(sent.subarray(sent.length - raw.length).equals(raw)).toBe(true)
    expect(sent.includes(TRACE)).toBe(true)
  })

  it("of 25 MB, with 8-bit bytes in header and body", async () => {
    const body = Buffer.alloc(25_000_000, "caf\xe9 \x80\xff\r\n", "latin1")
    const raw = await shop.sign(
      Buffer.concat([Buffer.from("Subject: caf\xe9\r\n", "latin1"), letter(undefined, ""), body]),
    )
    const { sent, seen } = await forward(raw)
    expect(sent.subarray(-raw.length).equals(raw)).toBe(true)
    expect([seen.aligned, seen.arc.result]).toEqual([true, "pass"])
  })
})
