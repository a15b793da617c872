import { afterEach, describe, expect, test } from "vitest"
import { type DkimKeys, makeDkimKeys, OVERLAP, readDkimKeys, rotate } from "../../relay/mail/dkim-keys.ts"
import { dnsRecords, reverseName } from "../../relay/mail/dns.ts"
import { examine, type Patient, policyReader } from "../../relay/mail/doctor/examine.ts"
import { stsPolicy } from "../../relay/mail/sts-policy.ts"
import { cs } from "../../shared/i18n/mail-health/cs.ts"
import { de } from "../../shared/i18n/mail-health/de.ts"
import { en } from "../../shared/i18n/mail-health/en.ts"
import { es } from "../../shared/i18n/mail-health/es.ts"
import { fr } from "../../shared/i18n/mail-health/fr.ts"
import { tellFinding } from "../../shared/i18n/mail-health/tell.ts"
import { type Check, type Finding, isTrouble } from "../../shared/words/findings.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { type DnsServer, startDnsServer, type Zone } from "../kit/dns-server.ts"

const NOW = Date.UTC(2026, 10, 21, 12)
const DOMAIN = "chat.lamps.example"
const HOST = "relay.lamps.example"
/** Addresses of the internet, as data only: nothing is sent to them. */
const [FOUR, SIX] = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]
const POLICY = stsPolicy(HOST, true)
const keys = readDkimKeys(await makeDkimKeys(NOW))
const rotated = rotate(keys, { rsa: keys.keys[0]!.pem, ed25519: keys.keys[1]!.pem }, NOW, OVERLAP)

const patient = (change: Partial<Patient> = {}): Patient => ({
  domains: [DOMAIN],
  host: HOST,
  webHost: HOST,
  keys,
  now: NOW,
  smarthost: null,
  addresses: [],
  policy: POLICY,
  smtp: { host: "127.0.0.1", port: 1 },
  outbound: { kind: "mx", port: 25 },
  greets: [HOST],
  certificate: null,
  folder: "/tmp",
  queue: { queued: 0, oldestQueuedAt: null },
  clock: { offset: 0, lastSign: null },
  store: { kind: "SQLite 3", bytes: 1, commit: { ms: 1 }, connections: null },
  workers: { relays: 1, decisions: null, webhooks: null, pushes: null },
  probe: null,
  ...change,
})

/** Everything as `porchlight dns` says it. */
const goodZone = (by: DkimKeys = keys): Zone => {
  const zone: Zone = {
    [HOST]: { A: [FOUR], AAAA: [SIX] },
    [`mta-sts.${DOMAIN}`]: { A: [FOUR] },
    [reverseName(FOUR)]: { PTR: [HOST] },
    [reverseName(SIX)]: { PTR: [HOST] },
  }
  for (const { name, type, value } of dnsRecords({ ...patient(), keys: by, domain: DOMAIN })) {
    if (type === "MX") zone[name] = { ...zone[name], MX: [[10, HOST]] }
    if (type === "TXT") zone[name] = { ...zone[name], TXT: [value] }
  }
  return zone
}

/** Every finding has its words, with all the values they name: `fill` throws where one is missing. */
const sayInAll = (finding: Finding): void => {
  for (const [language, words] of Object.entries({ en, cs, de, es, fr }))
    expect(tellFinding(words, language as Language, finding).says).not.toBe("")
}

let dns: DnsServer
afterEach(() => dns.close())

/** Findings by check (`mx`), of one kind several in their order. */
const look = async (
  zone: Zone,
  change: Partial<Patient> = {},
  readPolicy: (domain: string) => Promise<string> = async () => POLICY,
) => {
  dns = await startDnsServer(zone)
  const findings = await examine(patient(change), { resolve: dns.resolve, readPolicy })
  for (const finding of findings) sayInAll(finding)
  return {
    findings,
    of: (check: Check): Finding[] => findings.filter((one) => one.check === check),
    said: (check: Check): string =>
      findings
        .filter((one) => one.check === check)
        .map(({ state, code }) => (state === "right" ? code : `${state} ${code}`))
        .join(", "),
  }
}

