import type { GroupId } from "../../shared/words/ids.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import { nextOpening, spellAt } from "./hours.ts"

/**
 * Whose hours hold for an agent in a conversation (rules.md, "The light"). Hours are JSON of OfficeHours;
 * null: none are set, so always open.
 */
export interface HoursFacts {
  account: string | null
  /** Of each live group; null: those of the account. */
  groups: ReadonlyMap<GroupId, string | null>
}

/** An agent as hours see them. */
export interface HoursAgent {
  groups: readonly GroupId[]
  /** Until then closed hours do not count for them. */
  overrideUntil: Millis | null
}

/**
 * The hours any of which has to be open: those of the conversation's group; without one those of any of the
 * agent's groups, or of the account for an agent in none. A group without hours uses the account's.
 */
const hoursFor = (
  facts: HoursFacts,
  agent: HoursAgent,
  group: GroupId | null,
): readonly (string | null)[] => {
  if (group !== null) return [facts.groups.get(group) ?? facts.account]
  if (agent.groups.length === 0) return [facts.account]
  return agent.groups.map((id) => facts.groups.get(id) ?? facts.account)
}

const isOpenAt = (hours: string | null, at: Millis): boolean => hours === null || spellAt(hours, at).open

const isOverridden = (agent: HoursAgent, at: Millis): boolean =>
  agent.overrideUntil !== null && at < agent.overrideUntil

/** Whether the agent has hours for a conversation of this group (null: without one). */
export const hasHours = (facts: HoursFacts, agent: HoursAgent, group: GroupId | null, at: Millis): boolean =>
  isOverridden(agent, at) || hoursFor(facts, agent, group).some((hours) => isOpenAt(hours, at))

/** All the hours that concern an agent: of their groups, or of the account. */
const hoursOf = (facts: HoursFacts, agent: HoursAgent): string[] =>
  [...new Set(hoursFor(facts, agent, null))].filter((hours) => hours !== null)

/** How far hours that open before others close are followed; past it there is no end worth telling. */
const FOLLOWED: Millis = 14 * DAY

/** Until when any of these hours are open without a break, given that some are; null if that is far off. */
const openUntil = (all: readonly string[], at: Millis): Millis | null => {
  let end = at
  while (end <= at + FOLLOWED) {
    const open = all.map((hours) => spellAt(hours, end)).filter((spell) => spell.open)
    if (open.length === 0) return end
    if (open.some((spell) => spell.until === null)) return null
    end = Math.max(...open.map((spell) => spell.until!))
  }
  return null
}

/** Hours as they are for an agent, overriding aside. Null where none are set for them. */
export const hoursState = (
  facts: HoursFacts,
  agent: HoursAgent,
  at: Millis,
): { open: boolean; until: Millis | null } | null => {
  const all = hoursOf(facts, agent)
  if (all.length === 0 || hoursFor(facts, agent, null).includes(null)) return null
  const spells = all.map((hours) => spellAt(hours, at))
  if (spells.some((spell) => spell.open)) return { open: true, until: openUntil(all, at) }
  const openings = spells.map((spell) => spell.until).filter((end) => end !== null)
  return { open: false, until: openings.length === 0 ? null : Math.min(...openings) }
}

/** The next opening of any hours of the agent that are closed now; null if none are, or none ever opens. */
export const overrideEndsAt = (facts: HoursFacts, agent: HoursAgent, at: Millis): Millis | null => {
  const openings = hoursOf(facts, agent)
    .filter((hours) => !isOpenAt(hours, at))
    .map((hours) => nextOpening(hours, at))
    .filter((opening) => opening !== null)
  return openings.length === 0 ? null : Math.min(...openings)
}

/** Whether any hours of the agent are closed, so that there is something to override. */
export const anyClosed = (facts: HoursFacts, agent: HoursAgent, at: Millis): boolean =>
  hoursOf(facts, agent).some((hours) => !isOpenAt(hours, at))

/** When any hours of the account or its groups change next; null if none are set or none ever change. */
export const nextHoursChange = (facts: HoursFacts, at: Millis): Millis | null => {
  const all = new Set([facts.account, ...facts.groups.values()])
  const ends = [...all]
    .filter((hours) => hours !== null)
    .map((hours) => spellAt(hours, at).until)
    .filter((until) => until !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

/** When the hours of a group, or without one of the account, open next; null if they are open, or never do. */
export const opensAt = (facts: HoursFacts, group: GroupId | null, at: Millis): Millis | null => {
  const hours = (group === null ? null : facts.groups.get(group)) ?? facts.account
  return hours === null || isOpenAt(hours, at) ? null : nextOpening(hours, at)
}
