import type { AgentId, GroupId } from "../../shared/words/ids.ts"

/** What the audience of a conversation depends on. */
export interface AudienceAgent {
  id: AgentId
  active: boolean
  /** Groups (not deleted) the agent is a member of. */
  groups: readonly GroupId[]
}

/**
 * Whether a conversation of this group (null: none, or a deleted one) concerns the agent: members of the
 * group and agents in no group; without a group, all active agents (rules.md, "Words").
 */
export const isInAudience = (agent: AudienceAgent, group: GroupId | null): boolean =>
  agent.active && (group === null || agent.groups.length === 0 || agent.groups.includes(group))
