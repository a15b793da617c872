import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { findAddresses, findHosts } from "../../relay/mail/mx/find-hosts.ts"
import { sendingGuard } from "../../relay/mail/mx/private-targets.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"

const PUBLIC = ["9.9.9.9", "198.17.255.1", "172.15.0.1", "2620:fe::fe", "2a00:1450::1"]
const PRIVATE = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.9.9.9",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.1.1.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "::ffff:127.0.0.1",
  "::ffff:a00:1",
  "64:ff9b::7f00:1",
  "64:ff9b::192.168.0.1",
  "64:ff9b:1::9.9.9.9",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "100::1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "3fff::1",
]

describe("addresses that mail may be sent to", () => {
  const maySend = sendingGuard([])
  it.each(PUBLIC)("%s is one", (address) => expect(maySend(address)).toBe(true))
  it.each(PRIVATE)("%s is none", (address) => expect(maySend(address)).toBe(false))
  it("are also those of the internet behind IPv6 forms", () => {
    expect(maySend("::ffff:9.9.9.9")).toBe(true)
    expect(maySend("64:ff9b::909:909")).toBe(true)
  })
  it("are private ones that the operator allows, in each form, and their neighbours are not", () => {
    const allows = sendingGuard(["127.0.0.0/8", "10.1.2.3", "fd00::/8", "::1"])
    for (const address of [
      "127.0.0.2",
      "::ffff:127.0.0.2",
      "64:ff9b::7f00:2",
      "10.1.2.3",
      "fd00::1",
      "::1",
    ]) {
      expect(allows(address), address).toBe(true)
    }
    for (const address of ["10.1.2.4", "::2", "fc00::1", "192.168.0.1"]) {
      expect(allows(address), address).toBe(false)
    }
  })
})

describe("hosts that take mail for a domain", () => {
  let dns: DnsServer
  beforeAll(async () => {
    dns = await startDnsServer({
      "two.example": {
        MX: [
          [20, "Late.two.example"],
          [10, "a.two.example"],
          [10, "b.two.example"],
        ],
      },
      "bare.example": { A: ["9.9.9.9"] },
      "null.example": { MX: [[0, "."]], A: ["9.9.9.9"] },
      "half-null.example": {
        MX: [
          [0, "."],
          [5, "mx.half-null.example"],
        ],
      },
      "odd.example": {
        MX: [
          [5, "two words.odd.example"],
          [6, "<b>.odd.example"],
          [10, "mx.odd.example"],
        ],
      },
      "number.example": { MX: [[10, "127.0.0.1"]] },
      "ours.example": {
        MX: [
          [10, "first.ours.example"],
          [20, "Relay.Test"],
          [20, "beside.ours.example"],
          [30, "behind.ours.example"],
        ],
      },
      "all-ours.example": { MX: [[10, "relay.test"]] },
      "broken.example": { MX: "servfail", A: ["9.9.9.9"] },
      "silent.example": { fault: "drop" },
      "alias.example": { CNAME: "two.example" },
      "loop.example": { CNAME: "pool.example" },
      "pool.example": { CNAME: "loop.example" },
      "many.example": { MX: Array.from({ length: 14 }, (_, at) => [at, `mx${at}.many.example`]) },
      "both.example": { A: ["9.9.9.1", "9.9.9.2", "9.9.9.3"], AAAA: ["2620:fe::1"] },
      "mixed.example": { A: ["127.0.0.1", "9.9.9.9"] },
      "inside.example": { A: ["10.0.0.1"], AAAA: ["::ffff:10.0.0.1"] },
      "half.example": { A: "servfail", AAAA: ["2620:fe::2"] },
      "dark.example": { A: "servfail", AAAA: "nodata" },
    })
  })
  afterAll(() => dns.close())

  const find = (domain: string, random?: () => number) =>
    findHosts(domain, { resolve: dns.resolve, self: "relay.test", random })
  const names = async (domain: string, random?: () => number): Promise<string[]> => {
    const found = await find(domain, random)
    return Array.isArray(found) ? found.map(({ name }) => name) : [`${found.kind} ${found.answer}`]
  }

  it("come by preference, equals by lot", async () => {
    const lots =
      (...values: number[]) =>
      () =>
        values.shift() ?? 0
    expect(await names("two.example", lots(0.5, 0.1, 0.9))).toEqual([
      "a.two.example",
      "b.two.example",
      "late.two.example",
    ])
    const orders = new Set<string>()
    for (let look = 0; look < 40; look++) orders.add((await names("two.example")).join())
    expect([...orders].sort()).toEqual([
      "a.two.example,b.two.example,late.two.example",
      "b.two.example,a.two.example,late.two.example",
    ])
    expect(await names("alias.example")).toHaveLength(3)
    expect(await names("many.example")).toHaveLength(10)
  })

  it("are the domain itself where there is no MX, and only then", async () => {
    expect(await names("bare.example")).toEqual(["bare.example"])
    expect(await names("loop.example")).toEqual(["loop.example"])
    expect((await names("broken.example"))[0]).toMatch(/^deferred .*broken\.example .*ESERVFAIL/)
  })

  it("are none where a domain says so, or is not there", async () => {
    expect(await find("null.example")).toMatchObject({ kind: "failed", outcome: "address-wrong" })
    expect((await names("null.example"))[0]).toContain("5.1.10")
    expect(await names("half-null.example")).toEqual(["mx.half-null.example"])
    expect(await names("odd.example")).toEqual(["mx.odd.example"])
    expect(await find("gone.example")).toMatchObject({ kind: "failed", outcome: "address-wrong" })
    expect(await find("number.example")).toMatchObject({ kind: "failed", outcome: "address-wrong" })
  })

  it("are not known for now when the DNS does not answer", async () => {
    expect(await find("silent.example")).toMatchObject({ kind: "deferred", outcome: "connection" })
  })

  it("are never ourselves nor those behind us", async () => {
    expect(await names("ours.example")).toEqual(["first.ours.example"])
    expect((await names("all-ours.example"))[0]).toMatch(/^failed 5\.4\.6/)
  })

  it("have addresses: IPv4 first, two of a kind, none of private networks", async () => {
    const at = (host: string) => findAddresses(host, dns.resolve, sendingGuard([]))
    expect(await at("both.example")).toEqual({ addresses: ["9.9.9.1", "9.9.9.2", "2620:fe::1"] })
    expect(await at("mixed.example")).toEqual({ addresses: ["9.9.9.9"] })
    expect(await at("inside.example")).toMatchObject({
      gone: true,
      none: expect.stringContaining("10.0.0.1"),
    })
    expect(await at("half.example")).toEqual({ addresses: ["2620:fe::2"] })
    expect(await at("dark.example")).toMatchObject({ gone: false })
    expect(await at("loop.example")).toEqual({ gone: true, none: "loop.example has no address" })
    expect(await findAddresses("inside.example", dns.resolve, sendingGuard(["10.0.0.0/8"]))).toEqual({
      addresses: ["10.0.0.1", "::ffff:10.0.0.1"],
    })
  })
})
