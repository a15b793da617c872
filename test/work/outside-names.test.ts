import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openNames, type ResolveName } from "../../relay/outside-names.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"

let dns: DnsServer
let folder: string
let names: ResolveName
beforeAll(async () => {
  dns = await startDnsServer({
    "fast.example": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] },
    "four.example": { A: ["192.0.2.4"], AAAA: "nodata" },
    "broken.example": { fault: "servfail" },
    "slow.example": { fault: "drop" },
  })
  folder = mkdtempSync(path.join(tmpdir(), "porchlight-hosts-"))
  const hosts = path.join(folder, "hosts")
  writeFileSync(
    hosts,
    "127.0.0.1 localhost\n::1 localhost ip6-localhost # fast.example\n10.1.2.3\tCRM.intern crm\n",
  )
  names = openNames([dns.address], hosts)
})
afterAll(async () => {
  await dns.close()
  rmSync(folder, { recursive: true })
})

test("names are those of the machine's list, and of the DNS", async () => {
  expect(await names("fast.example")).toEqual(["192.0.2.1", "2001:db8::1"])
  expect(await names("four.example")).toEqual(["192.0.2.4"])
  expect(await names("crm.intern")).toEqual(["10.1.2.3"])
  expect(await names("localhost")).toEqual(["127.0.0.1", "::1"])
  expect(await names("nobody.example")).toEqual([])
  await expect(names("broken.example")).rejects.toThrow(
    "the DNS did not tell the addresses of broken.example",
  )
})

test("names that nobody answers hold up neither others nor files", async () => {
  let ended = 0
  const slow = Array.from({ length: 20 }, () =>
    names("slow.example")
      .catch((error: Error) => error.message)
      .finally(() => {
        ended += 1
      }),
  )
  expect(await names("fast.example")).toHaveLength(2)
  await readFile(path.join(folder, "hosts"))
  expect(ended, "they are still being asked for").toBe(0)
  for (const said of await Promise.all(slow)) expect(said).toContain("slow.example (A: ETIMEOUT)")
})
