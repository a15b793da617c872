import { type Cost, type Costs, needOf, relaysFor, TEAM, type Team } from "./model.ts"

/** What a day's busiest minutes came to, event by event. */
export interface Simulated {
  /** Share of the time that the relays' loops were busy. */
  busy: number
  /** How long what came had to wait for its relay, ms. */
  waitP50: number
  waitP99: number
  events: number
}

/** A stream of random numbers from 0 to 1 that is the same for the same seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SAMPLE = 4

/**
 * The busiest minutes of so many teams, event by event: beats every so often from a random moment on, messages and
 * mails as they happen to come (Poisson). Each relay does one thing after the other, a device and a visitor stay with
 * theirs. What the model only multiplies is here waited for; so it shows whether relays for {@link relaysFor} suffice.
 */
export const simulate = (
  all: number,
  costs: Costs,
  {
    team = TEAM,
    seconds = 60,
    seed = 1,
    relays: asked = relaysFor(needOf(all, costs)),
  }: {
    team?: Team
    seconds?: number
    seed?: number
    relays?: number
  } = {},
): Simulated => {
  // Relays have nothing to do with each other: of many, a few with their share of the teams stand for all.
  const relays = Math.min(asked, SAMPLE)
  const teams = Math.max(1, Math.round((all * relays) / asked))
  const random = randomFrom(seed)
  const end = seconds * 1000
  const arrivals: { at: number; relay: number; ms: number }[] = []
  const put = (at: number, relay: number, { relayMs }: Cost): void => {
    // Work is not always the same: from half to one and a half of what it takes on average.
    arrivals.push({ at, relay, ms: relayMs * (0.5 + random()) })
  }
  const devices = teams * team.agents * team.devicesPerAgent
  for (let device = 0; device < devices; device++) {
    const relay = Math.floor(random() * relays)
    for (let at = random() * team.beatEvery * 1000; at < end; at += team.beatEvery * 1000)
      put(at, relay, costs.beat)
  }
  const poisson = (perHour: number, cost: Cost): void => {
    const mean = 3_600_000 / (teams * perHour)
    for (let at = -Math.log(1 - random()) * mean; at < end; at += -Math.log(1 - random()) * mean)
      put(at, Math.floor(random() * relays), cost)
  }
  poisson(team.messagesAnHour, costs.message)
  poisson(team.mailsAnHour, costs.mail)
  const background = (teams * team.visitors * costs.boxSecond.relayMs) / 1000 / relays
  arrivals.sort((a, b) => a.at - b.at)

  const free = new Float64Array(relays)
  const waits: number[] = []
  let work = 0
  for (const { at, relay, ms } of arrivals) {
    const begins = Math.max(at, free[relay] ?? 0)
    waits.push(begins - at)
    // What open sockets cost goes on meanwhile, and takes its share of the loop.
    const takes = ms / Math.max(0.01, 1 - background)
    free[relay] = begins + takes
    work += ms
  }
  waits.sort((a, b) => a - b)
  const at = (share: number): number =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0
  return {
    busy: work / (end * relays) + background,
    waitP50: at(0.5),
    waitP99: at(0.99),
    events: arrivals.length,
  }
}
