import { sql } from "kysely"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { rowsThatFit } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { Tables } from "./tables.ts"

/**
 * An agent's name and addresses, wherever they were written down beside what others did. Read page by page along
 * each table's key: an account's whole history is looked through once.
 */

interface Place {
  table: keyof Tables
  /** Beside `account_id`. */
  key: readonly string[]
  /** Columns that hold text, or JSON. */
  text: readonly string[]
  /** A column that holds bytes, and what becomes of them where a name is found: nothing is left of them. */
  bytes?: string
}

/** The log of changes and what others look at: each column that can hold somebody's name or address. */
const PLACES: readonly Place[] = [
  { table: "verdicts", key: ["conversation_id", "seq", "agent_id", "kind"], text: ["facts"] },
  { table: "deliveries", key: ["id"], text: ["to_address", "content", "note", "answer"] },
  { table: "captured_mails", key: ["delivery_id"], text: [], bytes: "raw" },
  { table: "inbound_mails", key: ["id"], text: ["envelope_from", "from_address", "auth"], bytes: "raw" },
  { table: "mails", key: ["id"], text: ["envelope_from", "from_address", "auth"], bytes: "raw" },
  { table: "bounces", key: ["id"], text: ["answer"], bytes: "raw" },
  { table: "reply_tokens", key: ["token"], text: ["address"] },
  { table: "events", key: ["seq"], text: ["body"] },
  { table: "changes", key: ["seq"], text: ["by_name", "thing", "name", "fields"] },
  { table: "webhook_deliveries", key: ["id"], text: ["body", "answer"] },
  { table: "conversations", key: ["id"], text: ["taken_by"] },
  { table: "undoables", key: ["conversation_id"], text: ["facts"] },
  { table: "canned_answers", key: ["id"], text: ["set_by"] },
  { table: "redirects", key: ["owner_kind", "owner_id"], text: ["set_by"] },
  { table: "verified_addresses", key: ["address"], text: ["verified_by"] },
  { table: "mail_names", key: ["name"], text: ["made_by"] },
  { table: "probes", key: ["id"], text: ["by"] },
  { table: "destinations", key: ["address"], text: ["fallback", "fallback_by", "answer"] },
  { table: "agents", key: ["id"], text: ["address_by"] },
]

/** Rows read at a time; fewer where they have whole mails in them. */
const PAGE = 200

type Row = Record<string, unknown>

/**
 * Rewrites every text, and empties bytes that are to go, in all of an account. `text`: what becomes of a text;
 * `goes`: whether bytes are to. Gives how many rows were changed.
 */
export const rewriteAll = async (
  tx: Tx,
  accountId: AccountId,
  { text, goes }: { text: (old: string) => string; goes: (bytes: Uint8Array) => boolean },
): Promise<number> => {
  let changed = 0
  for (const place of PLACES) {
    let after: Row | null = null
    for (;;) {
      const rows: Row[] = await pageOf(tx, accountId, place, after)
      for (const row of rows) {
        const change = changeOf(row, place, text, goes)
        if (change === null) continue
        changed += 1
        await save(tx, accountId, place, row, change)
      }
      if (rows.length === 0) break
      after = rows.at(-1) ?? null
    }
  }
  return changed
}

const pageOf = async (tx: Tx, accountId: AccountId, place: Place, after: Row | null): Promise<Row[]> => {
  const { table, key, text, bytes } = place
  const columns = [...key, ...text, ...(bytes === undefined ? [] : [bytes])]
  let query = tx.db
    .selectFrom(table as "messages")
    .select(columns as never)
    .where("account_id", "=", accountId)
  if (after !== null)
    query = query.where((eb) =>
      eb(
        eb.refTuple(...(key as [never, never])),
        ">",
        eb.tuple(...(key.map((one) => after[one]) as [never, never])),
      ),
    )
  for (const column of key) query = query.orderBy(column as never)
  if (bytes === undefined) return (await query.limit(PAGE).execute()) as Row[]
  const size = sql<number>`coalesce(length(${sql.ref(bytes)}), 0)`.as("size")
  const sizes = await query.clearSelect().select(size).limit(PAGE).execute()
  return (await query.limit(rowsThatFit(sizes.map((row) => row.size))).execute()) as Row[]
}

const changeOf = (
  row: Row,
  { text: columns, bytes }: Place,
  text: (old: string) => string,
  goes: (bytes: Uint8Array) => boolean,
): Row | null => {
  const change: Row = {}
  for (const column of columns) {
    const old = row[column]
    if (typeof old !== "string") continue
    const next = text(old)
    if (next !== old) change[column] = next
  }
  const held = bytes === undefined ? null : row[bytes]
  if (bytes !== undefined && held instanceof Uint8Array && held.length > 0 && goes(held))
    change[bytes] = Buffer.alloc(0)
  return Object.keys(change).length === 0 ? null : change
}

const save = async (
  tx: Tx,
  accountId: AccountId,
  { table, key }: Place,
  row: Row,
  change: Row,
): Promise<void> => {
  let query = tx.db
    .updateTable(table as "messages")
    .set(change as never)
    .where("account_id", "=", accountId)
  for (const column of key) query = query.where(column as "id", "=", row[column] as never)
  await query.execute()
}

/** What is an agent's alone: how they signed in, their devices' names, texts and files of their own. */
export const removeOwnOf = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<void> => {
  const own = { account: accountId, agent: agentId }
  await tx.db
    .deleteFrom("sign_in_codes")
    .where("account_id", "=", own.account)
    .where("agent_id", "=", own.agent)
    .execute()
  await tx.db
    .deleteFrom("address_codes")
    .where("account_id", "=", own.account)
    .where("agent_id", "=", own.agent)
    .execute()
  await tx.db
    .deleteFrom("canned_answers")
    .where("account_id", "=", own.account)
    .where("owner", "=", own.agent)
    .execute()
  await tx.db
    .deleteFrom("uploads")
    .where("account_id", "=", own.account)
    .where("owner_id", "=", own.agent)
    .execute()
  await tx.db
    .deleteFrom("upload_counts")
    .where("account_id", "=", own.account)
    .where("owner_id", "=", own.agent)
    .execute()
  await tx.db
    .updateTable("devices")
    .set({ label: "", token_hash: "", push: null, push_answer: null })
    .where("account_id", "=", own.account)
    .where("agent_id", "=", own.agent)
    .execute()
}

/** Addresses of an agent in the log and in codes: what were destinations of theirs. */
export const addressesOnce = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<string[]> => {
  const codes = await tx.db
    .selectFrom("address_codes")
    .select("address")
    .where("account_id", "=", accountId)
    .where("agent_id", "=", agentId)
    .execute()
  return codes.map(({ address }) => address)
}
