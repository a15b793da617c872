import type { AccountId, ConversationId, DeliveryId, MailId } from "../../shared/words/ids.ts"
import type { DeliveryState, MailKind } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { type ClaimTerms, claimed, UNCLAIMED } from "./claims.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { DeliveryRow } from "./tables-mail.ts"

/**
 * The durable queue of mails. States and who may change them: DELIVERY_STATES in shared/words/nouns.ts;
 * a `sending` row belongs to its owner until the lease ends, and only the owner settles it.
 */
export type NewDelivery = Pick<
  DeliveryRow,
  | "account_id"
  | "id"
  | "kind"
  | "conversation_id"
  | "agent_id"
  | "to_address"
  | "message_id"
  | "content"
  | "gives_up_at"
> & { mail_id?: DeliveryRow["mail_id"] }

/** Queues mails, due at once; with `claim` they are claimed from the start, as if by a first `claimDue`. */
export const enqueueAll = async (
  tx: Tx,
  mails: readonly NewDelivery[],
  claim: ClaimTerms | null = null,
): Promise<void> => {
  const rows = mails.map(
    (mail): DeliveryRow => ({
      mail_id: null,
      ...mail,
      ...(claim ? claimed(claim) : UNCLAIMED),
      attempts: claim ? 1 : 0,
      next_at: claim ? claim.until : tx.now,
      outcome: null,
      answer: null,
      server: null,
      note: null,
      bounced_at: null,
      created_at: tx.now,
      settled_at: null,
    }),
  )
  // In the same process a row costs what it is; over a network each statement is a journey.
  if (tx.dialect === "sqlite") for (const row of rows) await insertRow(tx, row)
  else for (const some of inChunks(rows)) await tx.db.insertInto("deliveries").values(some).execute()
}

const insertRow = prepared((db, row: DeliveryRow) =>
  db.insertInto("deliveries").values({
    account_id: row.account_id,
    id: row.id,
    kind: row.kind,
    conversation_id: row.conversation_id,
    agent_id: row.agent_id,
    to_address: row.to_address,
    message_id: row.message_id,
    content: row.content,
    gives_up_at: row.gives_up_at,
    mail_id: row.mail_id,
    state: row.state,
    attempts: row.attempts,
    next_at: row.next_at,
    claimed_by: row.claimed_by,
    claimed_until: row.claimed_until,
    outcome: row.outcome,
    answer: row.answer,
    server: row.server,
    note: row.note,
    bounced_at: row.bounced_at,
    created_at: row.created_at,
    settled_at: row.settled_at,
  }),
)

export const enqueue = (tx: Tx, mail: NewDelivery): Promise<void> => enqueueAll(tx, [mail])

/** Takes a mail back in the transaction that queued it: nobody has seen it. */
export const withdraw = async (tx: Tx, accountId: AccountId, id: DeliveryId): Promise<void> => {
  await tx.db.deleteFrom("deliveries").where("account_id", "=", accountId).where("id", "=", id).execute()
}

