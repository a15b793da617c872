import type { HeirsView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import type { HandOverWhy } from "../../shared/words/nouns.ts"
import { planHas, planWith } from "../../shared/words/plans.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { conversationsJoinedBy, findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { insertHandOver } from "../store/hand-overs.ts"
import { uncoverAfterLastAnswer } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { audiencesOfAccount, findAccountRow, groupsOfAccount } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"
import { refreshBatch } from "./batch.ts"
import { planBot } from "./bot.ts"
import { type ByAgent, joinConversation, loadScene, type Scene } from "./conversation.ts"
import { dropMissed, planMissed } from "./missed.ts"
import { audienceRowOf, loadPeople } from "./people.ts"
import { planPushes } from "./pushes.ts"
import { undoable } from "./undo.ts"

/** A conversation goes out of somebody's hands: back to all, to another group, or to a colleague. */

/**
 * Whose it was, they are done with it; whoever is to have it has seen nothing yet. So what followed the last answer
 * is uncovered, and counts anew from now (rules.md, offline notice 2).
 */
const giveAway = async (
  tx: Tx,
  { account, people, conversation }: Omit<Scene, "agent">,
  change: Pick<ConversationRow, "state" | "joined_by" | "joined_at"> & { group_id?: GroupId | null },
  why: HandOverWhy,
  by: AgentId | null,
): Promise<void> => {
  const { id, visitor_id: visitorId } = conversation
  await saveConversation(tx, account.id, id, { ...change, taken_by: null, handed_back_at: tx.now })
  await uncoverAfterLastAnswer(tx, account.id, id)
  await insertHandOver(tx, {
    ...{ account_id: account.id, conversation_id: id, why, by_agent: by, at: tx.now },
    to_agent: change.joined_by,
    to_group: change.group_id ?? null,
  })
  await emit(tx, account.id, { kind: "conversation", conversationId: id, state: change.state, why })
  const now = (await findConversation(tx, account.id, id))!
  const audience = await audienceRowOf(tx, people, now.group_id)
  await refreshBatch(tx, people, audience, now, "all")
  if (now.uncovered_seq !== null) await planPushes(tx, people, now, by)
  const visitor = await findVisitor(tx, account.id, visitorId)
  if (!visitor) return
  await planBot(tx, now, visitor, audience)
  await planMissed(tx, account, now, visitor)
}

const NOBODY = { state: "unserved", joined_by: null, joined_at: null } as const

/** Gives a conversation back: unserved again, and what followed the last answer is uncovered. */
const handBack = async (tx: Tx, given: ByAgent): Promise<void> => {
  const scene = await loadScene(tx, given)
  const { state, joined_by: owner } = scene.conversation
  if (state !== "mine")
    throw new Refusal("stale", `nobody has joined this conversation: it is ${state}`, { state })
  await giveAway(tx, scene, NOBODY, "handed-back", owner)
}

export const handBackConversation = undoable("hand-back", handBack)

/**
 * Hands back all that an agent had joined: called when they are deactivated or removed, after the change
 * was saved and settled, so that the audience is that without them.
 */
export const handBackAllOf = async (tx: Tx, account: AccountRow, agentId: AgentId): Promise<void> => {
  const people = await loadPeople(tx, account)
  for (const conversation of await conversationsJoinedBy(tx, account.id, agentId)) {
    await giveAway(tx, { account, people, conversation }, NOBODY, "handed-back", agentId)
  }
}

/** A colleague, or a group (null: everybody, without any). */
export type Heir = { agentId: AgentId } | { groupId: GroupId | null }

interface Assigned {
  accountId: AccountId
  agentId: AgentId
  conversationId: ConversationId
  to: Heir
}

/**
 * Gives a conversation to a colleague, who has it from now on without having seen it: nothing is covered by that,
 * and if they are not there its messages count. Or hands it over to a group: unserved, and that group's alone.
 * To oneself it is joining. Refusals: `not-found` for whoever is not (or no longer) there, `not-in-plan`.
 */
const assign = async (tx: Tx, { to, ...given }: Assigned): Promise<void> => {
  if ("agentId" in to && to.agentId === given.agentId) return joinConversation(tx, given)
  const scene = await loadScene(tx, given)
  await ("agentId" in to ? giveTo(tx, scene, to.agentId) : handOver(tx, scene, to.groupId))
}

export const assignConversation = undoable("assign", assign)

const giveTo = async (tx: Tx, scene: Scene, agentId: AgentId): Promise<void> => {
  const { account, people, conversation, agent } = scene
  const heir = people.agents.find(({ id, active }) => id === agentId && active === 1)
  if (!heir)
    throw new Refusal("not-found", `there is no active agent ${agentId} in the account; choose somebody else`)
  if (conversation.state === "mine" && conversation.joined_by === agentId) return
  // Somebody has it from now on: it cannot be missed any more.
  await dropMissed(tx, account, conversation, { code: "joined", who: heir.name, at: tx.now })
  const change = { state: "mine", joined_by: agentId, joined_at: tx.now } as const
  await giveAway(tx, scene, change, "assigned", agent.id)
}

const handOver = async (tx: Tx, scene: Scene, groupId: GroupId | null): Promise<void> => {
  const { account, people, conversation, agent } = scene
  if (groupId !== null && !planHas(account.plan, "groups"))
    throw new Refusal("not-in-plan", `the plan ${account.plan} has no groups; ${planWith("groups")} has`)
  if (groupId !== null && !people.groups.some(({ id }) => id === groupId))
    throw new Refusal("not-found", `there is no group ${groupId} in the account; choose another one`)
  if (conversation.state === "unserved" && conversation.group_id === groupId) return
  await giveAway(tx, scene, { ...NOBODY, group_id: groupId }, "handed-over", agent.id)
}

/** The groups that a conversation can be handed over to, with their lights; none where the plan has none. */
export const readHeirs = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<HeirsView> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  if (!planHas(account.plan, "groups")) return { groups: [] }
  const lit = (await audiencesOfAccount(tx, accountId)).filter((row) => row.light === 1)
  const groups = await groupsOfAccount(tx, accountId)
  return {
    groups: groups.map(({ id, name }) => ({ id, name, on: lit.some((row) => row.group_id === id) })),
  }
}
