import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { isNothing } from "../../relay/mail/resolver.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"

let dns: DnsServer

const LONG = `v=DKIM1; p=${"A".repeat(600)}`

beforeAll(async () => {
  dns = await startDnsServer({
    "shop.example": {
      MX: [
        [20, "mx2.shop.example"],
        [10, "mx1.shop.example"],
      ],
      TXT: ["v=spf1 -all", LONG],
    },
    "mx1.shop.example": { A: ["127.0.0.2"], AAAA: ["::1"] },
    "null.example": { MX: [[0, "."]] },
    "alias.example": { CNAME: "Shop.Example" },
    "loop.example": { CNAME: "pool.example" },
    "pool.example": { CNAME: "loop.example" },
    "2.0.0.127.in-addr.arpa": { PTR: ["mx1.shop.example"] },
    "big.example": { truncated: true, TXT: [LONG] },
    "deep.under.example": { A: ["127.0.0.9"] },
    "broken.example": { fault: "servfail" },
    "half.example": { A: ["127.0.0.3"], MX: "servfail", TXT: "refused" },
    "silent.example": { fault: "drop" },
    "slow.example": { slowMs: 120, A: ["127.0.0.4"] },
    "late.example": { slowMs: 900, A: ["127.0.0.4"] },
  })
})

afterAll(() => dns.close())

beforeEach(() => {
  dns.questions.length = 0
})

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "answered",
    (error: { code: string }) => error.code,
  )

describe("asking the DNS", () => {
  it("gives records of each kind", async () => {
    expect(await dns.resolve("SHOP.example", "MX")).toMatchObject([
      { exchange: "mx2.shop.example", priority: 20 },
      { exchange: "mx1.shop.example", priority: 10 },
    ])
    expect((await dns.resolve("shop.example", "TXT")).map((parts) => parts.join(""))).toEqual([
      "v=spf1 -all",
      LONG,
    ])
    expect(await dns.resolve("mx1.shop.example", "A")).toEqual(["127.0.0.2"])
    expect(await dns.resolve("mx1.shop.example", "AAAA")).toEqual(["::1"])
    expect(await dns.resolve("2.0.0.127.in-addr.arpa", "PTR")).toEqual(["mx1.shop.example"])
    expect(await dns.resolve("alias.example", "CNAME")).toEqual(["Shop.Example"])
    expect(await dns.resolve("null.example", "MX")).toMatchObject([{ exchange: "", priority: 0 }])
    expect(dns.questions[0]).toEqual({ name: "shop.example", type: "MX", over: "udp" })
  })

  it("follows an alias", async () => {
    expect(await dns.resolve("alias.example", "MX")).toHaveLength(2)
  })

  it("tells nothing from nobody", async () => {
    expect(await codeOf(dns.resolve("gone.example", "A"))).toBe("ENOTFOUND")
    expect(await codeOf(dns.resolve("mx1.shop.example", "MX"))).toBe("ENODATA")
    expect(await codeOf(dns.resolve("under.example", "A"))).toBe("ENODATA")
    expect(await codeOf(dns.resolve("loop.example", "MX"))).toBe("ENODATA")
    expect(await codeOf(dns.resolve("broken.example", "MX"))).toBe("ESERVFAIL")
    expect(await codeOf(dns.resolve("half.example", "MX"))).toBe("ESERVFAIL")
    expect(await codeOf(dns.resolve("half.example", "TXT"))).toBe("EREFUSED")
    expect(await dns.resolve("half.example", "A")).toEqual(["127.0.0.3"])
    expect(["ENOTFOUND", "ENODATA", "ESERVFAIL"].map((code) => isNothing({ code }))).toEqual([
      true,
      true,
      false,
    ])
  })

  it("asks again over TCP what was cut off", async () => {
    expect((await dns.resolve("big.example", "TXT"))[0]?.join("")).toBe(LONG)
    expect(dns.questions.map(({ over }) => over)).toEqual(["udp", "tcp"])
  })

  it("waits for a slow answer, and gives up on none", async () => {
    expect(await dns.resolve("slow.example", "A")).toEqual(["127.0.0.4"])
    expect(await codeOf(dns.resolve("silent.example", "A"))).toBe("ETIMEOUT")
    expect(await codeOf(dns.resolve("late.example", "A"))).toBe("ETIMEOUT")
  })

  it("sees a zone that has changed", async () => {
    expect(await codeOf(dns.resolve("new.example", "A"))).toBe("ENOTFOUND")
    dns.zone["new.example"] = { A: ["127.0.0.5"] }
    expect(await dns.resolve("new.example", "A")).toEqual(["127.0.0.5"])
  })
})
