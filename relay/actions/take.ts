import type { TakeView } from "../../shared/protocol/views.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { firstWords } from "../mail/subject.ts"
import { lastVisitorText } from "../store/conversation-lists.ts"
import { findConversation } from "../store/conversations.ts"
import { marksOf } from "../store/marks.ts"
import { findReplyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, ReplyTokenRow } from "../store/tables-conversations.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { joinConversation, takeAs } from "./conversation.ts"
import { enter } from "./enter.ts"
import { audienceOf, loadPeople, type People } from "./people.ts"
import { isReached } from "./reach.ts"

/** "I'll take it": what the link in a mail to a general inbox leads to. Its token is that of the inbox's answers. */

/** Characters of the visitor's last message that the page shows. */
const EXCERPT = 280

interface Taking {
  token: ReplyTokenRow
  account: AccountRow
  people: People
  conversation: ConversationRow
}

/**
 * One sentence for a token that never was, one of a visitor's or agent's, one whose conversation was erased, and
 * one of an inbox that the account's mail does not go to any more.
 */
const unknown = (): Refusal =>
  new Refusal(
    "not-found",
    "this link leads to no conversation (any more): open the desk, or look for a newer mail",
  )

const load = async (tx: Tx, given: string): Promise<Taking> => {
  const token = await findReplyToken(tx, given.toLowerCase())
  if (token?.holder !== "inbox") throw unknown()
  const account = await enter(tx, token.account_id)
  const conversation = await findConversation(tx, account.id, token.conversation_id)
  if (!conversation || !(await isReached(tx, account.id, token.address))) throw unknown()
  return { token, account, people: await loadPeople(tx, account), conversation }
}

/** As whom it can be taken: the agents of the audience, or the admins where there is none. */
const takers = ({ people, conversation }: Taking): AgentRow[] => {
  const audience = audienceOf(people, conversation.group_id)
  if (audience.length > 0) return audience
  return people.agents.filter((agent) => agent.role === "admin" && agent.active === 1)
}

const holderOf = ({ people, conversation }: Taking): Pick<TakeView, "takenBy" | "takenAt"> =>
  conversation.state === "mine"
    ? {
        takenBy: people.nameOf(conversation.joined_by) ?? conversation.taken_by,
        takenAt: conversation.joined_at,
      }
    : { takenBy: null, takenAt: null }

const viewOf = async (tx: Tx, taking: Taking): Promise<TakeView> => {
  const { account, conversation } = taking
  const marks = await marksOf(tx, conversation)
  return {
    account: account.name,
    site: marks.site,
    language: account.language,
    visitor: marks.visitor ?? "",
    excerpt: firstWords(await lastVisitorText(tx, account.id, conversation.id), EXCERPT),
    state: conversation.state,
    ...holderOf(taking),
    agents: takers(taking).map(({ id, name }) => ({ id, name })),
  }
}

/** What the page shows; changes nothing. Refusal `not-found` for a token that leads nowhere. */
export const readTake = async (tx: Tx, { token }: { token: string }): Promise<TakeView> =>
  viewOf(tx, await load(tx, token))

const refuseStale = (taking: Taking, takenAt: Millis | null | undefined): void => {
  const now = holderOf(taking)
  if (takenAt === undefined || takenAt === now.takenAt) return
  const what = now.takenBy === null ? "it was handed back" : `${now.takenBy} took it`
  throw new Refusal("stale", `${what} meanwhile: look again, and take it if it is still to be yours`, {
    ...now,
  })
}

/**
 * Takes a conversation by the link in a mail: for an agent just as if they joined it in the desk, or for
 * somebody who is none, by the name they give. Whoever has it already is relieved of it. `takenAt`: since when
 * somebody had it (null: nobody) as the decision was made; Refusal `stale`, with who has it now, if that
 * changed. Refusals: `not-found` for a token that leads nowhere, `forbidden` for an agent it does not stand for.
 */
export const takeConversation = async (
  tx: Tx,
  given: { token: string; agentId: AgentId | null; name: string | null; takenAt?: Millis | null },
): Promise<TakeView> => {
  const taking = await load(tx, given.token)
  const { account, people, conversation, token } = taking
  refuseStale(taking, given.takenAt)
  if (given.agentId !== null) {
    if (!takers(taking).some((agent) => agent.id === given.agentId))
      throw new Refusal(
        "forbidden",
        "this mail does not stand for that agent: choose one of those named, or give a name",
      )
    const conversationId = conversation.id
    await joinConversation(tx, { accountId: account.id, agentId: given.agentId, conversationId })
  } else if (given.name !== null) {
    // Colleagues see by the address where to find who has no seat in the account.
    const who = `${given.name} (${token.address})`
    await takeAs(tx, { account, people, conversation }, who)
  } else {
    throw new Refusal("bad-input", "say who takes it: an agent, or a name")
  }
  return viewOf(tx, await load(tx, given.token))
}
