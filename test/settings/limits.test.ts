import { expect, test } from "vitest"
import { clientAddress } from "../../relay/http/client-address.ts"
import { slidingWindow, tokenBucket } from "../../relay/rates.ts"

test("a bucket gives what it holds at once, and then as it fills", () => {
  let now = 0
  const limit = tokenBucket(20, 10_000, () => now)
  const takes = (key: string, count: number): number =>
    Array.from({ length: count }, () => limit.take(key)).filter(Boolean).length
  expect(takes("a", 25)).toBe(20)
  expect(takes("b", 1)).toBe(1)
  now = 1000
  expect(takes("a", 25)).toBe(2)
  now = 100_000
  expect(takes("a", 25)).toBe(20)
})

test("a window gives so many in any stretch of its length, and nothing back before", () => {
  let now = 0
  const limit = slidingWindow(20, 10_000, () => now)
  const takes = (count: number): number =>
    Array.from({ length: count }, () => limit.take("a")).filter(Boolean).length
  expect(takes(15)).toBe(15)
  now = 6000
  expect(takes(15)).toBe(5)
  now = 9999
  expect(takes(1)).toBe(0)
  now = 10_000
  expect(takes(30)).toBe(15)
  now = 16_000
  expect(takes(30)).toBe(5)
})

test.each([
  ["bucket", tokenBucket],
  ["window", slidingWindow],
])("keys without end take no memory without end, and the busy one stays limited: %s", (_, create) => {
  let now = 0
  const limit = create(1, 1_000_000, () => now)
  for (let n = 0; n < 50_000; n++) {
    now += 1
    limit.take(`client ${n}`)
  }
  expect(limit.take("client 49999")).toBe(false)
})

test.each([
  ["no proxy", "192.0.2.7", undefined, "192.0.2.7"],
  ["a stranger's claim", "192.0.2.7", "10.1.1.1", "192.0.2.7"],
  ["our proxy's word", "127.0.0.1", "192.0.2.7", "192.0.2.7"],
  ["two proxies of ours", "127.0.0.1", "192.0.2.7, 10.0.0.3", "192.0.2.7"],
  ["what a client made up before it", "127.0.0.1", "1.2.3.4, 192.0.2.7", "192.0.2.7"],
  ["nonsense", "127.0.0.1", "a client", "127.0.0.1"],
  ["IPv4 on a dual-stack socket", "::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"],
])("the client's address: %s", (_, peer, forwardedFor, expected) => {
  expect(clientAddress(["127.0.0.1", "10.0.0.0/8"])(peer, forwardedFor)).toBe(expected)
})
