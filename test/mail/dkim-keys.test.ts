import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { describe, expect, it } from "vitest"
import {
  type DkimKeys,
  type DkimPair,
  KEPT_PUBLISHED,
  makeDkimKeys,
  makeDkimPair,
  OVERLAP,
  publishedKeys,
  readDkimKeys,
  retire,
  rotate,
  signingKeys,
  stateOf,
  writeDkimKeys,
} from "../../relay/mail/dkim-keys.ts"
import { dkimRecords } from "../../relay/mail/dns.ts"
import { signMail } from "../../relay/mail/sign.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

const START = Date.UTC(2026, 10, 21, 12)
const DOMAIN = "chat.lamps.example"
const MAIL = Buffer.from("From: a@chat.lamps.example\r\nSubject: Hello\r\n\r\nHello\r\n")
const first = readDkimKeys(await makeDkimKeys(START))
const pair = await makeDkimPair()
const others = await makeDkimPair()

const selectors = (keys: readonly { selector: string }[]) => keys.map(({ selector }) => selector)

/** What a server finds that looks when the records are as published at `at`. */
const check = async (raw: Buffer, keys: DkimKeys, at: Millis): Promise<string[]> => {
  const records = dkimRecords(keys, DOMAIN, at)
  const resolver = async (name: string): Promise<string[][]> => {
    const record = records.find((one) => one.name === name)
    if (!record) throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    return [[record.value]]
  }
  const { results } = await dkimVerify(raw, { resolver, curTime: new Date(at) })
  return results.map((one) => `${one.selector} ${one.status.result}`).sort()
}

describe("DKIM keys in exchange", () => {
  it("names the first ones after their month, and they sign at once, also when the clock is set back", () => {
    expect(selectors(first.keys)).toEqual(["pl-2026-11-r", "pl-2026-11-e"])
    expect(signingKeys(first, START)).toHaveLength(2)
    expect(signingKeys(first, START - DAY)).toHaveLength(2)
  })

  it("reads what the first relays kept, and signs on with it", async () => {
    const keys = readDkimKeys(JSON.stringify(pair satisfies DkimPair))
    expect(selectors(keys.keys)).toEqual(["pl-r1", "pl-e1"])
    const raw = await signMail(MAIL, keys, DOMAIN, START)
    expect(await check(raw, keys, START)).toEqual(["pl-e1 pass", "pl-r1 pass"])
    const after = readDkimKeys(writeDkimKeys(rotate(keys, others, START, OVERLAP)))
    expect(selectors(after.keys)).toEqual(["pl-r1", "pl-e1", "pl-2026-11-r", "pl-2026-11-e"])
  })

  it("goes from old to new without a moment in which a mail cannot be checked", async () => {
    const keys = rotate(first, pair, START, OVERLAP)
    expect(selectors(keys.keys.slice(2))).toEqual(["pl-2026-11-2-r", "pl-2026-11-2-e"])
    const turn = START + OVERLAP
    for (let at = START; at <= turn + KEPT_PUBLISHED + DAY; at += 17 * HOUR + 7 * MINUTE) {
      const raw = await signMail(MAIL, keys, DOMAIN, at)
      const by = at < turn ? "pl-2026-11" : "pl-2026-11-2"
      const passed = [`${by}-e pass`, `${by}-r pass`]
      expect(await check(raw, keys, at)).toEqual(passed)
      // Ten days later it is still found good; so long a mail is under way.
      expect(await check(raw, keys, at + KEPT_PUBLISHED - 1)).toEqual(passed)
    }
    expect(publishedKeys(keys, turn - 1)).toHaveLength(4)
    expect(selectors(publishedKeys(keys, turn + KEPT_PUBLISHED))).toEqual([
      "pl-2026-11-2-r",
      "pl-2026-11-2-e",
    ])
    // The negative control: past that, the old signature is one that nobody can check.
    const old = await signMail(MAIL, keys, DOMAIN, turn - 1)
    expect(await check(old, keys, turn + KEPT_PUBLISHED)).toEqual([
      "pl-2026-11-e neutral",
      "pl-2026-11-r neutral",
    ])
  })

  it("waits for keys that wait already; --now lets these sign, and uses no others", () => {
    const waiting = rotate(first, pair, START, OVERLAP)
    expect(() => rotate(waiting, others, START + HOUR, OVERLAP)).toThrow(
      /pl-2026-11-2-r, pl-2026-11-2-e wait already.*--now/,
    )
    const now = rotate(waiting, others, START + HOUR, 0)
    expect(now.keys).toHaveLength(4)
    expect(selectors(signingKeys(now, START + HOUR))).toEqual(["pl-2026-11-2-r", "pl-2026-11-2-e"])
    expect(now.keys.map((key) => stateOf(key, START + HOUR))).toEqual([
      "retired",
      "retired",
      "signing",
      "signing",
    ])
  })

  it("never uses a selector twice, also when its key is gone", () => {
    let keys = first
    const seen = new Set(selectors(keys.keys))
    for (let at = START; at < START + 40 * DAY; at += 5 * DAY) {
      keys = rotate(keys, pair, at, 0)
      for (const { selector } of keys.keys.slice(-2)) {
        expect(seen).not.toContain(selector)
        seen.add(selector)
      }
    }
    expect(selectors(publishedKeys(keys, START + 365 * DAY))).toHaveLength(2)
  })

  it("retires one key, withdraws another, and never the last that signs", () => {
    const retired = retire(first, "pl-2026-11-r", false, START)
    expect(selectors(signingKeys(retired, START))).toEqual(["pl-2026-11-e"])
    expect(publishedKeys(retired, START)).toHaveLength(2)
    const withdrawn = retire(retired, "pl-2026-11-r", true, START + HOUR)
    expect(selectors(publishedKeys(withdrawn, START + HOUR))).toEqual(["pl-2026-11-e"])
    expect(() => retire(withdrawn, "pl-2026-11-e", true, START + HOUR)).toThrow(/no key would sign/)
    expect(() => retire(withdrawn, "pl-2026-11-r", false, START + HOUR)).toThrow(
      /there is no DKIM key “pl-2026-11-r”; there are pl-2026-11-e/,
    )
    expect(() => retire(first, "nope", false, START)).toThrow(Refusal)
  })

  it("signs with nothing rather than with a key that must not", async () => {
    const waiting: DkimKeys = { keys: first.keys.map((key) => ({ ...key, signsFrom: START + HOUR })) }
    await expect(signMail(MAIL, waiting, DOMAIN, START)).rejects.toThrow("no key signs")
  })
})
