import { createPublicKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dnsRecords, mailHost, zoneFile } from "../../relay/mail/dns.ts"

const NOW = Date.UTC(2026, 10, 21)
const keys = readDkimKeys(await makeDkimKeys(NOW))
const records = (change = {}) =>
  dnsRecords({
    mailDomain: "chat.lamps.example",
    publicUrl: "https://relay.lamps.example",
    keys,
    now: NOW,
    smarthost: null,
    ...change,
  })

describe("what the mail domain publishes", () => {
  test("MX, SPF, two DKIM keys and DMARC, each under its name", () => {
    expect(records().map(({ name, type }) => `${name} ${type}`)).toEqual([
      "chat.lamps.example MX",
      "chat.lamps.example TXT",
      "pl-2026-11-r._domainkey.chat.lamps.example TXT",
      "pl-2026-11-e._domainkey.chat.lamps.example TXT",
      "_dmarc.chat.lamps.example TXT",
    ])
    expect(records()[0]!.value).toBe("10 relay.lamps.example.")
    expect(records()[1]!.value).toBe("v=spf1 mx -all")
  })

  test.each([
    ["a name", "out.lamps.example", "v=spf1 mx a:out.lamps.example -all"],
    ["an IPv4 address", "192.0.2.7", "v=spf1 mx ip4:192.0.2.7 -all"],
    ["an IPv6 address", "2001:db8::7", "v=spf1 mx ip6:2001:db8::7 -all"],
  ])("a smarthost with %s may send too", (_, smarthost, spf) => {
    expect(records({ smarthost })[1]!.value).toBe(spf)
  })

  test("an address that is no public name: the mail domain itself is the host", () => {
    expect(mailHost("http://127.0.0.1:8420", "chat.lamps.example")).toBe("chat.lamps.example")
    expect(mailHost("http://localhost:8420", "chat.lamps.example")).toBe("chat.lamps.example")
    expect(mailHost("https://relay.lamps.example:8443", "chat.lamps.example")).toBe("relay.lamps.example")
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
