import { type Expression, sql } from "kysely"
import type { AccountId, AgentId, ConversationId, DeliveryId } from "../../shared/words/ids.ts"
import type { NoticeKind } from "../../shared/words/nouns.ts"
import { type Reason, type Route, routeOf } from "../../shared/words/reasons.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { prepared } from "./prepared.ts"
import type { Db, Tx } from "./store.ts"
import type { VerdictRow } from "./tables-conversations.ts"

export interface NewVerdict {
  agentId: AgentId
  reason: Reason
  deliveryId?: DeliveryId
  /** Of which notice; left out: the offline one. */
  kind?: NoticeKind
}

const asRow = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  seq: number,
  { agentId, reason, deliveryId, kind }: NewVerdict,
): VerdictRow => ({
  account_id: accountId,
  conversation_id: conversationId,
  seq,
  agent_id: agentId,
  kind: kind ?? "offline",
  code: reason.code,
  facts: JSON.stringify(reason),
  delivery_id: deliveryId ?? null,
  at: tx.now,
})

/** What was decided about messages of one conversation, the same for each of them. */
export interface Decided {
  conversationId: ConversationId
  seqs: readonly number[]
  verdicts: readonly NewVerdict[]
}

/** Writes what was decided in any number of conversations; what was there before is replaced. */
export const saveAllVerdicts = async (
  tx: Tx,
  accountId: AccountId,
  decided: readonly Decided[],
): Promise<void> => {
  const rows = decided.flatMap(({ conversationId, seqs, verdicts }) =>
    seqs.flatMap((seq) => verdicts.map((verdict) => asRow(tx, accountId, conversationId, seq, verdict))),
  )
  for (const some of inChunks(rows)) {
    await tx.db
      .insertInto("verdicts")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["account_id", "conversation_id", "seq", "agent_id", "kind"]).doUpdateSet((eb) => ({
          code: eb.ref("excluded.code"),
          facts: eb.ref("excluded.facts"),
          delivery_id: eb.ref("excluded.delivery_id"),
          at: eb.ref("excluded.at"),
        })),
      )
      .execute()
  }
}

/** Writes, for each of these messages and agents, what was decided about a notice of its kind. */
export const saveVerdicts = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  seqs: readonly number[],
  verdicts: readonly NewVerdict[],
): Promise<void> => saveAllVerdicts(tx, accountId, [{ conversationId, seqs, verdicts }])

/** Agents who wait for what falls due before `until` are told that it is due then. */
export const moveWaiting = async (tx: Tx, accountId: AccountId, until: Millis): Promise<void> => {
  const reason: Reason = { code: "waiting", dueAt: until }
  const moved = tx.db
    .selectFrom("conversations")
    .select("id")
    .where("account_id", "=", accountId)
    .where("due_at", "<", until)
  await tx.db
    .updateTable("verdicts")
    .set({ facts: JSON.stringify(reason), at: tx.now })
    .where("account_id", "=", accountId)
    .where("conversation_id", "in", moved)
    .where("code", "=", "waiting")
    .execute()
}

/**
 * What became of the mail that carries these verdicts. How it came to go to its address is said in each of
 * them from the first (`sent-to`) and kept: it is not the same for all whom one mail stands for.
 */
export const saveDeliveryVerdict = async (
  tx: Tx,
  accountId: AccountId,
  deliveryId: DeliveryId,
  reason: Reason,
): Promise<ConversationId[]> => {
  const carried = await tx.db
    .selectFrom("verdicts")
    .select(["conversation_id", "agent_id", "facts"])
    .where("account_id", "=", accountId)
    .where("delivery_id", "=", deliveryId)
    .execute()
  const alike = Map.groupBy(carried, (row) => JSON.stringify(routeOf(JSON.parse(row.facts) as Reason)))
  for (const [route, rows] of alike) {
    const known = JSON.parse(route) as Route | null
    const facts = { ...reason, ...(known && { route: known }) }
    await tx.db
      .updateTable("verdicts")
      .set({ code: reason.code, facts: JSON.stringify(facts), at: tx.now })
      .where("account_id", "=", accountId)
      .where("delivery_id", "=", deliveryId)
      .where("agent_id", "in", [...new Set(rows.map((row) => row.agent_id))])
      .execute()
  }
  return [...new Set(carried.map((row) => row.conversation_id))]
}

/** The verdicts of a conversation, in the order of its messages; of each agent what was decided first. */
export const verdictsOf = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<VerdictRow[]> =>
  tx.db
    .selectFrom("verdicts")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("seq")
    .orderBy("agent_id")
    .orderBy("at")
    .orderBy("kind", "desc")
    .execute()

/** What is said of offline notices about messages of these conversations, to be looked up. */
export const offlineCodes = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<(id: ConversationId, seq: number, agentId: AgentId) => string | undefined> => {
  const codes = new Map<string, string>()
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("verdicts")
      .select(["conversation_id", "seq", "agent_id", "code"])
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .where("kind", "=", "offline")
      .execute()
    for (const row of rows) codes.set(`${row.conversation_id} ${row.seq} ${row.agent_id}`, row.code)
  }
  return (id, seq, agentId) => codes.get(`${id} ${seq} ${agentId}`)
}

const latestBy = (db: Db, accountId: AccountId, agentId: AgentId | Expression<AgentId>) =>
  db
    .selectFrom("verdicts")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .orderBy("at", "desc")
    .orderBy("seq", "desc")
    .orderBy("kind", "desc")
    .limit(1)

const latestOf = prepared((db, { accountId, agentId }: { accountId: AccountId; agentId: AgentId }) =>
  latestBy(db, accountId, agentId),
)

/** The latest verdict about each of these agents, of either kind of notice; nothing of those who have none. */
export const latestVerdictsOf = async (
  tx: Tx,
  accountId: AccountId,
  agentIds: readonly AgentId[],
): Promise<VerdictRow[]> => {
  if (tx.dialect === "sqlite") {
    // A statement each takes no journey there.
    const found: VerdictRow[] = []
    for (const agentId of agentIds) found.push(...(await latestOf(tx, { accountId, agentId })).rows)
    return found
  }
  const asked = sql<{ id: AgentId }>`(select unnest(${[...agentIds]}::text[]) as id)`.as("asked")
  return tx.db
    .selectFrom(asked)
    .innerJoinLateral(latestBy(tx.db, accountId, sql.ref<AgentId>("asked.id")).as("latest"), (join) =>
      join.onTrue(),
    )
    .selectAll("latest")
    .execute()
}
