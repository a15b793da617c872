import type { AccountId, AgentId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { attachmentsOf } from "./attachments.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow } from "./tables-conversations.ts"

/** What a list of conversations reads: pages, counts, and for each the words and marks it shows. */

export type ListName = "unserved" | "mine" | "all"

/** Whose lists they are: an agent, and the groups that do not concern them. */
export interface Reader {
  agentId: AgentId
  others: readonly GroupId[]
}

const inList = (tx: Tx, accountId: AccountId, { agentId, others }: Reader, list: ListName) => {
  const all = tx.db.selectFrom("conversations").where("conversations.account_id", "=", accountId)
  if (list === "mine") return all.where("state", "=", "mine").where("joined_by", "=", agentId)
  if (list === "all") return all
  const open = all.where("state", "=", "unserved")
  if (others.length === 0) return open
  return open.where((eb) => eb.or([eb("group_id", "is", null), eb("group_id", "not in", others)]))
}

/** Where a page ends: the next one goes on after it. Conversations of the same moment go by their ids. */
export interface Place {
  at: Millis
  id: ConversationId
}

/** Newest first; `after`: those that follow that place. */
export const pageOf = (
  tx: Tx,
  accountId: AccountId,
  reader: Reader,
  list: ListName,
  page: { after: Place | null; limit: number },
): Promise<ConversationRow[]> => {
  let query = inList(tx, accountId, reader, list).selectAll()
  const { after } = page
  if (after !== null)
    query = query.where((eb) => eb(eb.refTuple("last_message_at", "id"), "<", eb.tuple(after.at, after.id)))
  return query.orderBy("last_message_at", "desc").orderBy("id", "desc").limit(page.limit).execute()
}

/** These conversations, as far as there are any. */
export const conversationsIn = (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<ConversationRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx.db
        .selectFrom("conversations")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("id", "in", ids)
        .execute()

/** The lists of an agent that a conversation is in. */
export const listsOf = ({ agentId, others }: Reader, row: ConversationRow): ListName[] => {
  if (row.state === "mine") return row.joined_by === agentId ? ["mine", "all"] : ["all"]
  const concerns = row.group_id === null || !others.includes(row.group_id)
  return row.state === "unserved" && concerns ? ["unserved", "all"] : ["all"]
}

/** Screens say "999+" past that: what was ever stored is not counted through for it. */
const COUNTED = 1000

const countUpTo = async (tx: Tx, list: ReturnType<typeof unserved>): Promise<number> => {
  const row = await tx.db
    .selectFrom(list.select("conversations.id").limit(COUNTED).as("counted"))
    .select((eb) => eb.fn.countAll().as("n"))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** What the visitor wrote last, or the name of its first file; empty where they wrote nothing yet. */
export const lastVisitorText = async (tx: Tx, accountId: AccountId, id: ConversationId): Promise<string> => {
  const row = await tx.db
    .selectFrom("messages")
    .select(["text", "seq"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst()
  if (row?.text !== "") return row?.text ?? ""
  const [file] = await attachmentsOf(tx, accountId, id, row.seq)
  return file?.name ?? ""
}

/** Visitor messages after each agent's watermark, for all agents at once. */
export const unopenedOf = async (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
): Promise<(agentId: AgentId) => number> => {
  const marks = await tx.db
    .selectFrom("watermarks")
    .select(["agent_id", "seq"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .execute()
  const messages = await tx.db
    .selectFrom("messages")
    .select("seq")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("author", "=", "visitor")
    .execute()
  const known = new Map(marks.map((mark) => [mark.agent_id, mark.seq]))
  return (agentId) => messages.filter(({ seq }) => seq > (known.get(agentId) ?? 0)).length
}

/** Unserved conversations, but for those of groups that do not concern who asks. */
const unserved = (tx: Tx, accountId: AccountId, others: readonly GroupId[]) => {
  const all = tx.db
    .selectFrom("conversations")
    .where("account_id", "=", accountId)
    .where("state", "=", "unserved")
  if (others.length === 0) return all
  return all.where((eb) => eb.or([eb("group_id", "is", null), eb("group_id", "not in", others)]))
}

/**
 * Conversations taken by name, by somebody without a toolbar of their own, in which the visitor wrote again and
 * nobody has seen it yet; newest first.
 */
export const unseenOfNobody = (tx: Tx, accountId: AccountId, limit: number): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    // Only while something in it is uncovered, which keeps this short.
    .where("batch", "in", ["resting", "counting"])
    .where("state", "=", "mine")
    .where("joined_by", "is", null)
    .orderBy("last_message_at", "desc")
    .limit(limit)
    .execute()

/** Conversations an agent has joined in which the visitor wrote after that agent's watermark, newest first. */
export const unopenedByOwner = (tx: Tx, accountId: AccountId, limit: number): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("conversations")
    .selectAll("conversations")
    .where("conversations.account_id", "=", accountId)
    .where("conversations.state", "=", "mine")
    .where("conversations.joined_by", "is not", null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("messages")
          .select("messages.seq")
          .whereRef("messages.account_id", "=", "conversations.account_id")
          .whereRef("messages.conversation_id", "=", "conversations.id")
          .where("messages.author", "=", "visitor")
          .whereRef("messages.seq", ">", (inner) =>
            inner.fn.coalesce(
              inner
                .selectFrom("watermarks")
                .select("watermarks.seq")
                .whereRef("watermarks.account_id", "=", "conversations.account_id")
                .whereRef("watermarks.conversation_id", "=", "conversations.id")
                .whereRef("watermarks.agent_id", "=", "conversations.joined_by"),
              inner.lit(0),
            ),
          ),
      ),
    )
    .orderBy("conversations.last_message_at", "desc")
    .limit(limit)
    .execute()

/** The newest conversations that wait unserved, and how many do; without those of the groups `others`. */
export const waitingIn = async (
  tx: Tx,
  accountId: AccountId,
  others: readonly GroupId[],
  limit: number,
): Promise<{ newest: ConversationRow[]; count: number }> => {
  const newest = await unserved(tx, accountId, others)
    .selectAll()
    .orderBy("last_message_at", "desc")
    .limit(limit)
    .execute()
  if (newest.length < limit) return { newest, count: newest.length }
  return { newest, count: await countUpTo(tx, unserved(tx, accountId, others)) }
}
