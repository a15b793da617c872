import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { lookInside } from "../../relay/settings/inside.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

describe.each(STORES)("what the store and the workers say on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  /** The store, whose trials of a commit take so long each. */
  const taking = (
    lengths: Millis[],
  ): { store: Company["store"]; elapsed: () => Millis; tries: () => number } => {
    let passed = 0
    let tries = 0
    const run: Company["store"]["run"] = async (name, input, now, manner) => {
      if (name === "tryCommit") passed += lengths[tries++] ?? 0
      return company.store.run(name, input, now, manner)
    }
    return { store: { ...company.store, run }, elapsed: () => passed, tries: () => tries }
  }
  const commitOf = async (lengths: Millis[]) => {
    const { store, elapsed, tries } = taking(lengths)
    const { commit } = (await lookInside(store, company.now(), elapsed)).store
    return { commit, tries: tries() }
  }

  test("the store says its kind, version and size, and on a server how many may connect", async () => {
    const { store } = await lookInside(company.store, company.now())
    expect(store.kind).toMatch(kind === "sqlite" ? /^SQLite 3\.\d+\.\d+$/ : /^PostgreSQL \d+(\.\d+)?$/)
    expect(store.bytes).toBeGreaterThan(100_000)
    expect(store.commit).toEqual({ ms: expect.any(Number) })
    if (kind === "sqlite") expect(store.connections).toBeNull()
    else {
      // This one is open, and others that the pool of the test took.
      expect(store.connections!.used).toBeGreaterThanOrEqual(1)
      expect(store.connections!.most).toBeGreaterThan(store.connections!.used)
    }
  })

  test("a commit is taken for as long as the middle one of five took", async () => {
    expect(await commitOf([3, 900, 2, 4, 1])).toEqual({ commit: { ms: 3 }, tries: 5 })
    expect(await commitOf([300, 200, 250, 2, 210])).toEqual({ commit: { ms: 210 }, tries: 5 })
    // Nobody waits half a minute to hear that the disk is slow.
    expect(await commitOf([1500, 1500, 1500])).toEqual({ commit: { ms: 1500 }, tries: 2 })
  })

  test("a store that takes nothing is said to, and what is a mistake of ours is none of its", async () => {
    const failing = (error: Error): Company["store"] => ({
      ...company.store,
      run: (name, input, now, manner) =>
        name === "tryCommit" ? Promise.reject(error) : company.store.run(name, input, now, manner),
    })
    const full = await lookInside(failing(new Refusal("store-full", "the disk is full")), company.now())
    expect(full.store.commit).toEqual({ failed: "the disk is full" })
    await expect(lookInside(failing(new TypeError("oops")), company.now())).rejects.toThrow("oops")
  })

  test("trials leave one row however often they are made, and change nothing else", async () => {
    await lookInside(company.store, company.now())
    await lookInside(company.store, company.now() + 1)
    const kept = await company.run("readSecret", { name: "commit-tried", make: "" })
    expect(kept.value).toBe(String(company.now() + 1))
    expect(await company.run("readHealth", {})).toMatchObject({ queued: 0, oldestDueAt: null })
  })

  const workers = async () => (await lookInside(company.store, company.now())).workers

  test("relays that signed within 15 seconds run", async () => {
    await company.run("startRelay", { relayId: "another" })
    expect((await workers()).relays).toBe(2)
    company.jump(15 * SECOND)
    expect((await workers()).relays).toBe(2)
    company.jump(1)
    expect((await workers()).relays).toBe(0)
    await company.run("signRelay", { relayId: "relay" })
    expect((await workers()).relays).toBe(1)
  })

  test("what is due is said by its moment, and no more once it is done", async () => {
    expect(await workers()).toEqual({ relays: 1, decisions: null, webhooks: null, pushes: null })
    const { accountId } = company
    const hook = { accountId, name: "CRM", url: "https://crm.example/hook", events: [...CHOSEN_EVENTS] }
    const { webhookId } = await company.run("createWebhook", hook)
    await company.run("testWebhook", { accountId, webhookId })
    const address = "ada@lamps.example"
    await company.run("askSignInCode", { address })
    const device = { kind: "phone", label: "Chrome on Android (phone)" } as const
    const signedIn = await company.run("signIn", {
      address,
      code: (await company.codeOf(address)) ?? "",
      device,
    })
    if (signedIn.refused) throw new Error(signedIn.refused)
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } }
    const { agentId, deviceId } = signedIn
    await company.run("setPush", { accountId, agentId, deviceId, subscription })
    await company.run("testPush", { accountId, agentId, deviceId })
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Hello?")
    const waiting = await workers()
    expect(waiting.webhooks).toBeLessThanOrEqual(company.now())
    expect(waiting.pushes).toBeLessThanOrEqual(company.now())
    expect(waiting.decisions).toBeGreaterThan(company.now() - MINUTE)

    company.jump(10 * MINUTE)
    expect(await workers()).toEqual({ ...waiting, relays: 0 })
    await company.run("claimWebhooks", { relayId: "relay", limit: 50, leaseMs: MINUTE })
    expect((await workers()).webhooks).toBe(company.now() + MINUTE)
    await company.run("claimPushes", { relayId: "relay", limit: 50, leaseMs: MINUTE })
    // Ten minutes later it is of no use any more.
    expect((await workers()).pushes).toBeNull()
    await company.pass(10 * MINUTE)
    const { decisions } = await workers()
    expect(decisions === null || decisions > company.now()).toBe(true)
  })
})
