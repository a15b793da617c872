import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { AuthResult } from "../../../relay/mail/auth-result.ts"
import { type CheckedMail, type CheckWays, checkMail } from "../../../relay/mail/checks/check.ts"
import { openResolver } from "../../../relay/mail/resolver.ts"
import { cpuTime } from "../../kit/cpu-time.ts"
import { type DnsServer, startDnsServer, type Zone } from "../../kit/dns-server.ts"
import { type MailDomain, mailDomain } from "../../kit/mail-domain.ts"

const NOW = Date.UTC(2026, 10, 21)
/** Where shop.example's mail comes from, and where it does not. */
const HOME = "192.0.2.1"
const ELSEWHERE = "198.51.100.7"

let dns: DnsServer
let shop: MailDomain
let faults: unknown[]

beforeAll(async () => {
  dns = await startDnsServer()
})
afterAll(() => dns.close())
beforeEach(() => {
  faults = []
  shop = mailDomain("shop.example", { spf: `ip4:${HOME} -all` })
  dns.zone = { ...shop.zone }
  dns.questions.length = 0
})

const letter = (from = "Jana <jana@shop.example>", body = "Hello\r\n"): string =>
  `From: ${from}\r\nTo: anna@relay.test\r\nSubject: A lamp\r\nMessage-ID: <1@shop.example>\r\n\r\n${body}`

const check = async (
  raw: Buffer | string,
  mail: Partial<CheckedMail> = {},
  ways: Partial<CheckWays> = {},
): Promise<AuthResult> => {
  const auth = await checkMail(
    {
      raw: Buffer.from(raw),
      envelopeFrom: "jana@shop.example",
      helo: "mx.shop.example",
      remoteAddress: HOME,
      now: NOW,
      ...mail,
    },
    { resolve: dns.resolve, mailHost: "relay.test", onFault: (error) => faults.push(error), ...ways },
  )
  expect(faults).toEqual([])
  return auth
}

describe("who sent a mail", () => {
  it("is found by DKIM, SPF and DMARC", async () => {
    expect(await check(await shop.sign(letter()))).toEqual({
      spf: { result: "pass", domain: "shop.example", identity: "mailfrom" },
      dkim: [{ result: "pass", domain: "shop.example", selector: "s1", aligned: true }],
      dmarc: { result: "pass", domain: "shop.example", policy: "reject" },
      arc: { result: "none", sealer: null },
      aligned: true,
      temporary: false,
    })
  })

  it("is not proven without signature, from elsewhere", async () => {
    const auth = await check(letter(), { remoteAddress: ELSEWHERE })
    expect(auth.spf.result).toBe("fail")
    expect(auth.dkim).toEqual([])
    expect(auth.dmarc).toEqual({ result: "fail", domain: "shop.example", policy: "reject" })
    expect(auth.aligned).toBe(false)
  })

  it.each([
    ["a byte of the body", /Hello/, "Hullo"],
    ["the subject", /A lamp/, "A lump"],
    ["the person", /jana@/, "jane@"],
    ["a From in front", /^From/m, "From: Boss <boss@shop.example>\r\nFrom"],
  ])("is not proven by a signature after a change: %s", async (_what, from, to) => {
    const signed = (await shop.sign(letter())).toString("latin1")
    const changed = signed.replace(from, to)
    expect(changed).not.toBe(signed)
    const auth = await check(Buffer.from(changed, "latin1"), { remoteAddress: ELSEWHERE })
    expect(auth.aligned).toBe(false)
  })

  it("is proven by SPF alone, where the sender's domain is that of From", async () => {
    const own = await check(letter())
    expect([own.aligned, own.dmarc.result]).toEqual([true, "pass"])
    Object.assign(dns.zone, mailDomain("list.example", { spf: `ip4:${HOME} -all` }).zone)
    const foreign = await check(letter(), { envelopeFrom: "list@list.example" })
    expect(foreign.spf).toEqual({ result: "pass", domain: "list.example", identity: "mailfrom" })
    expect([foreign.aligned, foreign.dmarc.result]).toEqual([false, "fail"])
  })

  it("is the client's name where there is no sender", async () => {
    dns.zone["mx.shop.example"] = { TXT: ["v=spf1 a -all"], A: [HOME] }
    const auth = await check(letter(), { envelopeFrom: "" })
    expect(auth.spf).toEqual({ result: "pass", domain: "mx.shop.example", identity: "helo" })
    const other = await check(letter(), { envelopeFrom: "", remoteAddress: ELSEWHERE })
    expect(other.spf.result).toBe("fail")
  })

  it.each(["", "[192.0.2.1]", "192.0.2.1", "not a name", "x.".repeat(150)])(
    "is nobody where the client's name is “%.20s”",
    async (helo) => {
      const auth = await check(letter(), { envelopeFrom: "", helo })
      expect(["none", "permerror"]).toContain(auth.spf.result)
      expect(auth.aligned).toBe(false)
    },
  )

  it("is seen behind an IPv4 address in IPv6 clothes, and by IPv6", async () => {
    expect((await check(letter(), { remoteAddress: `::ffff:${HOME}` })).spf.result).toBe("pass")
    dns.zone["shop.example"] = { TXT: ["v=spf1 ip6:2001:db8::/32 -all"] }
    expect((await check(letter(), { remoteAddress: "2001:db8::25" })).spf.result).toBe("pass")
  })
})

