import type { Told } from "../naive/words.ts"
import type { Turn } from "./actions.ts"
import type { Run } from "./bench.ts"
import type { Timeline } from "./generate.ts"
import { openPlay, type Play, secondOf } from "./play.ts"

/** Plays a timeline for real and holds it against what the naive rules told of it. */

export interface Options {
  /** By step: whether the loop takes its turn after it; left out: it is always on time. */
  turns?: readonly boolean[]
}

/** A relay that was up gave a sign at least so long ago. */
const SIGN = 40

class Disagreement extends Error {}

const fail = (what: string, facts: Record<string, unknown>): never => {
  throw new Disagreement(`${what}: ${JSON.stringify(facts)}`)
}

/** The invariant of the product: covered; or resting with somebody there; or counting with a due time to come. */
const checkInvariant = (play: Play, turn: Turn, told: Told, second: number): void => {
  for (const { conversation_id, at } of turn.uncovered) {
    const conversation = turn.conversations.find(({ id }) => id === conversation_id)!
    const group = conversation.group_id === null ? -1 : play.ids.groups.indexOf(conversation.group_id)
    const counts = told.seconds[second]!.has(group) ? conversation.group_id : ""
    const audience = turn.audiences.find(({ group_id }) => group_id === counts)
    const { batch, due_at, uncovered_at } = conversation
    const rests = batch === "resting" && due_at === null && audience?.there === 1
    const runs = batch === "counting" && due_at !== null && secondOf(due_at) > second
    if (uncovered_at !== at || !(rests || runs))
      fail("a message is neither covered, resting nor counting", { second, conversation, audience, at })
  }
}

const checkAudiences = (play: Play, turn: Turn, told: Told, second: number): void => {
  const said = told.seconds[second]!
  for (const [group, { light, there }] of said) {
    const id = group === null ? "" : play.ids.groups[group]!
    const row = turn.audiences.find(({ group_id }) => group_id === id)
    const real = { light: row?.light === 1, there: row?.there === 1 }
    if (real.light !== light || real.there !== there)
      fail("light or there", { second, group, rules: { light, there }, product: real })
  }
}

/** Seconds at which the naive rules have something happen. */
const momentsOf = (told: Told): number[] => {
  const moments = new Set<number>()
  for (const [second, shown] of told.seconds.entries())
    if (shown !== told.seconds[second - 1]) moments.add(second)
  for (const { at } of told.mails) moments.add(at)
  for (const at of told.bot) if (at !== null) moments.add(at)
  return [...moments].sort((a, b) => a - b)
}

/** One line of what a mail is. */
const describe = (mail: {
  at: number
  notice: string
  to: string
  forWhom: string[]
  shown: number
  more: number
}): string =>
  `${mail.at} ${mail.notice} to ${mail.to} for ${[...mail.forWhom].sort().join()}: ${mail.shown} and ${mail.more} more`

const endingOf = async (play: Play, until: number, timed: boolean) => {
  const { messages, mails, verdicts } = await play.ending(until)
  const nameOf = new Map(play.ids.agents.map(({ id }, n) => [id as string, n]))
  return play.conversations.map((id, index) => {
    const own = messages.filter((message) => message.conversation_id === id)
    const sent = mails
      .filter((mail) => mail.conversation_id === id)
      .map((mail) => ({
        at: timed ? secondOf(mail.created_at) : 0,
        notice: mail.kind.replace("-notice", ""),
        to: mail.to_address,
        content: JSON.parse(mail.content) as {
          forWhom: string[]
          messages: { text: string }[]
          more: number
        },
        queued: mail.created_at,
      }))
    const fates = play.seqs[index]!.map((seq, n) => {
      const message = own.find((one) => one.seq === seq)!
      // Past the tenth a message is one of "n more".
      const carrying = sent.filter(
        ({ content, queued }) =>
          content.messages.some(({ text }) => text === `message ${n}`) ||
          (content.more > 0 && message.covered_by === "mailed" && queued === message.covered_at),
      )
      const covered = message.covered_by === "opened" || message.covered_by === "joined"
      return {
        fate: message.covered_by === null ? "open" : covered ? "covered" : message.covered_by,
        at: timed && message.covered_by !== null && !covered ? secondOf(message.covered_at!) : 0,
        notice: carrying[0]?.notice ?? null,
        to: carrying.map(({ to }) => to).sort(),
      }
    })
    const codes = (notice: "offline" | "missed") =>
      play.seqs[index]!.map((seq) => {
        const row: string[] = play.ids.agents.map(() => "none")
        for (const verdict of verdicts)
          if (verdict.conversation_id === id && verdict.seq === seq && verdict.kind === notice)
            row[nameOf.get(verdict.agent_id)!] = verdict.code
        return row
      })
    const bot = own.find(({ author }) => author === "bot")
    return {
      fates,
      mails: sent
        .map(({ at, notice, to, content: { forWhom, messages, more } }) =>
          describe({ at, notice, to, forWhom, shown: messages.length, more }),
        )
        .sort(),
      bot: bot ? (timed ? secondOf(bot.at) : 0) : null,
      verdicts: { offline: codes("offline"), missed: codes("missed") },
    }
  })
}

