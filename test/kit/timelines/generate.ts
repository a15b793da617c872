import fc from "fast-check"
import type { Model, Redirect, Step } from "../naive/words.ts"
import { modelOf } from "./companies.ts"
import { addressOf } from "./play.ts"

/** Random companies, and what happens to them. */

export interface Timeline {
  model: Model
  steps: Step[]
  until: number
}

/** What a timeline is to have besides people, messages and settings. */
export interface Kind {
  gaps?: boolean
  /** Devices that cannot tell idle. */
  blind?: boolean
}

/** Often on the beat, so that things fall together. */
const second = (length: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: length }),
    fc.integer({ min: 0, max: length / 10 }).map((n) => n * 10),
  )

/** A time of use: active beats, then an end by quitting, falling silent, idling or locking. */
const use = (model: Model, length: number, blind: boolean): fc.Arbitrary<Step[]> =>
  fc
    .record({
      agent: fc.nat({ max: model.agents.length - 1 }),
      device: fc.nat({ max: 1 }),
      from: second(length),
      interval: fc.constantFrom(20, 20, 30, 60),
      beats: fc.integer({ min: 1, max: 5 }),
      after: fc.nat({ max: 60 }),
      end: fc.constantFrom("quit", "silence", "idle", "locked"),
      blind: blind ? fc.nat({ max: 9 }).map((n) => n === 0) : fc.constant(false),
      used: fc.nat({ max: 10 }),
    })
    .map(({ agent, device: which, from, interval, beats, after, end, blind: cannotTell, used }): Step[] => {
      const device = which % model.agents[agent]!.devices.length
      // Whoever cannot tell idle stays long enough for that to matter.
      const many = cannotTell ? beats + 15 : beats
      const every = cannotTell ? 60 : interval
      const beat = { kind: "beat", agent, device, every, blind: cannotTell } as const
      const steps = Array.from({ length: many }, (_, n): Step => {
        const at = from + n * every
        return { ...beat, at, state: "active", used: n === used }
      })
      const at = from + (many - 1) * every + after
      if (end === "quit") steps.push({ at, kind: "quit", agent, device })
      if (end === "idle" || end === "locked") steps.push({ ...beat, at, state: end, used: false })
      return steps
    })

const one = (model: Model, length: number): fc.Arbitrary<Step[]> => {
  const at = second(length)
  const agent = fc.nat({ max: model.agents.length - 1 })
  const conversation = fc.nat({ max: model.conversations.length - 1 })
  const groups = [...model.groups.keys()]
  const addresses = ["info@lamps.example", "sales@lamps.example", addressOf(model.agents.length - 1)]
  const target: fc.Arbitrary<Redirect | null> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        to: fc.constantFrom(...addresses),
        mode: fc.constantFrom("along-with" as const, "instead-of" as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  )
  const owner = fc.oneof(
    agent.map((n) => ({ agent: n })),
    fc.constant("account" as const),
    ...(groups.length > 0 ? [fc.constantFrom(...groups).map((n) => ({ group: n }))] : []),
  )
  const single = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({
    weight,
    arbitrary: arbitrary.map((step) => [step]),
  })
  const talk = (kind: "join" | "answer" | "close" | "hand-back") =>
    fc.record({ at, kind: fc.constant(kind), agent, conversation })
  return fc.oneof(
    single(
      10,
      fc.record({
        at,
        kind: fc.constant("message" as const),
        conversation,
        by: fc.oneof(
          { weight: 5, arbitrary: fc.constant("chat" as const) },
          { weight: 1, arbitrary: fc.constant("mail" as const) },
        ),
      }),
    ),
    // Writes, and is gone a little later.
    {
      weight: 5,
      arbitrary: fc
        .record({ at, conversation, after: fc.nat({ max: 90 }) })
        .map(({ at: from, conversation: index, after }): Step[] => [
          { at: from, kind: "message", conversation: index, by: "chat" },
          { at: from + after, kind: "tab", conversation: index, tab: 0, open: false },
        ]),
    },
    // So many that the hour's mails are used up.
    {
      weight: 1,
      arbitrary: fc
        .record({ at, conversation, every: fc.integer({ min: 60, max: 130 }) })
        .map(({ at: from, conversation: index, every }): Step[] =>
          Array.from({ length: 8 }, (_, n): Step => {
            return { at: from + n * every, kind: "message", conversation: index, by: "chat" }
          }),
        ),
    },
    single(
      3,
      fc.record({
        at,
        kind: fc.constant("tab" as const),
        conversation,
        tab: fc.nat({ max: 1 }),
        open: fc.boolean(),
      }),
    ),
    single(
      3,
      fc.record({ at, kind: fc.constant("open" as const), agent, conversation, upTo: fc.nat({ max: 4 }) }),
    ),
    single(2, talk("join")),
    single(1, talk("answer")),
    single(1, talk("close")),
    single(3, talk("hand-back")),
    single(1, fc.record({ at, kind: fc.constant("assign" as const), agent, conversation, to: agent })),
    // Taken, and given to somebody a little later.
    {
      weight: 2,
      arbitrary: fc
        .record({ at, conversation, agent, to: agent, after: fc.nat({ max: 90 }) })
        .map(({ at: from, conversation: index, agent: by, to, after }): Step[] => [
          { at: from, kind: "message", conversation: index, by: "chat" },
          { at: from + 1, kind: "join", agent: by, conversation: index },
          { at: from + 1 + after, kind: "assign", agent: by, conversation: index, to },
        ]),
    },
    single(
      4,
      fc.record({
        at,
        kind: fc.constant("intent" as const),
        agent,
        intent: fc.constantFrom(
          "available" as const,
          "busy" as const,
          "busy" as const,
          "unavailable" as const,
        ),
        until: fc.constantFrom(null, null, "30-minutes" as const, "1-hour" as const, "end-of-day" as const),
      }),
    ),
    single(2, fc.record({ at, kind: fc.constant("override" as const), agent, on: fc.boolean() })),
    single(
      2,
      fc.record({
        at,
        kind: fc.constant("switch" as const),
        notice: fc.constantFrom("offline" as const, "missed" as const),
        agent: fc.oneof(agent, fc.constant(null)),
        on: fc.boolean(),
      }),
    ),
    single(3, fc.record({ at, kind: fc.constant("redirect" as const), owner, redirect: target })),
    single(
      1,
      fc.record({
        at,
        kind: fc.constant("plan" as const),
        plan: fc.constantFrom("free" as const, "standard" as const, "pro" as const, "pro" as const),
      }),
    ),
    single(1, fc.record({ at, kind: fc.constant("members" as const), agent, groups: fc.subarray(groups) })),
    // The last admin stays active.
    ...(model.agents.length > 1
      ? [
          single(
            1,
            fc.record({
              at,
              kind: fc.constant("active" as const),
              agent: fc.integer({ min: 1, max: model.agents.length - 1 }),
              on: fc.boolean(),
            }),
          ),
        ]
      : []),
    ...(groups.length > 0
      ? [
          single(
            1,
            fc.record({ at, kind: fc.constant("delete-group" as const), group: fc.constantFrom(...groups) }),
          ),
        ]
      : []),
  )
}

