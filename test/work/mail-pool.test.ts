import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Log, silentLog } from "../../relay/log.ts"
import { cachedResolve } from "../../relay/mail/cached-resolve.ts"
import { type DkimKeys, makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dkimRecords } from "../../relay/mail/dns.ts"
import { type MailPool, openMailPool, type PoolWays } from "../../relay/mail/pool.ts"
import type { Resolve } from "../../relay/mail/resolver.ts"
import { senderProof } from "../../relay/mail/sender-proof.ts"

const NOW = Date.UTC(2026, 10, 21, 12)
const DOMAIN = "relay.test"
const RAW = Buffer.from("From: a@shop.example\r\nTo: b@relay.test\r\nSubject: x\r\n\r\nHello.\r\n")
const MAIL = { raw: RAW, envelopeFrom: "", helo: "shop.example", remoteAddress: "127.0.0.1" }
const TRACE = Buffer.from("Received: from shop.example\r\n")

let keys: DkimKeys
let pool: MailPool

const open = (more: Partial<PoolWays> = {}): MailPool => {
  pool = openMailPool({
    // Nobody answers there: what is asked comes to nothing at once.
    dns: ["127.0.0.1:9"],
    mailHost: "mx.relay.test",
    checks: true,
    keys: () => keys,
    now: () => NOW,
    log: silentLog(),
    threads: 2,
    ...more,
  })
  return pool
}

beforeEach(async () => {
  keys = readDkimKeys(await makeDkimKeys(NOW))
})
afterEach(() => pool.close())

