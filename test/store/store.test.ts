import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Store } from "../../relay/store/store.ts"
import { type AccountId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { createDatabase, openDirect, STORES, type TestDatabase } from "../kit/stores.ts"
import { actions } from "./some-actions.ts"

const URL_OF_ACTIONS = new URL("./some-actions.ts", import.meta.url)
const NOW = 1_795_000_000_000
type SomeStore = Store<typeof actions>

/** The nudges of a store, and how to wait for one that says what is wanted. */
const collectNudges = (store: SomeStore) => {
  const heard: AccountId[] = []
  let look = (): void => undefined
  const stop = store.onNudge((accountIds) => {
    heard.push(...accountIds)
    look()
  })
  const hears = (accountId: AccountId): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (heard.includes(accountId)) resolve()
      }
      look()
    })
  return { heard, hears, stop }
}

describe.each([...STORES, "direct"] as const)("any store: %s", (kind) => {
  let database: TestDatabase | null
  let store: SomeStore
  const run: SomeStore["run"] = (name, input, now) => store.run(name, input, now)

  beforeEach(async () => {
    database = kind === "direct" ? null : await createDatabase(kind)
    store = database ? await database.open(URL_OF_ACTIONS) : await openDirect(actions)
  })
  afterEach(async () => {
    await store.close()
    await database?.remove()
  })

  test("an action that throws leaves nothing, and those beside it stay", async () => {
    const results = await Promise.allSettled([
      run("put", { name: "a", value: "1" }, NOW),
      run("putThenThrow", { name: "b", how: "refusal" }, NOW),
      run("putThenThrow", { name: "c", how: "error" }, NOW),
      run("put", { name: "d", value: "1" }, NOW),
    ])
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"])
    expect(await run("names", {}, NOW)).toEqual(["a", "d"])
  })

  test("a refusal stays one, an error keeps its name, message and place", async () => {
    const refused = await run("putThenThrow", { name: "a", how: "refusal" }, NOW).catch((error) => error)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code: "stale", message: "somebody was faster", facts: { version: 3 } })
    const failed = await run("putThenThrow", { name: "a", how: "error" }, NOW).catch((error) => error)
    expect(failed).toMatchObject({ name: "TypeError", message: "a bug" })
    expect(failed).not.toBeInstanceOf(Refusal)
    expect(failed.stack).toContain("some-actions.ts")
  })

  test("a statement that the database refuses takes back its own action only", async () => {
    await run("put", { name: "a", value: "1" }, NOW)
    const results = await Promise.allSettled([
      run("put", { name: "a", value: "2" }, NOW),
      run("put", { name: "b", value: "2" }, NOW),
    ])
    expect(results.map((result) => result.status)).toEqual(["rejected", "fulfilled"])
  })

  test("an unknown action is an error that names it", async () => {
    await expect(run("nothing" as "names", {}, NOW)).rejects.toThrow("there is no action nothing")
  })

  test("whole numbers, text and bytes come back as they went in", async () => {
    const raw = new Uint8Array([0, 255, 13, 10, 0])
    expect(await run("types", { raw }, NOW)).toEqual({
      value: "ž 🏮",
      created_at: NOW,
      later: NOW + 1,
      count: 1,
      raw,
      updated: 1,
    })
  })

  test("events are numbered without gaps, also when many are written at once and some are taken back", async () => {
    const accountId = newId("account")
    await run("addAccount", { id: accountId }, NOW)
    const writers = Array.from({ length: 60 }, (_, index) =>
      index % 5 === 0
        ? run("happenThenThrow", { accountId }, NOW).catch(() => undefined)
        : run("happen", { accountId, times: (index % 3) + 1 }, NOW),
    )
    await Promise.all(writers)
    const numbers = await run("eventNumbers", { accountId }, NOW)
    expect(numbers.length).toBeGreaterThan(60)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test("listeners hear of accounts whose events are stored, and of no other", async () => {
    const [loud, quiet, failing] = [newId("account"), newId("account"), newId("account")]
    for (const id of [loud, quiet, failing]) await run("addAccount", { id }, NOW)
    const nudges = collectNudges(store)
    await Promise.allSettled([
      run("happenThenThrow", { accountId: failing }, NOW),
      run("countUp", { accountId: quiet }, NOW),
      run("happen", { accountId: loud, times: 1 }, NOW),
    ])
    await nudges.hears(loud)
    expect(nudges.heard).not.toContain(failing)
    expect(nudges.heard).not.toContain(quiet)
    nudges.stop()
  })

  test("readers and those that nobody waits for come through, among others and alone", async () => {
    const put = (n: number) => ({ name: `patient-${n}`, value: "x" })
    await store.run("put", put(1), 0, "patient")
    const all = Array.from({ length: 20 }, (_, n) => [
      store.run("put", put(10 + n), 0, n % 2 === 0 ? "patient" : undefined),
      store.run("names", {}, 0, "reading"),
    ])
    await Promise.all(all.flat())
    expect(await store.run("names", {}, 0, "reading")).toHaveLength(21)
    const late = store.run("put", put(50), 0, "patient")
    await store.close()
    await expect(late).resolves.toBeUndefined()
  })

  test("actions that lock an account run one after the other", async () => {
    const accountId = newId("account")
    await run("addAccount", { id: accountId }, NOW)
    const counts = await Promise.all(Array.from({ length: 30 }, () => run("countUp", { accountId }, NOW)))
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => 120_001 + index))
  })

  test("two that lock the same accounts the other way round both come through", async () => {
    const [a, b] = [newId("account"), newId("account")]
    for (const id of [a, b]) await run("addAccount", { id }, NOW)
    const both = [
      { first: a, second: b },
      { first: b, second: a },
    ]
    await Promise.all([...both, ...both].map((input) => run("lockBoth", input, NOW)))
  })

  test("a closed store finishes what was asked before and refuses what is asked after", async () => {
    const before = run("put", { name: "before", value: "" }, NOW)
    const closed = store.close()
    const after = run("put", { name: "after", value: "" }, NOW)
    await expect(after).rejects.toMatchObject({ code: "store-unavailable" })
    await expect(before).resolves.toBeUndefined()
    await closed
  })
})

