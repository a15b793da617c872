import { sql } from "kysely"
import type { AgentEvent } from "../../shared/protocol/views.ts"
import type { AccountId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import { HOUR, type Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { asEvent } from "./events.ts"
import type { Tx } from "./store.ts"
import type { DeliveryRow } from "./tables-mail.ts"
import type { AgentRow, DeviceRow } from "./tables-people.ts"

/** What a timeline is read from: events over the time they happened at, and who and what they are about. */

/** Events of a span of time that change a state, bring a message or decide something. */
type KeptEvent = Extract<
  AgentEvent,
  { kind: "presence" | "intent" | "hours" | "light" | "message" | "conversation" }
>

const KINDS: KeptEvent["kind"][] = ["presence", "intent", "hours", "light", "message", "conversation"]

/** Events in [from, to), oldest first, at most `limit`. */
export const eventsBetween = async (
  tx: Tx,
  accountId: AccountId,
  { from, to }: { from: Millis; to: Millis },
  limit: number,
): Promise<KeptEvent[]> => {
  const rows = await tx.db
    .selectFrom("events")
    .select(["seq", "body", "at"])
    .where("account_id", "=", accountId)
    .where("at", ">=", from)
    .where("at", "<", to)
    .where("kind", "in", KINDS)
    .orderBy("at")
    .orderBy("seq")
    .limit(limit)
    .execute()
  return rows.map((row) => asEvent(row) as KeptEvent)
}

/** Number of the first event at or after a moment; past the last number if there is none. */
const seqAt = async (tx: Tx, accountId: AccountId, at: Millis): Promise<number> => {
  const row = await tx.db
    .selectFrom("events")
    .select("seq")
    .where("account_id", "=", accountId)
    .where("at", ">=", at)
    .orderBy("at")
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? Number.MAX_SAFE_INTEGER
}

/**
 * The last event about each of these subjects before a moment: how each stood then. None for a subject of
 * which there is none. One step into an index a subject, however long ago it was.
 */
export const lastBefore = async (
  tx: Tx,
  accountId: AccountId,
  subjects: readonly string[],
  before: Millis,
): Promise<KeptEvent[]> => {
  const seq = await seqAt(tx, accountId, before)
  const found: KeptEvent[] = []
  for (const some of inChunks(subjects)) {
    const values = sql.join(some.map((subject) => sql`(${subject})`))
    const { rows } = await sql<{
      seq: number
      body: string
      at: Millis
    }>`select seq, body, at from events where account_id = ${accountId} and seq in (
        select (select e.seq from events e
            where e.account_id = ${accountId} and e.subject = subjects.column1 and e.seq < ${seq}
            order by e.seq desc limit 1)
        from (values ${values}) as subjects)`.execute(tx.db)
    found.push(...rows.map((row) => asEvent(row) as KeptEvent))
  }
  return found
}

/** When the oldest event after number `seq` happened; null if there is none. */
export const firstAfter = async (tx: Tx, accountId: AccountId, seq: number): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("events")
    .select("at")
    .where("account_id", "=", accountId)
    .where("seq", ">", seq)
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

export type LaneAgent = Pick<AgentRow, "id" | "name" | "created_at" | "removed_at" | "active" | "active_at">

/** Everybody who ever was an agent of the account, by name. */
export const lanesOf = (tx: Tx, accountId: AccountId): Promise<LaneAgent[]> =>
  tx.db
    .selectFrom("agents")
    .select(["id", "name", "created_at", "removed_at", "active", "active_at"])
    .where("account_id", "=", accountId)
    .orderBy("name")
    .orderBy("id")
    .execute()

export type LaneDevice = Pick<DeviceRow, "id" | "agent_id" | "label" | "kind" | "created_at">

/** Devices that were signed in at some time in [from, to). */
export const devicesBetween = (
  tx: Tx,
  accountId: AccountId,
  { from, to }: { from: Millis; to: Millis },
): Promise<LaneDevice[]> =>
  tx.db
    .selectFrom("devices")
    .select(["id", "agent_id", "label", "kind", "created_at"])
    .where("account_id", "=", accountId)
    .where("created_at", "<", to)
    // A device that was signed out fades for at most ten minutes.
    .where((eb) => eb.or([eb("revoked_at", "is", null), eb("revoked_at", ">=", from - HOUR)]))
    .orderBy("created_at")
    .orderBy("id")
    .execute()

/** All groups of the account, deleted ones too, by name. */
export const allGroups = (
  tx: Tx,
  accountId: AccountId,
): Promise<{ id: GroupId; name: string; created_at: Millis; deleted_at: Millis | null }[]> =>
  tx.db
    .selectFrom("groups")
    .select(["id", "name", "created_at", "deleted_at"])
    .where("account_id", "=", accountId)
    .orderBy("name")
    .orderBy("id")
    .execute()

export type MarkedMail = Pick<DeliveryRow, "id" | "kind" | "to_address" | "state" | "created_at"> & {
  conversation_id: ConversationId
}

/** Mails about conversations, queued in [from, to), oldest first, at most `limit`. */
export const mailsBetween = async (
  tx: Tx,
  accountId: AccountId,
  { from, to }: { from: Millis; to: Millis },
  limit: number,
): Promise<MarkedMail[]> => {
  const rows = await tx.db
    .selectFrom("deliveries")
    .select(["id", "kind", "to_address", "state", "created_at", "conversation_id"])
    .where("account_id", "=", accountId)
    .where("created_at", ">=", from)
    .where("created_at", "<", to)
    .where("conversation_id", "is not", null)
    .orderBy("created_at")
    .limit(limit)
    .execute()
  return rows as MarkedMail[]
}

export interface MarkedConversation {
  id: ConversationId
  groupId: GroupId | null
  visitor: string
}

/** Group and visitor of these conversations. */
export const conversationsMarked = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, MarkedConversation>> => {
  const found = new Map<ConversationId, MarkedConversation>()
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("conversations")
      .innerJoin("visitors", (join) =>
        join
          .onRef("visitors.account_id", "=", "conversations.account_id")
          .onRef("visitors.id", "=", "conversations.visitor_id"),
      )
      .select(["conversations.id", "conversations.group_id", "visitors.name", "visitors.address"])
      .where("conversations.account_id", "=", accountId)
      .where("conversations.id", "in", some)
      .execute()
    for (const row of rows) {
      found.set(row.id, { id: row.id, groupId: row.group_id, visitor: row.name ?? row.address ?? "" })
    }
  }
  return found
}
