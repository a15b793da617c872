import { expect, test } from "vitest"
import { handClock } from "../../relay/clock.ts"
import { type AgentLive, agentSide } from "../../relay/live/agents.ts"
import type { BeatResult } from "../../relay/live/beat-group.ts"
import { silentLog } from "../../relay/log.ts"
import { until } from "../kit/until.ts"

test("a socket's end is stored after its last beat, which would bring the device back", async () => {
  const done: string[] = []
  const ends: unknown[] = []
  let store: (result: BeatResult) => void = () => {}
  const who = { accountId: "ac", agentId: "ag", deviceId: "de", role: "agent" }
  const answers: Record<string, unknown> = {
    identify: who,
    readEvents: { events: [], cursor: 0, sweptTo: 0 },
    readToolbars: [{ me: { name: "Anna" }, team: [] }],
  }
  const live = {
    clock: handClock(0),
    log: silentLog(),
    store: {
      run: async (name: string, input: unknown) => {
        if (name === "endDevice") ends.push(input)
        done.push(name)
        return answers[name]
      },
    },
    beats: {
      take: () =>
        new Promise<BeatResult>((resolve) => {
          store = resolve
        }).finally(() => done.push("beat stored")),
      flush: async () => void done.push("flush"),
    },
    fanOut: { join: () => () => {} },
    toolbars: { join: () => () => {}, changed: () => {} },
    carriers: new Map(),
  } as unknown as AgentLive
  const side = agentSide(live)
  const connection = { open: true, send: () => {}, close: () => {}, welcomed: () => {} }
  await side.take({ type: "hello", token: "token", role: "device", cursor: null }, connection)
  const beat = { type: "beat", bootId: "boot-0001", seq: 7, state: "active", intervalMs: 20_000 }
  await side.take(beat, connection)
  side.gone(true, false)
  await until("what waits is asked for", () => done.includes("flush"))
  store("taken")
  await until("the end is stored", () => ends.length > 0)
  expect(done.slice(-3)).toEqual(["flush", "beat stored", "endDevice"])
  expect(ends).toEqual([{ accountId: "ac", deviceId: "de", bootId: "boot-0001", seq: 7 }])
})
