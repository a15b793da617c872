import type { RatingView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId, VisitorId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { findConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { messagesAfter } from "../store/messages.ts"
import { findRating, ratingsBefore, saveRating } from "../store/ratings.ts"
import { findSiteBox } from "../store/site-boxes.ts"
import type { Tx } from "../store/store.ts"
import { agentsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"

/**
 * A visitor says how a closed conversation was. Again: the last word counts, and words that were given stay when
 * none come along. Refusal `forbidden` where the site does not ask, `stale` while it is not closed.
 */
export const rateConversation = async (
  tx: Tx,
  given: {
    accountId: AccountId
    visitorId: VisitorId
    conversationId: ConversationId
    good: boolean
    words: string | null
  },
): Promise<void> => {
  const { accountId, visitorId, conversationId } = given
  await enter(tx, accountId)
  const conversation = await findConversation(tx, accountId, conversationId)
  if (conversation?.visitor_id !== visitorId)
    throw new Refusal("not-found", "there is no such conversation of this visitor")
  if ((await findSiteBox(tx, accountId, conversation.site_id))?.rates !== 1)
    throw new Refusal("forbidden", "this site does not ask how it was")
  if (conversation.state !== "closed")
    throw new Refusal("stale", "this conversation goes on: say how it was when it is closed")
  const before = await findRating(tx, accountId, conversationId)
  const answers = (await messagesAfter(tx, accountId, conversationId, 0)).filter(
    ({ author }) => author === "agent",
  )
  await saveRating(tx, {
    account_id: accountId,
    conversation_id: conversationId,
    agent_id: answers.at(-1)?.agent_id ?? null,
    good: given.good ? 1 : 0,
    words: given.words ?? before?.words ?? null,
    at: tx.now,
  })
  await emit(tx, accountId, { kind: "conversation", conversationId, state: "closed", why: "rated" })
}

/** How the visitor found it; null: they did not say. */
export const ratingOf = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  agents: readonly { id: AgentId; name: string }[],
): Promise<RatingView | null> => {
  const row = await findRating(tx, accountId, conversationId)
  if (!row) return null
  const agent = agents.find(({ id }) => id === row.agent_id)?.name ?? null
  return { good: row.good === 1, words: row.words, agent, at: row.at }
}

/** What visitors said, newest first; the next page is before the last of them. */
export const listRatings = async (
  tx: Tx,
  { accountId, before, limit }: { accountId: AccountId; before?: Millis; limit: number },
): Promise<{ ratings: (RatingView & { conversationId: ConversationId })[] }> => {
  const agents = await agentsOfAccount(tx, accountId)
  const rows = await ratingsBefore(tx, accountId, before ?? Number.MAX_SAFE_INTEGER, limit)
  return {
    ratings: rows.map((row) => ({
      conversationId: row.conversation_id,
      good: row.good === 1,
      words: row.words,
      agent: agents.find(({ id }) => id === row.agent_id)?.name ?? null,
      at: row.at,
    })),
  }
}
