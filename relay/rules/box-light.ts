import type { GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { siteLight } from "./light.ts"
import { type HoursFacts, nextHoursChange, opensAt } from "./open.ts"

/** What the lights that chat boxes show depend on; of groups only the live ones that the plan lets count. */
export interface LightFacts {
  groups: readonly { id: GroupId; name: string }[]
  hours: HoursFacts
  /** Groups, and null for conversations without one, whose light is on. */
  on: ReadonlySet<GroupId | null>
}

/** Where a chat box stands: what its tag names, what its visitor chose, what its site lets them choose from. */
export interface Place {
  tag: string | null
  chosen: string | null
  offered: readonly GroupId[]
}

/** What a chat box shows of who is in. */
export interface BoxLight {
  groupId: GroupId | null
  on: boolean
  /** When the hours open next, if they are closed; null while the light is on. */
  opensAt: Millis | null
  /** To choose from; empty where there is no choice. */
  groups: { id: GroupId; name: string; on: boolean }[]
}

/**
 * Of a group that the tag names, if it is live; else of the one that was chosen among those the site offers;
 * else of the site. One group to choose from is no choice: it is that one.
 */
export const boxLight = (facts: LightFacts, { tag, chosen, offered }: Place, at: Millis): BoxLight => {
  const named = facts.groups.find(({ id }) => id === tag)
  const choice = named ? [] : offered.flatMap((id) => facts.groups.find((group) => group.id === id) ?? [])
  const only = choice.length === 1 ? choice[0] : undefined
  const group = named ?? only ?? choice.find(({ id }) => id === chosen)
  const groupId = group?.id ?? null
  const on =
    groupId === null
      ? siteLight(
          [null, ...facts.groups.map(({ id }) => id)].map((id) => ({ groupId: id, on: facts.on.has(id) })),
        )
      : facts.on.has(groupId)
  return {
    groupId,
    on,
    opensAt: on ? null : opensAt(facts.hours, groupId, at),
    groups: only ? [] : choice.map(({ id, name }) => ({ id, name, on: facts.on.has(id) })),
  }
}

/** When a light may say something else without anybody's doing; null if never. */
export const boxLightChanges = (facts: LightFacts, at: Millis): Millis | null =>
  nextHoursChange(facts.hours, at)