const RECORDS: Check[] = ["mx", "host", "spf", "dkim", "dmarc", "sts", "sts-policy", "tls-rpt", "ptr"]

test("what is published as it should be is right, each record and address", async () => {
  const { findings, said } = await look(goodZone())
  for (const check of RECORDS) expect([check, said(check)]).toEqual([check, expect.stringMatching(/^right/)])
  expect(findings.filter(({ check }) => RECORDS.includes(check)).filter(isTrouble)).toEqual([])
  expect(said("dkim")).toBe("right, right")
  expect(said("ptr")).toBe("right, right")
})

test("of a domain that publishes nothing all is missing; what is optional is no trouble", async () => {
  const { findings, said } = await look({ [HOST]: { A: [FOUR] } })
  expect(RECORDS.map((check) => said(check))).toEqual([
    "missing missing",
    "right",
    "missing missing",
    "missing missing, missing missing",
    "missing missing",
    "missing missing",
    "",
    "missing missing",
    "missing ptr-missing",
  ])
  const trouble = findings.filter(isTrouble).map(({ check }) => check)
  expect(trouble).toEqual(["mx", "spf", "dkim", "dkim", "dmarc", "ptr", "listener"])
  expect(findings.find(({ check }) => check === "mx")?.expected).toBe(`10 ${HOST}.`)
})

test("while keys are exchanged, old and new have to be there", async () => {
  const before = await look(goodZone(), { keys: rotated })
  expect(before.said("dkim")).toBe("right, right, missing missing, missing missing")
  await dns.close()
  const after = await look(goodZone(rotated), { keys: rotated })
  expect(after.said("dkim")).toBe("right, right, right, right")
})

