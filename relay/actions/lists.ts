import type { ConversationPageView, ConversationSummary, ListedView } from "../../shared/protocol/views.ts"
import { type AccountId, type AgentId, type ConversationId, isId } from "../../shared/words/ids.ts"
import { planHas } from "../../shared/words/plans.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { firstWords } from "../mail/subject.ts"
import {
  conversationsIn,
  type ListName,
  listsOf,
  type Place,
  pageOf,
  type Reader,
  unopenedOf,
} from "../store/conversation-lists.ts"
import { countsFor } from "../store/counts.ts"
import { type Marks, marksIn, marksOf, unopenedIn } from "../store/marks.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import type { AgentRow, GroupRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAccountRow, groupsOfAccount, membershipsOfAccount } from "../store/team.ts"

/** Characters of a message that a list shows. */
export const EXCERPT = 120

interface Names {
  agents: readonly AgentRow[]
  groups: readonly Pick<GroupRow, "id" | "name">[]
}

const summary = (
  conversation: ConversationRow,
  marks: Marks,
  unopened: number,
  { agents, groups }: Names,
): ConversationSummary => ({
  id: conversation.id,
  state: conversation.state,
  channel: conversation.channel,
  site: marks.site,
  group: groups.find((group) => group.id === conversation.group_id)?.name ?? null,
  visitor: marks.visitor ?? "",
  joinedBy: conversation.joined_by,
  joinedByName: agents.find((agent) => agent.id === conversation.joined_by)?.name ?? conversation.taken_by,
  excerpt: firstWords(marks.lastText, EXCERPT),
  lastAuthor: marks.lastAuthor,
  lastSeq: conversation.last_seq,
  lastAt: conversation.last_message_at,
  unopened,
  unconfirmed: marks.unconfirmed,
  batch: conversation.batch,
  dueAt: conversation.due_at,
})

/** A conversation as lists show it, for any agent: only what is unopened differs. */
export const summaryOf = async (
  tx: Tx,
  conversation: ConversationRow,
  names: Names,
): Promise<(agentId: AgentId) => ConversationSummary> => {
  const marks = await marksOf(tx, conversation)
  const unopened = await unopenedOf(tx, conversation.account_id, conversation.id)
  return (agentId) => summary(conversation, marks, unopened(agentId), names)
}

/** An agent, what they are called together with, and which groups do not concern them. */
export const loadReader = async (
  tx: Tx,
  { accountId, agentId }: { accountId: AccountId; agentId: AgentId },
): Promise<Reader & { accountId: AccountId; names: Names }> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  const agents = await agentsOfAccount(tx, accountId)
  const groups = planHas(account.plan, "groups") ? await groupsOfAccount(tx, accountId) : []
  const mine = groups.length > 0 ? ((await membershipsOfAccount(tx, accountId)).get(agentId) ?? []) : []
  const others = mine.length === 0 ? [] : groups.map(({ id }) => id).filter((id) => !mine.includes(id))
  return { accountId, agentId, others, names: { agents, groups } }
}

/** Conversations as lists show them to one agent, in the order given. */
export const summariesFor = async (
  tx: Tx,
  reader: Awaited<ReturnType<typeof loadReader>>,
  rows: readonly ConversationRow[],
): Promise<ConversationSummary[]> => {
  const { accountId, agentId, names } = reader
  const marks = await marksIn(tx, accountId, rows)
  const ids = rows.map(({ id }) => id)
  const unopened = await unopenedIn(tx, accountId, ids, agentId)
  return rows.flatMap((row) => {
    const its = marks.get(row.id)
    return its === undefined ? [] : summary(row, its, unopened.get(row.id) ?? 0, names)
  })
}

/** A place in a list as clients pass it back: `<moment>.<id>`. */
const placeIn = (cursor: string): Place => {
  const [at = "", id = ""] = cursor.split(".")
  if (!/^\d{1,15}$/.test(at) || !isId("conversation", id))
    throw new Refusal(
      "bad-input",
      `after: "${cursor}" is not the end of a page; give "next" of the page before`,
    )
  return { at: Number(at), id }
}

/** One page of a list, newest first, with the counts of all three. Unserved are those of the agent's audience. */
export const listConversations = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; list: ListName; after?: string; limit: number },
): Promise<ConversationPageView> => {
  const reader = await loadReader(tx, given)
  const { accountId, list, limit } = given
  const after = given.after === undefined ? null : placeIn(given.after)
  // One more than is shown says whether there is a next page.
  const rows = await pageOf(tx, accountId, reader, list, { after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    conversations: await summariesFor(tx, reader, shown),
    counts: await countsFor(tx, accountId, reader),
    next: rows.length > limit && last ? `${last.last_message_at}.${last.id}` : null,
  }
}

/** Some conversations as they are now, for lists that are shown already: what happened since is small. */
export const readListed = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; ids: ConversationId[] },
): Promise<ListedView> => {
  const reader = await loadReader(tx, given)
  const rows = await conversationsIn(tx, given.accountId, given.ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    conversations: (await summariesFor(tx, reader, rows)).map((one) => ({
      summary: one,
      lists: listsOf(reader, byId.get(one.id)!),
    })),
    counts: await countsFor(tx, given.accountId, reader),
  }
}