/** A deleted group is not deleted again, and nobody becomes a member or gets an inbox of it. */
const withoutDeleted = (steps: readonly Step[]): Step[] => {
  const deleted = new Set<number>()
  return steps.flatMap((step): Step[] => {
    if (step.kind === "delete-group") {
      if (deleted.has(step.group)) return []
      deleted.add(step.group)
    }
    if (step.kind === "members")
      return [{ ...step, groups: step.groups.filter((group) => !deleted.has(group)) }]
    if (step.kind === "redirect" && step.owner !== "account" && "group" in step.owner)
      return deleted.has(step.owner.group) ? [] : [step]
    return [step]
  })
}

/** Gaps of the relay, one after the other, in which nothing is heard of anybody. */
const gap = (length: number): fc.Arbitrary<Step[]> =>
  fc
    .record({
      at: second(length),
      length: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 400 })),
    })
    .map((step): Step[] => [{ ...step, kind: "gap" }])

const withoutHeard = (steps: readonly Step[]): Step[] => {
  let down = -1
  return steps.filter((step) => {
    if (step.at < down) return false
    if (step.kind === "gap") down = step.at + step.length
    return true
  })
}

/** A while: whatever waits is mailed by then; or it ends as it stands. */
const tail = fc.constantFrom(5, 450)

export const timelines = ({ gaps = false, blind = false }: Kind = {}): fc.Arbitrary<Timeline> =>
  fc
    .oneof({ weight: 7, arbitrary: fc.constant(600) }, { weight: 1, arbitrary: fc.constant(4_200) })
    .chain((length) =>
      modelOf(length).chain((model) =>
        fc
          .tuple(
            fc.array(use(model, length, blind), { maxLength: 4 }),
            fc.array(one(model, length), { minLength: 1, maxLength: 12 }),
            gaps ? fc.array(gap(length), { minLength: 1, maxLength: 2 }) : fc.constant([]),
            tail,
          )
          .map(([uses, ones, away, after]): Timeline => {
            const all = [...uses, ...ones, ...away].flat().sort((a, b) => a.at - b.at)
            const steps = withoutDeleted(gaps ? withoutHeard(all) : all)
            const last = steps.at(-1)
            const until = (last ? last.at + (last.kind === "gap" ? last.length : 0) : 0) + after
            return { model, steps, until }
          }),
      ),
    )