type Ending = Awaited<ReturnType<typeof endingOf>>

const asEnding = (told: Told, timed: boolean): Omit<Ending[number], "verdicts">[] =>
  told.fates.map((fates, index) => ({
    fates: fates.map(({ fate, at, notice, to }) => ({
      fate,
      at: timed && (fate === "mailed" || fate === "withheld") ? at : 0,
      notice,
      to,
    })),
    mails: told.mails
      .filter(({ conversation }) => conversation === index)
      .map(({ at, notice, to, forWhom, messages }) =>
        describe({
          at: timed ? at : 0,
          notice,
          to,
          forWhom: forWhom.map((agent) => `Agent ${agent}`),
          shown: Math.min(messages, 10),
          more: Math.max(0, messages - 10),
        }),
      )
      .sort(),
    bot: told.bot[index] === null ? null : timed ? told.bot[index]! : 0,
  }))

const checkEnding = (real: Ending, said: ReturnType<typeof asEnding>): void => {
  for (const [index, conversation] of said.entries()) {
    const other = real[index]!
    for (const key of ["fates", "mails", "bot"] as const) {
      const [rules, product] = [JSON.stringify(conversation[key]), JSON.stringify(other[key])]
      if (rules !== product) fail(key, { conversation: index, rules, product })
    }
  }
}

const checkVerdicts = (real: Ending, { verdicts }: Told): void => {
  for (const [conversation, told] of verdicts.entries()) {
    for (const kind of ["offline", "missed"] as const) {
      for (const [message, row] of told[kind].entries()) {
        for (const [agent, codes] of row.entries()) {
          const product = real[conversation]!.verdicts[kind][message]![agent]!
          if (codes && !codes.includes(product))
            fail(`${kind} verdict`, { conversation, message, agent, rules: codes, product })
        }
      }
    }
  }
}

/** Throws where the product and the naive rules disagree, or where the invariant does not hold. */
export const compare = async (
  run: Run,
  { model, steps, until }: Timeline,
  told: Told,
  { turns }: Options = {},
): Promise<void> => {
  const play = await openPlay(run, model)
  const onTime = turns === undefined
  const moments = onTime ? momentsOf(told) : []
  let now = 0
  let next: number | null = null

  const visit = async (second: number, loop: boolean) => {
    now = second
    const turn = await play.turn(second, loop)
    next = turn.next === null ? null : secondOf(turn.next)
    if (!loop) return
    checkAudiences(play, turn, told, second)
    checkInvariant(play, turn, told, second)
  }

  /** Lets time pass up to a second, with the loop on time or without it. */
  const pass = async (second: number) => {
    while (onTime) {
      const soon = Math.min(next ?? second, moments.find((moment) => moment > now) ?? second)
      if (soon >= second) break
      if (soon <= now) fail("what is due is not done", { second: now, next })
      await visit(soon, true)
    }
    // A relay gives its sign before it counts as gone.
    if (!onTime || second - now > SIGN) await play.sign(second)
    now = second
  }

  let upAt: number | null = null
  const comeBack = async (second: number) => {
    await play.start(second)
    upAt = null
    now = second
    if (!steps.some(({ at }) => at === second)) await visit(second, true)
  }

  for (const [index, step] of steps.entries()) {
    if (upAt !== null) {
      if (step.at < upAt) continue
      await comeBack(upAt)
    }
    if (step.at > now || index === 0) await pass(step.at)
    if (step.kind === "gap") {
      if (onTime) await visit(step.at, true)
      upAt = step.at + step.length
      continue
    }
    await play.act(step)
    const last = steps[index + 1]?.at !== step.at
    if (last && (turns === undefined || (turns[index] ?? true))) await visit(step.at, true)
  }
  if (upAt !== null) await comeBack(upAt)
  if (now < until) await pass(until)
  await visit(until, true)
  const ending = await endingOf(play, until, onTime)
  checkEnding(ending, asEnding(told, onTime))
  checkVerdicts(ending, told)
}