describe("alignment", () => {
  it("is relaxed: a subdomain's signature counts for its organisation", async () => {
    Object.assign(dns.zone, mailDomain("news.shop.example", { spf: null, dmarc: null }).zone)
    const signed = await shop.sign(letter(), { domain: "news.shop.example" })
    const auth = await check(signed, { remoteAddress: ELSEWHERE })
    expect(auth.dkim).toMatchObject([{ result: "pass", domain: "news.shop.example", aligned: true }])
    expect(auth.aligned).toBe(true)
  })

  it("is strict where the domain says so", async () => {
    Object.assign(dns.zone, mailDomain("news.shop.example", { spf: null, dmarc: null }).zone)
    dns.zone["_dmarc.shop.example"] = { TXT: ["v=DMARC1; p=none; adkim=s"] }
    const signed = await shop.sign(letter(), { domain: "news.shop.example" })
    const auth = await check(signed, { remoteAddress: ELSEWHERE })
    expect(auth.dkim).toMatchObject([{ result: "pass", aligned: false }])
    expect([auth.aligned, auth.dmarc.policy]).toEqual([false, "none"])
  })

  it("counts without DMARC too, and a stranger's signature does not", async () => {
    delete dns.zone["_dmarc.shop.example"]
    Object.assign(dns.zone, mailDomain("evil.example").zone)
    const own = await check(await shop.sign(letter()), { remoteAddress: ELSEWHERE })
    expect([own.aligned, own.dmarc.result, own.dmarc.policy]).toEqual([true, "none", null])
    const foreign = await check(await shop.sign(letter(), { domain: "evil.example" }), {
      remoteAddress: ELSEWHERE,
    })
    expect(foreign.dkim).toMatchObject([{ result: "pass", domain: "evil.example", aligned: false }])
    expect(foreign.aligned).toBe(false)
  })

  it("is nobody's where a registry's suffix is all they share", async () => {
    const other = mailDomain("b.co.uk", { dmarc: null })
    dns.zone = { ...other.zone }
    const auth = await check(await other.sign(letter("Ann <ann@a.co.uk>")))
    expect(auth.dkim).toMatchObject([{ result: "pass", aligned: false }])
    expect(auth.aligned).toBe(false)
  })

  it("is nobody's without From, with two, and with authors of two domains", async () => {
    const none = await check("To: a@relay.test\r\n\r\nHello\r\n")
    expect([none.aligned, none.dmarc.domain]).toEqual([false, null])
    const fields = await check(`From: boss@shop.example\r\n${letter()}`)
    expect([fields.aligned, fields.dmarc.domain]).toEqual([false, null])
    const authors = await check(await shop.sign(letter("jana@shop.example, eve@evil.example")))
    expect([authors.aligned, authors.dmarc.domain]).toEqual([false, null])
  })

  it("is not given by a signature over the beginning of the body", async () => {
    const signed = await shop.sign(letter(undefined, "Hello\r\n"), { bodyBytes: 7 })
    const whole = await check(signed, { remoteAddress: ELSEWHERE })
    expect(whole.dkim).toMatchObject([{ result: "pass", aligned: true }])
    const more = await check(Buffer.concat([signed, Buffer.from("Pay Eve 100 EUR.\r\n")]), {
      remoteAddress: ELSEWHERE,
    })
    expect(more.dkim).toMatchObject([{ result: "policy", aligned: false }])
    expect(more.aligned).toBe(false)
  })

  it("ends when a signature expires", async () => {
    const signed = await shop.sign(letter(), { expires: NOW })
    const ask = (now: number) => check(signed, { remoteAddress: ELSEWHERE, now })
    expect((await ask(NOW - 1000)).aligned).toBe(true)
    expect((await ask(NOW + 1000)).aligned).toBe(false)
  })
})

