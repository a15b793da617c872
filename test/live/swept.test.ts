import { afterEach, expect, test } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { connectAgent, ofType } from "../kit/agent-socket.ts"
import { startRelay, type TestRelay, testClock } from "../kit/relay.ts"

let relay: TestRelay
afterEach(() => relay?.stop())

/** A screen that was away: what it is told from its cursor on. */
const comeBack = async (token: string, cursor: number) => {
  const socket = await connectAgent(relay, token, { role: "screen", cursor })
  const welcome = await socket.push(ofType("welcome"))
  return { socket, cursor: welcome.cursor }
}

test("a screen whose cursor is older than history begins anew, without a gap; another catches up", async () => {
  relay = await startRelay({ clock: testClock() })
  const { accountId, agentId } = await relay.setUp()
  const token = await relay.signIn()
  const now = () => relay.clock.now()
  const setIntent = (version: number) =>
    relay.store.run(
      "setIntent",
      { accountId, agentId, intent: version % 2 ? "busy" : "available", version },
      now(),
    )
  const cursorNow = async () =>
    (await relay.store.run("readEvents", { accountId, after: Number.MAX_SAFE_INTEGER, limit: 1 }, now()))
      .cursor
  const old = await cursorNow()
  await setIntent(1)
  await setIntent(2)
  const young = await cursorNow()
  await relay.pass(MINUTE)
  await relay.store.run("sweepHistory", { keepMs: SECOND, after: "", limit: 500 }, now())
  await setIntent(3)
  await setIntent(4)
  const last = await cursorNow()

  // Only the last of the intents is left of what was before: from the old cursor it would be a gap.
  const anew = await comeBack(token, old)
  expect(anew.cursor).toBe(last)
  const caughtUp = await comeBack(token, Math.max(young, last - 2))
  await caughtUp.socket.event("intent", (event) => event.version === 5)
  const told = caughtUp.socket.events().filter((event) => event.kind === "intent")
  expect(told.map((event) => event.version)).toEqual([4, 5])
  expect(anew.socket.events().filter((event) => event.kind === "intent")).toEqual([])
  await anew.socket.close()
  await caughtUp.socket.close()
})
