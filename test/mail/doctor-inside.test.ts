import { describe, expect, test } from "vitest"
import { checkStore, checkWorkers, type StoreState, type Workers } from "../../relay/mail/doctor/inside.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"

const NOW = Date.UTC(2026, 10, 21, 12)

describe("the store", () => {
  const said = (change: Partial<StoreState> = {}) =>
    checkStore({ kind: "SQLite 3.50", bytes: 4_300_000, commit: { ms: 0.4 }, connections: null, ...change })
  const codes = (change: Partial<StoreState>) => said(change).map(({ state, code }) => `${state} ${code}`)

  test("is right as long as a commit takes a tenth of a second", () => {
    expect(said()).toMatchObject([
      { state: "right", code: "store-good", subject: "SQLite 3.50", facts: { ms: 1, size: "4.3 MB" } },
    ])
    expect(codes({ commit: { ms: 100 } })).toEqual(["right store-good"])
    expect(codes({ commit: { ms: 100.1 } })).toEqual(["wrong store-slow"])
    expect(said({ bytes: 12_340_000_000 })[0]?.facts.size).toBe("12.3 GB")
  })

  test("on a server also by the connections that are left; both are said where both are wrong", () => {
    const left = (free: number) => ({ connections: { used: 97 - free, most: 97 } })
    expect(said(left(15))).toMatchObject([
      { state: "right", code: "store-served", facts: { free: 15, most: 97 } },
    ])
    expect(said(left(14))).toMatchObject([
      { state: "wrong", code: "store-few-connections", facts: { free: 14, most: 97 } },
    ])
    expect(said(left(-2))[0]?.facts.free).toBe(0)
    expect(codes({ ...left(3), commit: { ms: 400 } })).toEqual([
      "wrong store-slow",
      "wrong store-few-connections",
    ])
  })

  test("that takes nothing is wrong, with what it says", () => {
    expect(said({ commit: { failed: "the disk is full" } })).toMatchObject([
      { state: "wrong", code: "store-fails", facts: { detail: "the disk is full" } },
    ])
  })
})

describe("what relays do by themselves", () => {
  const codes = (change: Partial<Workers>) =>
    checkWorkers({ relays: 1, decisions: null, webhooks: null, pushes: null, ...change }, NOW).map(
      ({ state, code }) => `${state} ${code}`,
    )

  test("is right as long as nothing that is due waits", () => {
    expect(codes({})).toEqual(["right workers-good"])
    const ahead = { decisions: NOW + MINUTE, webhooks: NOW + MINUTE, pushes: NOW + MINUTE }
    expect(codes(ahead)).toEqual(["right workers-good"])
  })

  test.each([
    ["decisions", 10 * SECOND, "decisions-late"],
    ["webhooks", 5 * MINUTE, "webhooks-late"],
    ["pushes", 5 * MINUTE, "pushes-late"],
  ] as const)("%s may be %i ms late and no more", (what, most, code) => {
    expect(codes({ [what]: NOW - most })).toEqual(["right workers-good"])
    expect(codes({ [what]: NOW - most - 1 })).toEqual([`wrong ${code}`])
  })

  test("each that is late is said, with how late it is", () => {
    const all = { decisions: NOW - 90 * SECOND, webhooks: NOW - 7 * MINUTE, pushes: NOW - 6 * MINUTE }
    expect(checkWorkers({ relays: 2, ...all }, NOW)).toMatchObject([
      { code: "decisions-late", facts: { seconds: 90 } },
      { code: "webhooks-late", facts: { minutes: 7 } },
      { code: "pushes-late", facts: { minutes: 6 } },
    ])
  })

  test("where no relay runs, that is all there is to say: what is due waits for one", () => {
    expect(codes({ relays: 0, decisions: NOW - MINUTE })).toEqual(["note workers-none"])
  })
})