describe("a DNS that is not as it should be", () => {
  const key = "s1._domainkey.shop.example"

  it.each([
    ["SERVFAIL", { fault: "servfail" }],
    ["REFUSED", { fault: "refused" }],
    ["silence", { fault: "drop" }],
  ] as [string, Zone[string]][])("%s for a key is temporary", async (_what, entry) => {
    dns.zone[key] = entry
    const auth = await check(await shop.sign(letter()), { remoteAddress: ELSEWHERE })
    expect(auth.dkim).toMatchObject([{ result: "temperror" }])
    expect([auth.temporary, auth.aligned]).toEqual([true, false])
  })

  it.each([
    ["no such name", { fault: "nxdomain" }],
    ["no such record", { fault: "nodata" }],
    ["rubbish", { TXT: ["hello world"] }],
    ["another key", { TXT: ["v=DKIM1; k=rsa; p=AAAA"] }],
    ["a revoked key", { TXT: ["v=DKIM1; k=rsa; p="] }],
    ["60 kB of text", { TXT: ["x".repeat(60_000)] }],
    ["a CNAME to itself", { CNAME: "s1._domainkey.shop.example" }],
  ] as [string, Zone[string]][])("%s for a key is an answer", async (_what, entry) => {
    dns.zone[key] = entry
    const auth = await check(await shop.sign(letter()), { remoteAddress: ELSEWHERE })
    expect(auth.dkim).toMatchObject([{ result: "neutral" }])
    expect([auth.temporary, auth.aligned]).toEqual([false, false])
  })

  it("follows a CNAME to a provider's key", async () => {
    dns.zone["keys.provider.example"] = dns.zone[key] ?? {}
    dns.zone[key] = { CNAME: "keys.provider.example" }
    expect((await check(await shop.sign(letter()))).dkim).toMatchObject([{ result: "pass" }])
  })

  it("says so when SPF and DMARC have no answer for now", async () => {
    dns.zone["shop.example"] = { fault: "servfail" }
    dns.zone["_dmarc.shop.example"] = { fault: "servfail" }
    const auth = await check(letter())
    expect([auth.spf.result, auth.dmarc.result]).toEqual(["temperror", "temperror"])
    expect([auth.temporary, auth.aligned]).toEqual([true, false])
  })

  it.each([
    [
      "eleven includes",
      Object.fromEntries(
        Array.from({ length: 12 }, (_, n) => [
          `i${n}.example`,
          { TXT: [`v=spf1 include:i${n + 1}.example -all`] },
        ]),
      ),
      "include:i0.example -all",
    ],
    ["an include of itself", {}, "include:shop.example -all"],
    ["a redirect to itself", {}, "redirect=shop.example"],
    ["an unknown mechanism", {}, "frobnicate:x -all"],
    ["many names without records", {}, "exists:a.example exists:b.example exists:c.example -all"],
  ] as [string, Zone, string][])("permanently fails SPF: %s", async (_what, zone, terms) => {
    Object.assign(dns.zone, zone, { "shop.example": { TXT: [`v=spf1 ${terms}`] } })
    const auth = await check(letter())
    expect(auth.spf.result).toBe("permerror")
    expect([auth.temporary, auth.aligned]).toEqual([false, false])
    expect(dns.questions.length).toBeLessThan(30)
  })

  it("reads ten includes, and two records as a mistake", async () => {
    for (let n = 0; n < 9; n++) dns.zone[`i${n}.example`] = { TXT: [`v=spf1 include:i${n + 1}.example -all`] }
    dns.zone["i9.example"] = { TXT: [`v=spf1 ip4:${HOME} -all`] }
    dns.zone["shop.example"] = { TXT: ["v=spf1 include:i0.example -all"] }
    expect((await check(letter())).spf.result).toBe("pass")
    dns.zone["shop.example"] = { TXT: ["v=spf1 -all", "v=spf1 +all"] }
    expect((await check(letter())).spf.result).toBe("permerror")
  })

  it("waits no longer than the deadline, whoever is slow", async () => {
    for (const entry of Object.values(dns.zone)) entry.slowMs = 60_000
    const before = performance.now()
    const patient = openResolver([dns.address], 60_000)
    const auth = await check(await shop.sign(letter()), {}, { resolve: patient, deadline: 200 })
    expect(performance.now() - before).toBeLessThan(30_000)
    expect([auth.spf.result, auth.dkim[0]?.result, auth.dmarc.result]).toEqual([
      "temperror",
      "temperror",
      "temperror",
    ])
    expect([auth.temporary, auth.aligned]).toEqual([true, false])
  })

  it("survives a resolver that throws at once, and one that answers nonsense", async () => {
    const thrown = await check(
      await shop.sign(letter()),
      {},
      {
        resolve: () => {
          throw new Error("no network")
        },
      },
    )
    expect([thrown.temporary, thrown.aligned]).toEqual([true, false])
    const nonsense = await check(await shop.sign(letter()), {}, { resolve: async () => [[]] as never })
    expect(nonsense.aligned).toBe(false)
  })
})

