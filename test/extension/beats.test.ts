import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type BeatEdges, createBeats } from "../../extension/background/beats.ts"
import type { Beat } from "../../shared/protocol/live.ts"
import type { IdleState } from "../../shared/words/nouns.ts"
import { SECOND } from "../../shared/words/time.ts"

/** The edges of a device, which remember what they were asked. */
const device = () => {
  const world = {
    signedIn: true,
    socketUp: false,
    state: "active" as IdleState,
    tellsIdle: true,
    gone: true,
    overSocket: [] as Beat[],
    overHttp: [] as Beat[],
    taken: [] as string[],
    failed: [] as unknown[],
    silent: 0,
    httpAnswer: (): Promise<void> => Promise.resolve(),
  }
  let seq = 0
  const edges: BeatEdges = {
    next: async () => ({ bootId: "boot-one", seq: ++seq }),
    signedIn: () => world.signedIn,
    socketUp: () => world.socketUp,
    idleState: () => world.state,
    tellsIdle: () => world.tellsIdle,
    overSocket: (beat) => {
      world.overSocket.push(beat)
      return world.gone
    },
    overHttp: (beat) => {
      world.overHttp.push(beat)
      return world.httpAnswer()
    },
    taken: (via) => world.taken.push(via),
    failed: (error) => world.failed.push(error),
    silent: () => {
      world.silent++
    },
    now: () => Date.now(),
  }
  return { world, beats: createBeats(edges) }
}

describe("the beats of a device", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_795_262_400_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it("go over the socket every 20 s by a timer of their own, counting on", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    for (let i = 0; i < 2; i++) {
      beats.acked(world.overSocket.at(-1)!.seq)
      await vi.advanceTimersByTimeAsync(20 * SECOND)
    }
    expect(world.overSocket.map(({ seq, state, intervalMs }) => [seq, state, intervalMs])).toEqual([
      [1, "active", 20_000],
      [2, "active", 20_000],
      [3, "active", 20_000],
    ])
    expect(world.overHttp).toEqual([])
    beats.stop()
  })

  it("go over HTTP without a socket, once however many things wake us at the same time", async () => {
    const { world, beats } = device()
    await Promise.all([beats.tick(), beats.tick(), beats.tick()])
    expect(world.overHttp.map(({ seq, intervalMs }) => [seq, intervalMs])).toEqual([[1, 30_000]])
    expect(world.taken).toEqual(["http"])
    beats.stop()
  })

  it("say a change at once", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    world.state = "locked"
    await beats.tick()
    expect(world.overSocket.map(({ state }) => state)).toEqual(["active", "locked"])
    beats.stop()
  })

  it("carry use once, at once where the browser cannot tell idle", async () => {
    const { world, beats } = device()
    world.socketUp = true
    world.tellsIdle = false
    await beats.tick()
    await beats.used()
    await beats.tick()
    expect(world.overSocket.map(({ used, tellsIdle }) => [used, tellsIdle])).toEqual([
      [false, false],
      [true, false],
    ])
    beats.acked(2)
    await vi.advanceTimersByTimeAsync(20 * SECOND)
    expect(world.overSocket.map(({ used }) => used)).toEqual([false, true, false])
    beats.stop()
  })

  it("carry use along with the next one where it can", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    await beats.used()
    expect(world.overSocket).toHaveLength(1)
    beats.acked(1)
    await vi.advanceTimersByTimeAsync(20 * SECOND)
    expect(world.overSocket.at(-1)).toMatchObject({ used: true, tellsIdle: true })
    beats.stop()
  })

  it("say use again when it did not get through", async () => {
    const { world, beats } = device()
    world.tellsIdle = false
    world.httpAnswer = () => Promise.reject(new Error("no way"))
    await beats.used()
    world.httpAnswer = () => Promise.resolve()
    world.socketUp = true
    world.gone = false
    await beats.tick()
    world.gone = true
    await beats.tick()
    expect([...world.overHttp, ...world.overSocket].map(({ used }) => used)).toEqual([true, true, true])
    beats.stop()
  })

  it("count only when the relay says so: an unacknowledged one renews the socket", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    expect(world.taken).toEqual([])
    await vi.advanceTimersByTimeAsync(11 * SECOND)
    expect(world.silent).toBe(1)
    beats.stop()
  })

  it("do not renew it when the ack came", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    beats.acked(1)
    expect(world.taken).toEqual(["socket"])
    await vi.advanceTimersByTimeAsync(11 * SECOND)
    expect(world.silent).toBe(0)
    beats.stop()
  })

  it("tell when they do not get through, and try again at the next alarm", async () => {
    const { world, beats } = device()
    world.httpAnswer = () => Promise.reject(new Error("no way"))
    await beats.tick()
    expect(world.failed).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(30 * SECOND)
    world.httpAnswer = () => Promise.resolve()
    await beats.tick()
    expect(world.overHttp.map(({ seq }) => seq)).toEqual([1, 2])
    expect(world.taken).toEqual(["http"])
    beats.stop()
  })

  it("stop when nobody is signed in any more", async () => {
    const { world, beats } = device()
    world.socketUp = true
    await beats.tick()
    world.signedIn = false
    beats.stop()
    await vi.advanceTimersByTimeAsync(60 * SECOND)
    expect(world.overSocket).toHaveLength(1)
    expect(world.silent).toBe(0)
  })
})
