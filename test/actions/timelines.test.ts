import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { SECOND } from "../../shared/words/time.ts"
import { type Step, tellFates } from "../kit/naive.ts"
import { openWorld, type World } from "../kit/world.ts"

/**
 * Random timelines against the invariant of the product and against a second, naive statement of the
 * rules. `FC_RUNS` sets how many; a failure prints its seed and the shrunk timeline.
 */
const RUNS = Number(process.env.FC_RUNS ?? 300)
const LENGTH = 900
const MAILS_AN_HOUR = 6
const AGENTS = 2
const DEVICES = 2

const second = fc.integer({ min: 0, max: LENGTH })
const agent = fc.integer({ min: 0, max: AGENTS - 1 })

/** A time of use: beats every 20 s from `from`, then an end by quitting, falling silent, idling or locking. */
const use = fc
  .record({
    agent,
    device: fc.integer({ min: 0, max: DEVICES - 1 }),
    from: second,
    length: fc.integer({ min: 0, max: 300 }),
    end: fc.constantFrom("quit", "silence", "idle", "locked"),
  })
  .map(({ agent, device, from, length, end }): Step[] => {
    const steps: Step[] = []
    for (let at = from; at <= from + length; at += 20)
      steps.push({ at, kind: "beat", agent, device, state: "active" })
    const at = from + length
    if (end === "quit") steps.push({ at, kind: "quit", agent, device })
    if (end === "idle" || end === "locked") steps.push({ at, kind: "beat", agent, device, state: end })
    return steps
  })

const one: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: second.map((at): Step => ({ at, kind: "message" })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(second, agent, fc.constantFrom("available", "busy", "unavailable"))
      .map(([at, who, intent]): Step => ({ at, kind: "intent", agent: who, intent: intent as "busy" })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(second, agent, fc.constantFrom("open", "join", "hand-back", "close"))
      .map(([at, who, kind]): Step => ({ at, kind: kind as "open", agent: who })),
  },
)

const timeline = fc
  .tuple(fc.array(use, { maxLength: 5 }), fc.array(one, { minLength: 1, maxLength: 10 }))
  .map(([uses, ones]) =>
    // No more messages than an hour has mails: folding has its own tests.
    [...uses.flat(), ...ones.filter((step, n) => step.kind !== "message" || n < MAILS_AN_HOUR)]
      .filter((step) => step.at <= LENGTH)
      .sort((a, b) => a.at - b.at),
  )

const lengths = fc.constantFrom(0, 30, 60, 120, 300)

/** Does one step of a timeline for real. */
const act = async (w: World, step: Step, agents: readonly World["team"][number][]): Promise<void> => {
  if (step.kind === "beat") return w.beat(agents[step.agent]!.devices[step.device]!, step.state)
  if (step.kind === "quit") return w.quit(agents[step.agent]!.devices[step.device]!)
  if (step.kind === "intent") return w.intent(agents[step.agent]!.id, step.intent)
  if (step.kind === "message") return void (await w.write())
  const conversation = (await w.look()).conversations[0]
  if (!conversation) return
  const by = { accountId: w.accountId, agentId: agents[step.agent]!.id, conversationId: conversation.id }
  if (step.kind === "open")
    return void (await w.run("openConversation", { ...by, seq: conversation.last_seq }))
  if (step.kind === "join") return void (await w.run("joinConversation", by))
  if (step.kind === "close") return void (await w.run("closeConversation", by))
  if (conversation.state === "mine") await w.run("handBackConversation", by)
}

/** The invariant: covered; or resting with somebody there; or counting with a due time to come. */
const checkInvariant = async (w: World): Promise<void> => {
  const { conversations, messages, audience } = await w.look()
  for (const message of messages) {
    if (message.author !== "visitor" || message.covered_at !== null) continue
    const conversation = conversations.find((candidate) => candidate.id === message.conversation_id)!
    const held =
      (conversation.batch === "resting" && audience.there === 1 && conversation.due_at === null) ||
      (conversation.batch === "counting" && conversation.due_at !== null && conversation.due_at > w.now())
    if (!held)
      throw new Error(
        `message ${message.seq} is neither covered, resting nor counting: ${JSON.stringify({ conversation, audience, now: w.now() })}`,
      )
  }
}

const fatesOf = async (w: World) =>
  (await w.look()).messages
    .filter((message) => message.author === "visitor")
    .map((message) =>
      message.covered_by === null ? "open" : message.covered_by === "mailed" ? "mailed" : "covered",
    )

