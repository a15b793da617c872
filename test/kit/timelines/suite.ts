import fc from "fast-check"
import { tell } from "../naive/tell.ts"
import type { Told } from "../naive/words.ts"
import type { Bench } from "./bench.ts"
import { compare } from "./compare.ts"
import { type Kind, type Timeline, timelines } from "./generate.ts"

/**
 * `npm test` plays a share of them, the same each time; `npm run test:timelines` plays all, and others each time unless
 * TIMELINES_SEED says which.
 */
const SHARE = Number(process.env.TIMELINES ?? 1)
const SEED = Number(process.env.TIMELINES_SEED ?? (SHARE < 1 ? 20_261_121 : Number.NaN))
const SAME = Number.isNaN(SEED) ? {} : { seed: SEED }

export interface Suite extends Kind {
  /** How many of them all, unless `FC_RUNS` says otherwise. */
  runs: number
  /** The loop takes its turns when it happens to: what was due is made up for, in its order. */
  late?: boolean
  /** Another statement of the rules, to see that it is found out. */
  rules?: (timeline: Timeline) => Told
  /** The first disagreement is enough: it is not shrunk. */
  quick?: boolean
}

const tellTimeline = ({ steps, until, model }: Timeline): Told => tell(steps, until, model)

/** Mails counted by the hour go by when they went out, and a late loop sends them late. */
const fillsHours = ({ mails }: Told): boolean =>
  Object.values(Object.groupBy(mails, ({ conversation, to }) => `${conversation} ${to}`)).some(
    (same) => same !== undefined && same.length >= 6,
  )

/**
 * Plays random timelines for real and holds each against the naive rules, second by second. A failure prints
 * its seed and the shrunk timeline.
 */
export const holdTimelines = async (
  bench: Bench,
  { runs, late = false, rules = tellTimeline, quick = false, ...kind }: Suite,
): Promise<void> => {
  const turns = late ? fc.array(fc.boolean(), { maxLength: 40 }) : fc.constant(undefined)
  await fc.assert(
    fc.asyncProperty(timelines(kind), turns, async (timeline, when) => {
      const told = rules(timeline)
      fc.pre(!told.tie && !(late && fillsHours(told)))
      await bench.timeline((run) => compare(run, timeline, told, when && { turns: when }))
    }),
    // What is to be found out is looked for until it is.
    {
      numRuns: quick ? runs : Number(process.env.FC_RUNS ?? Math.ceil(runs * SHARE)),
      endOnFailure: quick,
      ...SAME,
    },
  )
}
