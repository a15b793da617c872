import type { KnownState, Meanwhile } from "../../shared/words/meanwhile.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { messagesAfter } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AgentRow } from "../store/tables-people.ts"

/** What has happened in a conversation that whoever wrote an answer could not know of; null: nothing. */
const changeSince = async (
  tx: Tx,
  conversation: ConversationRow,
  agents: readonly AgentRow[],
  me: AgentRow,
  known: KnownState,
): Promise<Meanwhile | null> => {
  const nameOf = (id: AgentRow["id"] | null, otherwise = ""): string =>
    agents.find((agent) => agent.id === id)?.name ?? otherwise
  const { state, joined_by: by, taken_by: taken } = conversation
  const later = await messagesAfter(tx, conversation.account_id, conversation.id, known.seq)
  const answer = later.findLast(({ author, agent_id: id }) => author === "agent" && id !== me.id)
  if (answer) return { what: "answered", who: nameOf(answer.agent_id) }
  if (state === "closed" && known.state !== "closed") return { what: "closed" }
  const isNew = by !== known.joinedBy || (state === "mine" && known.state !== "mine")
  if (state === "mine" && by !== me.id && isNew) return { what: "joined", who: nameOf(by, taken ?? "") }
  const count = later.filter(({ author }) => author === "visitor").length
  return count > 0 ? { what: "wrote", count } : null
}

/** Refusal `stale`, with what happened, where an answer may no longer fit what was said since it was written. */
export const refuseChanged = async (
  tx: Tx,
  scene: { conversation: ConversationRow; people: { agents: readonly AgentRow[] }; agent: AgentRow },
  known: KnownState,
): Promise<void> => {
  const change = await changeSince(tx, scene.conversation, scene.people.agents, scene.agent, known)
  if (change === null) return
  throw new Refusal(
    "stale",
    `the conversation has changed since this was written (${change.what}): send it without “known” to post it all the same`,
    { ...change },
  )
}
