import { sql } from "kysely"
import type { AccountId, AgentId, ConversationId } from "../../shared/words/ids.ts"
import { rowsThatFit } from "./chunks.ts"
import type { PersonRows } from "./persons.ts"
import type { Tx } from "./store.ts"
import type { Tables } from "./tables.ts"
import type { MessageRow } from "./tables-conversations.ts"
import type { UploadRow } from "./tables-uploads.ts"

/** Reading what is exported: of one person, or all rows of an account, table by table. */

/**
 * The tables of an account in the order of an export, with what their rows are read along beside `account_id`, and
 * the column of those that have whole files in them.
 */
export const EXPORTED: readonly { table: keyof Tables; key: readonly string[]; bytes?: string }[] = [
  { table: "accounts", key: ["id"] },
  { table: "agents", key: ["id"] },
  { table: "agent_pictures", key: ["agent_id"], bytes: "bytes" },
  { table: "devices", key: ["id"] },
  { table: "groups", key: ["id"] },
  { table: "group_members", key: ["group_id", "agent_id"] },
  { table: "sites", key: ["id"] },
  { table: "site_boxes", key: ["site_id"] },
  { table: "redirects", key: ["owner_kind", "owner_id"] },
  { table: "verified_addresses", key: ["address"] },
  { table: "destinations", key: ["address"] },
  { table: "mail_names", key: ["name"] },
  { table: "canned_answers", key: ["id"] },
  { table: "webhooks", key: ["id"] },
  { table: "visitors", key: ["id"] },
  { table: "identities", key: ["visitor_id"] },
  { table: "conversations", key: ["id"] },
  { table: "messages", key: ["conversation_id", "seq"] },
  { table: "attachments", key: ["id"], bytes: "bytes" },
  { table: "inbound_mails", key: ["id"], bytes: "raw" },
  { table: "ratings", key: ["conversation_id"] },
  { table: "hand_overs", key: ["conversation_id", "n"] },
  { table: "watermarks", key: ["conversation_id", "agent_id"] },
  { table: "verdicts", key: ["conversation_id", "seq", "agent_id", "kind"] },
  { table: "deliveries", key: ["id"] },
  { table: "mails", key: ["id"], bytes: "raw" },
  { table: "bounces", key: ["id"], bytes: "raw" },
  { table: "probes", key: ["id"] },
  { table: "changes", key: ["seq"] },
  { table: "events", key: ["seq"] },
]

/** What is in no export, as it would let somebody in or would sign in our name. */
const SECRET = new Set([
  "token_hash",
  "secret_hash",
  "secret",
  "old_secret",
  "identity_key",
  "push",
  "state_hash",
])

type Row = Record<string, unknown>

const without = (row: Row): Row => {
  const rest = Object.fromEntries(Object.entries(row).filter(([column]) => !SECRET.has(column)))
  return typeof rest.content === "string" ? { ...rest, content: withoutTokens(rest.content) } : rest
}

/** What a mail was written from, without the code it brought, and without what its links are made of. */
const withoutTokens = (content: string): unknown => {
  const facts = JSON.parse(content) as Row
  return Object.fromEntries(Object.entries(facts).filter(([key]) => key !== "code" && !/token$/i.test(key)))
}

/**
 * A page of a table of an account, after a row (null: from the first on), without secrets: at most `limit` rows, and
 * as many as may be in memory together. Empty: there are no more.
 */
