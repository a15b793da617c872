import type { Conversation, Message } from "./conversation.ts"
import type { People } from "./people.ts"

/** Since when an agent is there for an audience, absences under 45 s aside; and when they were there last. */
export interface Stay {
  there: boolean
  since: number
  left: number
}

export const SHORT_ABSENCE = 45

/**
 * The codes that the verdict about a message may have for an agent in the end (rules.md, "Offline notice" 5);
 * null: nothing is said here. Where somebody came and went while others stayed, more than one is right.
 */
export const offlineVerdict = (
  people: People,
  { isFolded }: Pick<Conversation, "isFolded">,
  { group, counts, stays }: { group: number | null; counts: boolean; stays: readonly Stay[] },
  message: Message,
  agent: number,
): readonly string[] | null => {
  const said = message.said.offline.get(agent)
  if (said) return [said]
  if (!people.audience(group).includes(agent)) return ["other-group"]
  if (message.fate === "covered") return [...message.covering]
  if (message.fate !== "open") return null
  if (counts) return isFolded ? ["folded", "waiting"] : ["waiting"]
  const { there, since, left } = stays[agent]!
  const wasAround = message.around.includes(agent)
  if (there && since <= message.cameAt) return ["present-on-device"]
  if (there) return wasAround ? ["present-on-device", "back-online"] : ["back-online"]
  return wasAround || left > message.cameAt - SHORT_ABSENCE
    ? ["colleague-online", "present-on-device", "back-online"]
    : ["colleague-online"]
}
