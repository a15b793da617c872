/**
 * How much of everything so many teams need, from what one of each costs (docs/scale.md). Costs are those that
 * `npm run bench -- costs` measured on one machine: on another they are others, their relations hardly.
 */

/** What one of something costs. CPU in ms of one core. */
export interface Cost {
  relayMs: number
  databaseMs: number
  /** Written by the store, kB. */
  kB: number
}

export interface Costs {
  beat: Cost
  /** A visitor's message: taken, shown to agents, judged. */
  message: Cost
  /** A mail in, forwarded or posted, or a notice out. */
  mail: Cost
  /** A chat box that is open, for a second. */
  boxSecond: Cost
  /** Memory of the relay for one socket, kB. */
  socketKB: number
}

/** What a team does. The defaults are a busy small company's. */
export interface Team {
  agents: number
  devicesPerAgent: number
  /** Between beats of a device, s. */
  beatEvery: number
  /** Visitors with a page open in the busiest hour. */
  visitors: number
  /** Messages (both ways) and mails (in and out) in the busiest hour. */
  messagesAnHour: number
  mailsAnHour: number
  /** kB that stay of a message with its verdicts, events and words; of a mail with its original. */
  keptPerMessage: number
  keptPerMail: number
  /** Busiest hours a day, for what is kept. */
  hours: number
}

export const TEAM: Team = {
  agents: 5,
  devicesPerAgent: 2,
  beatEvery: 20,
  visitors: 20,
  messagesAnHour: 40,
  mailsAnHour: 10,
  keptPerMessage: 4,
  keptPerMail: 12,
  hours: 8,
}

/** In the busiest hour of so many teams, if all have it at once. */
export interface Need {
  teams: number
  sockets: number
  beatsASecond: number
  messagesASecond: number
  mailsASecond: number
  /** Cores that are busy, of relays and of the database. */
  relayCores: number
  databaseCores: number
  /** Written by the store, MB a second. */
  writtenMB: number
  /** Memory of all relays for sockets, GB. */
  memoryGB: number
  /** What a year leaves, GB. */
  keptGB: number
}

export const needOf = (teams: number, costs: Costs, team: Team = TEAM): Need => {
  const beats = (teams * team.agents * team.devicesPerAgent) / team.beatEvery
  const messages = (teams * team.messagesAnHour) / 3600
  const mails = (teams * team.mailsAnHour) / 3600
  const boxes = teams * team.visitors
  const sockets = boxes + teams * team.agents * team.devicesPerAgent
  const sum = (of: keyof Cost): number =>
    beats * costs.beat[of] +
    messages * costs.message[of] +
    mails * costs.mail[of] +
    boxes * costs.boxSecond[of]
  const perDay =
    team.hours * (team.messagesAnHour * team.keptPerMessage + team.mailsAnHour * team.keptPerMail)
  return {
    teams,
    sockets,
    beatsASecond: beats,
    messagesASecond: messages,
    mailsASecond: mails,
    relayCores: sum("relayMs") / 1000,
    databaseCores: sum("databaseMs") / 1000,
    writtenMB: sum("kB") / 1000,
    memoryGB: (sockets * costs.socketKB) / 1e6,
    keptGB: (teams * perDay * 365) / 1e6,
  }
}

/** Of a core only so much is to be used: beyond that what comes has to wait (see simulate.ts). */
export const USABLE = 0.6

/** Sockets one relay takes before its open files and its memory are the limit (docs/operators.md). */
export const SOCKETS_A_RELAY = 10_000

/** Relays that a need takes: by CPU (each has one event loop), and by sockets. */
export const relaysFor = (need: Need): number =>
  Math.max(1, Math.ceil(need.relayCores / USABLE), Math.ceil(need.sockets / SOCKETS_A_RELAY))
