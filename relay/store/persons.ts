import { sql } from "kysely"
import type {
  AccountId,
  ConversationId,
  DeliveryId,
  InboundMailId,
  MailId,
  VisitorId,
} from "../../shared/words/ids.ts"
import { inChunks } from "./chunks.ts"
import { countOne } from "./counts.ts"
import type { Tx } from "./store.ts"
import type { Tables } from "./tables.ts"
import type { ConversationRow, VisitorRow } from "./tables-conversations.ts"

/**
 * All that is stored of a visitor: found, and erased. A table with a `conversation_id` or a `visitor_id` belongs into
 * one of the lists here; test/actions/persons.test.ts compares them with the tables that there are.
 */

/** Rows of a conversation, those that others hang on last; `conversations` itself comes after them. */
export const OF_CONVERSATION = [
  "search_entries",
  "hand_overs",
  "watermarks",
  "verdicts",
  "ratings",
  "undoables",
  "pushes",
  "webhook_deliveries",
  "reply_tokens",
  "attachments",
  "uploads",
  "events",
  "messages",
  "inbound_mails",
  "deliveries",
] as const satisfies readonly (keyof Tables)[]

/** Rows of a visitor; `visitors` itself comes after them. */
export const OF_VISITOR = ["visitor_tabs", "identities"] as const satisfies readonly (keyof Tables)[]

/** Rows of a mail that was sent. */
const OF_DELIVERY = ["captured_mails", "bounces", "verdicts"] as const

/** Everything of a visitor, by its keys. */
export interface PersonRows {
  /** Lowercase. */
  addresses: string[]
  visitors: VisitorRow[]
  conversations: ConversationRow[]
  /** Mails to them or about their conversations, and theirs that were passed on. */
  deliveries: DeliveryId[]
  /** Mails of theirs on the way to agents. */
  mails: MailId[]
  /** Theirs that are kept aside in conversations of others: nobody has confirmed them. */
  aside: InboundMailId[]
  messages: number
  attachments: number
  /** Of the attachments. */
  bytes: number
}

/** Mails that the relay writes to visitors, or to whoever asks for a trial. */
const TO_VISITORS = ["answer", "transcript", "delivery-report", "probe"] as const

export const visitorsByAddress = (tx: Tx, accountId: AccountId, address: string): Promise<VisitorRow[]> =>
  tx.db
    .selectFrom("visitors")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("address", "=", address)
    .execute()

const conversationsOf = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly VisitorId[],
): Promise<ConversationRow[]> => {
  const found: ConversationRow[] = []
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("conversations")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("visitor_id", "in", some)
      .execute()
    found.push(...rows)
  }
  return found
}

/**
 * What else is stored under their addresses. `ours`: addresses of the team, where mail about others goes too; `own`:
 * their conversations, whose mails are found with those.
 */
const byAddress = async (
  tx: Tx,
  accountId: AccountId,
  addresses: readonly string[],
  ours: Set<string>,
  own: ReadonlySet<ConversationId>,
) => {
  const mails: MailId[] = []
  const deliveries: DeliveryId[] = []
  const aside: InboundMailId[] = []
  for (const address of addresses) {
    const sent = await tx.db
      .selectFrom("mails")
      .select("id")
      .where("account_id", "=", accountId)
      .where((eb) =>
        eb.or([
          eb(sql<string>`lower(from_address)`, "=", address),
          eb(sql<string>`lower(envelope_from)`, "=", address),
        ]),
      )
      .execute()
    mails.push(...sent.map(({ id }) => id))
    const held = await tx.db
      .selectFrom("inbound_mails")
      .select(["id", "conversation_id"])
      .where("account_id", "=", accountId)
      .where("state", "in", ["unconfirmed", "automatic"])
      .where(sql<string>`lower(from_address)`, "=", address)
      .execute()
    aside.push(...held.filter((row) => !own.has(row.conversation_id)).map(({ id }) => id))
    if (ours.has(address)) continue
    const got = await tx.db
      .selectFrom("deliveries")
      .select("id")
      .where("account_id", "=", accountId)
      .where("to_address", "=", address)
      .where("kind", "in", TO_VISITORS)
      .execute()
    deliveries.push(...got.map(({ id }) => id))
  }
  return { mails, deliveries, aside }
}