/** The first mail of this kind about a conversation to an address: later ones follow in its thread. */
export const threadRoot = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  kind: MailKind,
  address: string,
): Promise<{ messageId: string; topic: string } | null> => {
  const row = await tx.db
    .selectFrom("deliveries")
    .select(["message_id", "content"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("kind", "=", kind)
    .where("to_address", "=", address)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return asRoot(row)
}

/** What later mails of a thread take from its first; no words where the row cannot be read. */
export const asRoot = (
  row: Pick<DeliveryRow, "message_id" | "content">,
): { messageId: string; topic: string } => {
  try {
    const content = JSON.parse(row.content) as { topic?: string; messages: { text: string }[] }
    return { messageId: row.message_id, topic: content.topic ?? content.messages[0]?.text ?? "" }
  } catch {
    return { messageId: row.message_id, topic: "" }
  }
}

/** The notices of both kinds about these conversations so far, oldest first: one thread, and one hour's count. */
export const noticesAbout = async (
  tx: Tx,
  accountId: AccountId,
  conversationIds: readonly ConversationId[],
): Promise<Pick<DeliveryRow, "conversation_id" | "to_address" | "message_id" | "content" | "created_at">[]> =>
  // Sorted here: asked for an order, SQLite reads all mails of the account along it.
  (
    await tx.db
      .selectFrom("deliveries")
      .select(["conversation_id", "to_address", "message_id", "content", "created_at"])
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", conversationIds)
      .where("kind", "in", ["offline-notice", "missed-notice"])
      .execute()
  ).sort((a, b) => a.created_at - b.created_at)

export const findDelivery = (
  tx: Tx,
  accountId: AccountId,
  id: DeliveryId,
): Promise<DeliveryRow | undefined> =>
  tx.db
    .selectFrom("deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** A mail that is to be changed: nobody claims it or gives it back until the end of the transaction. */
export const holdDelivery = (
  tx: Tx,
  accountId: AccountId,
  id: DeliveryId,
): Promise<DeliveryRow | undefined> => {
  const query = tx.db
    .selectFrom("deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
  return (tx.dialect === "postgres" ? query.forUpdate() : query).executeTakeFirst()
}

/** The only way a delivery changes once it is queued and claimed. */
export const stepDelivery = async (
  tx: Tx,
  accountId: AccountId,
  id: DeliveryId,
  change: {
    state: DeliveryState
    next_at: Millis | null
    outcome?: string | null
    answer?: string | null
    server?: string | null
    settled_at: Millis | null
    content?: string
    note?: string | null
    bounced_at?: null
  },
): Promise<void> => {
  await tx.db
    .updateTable("deliveries")
    .set({ ...change, claimed_by: null, claimed_until: null })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const saveCaptured = async (
  tx: Tx,
  accountId: AccountId,
  deliveryId: DeliveryId,
  raw: Buffer,
): Promise<void> => {
  await tx.db
    .insertInto("captured_mails")
    .values({ account_id: accountId, delivery_id: deliveryId, raw, at: tx.now })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "delivery_id"]).doUpdateSet({ raw, at: tx.now }),
    )
    .execute()
}

/** Mails about a conversation, oldest first. */
export const deliveriesOf = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
): Promise<DeliveryRow[]> =>
  tx.db
    .selectFrom("deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("created_at")
    .execute()

/** Where a mail of `mails` goes, and what was reported of it. */
export const deliveriesOfMail = (
  tx: Tx,
  accountId: AccountId,
  mailId: MailId,
): Promise<Pick<DeliveryRow, "id" | "state" | "content">[]> =>
  tx.db
    .selectFrom("deliveries")
    .select(["id", "state", "content"])
    .where("account_id", "=", accountId)
    .where("mail_id", "=", mailId)
    .execute()

/** What a mail is written from, with something taken out of it. */
export const saveContent = async (
  tx: Tx,
  accountId: AccountId,
  id: DeliveryId,
  content: string,
): Promise<void> => {
  await tx.db
    .updateTable("deliveries")
    .set({ content })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Mails of one account, or of the relay, newest first. */
export const newestDeliveries = (
  tx: Tx,
  filter: { accountId: AccountId | null; state: DeliveryState | null; limit: number },
): Promise<DeliveryRow[]> => {
  let query = tx.db.selectFrom("deliveries").selectAll()
  if (filter.accountId !== null) query = query.where("account_id", "=", filter.accountId)
  if (filter.state !== null) query = query.where("state", "=", filter.state)
  // Only what is not settled has a next time: a short index instead of all that ever went out.
  if (filter.state === "queued" || filter.state === "sending") query = query.where("next_at", ">", 0)
  return query.orderBy("created_at", "desc").limit(filter.limit).execute()
}

/** A mail by its id alone: for operators, who do not know its account. */
export const findDeliveryAnywhere = (tx: Tx, id: DeliveryId): Promise<DeliveryRow | undefined> =>
  tx.db
    .selectFrom("deliveries")
    .selectAll()
    // One look an account along the key, which it leads: an index on ids alone would cost every mail.
    .where("account_id", "in", tx.db.selectFrom("accounts").select("id"))
    .where("id", "=", id)
    .executeTakeFirst()

export const capturedRaw = async (tx: Tx, accountId: AccountId, id: DeliveryId): Promise<Buffer | null> => {
  const row = await tx.db
    .selectFrom("captured_mails")
    .select("raw")
    .where("account_id", "=", accountId)
    .where("delivery_id", "=", id)
    .executeTakeFirst()
  return row?.raw ?? null
}

/** Mails that are counted at most, of all accounts. */
const MOST_COUNTED = 100_000

/** How many mails wait, and since when the oldest does: of an account, or of the whole relay. */
export const queueAge = async (
  tx: Tx,
  accountId: AccountId | null = null,
): Promise<{ queued: number; oldestQueuedAt: Millis | null }> => {
  // Until it is settled, and no longer, a mail has a next time.
  if (accountId === null) {
    const all = tx.db
      .selectFrom("deliveries")
      .select((eb) => [eb.fn.countAll().as("n"), eb.fn.min("created_at").as("oldest")])
      .where("next_at", "is not", null)
    return queued(await all.executeTakeFirst())
  }
  // Within what waits, so that SQLite does not look through all that the account ever sent.
  const waiting = tx.db
    .selectFrom("deliveries")
    .select(["account_id", "created_at"])
    .where("next_at", ">", 0)
    .orderBy("next_at")
    .limit(MOST_COUNTED)
    .as("counted")
  const own = tx.db
    .selectFrom(waiting)
    .select((eb) => [eb.fn.countAll().as("n"), eb.fn.min("created_at").as("oldest")])
    .where("account_id", "=", accountId)
  return queued(await own.executeTakeFirst())
}

const queued = (row: { n: number | string | bigint; oldest: Millis | null } | undefined) => ({
  queued: Number(row?.n ?? 0),
  oldestQueuedAt: row?.oldest ?? null,
})
