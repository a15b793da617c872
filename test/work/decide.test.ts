import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Actions } from "../../relay/actions/index.ts"
import { type HandClock, handClock } from "../../relay/clock.ts"
import { readConfig } from "../../relay/config.ts"
import type { House } from "../../relay/house.ts"
import { silentLog } from "../../relay/log.ts"
import type { Store } from "../../relay/store/store.ts"
import { startDeciding } from "../../relay/work/decide.ts"
import type { Loop } from "../../relay/work/loops.ts"
import { startSigning } from "../../relay/work/sign-of-life.ts"
import type { AccountId, AgentId, SiteId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { openTestStore, STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"

const START = Date.UTC(2026, 10, 21, 12)
const WAIT = 2 * MINUTE

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
}

describe.each(STORES)("the decision loop on %s", (kind) => {
  let store: Store<Actions>
  let clock: HandClock
  let loops: Loop[]
  let ids: { accountId: AccountId; agentId: AgentId; siteId: SiteId; siteKey: string }

  let atWork: Set<Promise<unknown>>
  let fault: (name: string) => boolean

  /** The loops' way to the store: seen, and broken when a test wants it. */
  const watched: Store<Actions>["run"] = (name, input, now) => {
    const done = fault(name) ? Promise.reject(new Error("the store is away")) : store.run(name, input, now)
    // Over only when the loop has gone on to sleep: some turns of the event loop later.
    const over = done.then(turns, turns).finally(() => atWork.delete(over))
    atWork.add(over)
    return done
  }

  beforeEach(async () => {
    fault = () => false
    store = await openTestStore(kind)
    atWork = new Set()
    clock = handClock(START)
    const house: House = {
      config: readConfig({}),
      clock,
      log: silentLog(),
      store: { ...store, run: watched },
      relayId: "re_one",
    }
    await store.run("startRelay", { relayId: "re_one", mailDomain: "relay.test" }, START)
    ids = await store.run(
      "setUp",
      {
        company: "Lumen",
        agent: { name: "Ada", address: "ada@example.net", language: "en", zone: "UTC" },
        site: { name: "Lumen Lamps", origins: ["*"] },
        graceMs: WAIT,
        waitMs: WAIT,
      },
      START,
    )
    loops = [startSigning(house), startDeciding(house)]
  })

  afterEach(async () => {
    await Promise.all(loops.map((loop) => loop.stop()))
    await store.close()
    expect(clock.nextWake()).toBeNull()
  })

  const visitor = async () => {
    const { accountId, siteId } = ids
    const { visitorId } = await store.run(
      "createVisitor",
      { accountId, siteId, language: "en", zone: "UTC" },
      clock.now(),
    )
    return visitorId
  }

  const write = async (visitorId: Awaited<ReturnType<typeof visitor>>, text: string) => {
    const { accountId, siteId } = ids
    const key = `key-${text}`.padEnd(12, "x")
    return store.run(
      "takeVisitorMessage",
      { accountId, siteId, groupId: null, visitorId, key, text, page: null },
      clock.now(),
    )
  }

  const mails = () => store.run("listDeliveries", { accountId: ids.accountId, limit: 10 }, clock.now())

  /** Second by second, as a clock goes, each when the loops have done what the one before brought. */
  const pass = async (ms: number) => {
    for (const end = clock.now() + ms; clock.now() < end; ) {
      clock.advance(SECOND)
      await until("the loops at rest", () => atWork.size === 0)
    }
  }

  it("mails a message nobody opened, when its time has come and not before", async () => {
    await write(await visitor(), "hello")
    await pass(WAIT - SECOND)
    expect(await mails()).toEqual([])
    await pass(SECOND)
    const [mail] = await until("the notice", async () => {
      const queued = await mails()
      return queued.length > 0 && queued
    })
    expect(mail).toMatchObject({ kind: "offline-notice", to: "ada@example.net", subject: "hello" })
    expect(mail!.createdAt - START).toBeGreaterThanOrEqual(WAIT)
    expect(mail!.createdAt - START).toBeLessThan(WAIT + 250)
  })

  it("mails an answer to a visitor who has left an address and gone", async () => {
    const { accountId, agentId } = ids
    const visitorId = await visitor()
    const { conversationId } = await write(visitorId, "hello")
    await store.run(
      "setContact",
      { accountId, visitorId, address: "jana@example.org", name: "Jana" },
      clock.now(),
    )
    await store.run(
      "answerConversation",
      { accountId, agentId, conversationId, key: "answer-key-1", text: "Good day" },
      clock.now(),
    )
    const tab = { accountId, visitorId, tabId: "tab-1", relayId: "re_one" }
    await store.run("openTab", tab, clock.now())
    await store.run("closeTab", tab, clock.now())
    const mail = await until("the answer's mail", async () => {
      await pass(SECOND)
      return (await mails()).find((one) => one.kind === "answer")
    })
    expect(mail.to).toBe("jana@example.org")
  })

  it("goes on after the store was away", async () => {
    let faults = 3
    fault = (name) => name === "judgeDue" && faults-- > 0
    await write(await visitor(), "hello")
    await until("the faults over", async () => {
      await pass(SECOND)
      return faults <= 0
    })
    await pass(WAIT)
    await until("the notice", async () => {
      await pass(SECOND)
      return (await mails()).length === 1
    })
  })
})