export const exportPage = async (
  tx: Tx,
  accountId: AccountId,
  table: keyof Tables,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<Row[]> => {
  const place = EXPORTED.find((one) => one.table === table)
  if (place === undefined) throw new Error(`${table} is not exported`)
  if (table === "accounts")
    return (await tx.db.selectFrom("accounts").selectAll().where("id", "=", accountId).execute()).map((row) =>
      without({ ...row }),
    )
  let query = tx.db
    .selectFrom(table as "messages")
    .selectAll()
    .where("account_id", "=", accountId)
  if (after !== null)
    query = query.where((eb) =>
      eb(
        eb.refTuple(...(place.key as [never, never])),
        ">",
        eb.tuple(...(after as unknown as [never, never])),
      ),
    )
  for (const column of place.key) query = query.orderBy(column as never)
  let fitting = limit
  if (place.bytes !== undefined) {
    const size = sql<number>`coalesce(length(${sql.ref(place.bytes)}), 0)`.as("size")
    const sizes = await query.clearSelect().select(size).limit(limit).execute()
    fitting = rowsThatFit(sizes.map((row) => row.size))
  }
  return (await query.limit(fitting).execute()).map((row) => without({ ...row }))
}

/** Where a page goes on after a row. */
export const placeOf = (table: keyof Tables, row: Row): (string | number)[] =>
  (EXPORTED.find((one) => one.table === table)?.key ?? []).map((column) => row[column] as string | number)

/** Messages of one conversation, and the files and mails that came with them, without their bytes. */
export const conversationForExport = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
) => ({
  messages: await tx.db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("seq")
    .execute(),
  attachments: await tx.db
    .selectFrom("attachments")
    .select(["id", "seq", "position", "name"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("seq")
    .orderBy("position")
    .execute(),
  inbound: await tx.db
    .selectFrom("inbound_mails")
    .select(["id", "subject", "at"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .execute(),
  rating: await tx.db
    .selectFrom("ratings")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .executeTakeFirst(),
})

/** What else there is of a visitor: mails that went out or came, files that were not sent yet, what pages said. */
export const restOfPerson = async (tx: Tx, accountId: AccountId, person: PersonRows) => {
  const uploads: Pick<UploadRow, "id" | "name">[] = []
  const identities: { visitor_id: string; said: string }[] = []
  for (const { id } of person.visitors) {
    uploads.push(
      ...(await tx.db
        .selectFrom("uploads")
        .select(["id", "name"])
        .where("account_id", "=", accountId)
        .where("owner_id", "=", id)
        .execute()),
    )
    identities.push(
      ...(await tx.db
        .selectFrom("identities")
        .select(["visitor_id", "said"])
        .where("account_id", "=", accountId)
        .where("visitor_id", "=", id)
        .execute()),
    )
  }
  const captured: string[] = []
  for (const id of person.deliveries) if (await isKept(tx, accountId, "captured_mails", id)) captured.push(id)
  const mails: string[] = []
  for (const id of person.mails) if (await isKept(tx, accountId, "mails", id)) mails.push(id)
  return { inbound: person.aside, mails, captured, uploads, identities }
}

/** Tables that have whole files in them: the column of their bytes, and the one they are found by. */
const FILES = {
  attachments: { bytes: "bytes", id: "id" },
  uploads: { bytes: "bytes", id: "id" },
  inbound_mails: { bytes: "raw", id: "id" },
  mails: { bytes: "raw", id: "id" },
  captured_mails: { bytes: "raw", id: "delivery_id" },
} as const

/** A file that is in the store. */
export interface KeptFile {
  table: keyof typeof FILES
  id: string
}

/** Whether there are bytes of it: those of mails that arrived are gone. */
const isKept = async (
  tx: Tx,
  accountId: AccountId,
  table: KeptFile["table"],
  id: string,
): Promise<boolean> => {
  const place = FILES[table]
  const row = await tx.db
    .selectFrom(table as "mails")
    .select(sql<number>`length(${sql.ref(place.bytes)})`.as("size"))
    .where("account_id", "=", accountId)
    .where(place.id as "id", "=", id as never)
    .executeTakeFirst()
  return (row?.size ?? 0) > 0
}

/** The bytes of one; undefined when it is not there any more. */
export const keptFile = async (
  tx: Tx,
  accountId: AccountId,
  { table, id }: KeptFile,
): Promise<Uint8Array | undefined> => {
  const place = FILES[table]
  const row = await tx.db
    .selectFrom(table as "mails")
    .select(sql<Uint8Array>`${sql.ref(place.bytes)}`.as("bytes"))
    .where("account_id", "=", accountId)
    .where(place.id as "id", "=", id as never)
    .executeTakeFirst()
  return row?.bytes
}

/** What an agent wrote, page by page through all of an account's messages. */
export const messagesByAgent = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<MessageRow[]> => {
  const found: MessageRow[] = []
  let after: readonly [string, number] = ["", 0]
  for (;;) {
    const rows = await tx.db
      .selectFrom("messages")
      .selectAll()
      .where("account_id", "=", accountId)
      .where(sql<boolean>`(conversation_id, seq) > (${after[0]}, ${after[1]})`)
      .orderBy("conversation_id")
      .orderBy("seq")
      .limit(1000)
      .execute()
    found.push(...rows.filter((row) => row.agent_id === agentId))
    const last = rows.at(-1)
    if (last === undefined || rows.length < 1000) return found
    after = [last.conversation_id, last.seq]
  }
}
