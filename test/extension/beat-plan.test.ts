import { describe, expect, it } from "vitest"
import { ALARM_BEAT, type BeatFacts, planBeat, SOCKET_BEAT } from "../../extension/rules/beat-plan.ts"
import { SECOND } from "../../shared/words/time.ts"

const NOW = 1_000_000 * SECOND

const facts = (change: Partial<BeatFacts>): BeatFacts => ({
  signedIn: true,
  socketUp: true,
  state: "active",
  used: false,
  tellsIdle: true,
  last: { at: NOW - 1 * SECOND, state: "active", via: "socket" },
  now: NOW,
  ...change,
})

const ago = (ms: number, via: "socket" | "http", state: "active" | "idle" = "active") => ({
  at: NOW - ms,
  state,
  via,
})

describe("when and how a device beats", () => {
  it("never while signed out", () => {
    expect(planBeat(facts({ signedIn: false, last: null }))).toEqual({ kind: "none" })
  })

  it("at once on a new socket, with the socket's interval", () => {
    expect(planBeat(facts({ last: null }))).toEqual({ kind: "beat", via: "socket", intervalMs: SOCKET_BEAT })
  })

  it("at once when the person goes idle, and not again for the same state", () => {
    expect(planBeat(facts({ state: "idle" })).kind).toBe("beat")
    expect(planBeat(facts({ state: "idle", last: ago(1 * SECOND, "socket", "idle") })).kind).toBe("wait")
  })

  it("at once when used, where only our own pages can tell; else with the next one", () => {
    expect(planBeat(facts({ used: true, tellsIdle: false })).kind).toBe("beat")
    expect(planBeat(facts({ used: true })).kind).toBe("wait")
    expect(planBeat(facts({ tellsIdle: false })).kind).toBe("wait")
  })

  it("every 20 s over the socket, though its timer rings a little early", () => {
    expect(planBeat(facts({ last: ago(15 * SECOND, "socket") }))).toEqual({
      kind: "wait",
      untilAt: NOW + 5 * SECOND,
    })
    expect(planBeat(facts({ last: ago(19.5 * SECOND, "socket") })).kind).toBe("beat")
  })

  it("over HTTP at once when the socket went, and says that the next one comes later", () => {
    expect(planBeat(facts({ socketUp: false, last: ago(1 * SECOND, "socket") }))).toEqual({
      kind: "beat",
      via: "http",
      intervalMs: ALARM_BEAT,
    })
  })

  it("by every alarm, though alarms drift: a skipped one would be a minute without a beat", () => {
    expect(planBeat(facts({ socketUp: false, last: ago(26 * SECOND, "http") })).kind).toBe("beat")
    expect(planBeat(facts({ socketUp: false, last: ago(10 * SECOND, "http") })).kind).toBe("wait")
  })

  it("at once over the socket when it is back", () => {
    expect(planBeat(facts({ last: ago(1 * SECOND, "http") }))).toMatchObject({ kind: "beat", via: "socket" })
  })

  it("when the clock was set back: a beat in the future counts as none", () => {
    expect(planBeat(facts({ last: ago(-60 * SECOND, "socket") })).kind).toBe("beat")
  })
})
