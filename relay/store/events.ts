import { sql } from "kysely"
import type { AgentEvent, NewEvent } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { EventRow } from "./tables-conversations.ts"

/**
 * Writes what happened, in order: numbers are 1, 2, 3 … in the account, without gaps, because the number is
 * taken from the account's own row, which stays locked until the end of the transaction. Whoever listens
 * hears of it after the commit (Store.onNudge) and reads it from here.
 */
export const emitAll = async (tx: Tx, accountId: AccountId, events: readonly NewEvent[]): Promise<void> => {
  if (events.length === 0) return
  const [counted] = (await countOn(tx, { accountId, count: events.length })).rows
  if (!counted) throw new Error(`there is no account ${accountId} for an event`)
  const last = counted.event_seq
  const rows = events.map((event, index) => ({
    account_id: accountId,
    seq: last - events.length + 1 + index,
    kind: event.kind,
    conversation_id: conversationOf(event),
    subject: subjectOf(event),
    body: JSON.stringify(event),
    at: tx.now,
  }))
  const [only] = rows
  if (only && rows.length === 1) await insertOne(tx, only)
  else for (const some of inChunks(rows)) await tx.db.insertInto("events").values(some).execute()
  tx.nudge(accountId)
}

const countOn = prepared((db, { accountId, count }: { accountId: AccountId; count: number }) =>
  db
    .updateTable("accounts")
    .set({ event_seq: sql<number>`event_seq + ${count}` })
    .where("id", "=", accountId)
    .returning("event_seq"),
)

const insertOne = prepared((db, row: EventRow) =>
  db.insertInto("events").values({
    account_id: row.account_id,
    seq: row.seq,
    kind: row.kind,
    conversation_id: row.conversation_id,
    subject: row.subject,
    body: row.body,
    at: row.at,
  }),
)

/** Writes one event; see `emitAll`. */
export const emit = (tx: Tx, accountId: AccountId, event: NewEvent): Promise<void> =>
  emitAll(tx, accountId, [event])

const conversationOf = (event: NewEvent): ConversationId | null =>
  "conversationId" in event ? event.conversationId : null

/** The subject of events that say the new state of a light; see `events.subject`. */
export const lightSubject = (groupId: GroupId | null): string => `light:${groupId ?? ""}`

/** The subject of events that say whether an agent has hours. */
export const hoursSubject = (agentId: AgentId): string => `hours:${agentId}`

/** What the event says the new state of; null for what merely happened. */
const subjectOf = (event: NewEvent): string | null => {
  switch (event.kind) {
    case "presence":
      return event.deviceId
    case "intent":
      return event.agentId
    case "hours":
      return hoursSubject(event.agentId)
    case "light":
      return lightSubject(event.groupId)
    default:
      return null
  }
}

/** An event from its row. */
export const asEvent = ({ seq, body, at }: { seq: number; body: string; at: Millis }): AgentEvent =>
  ({ ...(JSON.parse(body) as NewEvent), cursor: seq, at }) as AgentEvent

/** Events after number `after`, oldest first, at most `limit`. */
export const eventsAfter = async (
  tx: Tx,
  accountId: AccountId,
  after: number,
  limit: number,
): Promise<AgentEvent[]> => {
  const { rows } = await rowsAfter(tx, { accountId, after, limit })
  return rows.map(asEvent)
}

const rowsAfter = prepared(
  (db, { accountId, after, limit }: { accountId: AccountId; after: number; limit: number }) =>
    db
      .selectFrom("events")
      .select(["seq", "body", "at"])
      .where("account_id", "=", accountId)
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(limit),
)

/** Number of the account's last event; 0 when nothing has happened. Null for an unknown account. */
export const lastEvent = async (tx: Tx, accountId: AccountId): Promise<number | null> => {
  const row = await tx.db
    .selectFrom("accounts")
    .select("event_seq")
    .where("id", "=", accountId)
    .executeTakeFirst()
  return row?.event_seq ?? null
}