describe("random timelines", () => {
  test("agree with the naive rules, second by second, however the loop's turns fall", {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        timeline,
        lengths,
        lengths,
        fc.array(fc.boolean(), { maxLength: 40 }),
        async (steps, grace, wait, turns) => {
          const w = await openWorld({
            agents: AGENTS,
            devices: DEVICES,
            grace: grace * SECOND,
            wait: wait * SECOND,
          })
          try {
            const told = tellFates(steps, LENGTH + 700, { grace, wait, agents: AGENTS, devices: DEVICES })
            for (const [index, step] of steps.entries()) {
              await w.to(step.at, { turn: turns[index] ?? true })
              await act(w, step, w.team)
              const last = steps[index + 1]?.at !== step.at
              if (!last) continue
              await w.tick()
              await checkInvariant(w)
              const { audience } = await w.look()
              expect({ at: step.at, light: audience.light === 1, there: audience.there === 1 }).toEqual({
                at: step.at,
                light: told.light[step.at],
                there: told.there[step.at],
              })
            }
            await w.to(LENGTH + 700, { turn: true })
            await checkInvariant(w)
            expect(await fatesOf(w)).toEqual(told.fates.map((fate) => fate.fate))
          } finally {
            await w.close()
          }
        },
      ),
      { numRuns: RUNS },
    )
  })

  test("with the loop on time, mails are queued in the second the naive rules say", {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(timeline, lengths, lengths, async (steps, grace, wait) => {
        const w = await openWorld({ agents: 1, devices: DEVICES, grace: grace * SECOND, wait: wait * SECOND })
        try {
          const mine = steps.filter((step) => !("agent" in step) || step.agent === 0)
          const told = tellFates(mine, LENGTH + 700, { grace, wait, agents: 1, devices: DEVICES })
          for (const step of mine) {
            await w.to(step.at, { everySecond: true })
            await act(w, step, w.team)
            await w.tick()
          }
          await w.to(LENGTH + 700, { everySecond: true })
          const expected = new Set(told.fates.map((fate) => fate.at).filter((at) => at !== null))
          expect(new Set(await w.mailedAt())).toEqual(expected)
        } finally {
          await w.close()
        }
      }),
      { numRuns: Math.ceil(RUNS / 20) },
    )
  })

  test("with relays going down and coming back: nothing is lost, and nothing is mailed in the time that is held", {
    timeout: 240_000,
  }, async () => {
    const gap = fc.record({ at: second, length: fc.integer({ min: 1, max: 400 }) })
    await fc.assert(
      fc.asyncProperty(
        timeline,
        fc.array(gap, { minLength: 1, maxLength: 3 }),
        lengths,
        lengths,
        async (steps, gaps, grace, wait) => {
          const w = await openWorld({
            agents: AGENTS,
            devices: DEVICES,
            grace: grace * SECOND,
            wait: wait * SECOND,
          })
          const down = (at: number) => gaps.some((one) => one.at <= at && at < one.at + one.length)
          const held: { from: number; to: number }[] = []
          let up = true
          let last = 0
          try {
            for (let at = 0; at <= LENGTH + 1200; at++) {
              if (down(at)) {
                if (up) w.relayDown()
                up = false
              } else {
                if (!up) {
                  await w.to(at, { sign: false })
                  await w.relayBack()
                  if (at - last > 45) held.push({ from: at, to: at + Math.max(grace, 60) })
                  up = true
                }
                const now = steps.filter((step) => step.at === at)
                // A sign every 5 s, as the relay gives; a turn whenever something happens.
                if (at % 5 === 0 || now.length > 0) {
                  await w.to(at, { turn: true })
                  last = at
                }
                for (const step of now) await act(w, step, w.team)
                if (now.length > 0) {
                  await w.tick()
                  await checkInvariant(w)
                }
              }
            }
            await w.to(LENGTH + 1200, { turn: true })
            await checkInvariant(w)
            for (const at of await w.mailedAt()) {
              const inside = held.find(({ from, to }) => from <= at && at < to)
              if (inside) throw new Error(`mailed at ${at}, inside ${JSON.stringify(inside)}`)
            }
            const nobodyThere = (await w.look()).audience.there === 0
            if (nobodyThere) expect(await fatesOf(w)).not.toContain("open")
          } finally {
            await w.close()
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 6) },
    )
  })

  test("negative control: a rule that forgets the grace disagrees at once", async () => {
    const steps: Step[] = [
      { at: 0, kind: "beat", agent: 0, device: 0, state: "active" },
      { at: 5, kind: "quit", agent: 0, device: 0 },
      { at: 10, kind: "message" },
    ]
    const right = tellFates(steps, 300, { grace: 120, wait: 120, agents: 1, devices: 1 })
    const wrong = tellFates(steps, 300, { grace: 0, wait: 120, agents: 1, devices: 1 })
    expect(right.light[20]).toBe(true)
    expect(wrong.light[20]).toBe(false)
  })
})