describe("a mail made to be expensive", () => {
  it("has ten signatures looked at", async () => {
    const keys = Array.from({ length: 40 }, (_, n) => mailDomain(`d${n}.example`))
    for (const one of keys) Object.assign(dns.zone, one.zone)
    let raw: Buffer = Buffer.from(letter())
    for (const one of keys) raw = await one.sign(raw)
    const auth = await check(raw)
    expect(auth.dkim).toHaveLength(10)
    expect(auth.dkim[0]).toMatchObject({ result: "pass", domain: "d39.example" })
    const asked = new Set(
      dns.questions.filter(({ name }) => name.includes("_domainkey")).map(({ name }) => name),
    )
    expect(asked.size).toBe(10)
  })

  it("asks at most a hundred questions", async () => {
    const names = Array.from({ length: 10 }, (_, n) => `m${n}.example`)
    for (const name of names)
      dns.zone[name] = { MX: Array.from({ length: 10 }, (_, n) => [n, `x${n}.${name}`]), A: ["203.0.113.9"] }
    for (const name of names) for (let n = 0; n < 10; n++) dns.zone[`x${n}.${name}`] = { A: ["203.0.113.9"] }
    dns.zone["shop.example"] = { TXT: [`v=spf1 ${names.map((name) => `mx:${name}`).join(" ")} -all`] }
    const auth = await check(letter())
    expect(dns.questions.length).toBeLessThanOrEqual(100)
    expect(auth.aligned).toBe(false)
    expect(auth.temporary).toBe(false)
  })

  it("is not verified over a header of more than 256 kB", async () => {
    const long = `X-Long: ${"x".repeat(900)}\r\n`.repeat(300)
    const auth = await check(`${long}${letter()}`)
    expect(auth.spf.result).toBe("pass")
    expect([auth.dmarc.result, auth.aligned]).toEqual(["permerror", false])
    expect(dns.questions).toHaveLength(1)
  })

  it.each([
    ["one line of 25 MB", letter(undefined, "x".repeat(25_000_000))],
    ["25 MB of blanks", letter(undefined, " ".repeat(25_000_000))],
    ["25 MB of line ends", letter(undefined, "\r\n".repeat(12_500_000))],
    [
      "a From of 200 kB",
      letter(`${"<".repeat(50_000)}${"(".repeat(50_000)}${'"'.repeat(50_000)}jana@shop.example`),
    ],
    ["200 kB of addresses", letter("jana@shop.example, ".repeat(10_000))],
    [
      "a h= of 7 kB over 3,000 fields",
      `DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1; bh=x; b=x; h=from${":a".repeat(3500)}\r\n`.repeat(
        10,
      ) +
        "A: b\r\n".repeat(3000) +
        letter(),
    ],
  ])("is answered in bounded time: %s", async (_what, raw) => {
    const took = await cpuTime(async () => {
      expect((await check(raw, { remoteAddress: ELSEWHERE })).aligned).toBe(false)
    })
    expect(took).toBeLessThan(4_000)
  })
})

it("rejects for no bytes whatever", async () => {
  const signed = await shop.sign(letter())
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return seed % below
  }
  for (let round = 0; round < 300; round++) {
    const raw = Buffer.from(signed)
    for (let change = 0; change < 20; change++) raw[random(raw.length)] = random(256)
    await check(raw.subarray(0, random(raw.length) + 1))
  }
  for (const raw of ["", "\r\n", "\r\n\r\n", " x\r\n", "no header at all", "From:\r\n\r\n"]) await check(raw)
})