/** Deliveries by what they belong to. */
const deliveriesBy = async <Id extends string>(
  tx: Tx,
  accountId: AccountId,
  column: "conversation_id" | "mail_id",
  ids: readonly Id[],
): Promise<DeliveryId[]> => {
  const found: DeliveryId[] = []
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("deliveries")
      .select("id")
      .where("account_id", "=", accountId)
      .where(column, "in", some as never)
      .execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

/** Finds all that is stored of these visitors and addresses. Reads the account's mails: not for every day. */
export const findPerson = async (
  tx: Tx,
  accountId: AccountId,
  visitors: readonly VisitorRow[],
  given: readonly string[],
  ours: Set<string>,
): Promise<PersonRows> => {
  const own = visitors.flatMap(({ address }) => (address === null ? [] : [address.toLowerCase()]))
  const addresses = [...new Set([...given, ...own])]
  const ids = visitors.map(({ id }) => id)
  const conversations = await conversationsOf(tx, accountId, ids)
  const conversationIds = conversations.map(({ id }) => id)
  const found = await byAddress(tx, accountId, addresses, ours, new Set(conversationIds))
  const deliveries = [
    ...found.deliveries,
    ...(await deliveriesBy(tx, accountId, "conversation_id", conversationIds)),
    ...(await deliveriesBy(tx, accountId, "mail_id", found.mails)),
  ]
  const counts = { messages: 0, attachments: 0, bytes: 0 }
  for (const some of inChunks(conversationIds)) {
    const written = await tx.db
      .selectFrom("messages")
      .select((eb) => eb.fn.countAll().as("n"))
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .executeTakeFirstOrThrow()
    const files = await tx.db
      .selectFrom("attachments")
      .select((eb) => [eb.fn.countAll().as("n"), eb.fn.sum("size").as("bytes")])
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .executeTakeFirstOrThrow()
    counts.messages += Number(written.n)
    counts.attachments += Number(files.n)
    counts.bytes += Number(files.bytes ?? 0)
  }
  return {
    addresses,
    visitors: [...visitors],
    conversations,
    deliveries: [...new Set(deliveries)],
    mails: found.mails,
    aside: found.aside,
    ...counts,
  }
}

/** Removes rows of one table where a column has one of these values. */
const remove = async (
  tx: Tx,
  accountId: AccountId,
  table: keyof Tables,
  column: string,
  values: readonly string[],
): Promise<void> => {
  for (const some of inChunks(values))
    await tx.db
      .deleteFrom(table as "messages")
      .where("account_id", "=", accountId)
      .where(column as "id", "in", some as never)
      .execute()
}

/** Removes all that was found. Under the account's lock. */
export const erasePersonRows = async (
  tx: Tx,
  accountId: AccountId,
  person: PersonRows,
  ours: Set<string>,
): Promise<void> => {
  const conversationIds = person.conversations.map(({ id }): ConversationId => id)
  const visitorIds = person.visitors.map(({ id }) => id)
  await waitForUploads(tx, accountId, visitorIds)
  await removeReplyTokens(tx, accountId, conversationIds)
  for (const table of OF_DELIVERY) await remove(tx, accountId, table, "delivery_id", person.deliveries)
  await remove(tx, accountId, "probes", "id", person.deliveries)
  await remove(tx, accountId, "attachments", "inbound_mail_id", person.aside)
  await remove(tx, accountId, "search_entries", "ref", person.aside)
  await remove(tx, accountId, "inbound_mails", "id", person.aside)
  for (const table of OF_CONVERSATION) await remove(tx, accountId, table, "conversation_id", conversationIds)
  await remove(tx, accountId, "deliveries", "id", person.deliveries)
  await remove(tx, accountId, "mails", "id", person.mails)
  for (const row of person.conversations) await countOne(tx, accountId, row, -1)
  await remove(tx, accountId, "conversations", "id", conversationIds)
  for (const table of OF_VISITOR) await remove(tx, accountId, table, "visitor_id", visitorIds)
  await remove(tx, accountId, "uploads", "owner_id", visitorIds)
  await remove(tx, accountId, "upload_counts", "owner_id", visitorIds)
  await remove(tx, accountId, "visitors", "id", visitorIds)
  await remove(tx, accountId, "senders_told", "address", person.addresses)
  const theirs = person.addresses.filter((address) => !ours.has(address))
  await remove(tx, accountId, "destinations", "address", theirs)
}

/** Files come without the account's lock (`keepVisitor`): what is under way is stored first, and goes with the others. */
const waitForUploads = async (tx: Tx, accountId: AccountId, ids: readonly VisitorId[]): Promise<void> => {
  if (tx.dialect === "sqlite") return
  for (const some of inChunks(ids)) {
    const query = tx.db.selectFrom("visitors").select("id").where("account_id", "=", accountId)
    await query.where("id", "in", some).forUpdate().execute()
  }
}

const removeReplyTokens = async (
  tx: Tx,
  accountId: AccountId,
  conversationIds: readonly ConversationId[],
): Promise<void> => {
  for (const some of inChunks(conversationIds)) {
    const rows = await tx.db
      .selectFrom("reply_tokens")
      .select("token")
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .execute()
    for (const keys of inChunks(rows.map(({ token }) => token)))
      await tx.db.deleteFrom("directory").where("kind", "=", "reply-token").where("key", "in", keys).execute()
  }
}