describe.each(STORES)("a database that stays: %s", (kind) => {
  let database: TestDatabase

  beforeEach(async () => {
    database = await createDatabase(kind, { bare: true })
  })
  afterEach(() => database.remove())

  test("what was answered is there after closing and opening again", async () => {
    const first = await database.open<typeof actions>(URL_OF_ACTIONS)
    const names = Array.from({ length: 100 }, (_, index) => `n${String(index).padStart(3, "0")}`)
    await Promise.all(names.map((name) => first.run("put", { name, value: "1" }, NOW)))
    await first.close()
    const second = await database.open<typeof actions>(URL_OF_ACTIONS)
    expect(await second.run("names", {}, NOW)).toEqual(names)
    await second.close()
  })

  test("several that open a new database at once migrate it once", async () => {
    const stores = await Promise.all([1, 2, 3].map(() => database.open<typeof actions>(URL_OF_ACTIONS)))
    await Promise.all(stores.map((store, index) => store.run("put", { name: `n${index}`, value: "" }, NOW)))
    for (const store of stores) expect(await store.run("names", {}, NOW)).toEqual(["n0", "n1", "n2"])
    await Promise.all(stores.map((store) => store.close()))
  })

  test("one process hears of what another wrote", async () => {
    const [writer, reader] = [
      await database.open<typeof actions>(URL_OF_ACTIONS),
      await database.open<typeof actions>(URL_OF_ACTIONS),
    ]
    const accountId = newId("account")
    await writer.run("addAccount", { id: accountId }, NOW)
    const nudges = collectNudges(reader)
    await writer.run("happen", { accountId, times: 2 }, NOW)
    await nudges.hears(accountId)
    expect(await reader.run("eventNumbers", { accountId }, NOW)).toEqual([1, 2])
    await Promise.all([writer.close(), reader.close()])
  })
})
