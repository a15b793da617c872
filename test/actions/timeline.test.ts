import fc from "fast-check"
import { afterEach, describe, expect, test } from "vitest"
import { siteSpans, spanAt, standingAt } from "../../shared/insight/holders.ts"
import type { TimelineView } from "../../shared/protocol/views.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import type { IdleState, Intent } from "../../shared/words/nouns.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { openWorld, type World } from "../kit/world.ts"

/** The timeline is told from events alone; here it is held against what was so, second by second. */

const worlds: World[] = []
const open = async (options: Parameters<typeof openWorld>[0] = {}): Promise<World> => {
  const w = await openWorld(options)
  worlds.push(w)
  return w
}
afterEach(async () => {
  for (const w of worlds.splice(0)) await w.close()
})

const read = (w: World, from: number, to: number, agentId?: AgentId): Promise<TimelineView> =>
  w.run("readTimeline", { accountId: w.accountId, from, to, ...(agentId && { agentId }) })

/** Time passes second by second, as for a relay whose loop is on time; devices in use beat by themselves. */
const seconds = (w: World, length: number) => w.pass(length * SECOND)

const refusal = (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.unreachable("should have been refused"),
    (error: { code: string; message: string }) => error,
  )

const labels = (view: TimelineView, at: number): string[] =>
  standingAt(view, at)?.holders.map((holder) => `${holder.name}: ${holder.device}`) ?? []

describe("the timeline", () => {
  test("says which device kept the site online, and when nobody did", async () => {
    const w = await open()
    const [ada, ben] = w.team
    await seconds(w, 60)
    await w.beat(ada!.devices[0]!, "active")
    await seconds(w, 120)
    await w.quit(ada!.devices[0]!)
    await w.beat(ben!.devices[1]!, "active")
    await seconds(w, 200)
    await w.quit(ben!.devices[1]!)
    await seconds(w, 300)
    const view = await read(w, w.start, w.now())
    const at = (second: number) => labels(view, w.start + second * SECOND)
    expect(at(30)).toEqual([])
    expect(at(100)).toEqual(["Ada: Ada's browser 1"])
    // Both: Ada fades for two minutes, whoever is present comes first.
    expect(at(200)).toEqual(["Ben: Ben's browser 2", "Ada: Ada's browser 1"])
    expect(at(350)).toEqual(["Ben: Ben's browser 2"])
    expect(at(499)).toEqual(["Ben: Ben's browser 2"])
    expect(at(501)).toEqual([])
    expect(siteSpans(view).map((span) => span.on)).toEqual([false, true, false])
  })

  test("knows how things stood at its beginning, however long ago that began", async () => {
    const w = await open()
    const [ada] = w.team
    await w.beat(ada!.devices[0]!, "active")
    await w.intent(ada!.id, "busy")
    await seconds(w, 600)
    const view = await read(w, w.now() - 10 * SECOND, w.now())
    const lane = view.agents.find((agent) => agent.id === ada!.id)!
    expect(lane.intents.map((span) => span.intent)).toEqual(["busy"])
    expect(lane.devices.map((device) => device.spans.map((span) => span.presence))).toEqual([["present"]])
    expect(view.lights[0]!.spans.map((span) => span.on)).toEqual([true])
    expect(standingAt(view, w.now() - SECOND)?.holders[0]?.busy).toBe(true)
  })

  test("marks messages, decisions and mails at their moment", async () => {
    const w = await open({ agents: 1 })
    await seconds(w, 30)
    const { conversationId } = await w.write("Do you deliver to Brno?")
    await seconds(w, 200)
    const { marks } = await read(w, w.start, w.now())
    const told = marks.map((mark) => [mark.kind, (mark.at - w.start) / SECOND])
    expect(told).toEqual(
      expect.arrayContaining([
        ["message", 30],
        ["verdict", 30],
        ["verdict", 150],
        ["mail", 150],
      ]),
    )
    expect(marks.every((mark) => mark.conversationId === conversationId)).toBe(true)
    const verdicts = marks.flatMap((mark) => (mark.kind === "verdict" ? Object.keys(mark.codes) : []))
    expect(verdicts).toEqual(["waiting", "sent-to"])
    const mail = marks.find((mark) => mark.kind === "mail")
    expect(mail).toMatchObject({ to: "ada@lamps.example", mail: "offline-notice", state: "queued" })
    const message = marks.find((mark) => mark.kind === "message")
    expect(message).toMatchObject({ author: "visitor", excerpt: "Do you deliver to Brno?" })
  })

  test("whose hours are closed holds no light", async () => {
    const w = await open({ agents: 1, devices: 1 })
    const [ada] = w.team
    await w.beat(ada!.devices[0]!, "active")
    await seconds(w, 30)
    const hours = JSON.stringify({ zone: "UTC", week: [], exceptions: [] })
    await w.run("patch", { table: "accounts", set: { hours } })
    await w.beat(ada!.devices[0]!, "locked")
    await w.beat(ada!.devices[0]!, "active")
    await seconds(w, 60)
    const view = await read(w, w.start, w.now())
    expect(labels(view, w.start + 20 * SECOND)).toHaveLength(1)
    expect(view.agents[0]!.closed).toEqual([{ from: w.start + 30 * SECOND, to: w.now() }])
    expect(standingAt(view, w.now() - SECOND)).toEqual({ on: false, holders: [] })
  })

  test("one agent's is their lane, the lights, and marks of what concerns them", async () => {
    const w = await open()
    const [ada, ben] = w.team
    await w.write()
    await seconds(w, 200)
    const all = await read(w, w.start, w.now())
    const own = await read(w, w.start, w.now(), ben!.id)
    expect(all.agents.map((agent) => agent.id).sort()).toEqual([ada!.id, ben!.id].sort())
    expect(own.agents.map((agent) => agent.id)).toEqual([ben!.id])
    expect(own.lights).toEqual(all.lights)
    const named = own.marks.flatMap((mark) => (mark.kind === "verdict" ? Object.values(mark.codes) : []))
    expect(named.length).toBeGreaterThan(0)
    expect(new Set(named.flat())).toEqual(new Set([ben!.id]))
  })

  test("never goes beyond now", async () => {
    const w = await open()
    await seconds(w, 60)
    const view = await read(w, w.start, w.start + HOUR)
    expect(view.to).toBe(w.now())
    expect(view.lights[0]!.spans.at(-1)?.to).toBe(w.now())
  })

  test("refuses times that are none, too long, or yet to come, and foreign agents; in words", async () => {
    const w = await open()
    await seconds(w, 60)
    const wrong = async (from: number, to: number, agentId?: AgentId) => refusal(read(w, from, to, agentId))
    expect((await wrong(w.now(), w.now())).code).toBe("bad-input")
    expect((await wrong(w.now() - 32 * DAY, w.now())).message).toContain("31 days")
    expect((await wrong(w.now() + MINUTE, w.now() + HOUR)).message).toContain("not happened yet")
    expect((await wrong(w.start, w.now(), "ag_foreign" as AgentId)).code).toBe("not-found")
  })
})

