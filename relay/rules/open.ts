import type { GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
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

/** Hours as they are for an agent, overriding aside. Null where none are set for them. */
export const hoursState = (
  facts: HoursFacts,
  agent: HoursAgent,
  at: Millis,
): { open: boolean; until: Millis | null } | null => {
  const all = hoursOf(facts, agent)
  if (all.length === 0 || hoursFor(facts, agent, null).includes(null)) return null
  const spells = all.map((hours) => spellAt(hours, at))
  const open = spells.filter((spell) => spell.open)
  const until = (open.length > 0 ? open : spells).map((spell) => spell.until).filter((end) => end !== null)
  if (until.length === 0) return { open: open.length > 0, until: null }
  return { open: open.length > 0, until: open.length > 0 ? Math.max(...until) : Math.min(...until) }
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
