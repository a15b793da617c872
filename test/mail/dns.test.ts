import { createPublicKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dnsRecords, type RecordFacts, reverseName, zoneFile } from "../../relay/mail/dns.ts"
import { policyId, stsPolicy } from "../../relay/mail/sts-policy.ts"

const NOW = Date.UTC(2026, 10, 21)
const keys = readDkimKeys(await makeDkimKeys(NOW))
const records = (change: Partial<RecordFacts> = {}) =>
  dnsRecords({
    domain: "chat.lamps.example",
    host: "relay.lamps.example",
    webHost: "relay.lamps.example",
    keys,
    now: NOW,
    smarthost: null,
    addresses: [],
    policy: stsPolicy("relay.lamps.example", true),
    ...change,
  })
const recordOf = (kind: string, change: Partial<RecordFacts> = {}) =>
  records(change).find((one) => one.kind === kind)?.value

describe("what a mail domain publishes", () => {
  test("each record under its name, the optional ones last", () => {
    expect(records().map(({ name, type, optional }) => `${name} ${type}${optional ? "?" : ""}`)).toEqual([
      "chat.lamps.example MX",
      "chat.lamps.example TXT",
      "pl-2026-11-r._domainkey.chat.lamps.example TXT",
      "pl-2026-11-e._domainkey.chat.lamps.example TXT",
      "_dmarc.chat.lamps.example TXT",
      "_mta-sts.chat.lamps.example TXT?",
      "mta-sts.chat.lamps.example CNAME?",
      "_smtp._tls.chat.lamps.example TXT?",
    ])
    expect(recordOf("mx")).toBe("10 relay.lamps.example.")
    expect(recordOf("spf")).toBe("v=spf1 mx -all")
    expect(recordOf("sts-host")).toBe("relay.lamps.example.")
    expect(recordOf("tls-rpt")).toBe("v=TLSRPTv1; rua=mailto:postmaster@chat.lamps.example")
  })

  test.each([
    ["a name", "out.lamps.example", "v=spf1 mx a:out.lamps.example -all"],
    ["an IPv4 address", "93.184.216.34", "v=spf1 mx ip4:93.184.216.34 -all"],
    ["an IPv6 address", "2606:2800:220::7", "v=spf1 mx ip6:2606:2800:220::7 -all"],
    ["an address of our own network, which others never see,", "127.0.0.1", "v=spf1 mx -all"],
  ])("a smarthost with %s: %s gives %s", (_, smarthost, spf) => {
    expect(recordOf("spf", { smarthost })).toBe(spf)
  })

  test("addresses that mail leaves from are in SPF, and have a PTR, which is of another zone", () => {
    const addresses = ["192.0.2.7", "2001:db8::7"]
    expect(recordOf("spf", { addresses })).toBe("v=spf1 mx ip4:192.0.2.7 ip6:2001:db8::7 -all")
    const lines = zoneFile(records({ addresses }))
      .split("\n")
      .filter((line) => line.includes(" PTR "))
    expect(lines).toEqual([
      "; in the zone of the address: 7.2.0.192.in-addr.arpa. 3600 IN PTR relay.lamps.example.",
      "; in the zone of the address: 7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 3600 IN PTR relay.lamps.example.",
    ])
  })

  test.each([
    ["::1", `1.${"0.".repeat(31)}ip6.arpa`],
    ["2001:DB8:0:0:1::", `${"0.".repeat(12)}1.0.0.0.${"0.".repeat(8)}8.b.d.0.1.0.0.2.ip6.arpa`],
  ])("the name of %s, turned round", (address, name) => {
    expect(reverseName(address)).toBe(name)
  })

  test("where browsers use no public name, there is none to serve the policy under", () => {
    expect(recordOf("sts-host", { webHost: null })).toBeUndefined()
  })

  test("the policy insists on TLS only where the relay has a certificate; its id changes with it", () => {
    const [enforced, tried] = [stsPolicy("mx.lamps.example", true), stsPolicy("mx.lamps.example", false)]
    expect(enforced).toBe("version: STSv1\r\nmode: enforce\r\nmx: mx.lamps.example\r\nmax_age: 604800\r\n")
    expect(tried).toContain("mode: testing\r\n")
    expect(policyId(enforced)).toMatch(/^[a-z0-9]{20}$/)
    expect(policyId(enforced)).not.toBe(policyId(tried))
  })

  test("the zone file splits what is longer than a string, and nothing is lost", () => {
    const line = zoneFile(records())
      .split("\n")
      .find((one) => one.startsWith("pl-2026-11-r."))!
    const strings = [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1]!)
    expect(strings.length).toBeGreaterThan(1)
    expect(Math.max(...strings.map((one) => one.length))).toBeLessThanOrEqual(255)
    const key = /p=(.+)$/.exec(strings.join(""))![1]!
    expect(
      createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" }).asymmetricKeyType,
    ).toBe("rsa")
  })
})