describe("threads that work on mails", () => {
  it("check, seal and sign as this thread would", async () => {
    open()
    const auth = await pool.check(MAIL)
    expect(auth).toMatchObject({ aligned: false, dkim: [] })
    const sealed = await pool.prepare(RAW, { trace: TRACE, auth, domain: DOMAIN, rewriteTo: null })
    expect(sealed.toString()).toContain("ARC-Seal: i=1;")
    expect(sealed.subarray(-RAW.length).equals(RAW)).toBe(true)

    const signed = await pool.sign(RAW, DOMAIN)
    const records = dkimRecords(keys, DOMAIN, NOW)
    const { results } = await dkimVerify(signed, {
      resolver: async (name: string) => [[records.find((record) => record.name === name)?.value ?? ""]],
      curTime: new Date(NOW),
    })
    expect(results.map((result) => result.status.result)).toEqual(["pass", "pass"])
  })

  it("get through a mail that is nothing but header, in their memory", async () => {
    const faults: string[] = []
    const log = { ...silentLog(), error: (_facts: unknown, what: string) => void faults.push(what) } as Log
    open({ threads: 1, log })
    const forged = Buffer.from(`Authentication-Results: ${DOMAIN}; dkim=pass\r\n`)
    const raw = Buffer.concat([forged, Buffer.from("a:b\r\n".repeat(5_000_000)), Buffer.from("\r\nx")])
    const auth = await pool.check({ ...MAIL, remoteAddress: "", raw })
    expect(auth?.arc.result).toBe("permerror")
    const out = await pool.prepare(raw, { trace: TRACE, auth, domain: DOMAIN, rewriteTo: null })
    expect(out.includes(forged)).toBe(false)
    expect(out.subarray(-100).equals(raw.subarray(-100))).toBe(true)
    expect(faults).toEqual([])
  })

  it("are not held up by large mails, whatever these are made of", async () => {
    open({ threads: 1 })
    const auth = await pool.check(MAIL)
    const given = { trace: TRACE, auth, domain: DOMAIN, rewriteTo: null }
    const larges = [
      Buffer.concat([RAW, Buffer.alloc(4_000_000, "a  b\t c \r\n")]),
      Buffer.concat([Buffer.from("a:b\r\n".repeat(700_000)), RAW]),
    ]
    for (const large of larges) {
      const done: string[] = []
      const preparing = pool.prepare(large, given).then(() => done.push("large"))
      for (let n = 0; n < 3; n += 1) {
        await pool.prepare(RAW, { ...given, auth: await pool.check(MAIL) })
        done.push("small")
      }
      await preparing
      expect(done).toEqual(["small", "small", "small", "large"])
    }
  })

  it("let one large mail after the other have its turn", async () => {
    open({ threads: 1 })
    const auth = await pool.check(MAIL)
    const given = { trace: TRACE, auth, domain: DOMAIN, rewriteTo: null }
    const done: number[] = []
    const of = (megabytes: number) =>
      pool
        .prepare(Buffer.concat([RAW, Buffer.alloc(megabytes * 1_000_000, "a  b\t c \r\n")]), given)
        .then(() => done.push(megabytes))
    await Promise.all([of(6), of(2)])
    expect(done).toEqual([2, 6])
  })

  it("sign with the keys as they are by now", async () => {
    open({ threads: 1 })
    await pool.sign(RAW, DOMAIN)
    keys = { keys: [] }
    await expect(pool.sign(RAW, DOMAIN)).rejects.toThrow()
    keys = readDkimKeys(await makeDkimKeys(NOW))
    expect((await pool.sign(RAW, DOMAIN)).toString()).toContain("DKIM-Signature")
  })

  it("are not asked where there is nothing to find out", async () => {
    open({ checks: false, module: new URL("file:///nowhere.ts") })
    expect(await pool.check(MAIL)).toBeNull()
    const passed = await pool.prepare(RAW, { trace: TRACE, auth: null, domain: DOMAIN, rewriteTo: null })
    expect(passed.toString()).toBe(`${TRACE}${RAW}`)
  })

  it("do many at a time, and refuse what is too much", async () => {
    open()
    const results = await Promise.allSettled(Array.from({ length: 1_100 }, () => pool.check(MAIL)))
    const refused = results.filter((result) => result.status === "rejected")
    expect(refused.length).toBe(100)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "too-many" })
    expect(await pool.check(MAIL)).not.toBeNull()
  })

  it("that end are replaced: a mail they end with proves nothing, the others are done", async () => {
    open({ threads: 1, module: new URL("./fragile-worker.ts", import.meta.url) })
    const poison = { ...MAIL, helo: "poison" }
    const all = [pool.check(MAIL), pool.check(poison), pool.check(MAIL)]
    const [first, ended, last] = await Promise.all(all)
    expect([first, last]).toEqual([{ aligned: true }, { aligned: true }])
    // null would be the answer of a relay that is told not to look: token and From would be enough
    expect(ended).toMatchObject({ aligned: false, temporary: false, dmarc: { result: "permerror" } })
    expect(senderProof(ended ?? null, "anna@shop.example")).toEqual({ by: "nothing" })
    expect(await pool.check(MAIL)).toMatchObject({ aligned: true })
  })

  it("are gone when the relay stops, and say so to who waits", async () => {
    open({ module: new URL("./fragile-worker.ts", import.meta.url) })
    const waiting = pool.sign(RAW, DOMAIN)
    const said = expect(waiting).rejects.toThrow("ended")
    await pool.close()
    await said
    await expect(pool.sign(RAW, DOMAIN)).rejects.toMatchObject({ code: "store-unavailable" })
  })
})

describe("answers of the DNS", () => {
  it("are used again for half a minute, that there is none as well, and not that nobody answered", async () => {
    let asked = 0
    let now = 0
    let code = "ENODATA"
    const fail = async (): Promise<never> => {
      asked += 1
      throw Object.assign(new Error(code), { code })
    }
    const resolve = cachedResolve(fail as Resolve, () => now)
    const ask = (name: string) => resolve(name, "TXT").catch((error: Error) => error.message)
    expect([await ask("a.example"), await ask("A.example")]).toEqual(["ENODATA", "ENODATA"])
    expect(asked).toBe(1)
    now = 30_000
    await ask("a.example")
    expect(asked).toBe(2)
    code = "ETIMEOUT"
    expect([await ask("b.example"), await ask("b.example")]).toEqual(["ETIMEOUT", "ETIMEOUT"])
    expect(asked).toBe(4)
  })
})