describe("what is wrong is said with what it is", () => {
  const DKIM = `pl-2026-11-r._domainkey.${DOMAIN}`
  const of = (name: string, change: Zone[string]): Zone => {
    const zone = goodZone()
    return { ...zone, [name]: { ...zone[name], ...change } }
  }
  const spf = (...TXT: string[]): Zone => of(DOMAIN, { TXT })
  const dmarc = (...TXT: string[]): Zone => of(`_dmarc.${DOMAIN}`, { TXT })

  test.each<[what: string, zone: Zone, check: Check, said: string, facts?: object]>([
    [
      "MX elsewhere",
      of(DOMAIN, { MX: [[5, "mx.other.example"]] }),
      "mx",
      "wrong mx-elsewhere",
      { found: "mx.other.example", host: HOST },
    ],
    [
      "a second MX",
      of(DOMAIN, {
        MX: [
          [5, "mx.other.example"],
          [10, HOST.toUpperCase()],
        ],
      }),
      "mx",
      "note mx-also",
      { found: "mx.other.example" },
    ],
    ["null MX", of(DOMAIN, { MX: [[0, "."]] }), "mx", "wrong mx-null"],
    ["a DNS that fails", of(DOMAIN, { MX: "servfail" }), "mx", "unknown no-answer", { detail: "ESERVFAIL" }],
    ["a DNS that is silent", of(DOMAIN, { MX: "drop" }), "mx", "unknown no-answer", { detail: "ETIMEOUT" }],
    ["a host without address", of(HOST, { A: "nodata", AAAA: "nodata" }), "host", "missing host-unknown"],
    [
      "a host inside",
      of(HOST, { A: ["10.0.0.7"], AAAA: "nodata" }),
      "host",
      "note host-private",
      { address: "10.0.0.7" },
    ],
    [
      "a host by another name",
      { ...goodZone(), [HOST]: { CNAME: "real.lamps.example" }, "real.lamps.example": { A: [FOUR] } },
      "host",
      "wrong host-alias",
    ],
    ["two SPF records", spf("v=spf1 mx -all", "v=spf1 -all"), "spf", "wrong several", { count: 2 }],
    ["SPF beside other texts", spf("v=spf1 mx -all", "google-site-verification=x"), "spf", "right"],
    [
      "SPF without us",
      spf("v=spf1 ip4:198.41.0.4 -all"),
      "spf",
      "wrong spf-refuses",
      { address: FOUR, result: "fail" },
    ],
    [
      "SPF with one of two addresses",
      spf(`v=spf1 ip4:${FOUR} ~all`),
      "spf",
      "wrong spf-refuses",
      { address: SIX, result: "softfail" },
    ],
    [
      "SPF by include",
      {
        ...spf("v=spf1 include:spf.lamps.example -all"),
        "spf.lamps.example": { TXT: [`v=spf1 a:${HOST} -all`] },
      },
      "spf",
      "right",
    ],
    ["SPF that cannot be read", spf("v=spf1 mxx -all"), "spf", "wrong spf-broken"],
    [
      "SPF in a circle",
      {
        ...spf("v=spf1 include:spf.lamps.example -all"),
        "spf.lamps.example": { TXT: ["v=spf1 include:spf.lamps.example -all"] },
      },
      "spf",
      "wrong spf-broken",
    ],
    ["SPF for everybody", spf("v=spf1 +all"), "spf", "wrong spf-anybody"],
    [
      "SPF that needs a DNS that fails",
      { ...spf("v=spf1 include:spf.lamps.example -all"), "spf.lamps.example": { fault: "servfail" } },
      "spf",
      "unknown no-answer",
    ],
    [
      "another's key",
      of(DKIM, { TXT: ["v=DKIM1; k=rsa; p=MIIBIjANBgkq"] }),
      "dkim",
      "wrong dkim-other, right",
    ],
    [
      "two keys under one name",
      of(DKIM, { TXT: ["v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB"] }),
      "dkim",
      "wrong several, right",
    ],
    ["a withdrawn key", of(DKIM, { TXT: ["v=DKIM1; p="] }), "dkim", "wrong dkim-revoked, right"],
    ["our key, written otherwise", of(DKIM, { TXT: [dkimWith(" ; ")] }), "dkim", "right, right"],
    ["DMARC that watches", dmarc("v=DMARC1; p=none; rua=mailto:x@y.example"), "dmarc", "note dmarc-watching"],
    ["two DMARC records", dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject"), "dmarc", "wrong several"],
    ["DMARC without a policy", dmarc("v=DMARC1; q=none"), "dmarc", "wrong dmarc-broken"],
    [
      "DMARC of the domain above",
      {
        ...of(`_dmarc.${DOMAIN}`, { TXT: "nxdomain" }),
        "_dmarc.lamps.example": { TXT: ["v=DMARC1; p=reject; sp=quarantine"] },
      },
      "dmarc",
      "dmarc-inherited",
      { domain: "lamps.example", policy: "quarantine" },
    ],
    ["an old id", of(`_mta-sts.${DOMAIN}`, { TXT: ["v=STSv1; id=1"] }), "sts", "wrong sts-old-id"],
    [
      "a PTR to elsewhere",
      of(reverseName(FOUR), { PTR: ["host-7.isp.example"] }),
      "ptr",
      "wrong ptr-unconfirmed, right",
      { name: "host-7.isp.example" },
    ],
    [
      "a PTR that leads back",
      { ...of(reverseName(FOUR), { PTR: ["host-7.isp.example"] }), "host-7.isp.example": { A: [FOUR] } },
      "ptr",
      "note ptr-other-name, right",
    ],
    ["a slow DNS", of(DOMAIN, { slowMs: 150 }), "mx", "right"],
    ["an answer cut off", of(DKIM, { truncated: true }), "dkim", "right, right"],
  ])("%s", async (_what, zone, check, words, facts) => {
    const { of: findings, said } = await look(zone)
    expect(said(check)).toBe(words)
    if (facts) expect(findings(check)[0]!.facts).toMatchObject(facts)
  })
})

/** Our RSA record with other spaces, and without the tags that may be left out. */
function dkimWith(between: string): string {
  const { value } = dnsRecords({ ...patient(), domain: DOMAIN }).find(({ kind }) => kind === "dkim")!
  const key = value.slice(value.indexOf("p="))
  return `k=rsa${between}${key.slice(0, 100)} ${key.slice(100)};`
}

describe("the policy of MTA-STS", () => {
  test("another one, and one that cannot be read, are wrong", async () => {
    const other = await look(goodZone(), {}, async () => "version: STSv1\nmode: none\n")
    expect(other.said("sts-policy")).toBe("wrong sts-other")
    await dns.close()
    const none = await look(goodZone(), {}, async () => {
      throw new Error("status 404 instead of a policy")
    })
    expect(none.of("sts-policy")[0]).toMatchObject({
      code: "sts-unreadable",
      facts: {
        url: `https://mta-sts.${DOMAIN}/.well-known/mta-sts.txt`,
        detail: "status 404 instead of a policy",
      },
    })
  })

  test("line ends do not matter", async () => {
    const { said } = await look(goodZone(), {}, async () => POLICY.replaceAll("\r", ""))
    expect(said("sts-policy")).toBe("right")
  })

  test("a name without address is said as such", async () => {
    dns = await startDnsServer({ "mta-sts.slow.example": { fault: "drop" } })
    await expect(policyReader(dns.resolve, [])("nowhere.example")).rejects.toThrow("has no address")
    await expect(policyReader(dns.resolve, [])("slow.example")).rejects.toThrow("ETIMEOUT")
  })

  test("nothing is asked of a machine in a private network, unless that is allowed", async () => {
    dns = await startDnsServer({ "mta-sts.inner.example": { A: ["127.0.0.1"] } })
    await expect(policyReader(dns.resolve, [])("inner.example")).rejects.toThrow(
      "mta-sts.inner.example is 127.0.0.1, in a private network",
    )
    await expect(policyReader(dns.resolve, ["127.0.0.0/8"])("inner.example")).rejects.toThrow(
      /ECONNREFUSED|certificate/,
    )
  })
})

describe("where mail leaves from", () => {
  test("set addresses count, and each has to be let by SPF and have its name", async () => {
    const { said } = await look(goodZone(), { addresses: [FOUR, "198.41.0.4"] })
    expect(said("spf")).toBe("wrong spf-refuses")
    expect(said("ptr")).toBe("right, missing ptr-missing")
  })

  test("of a smarthost only SPF is looked at, and not held against it", async () => {
    const smarthost = "out.isp.example"
    const outbound = {
      kind: "smtp",
      host: "127.0.0.1",
      port: 1,
      secure: false,
      user: null,
      pass: null,
    } as const
    const zone = { ...goodZone(), [smarthost]: { A: ["198.41.0.4"] } }
    const { said } = await look(zone, { smarthost, outbound })
    expect([said("spf"), said("ptr")]).toEqual(["note spf-smarthost", ""])
  })

  test("without any known address nothing is claimed of SPF", async () => {
    const zone = goodZone()
    const { said } = await look({ ...zone, [HOST]: { A: ["10.0.0.7"] } })
    expect([said("spf"), said("ptr")]).toEqual(["note spf-unsure", ""])
  })
})

test("each domain of an account has findings of its own", async () => {
  const { findings } = await look(goodZone(), { domains: [DOMAIN, "mail.shop.example"] })
  const mx = findings.filter(({ check }) => check === "mx")
  expect(mx.map(({ subject, state }) => `${subject} ${state}`)).toEqual([
    `${DOMAIN} right`,
    "mail.shop.example missing",
  ])
})