/** What a person or a browser does, with one of two agents and two devices each. */
type Step =
  | { kind: "beat"; agent: number; device: number; state: IdleState }
  | { kind: "quit" | "silence"; agent: number; device: number }
  | { kind: "intent"; agent: number; intent: Intent }
  | { kind: "wait"; seconds: number }

const who = { agent: fc.integer({ min: 0, max: 1 }), device: fc.integer({ min: 0, max: 1 }) }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("beat" as const),
    ...who,
    state: fc.constantFrom<IdleState>("active", "active", "idle", "locked"),
  }),
  fc.record({ kind: fc.constantFrom("quit" as const, "silence" as const), ...who }),
  fc.record({
    kind: fc.constant("intent" as const),
    agent: who.agent,
    intent: fc.constantFrom<Intent>("available", "busy", "unavailable"),
  }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(10, 50, 130, 300) }),
)

/** What was so after each moment at which something was looked at. */
interface Seen {
  at: number
  light: boolean
  presences: Record<string, string>
}

const see = async (w: World): Promise<Seen> => {
  const { audience, devices } = await w.look()
  return {
    at: w.now(),
    light: audience.light === 1,
    presences: Object.fromEntries(devices.map((device) => [device.id, device.presence])),
  }
}

const tell = (view: TimelineView, seen: Seen): Seen => {
  const devices = view.agents.flatMap((agent) => agent.devices)
  return {
    at: seen.at,
    light: siteSpans(view).some((span) => span.on && span.from <= seen.at && seen.at < span.to),
    presences: Object.fromEntries(
      Object.keys(seen.presences).map((id) => {
        const device = devices.find((one) => one.id === id)
        return [id, (device && spanAt(device.spans, seen.at)?.presence) ?? "gone"]
      }),
    ),
  }
}

const live = async (w: World, steps: readonly Step[]): Promise<Seen[]> => {
  const seen: Seen[] = []
  for (const one of steps) {
    if (one.kind === "wait") {
      const end = w.now() + one.seconds * SECOND
      while (w.now() < end) {
        await w.pass(10 * SECOND)
        seen.push(await see(w))
      }
      continue
    }
    const agent = w.team[one.agent]!
    if (one.kind === "intent") await w.intent(agent.id, one.intent)
    else if (one.kind === "beat") await w.beat(agent.devices[one.device]!, one.state)
    else if (one.kind === "quit") await w.quit(agent.devices[one.device]!)
    else w.silence(agent.devices[one.device]!)
    seen.push(await see(w))
  }
  await w.pass(10 * SECOND)
  return seen
}

describe("random days", () => {
  const timelines = fc.array(step, { minLength: 5, maxLength: 25 })

  test("are told as they were seen, from any beginning", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(timelines, fc.integer({ min: 0, max: 90 }), async (steps, percent) => {
        const w = await openWorld()
        try {
          const seen = await live(w, steps)
          const from = w.start + Math.floor(((w.now() - w.start) * percent) / 100)
          const view = await read(w, from, w.now())
          // Several things at one moment: the last of them is what holds.
          const last = new Map(seen.map((one) => [one.at, one]))
          for (const one of last.values()) if (one.at >= from) expect(tell(view, one)).toEqual(one)
          for (const one of last.values()) {
            if (one.at < from) continue
            const holders = standingAt(view, one.at)?.holders ?? []
            expect(holders.length > 0).toBe(one.light)
          }
        } finally {
          await w.close()
        }
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 40) },
    )
  })

  test("negative control: a day in which something else happened is told differently", async () => {
    const w = await open()
    const other = await open()
    const steps: Step[] = [
      { kind: "beat", agent: 0, device: 0, state: "active" },
      { kind: "wait", seconds: 50 },
    ]
    const seen = await live(w, steps)
    await live(other, [{ kind: "wait", seconds: 50 }])
    const view = await read(other, other.start, other.now())
    expect(tell(view, seen.at(-1)!).light).not.toBe(seen.at(-1)!.light)
  })
})
