import { type RawBuilder, sql } from "kysely"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import { wordsOf } from "../../shared/words/search-words.ts"
import type { Millis } from "../../shared/words/time.ts"

/**
 * A history of any length: everything that belongs to one conversation is copied under other numbers, each copy a
 * second older than the one before, so that every table that grows with what happens has grown.
 */

interface Given {
  accountId: AccountId
  conversationId: ConversationId
  /** Copies number `from` to `to` (not with it). */
  from: number
  to: number
}

const PIECE = 5_000

/** Another id of the same form for each number: eight signs of it are the number's, in letters that ids have. */
const otherId = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`substr(${id}, 1, 15) || replace(replace(replace(replace(cast(n + 10000000 as text), '0', 'a'), '1', 'b'), '8', 'c'), '9', 'd')`

type Change = (column: string) => RawBuilder<unknown> | null

/** Rows of a table that belong to the conversation, once for each number, with some columns changed. */
const copy = async (
  tx: Tx,
  table: string,
  belongs: RawBuilder<unknown>,
  change: Change,
  numbers: { first: number; last: number },
): Promise<void> => {
  const all = await tx.db.introspection.getTables()
  const columns = all.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? []
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const values = sql.join(columns.map((column) => change(column) ?? sql.ref(column)))
  await sql`with recursive numbers(n) as (
      select cast(${sql.lit(numbers.first)} as integer) union all select n + 1 from numbers where n + 1 < ${sql.lit(numbers.last)}
    )
    insert into ${sql.table(table)} (${names})
    select ${values} from ${sql.table(table)}, numbers where ${belongs}`.execute(tx.db)
}

/** Copies a conversation, closed and dealt with, so many times. */
export const multiply = async (tx: Tx, given: Given): Promise<void> => {
  const { accountId, conversationId } = given
  const conversation = await tx.db
    .selectFrom("conversations")
    .select("visitor_id")
    .where("account_id", "=", accountId)
    .where("id", "=", conversationId)
    .executeTakeFirstOrThrow()
  const ofAccount = sql`account_id = ${accountId}`
  const ofConversation = sql`${ofAccount} and conversation_id = ${conversationId}`
  const numbered = (name: string) =>
    name.endsWith("id") && name !== "message_id" ? otherId(sql.ref(name)) : sql`${sql.ref(name)} || '-' || n`
  const older = (name: string) => sql`${sql.ref(name)} - n * 1000`
  const change =
    (own: string[], moments: string[]): Change =>
    (column) =>
      own.includes(column) ? numbered(column) : moments.includes(column) ? older(column) : null

  // Copies of rows that belong together need no looking after; nothing of it has to be on disk before the next.
  if (tx.dialect === "postgres")
    await sql`set local session_replication_role = replica; set local synchronous_commit = off`.execute(tx.db)
  for (let first = given.from; first < given.to; first += PIECE) {
    const numbers = { first, last: Math.min(first + PIECE, given.to) }
    const put = (table: string, belongs: RawBuilder<unknown>, own: string[], moments: string[] = []) =>
      copy(tx, table, belongs, change(own, moments), numbers)
    await put("visitors", sql`${ofAccount} and id = ${conversation.visitor_id}`, ["id"], ["created_at"])
    await put(
      "conversations",
      sql`${ofAccount} and id = ${conversationId}`,
      ["id", "visitor_id"],
      ["last_message_at", "created_at"],
    )
    await put("messages", ofConversation, ["id", "conversation_id"], ["at"])
    await put("verdicts", ofConversation, ["conversation_id"], ["at"])
    await put("watermarks", ofConversation, ["conversation_id"], ["at"])
    await put(
      "deliveries",
      ofConversation,
      ["id", "conversation_id", "message_id"],
      ["created_at", "settled_at"],
    )
    await put("reply_tokens", ofConversation, ["token", "conversation_id"], ["created_at"])
    await copyEvents(tx, given, numbers)
    await copyWords(tx, given, numbers)
  }
  await sql`update conversation_counts set n = n + ${given.to - given.from}
    where account_id = ${accountId} and state = 'closed'`.execute(tx.db)
}

/**
 * Copies a conversation that waits for its decision so many times: number n falls due `n / aSecond` seconds after
 * `dueAt`, and was written by then less the account's wait.
 */
export const multiplyOpen = async (
  tx: Tx,
  given: {
    accountId: AccountId
    conversationId: ConversationId
    from: number
    to: number
    dueAt: Millis
    aSecond: number
  },
): Promise<void> => {
  const { accountId, conversationId, dueAt, aSecond } = given
  const { wait_ms: wait } = await tx.db
    .selectFrom("accounts")
    .select("wait_ms")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow()
  const { visitor_id: visitorId } = await tx.db
    .selectFrom("conversations")
    .select("visitor_id")
    .where("account_id", "=", accountId)
    .where("id", "=", conversationId)
    .executeTakeFirstOrThrow()
  const ofAccount = sql`account_id = ${accountId}`
  const ofConversation = sql`${ofAccount} and conversation_id = ${conversationId}`
  const at = (base: Millis) => sql`cast(${base} as bigint) + n * 1000 / ${sql.lit(aSecond)}`
  const numbers = { first: given.from, last: given.to }
  const put = (table: string, belongs: RawBuilder<unknown>, own: string[], moments: string[] = []) =>
    copy(
      tx,
      table,
      belongs,
      (column) =>
        own.includes(column)
          ? otherId(sql.ref(column))
          : column === "due_at"
            ? at(dueAt)
            : moments.includes(column)
              ? at(dueAt - wait)
              : null,
      numbers,
    )
  await put("visitors", sql`${ofAccount} and id = ${visitorId}`, ["id"], ["created_at"])
  await put(
    "conversations",
    sql`${ofAccount} and id = ${conversationId}`,
    ["id", "visitor_id"],
    ["last_message_at", "uncovered_at", "unanswered_at", "t0", "created_at"],
  )
  await put("messages", ofConversation, ["id", "conversation_id"], ["at"])
  await put("verdicts", ofConversation, ["conversation_id"], ["at"])
  await sql`update conversation_counts set n = n + ${given.to - given.from}
    where account_id = ${accountId} and state = 'unserved'`.execute(tx.db)
}

const copyEvents = async (
  tx: Tx,
  { accountId, conversationId }: Given,
  { first, last }: Numbers,
): Promise<void> => {
  const [row] = (
    await sql<{ seq: number; own: number }>`
      select event_seq as seq, (select count(*) from events where account_id = ${accountId}
        and conversation_id = ${conversationId}) as own from accounts where id = ${accountId}`.execute(tx.db)
  ).rows
  const own = Number(row?.own ?? 0)
  const base = Number(row?.seq ?? 0)
  await copy(
    tx,
    "events",
    sql`account_id = ${accountId} and conversation_id = ${conversationId}`,
    (column) =>
      column === "seq"
        ? sql`${base} + row_number() over (order by n, seq)`
        : column === "conversation_id"
          ? otherId(sql.ref("conversation_id"))
          : column === "at"
            ? sql`at - n * 1000`
            : null,
    { first, last },
  )
  await sql`update accounts set event_seq = ${base + own * (last - first)} where id = ${accountId}`.execute(
    tx.db,
  )
}

interface Numbers {
  first: number
  last: number
}

/** Entries of the search, newest numbers last: as many as the conversation has, with the words of its text. */
const copyWords = async (
  tx: Tx,
  { accountId, conversationId }: Given,
  { first, last }: Numbers,
): Promise<void> => {
  const { rows } = await sql<{ kind: string; ref: string; at: number; text: string | null }>`
    select e.kind, e.ref, e.at, m.text from search_entries e
    left join messages m on m.account_id = e.account_id and m.conversation_id = e.conversation_id
      and e.kind = 'message' and m.seq = cast(e.ref as integer)
    where e.account_id = ${accountId} and e.conversation_id = ${conversationId}`.execute(tx.db)
  const [top] = (
    await sql<{ top: number | null }>`select max(entry) as top from search_entries`.execute(tx.db)
  ).rows
  let entry = Number(top?.top ?? 0)
  const sign = accountId.slice(-5)
  for (const { kind, ref, at, text } of rows) {
    const words = wordsOf(text ?? "Vera Lamp vera@visitors.example").map(({ word }) => sign + word)
    const base = entry - first + 1
    const numbers = sql`with recursive numbers(n) as (
      select cast(${sql.lit(first)} as integer) union all select n + 1 from numbers where n + 1 < ${sql.lit(last)})`
    const overriding = tx.dialect === "postgres" ? sql`overriding system value` : sql``
    await sql`${numbers} insert into search_entries (entry, account_id, conversation_id, kind, ref, at)
      ${overriding} select ${sql.lit(base)} + n, ${accountId}, ${otherId(sql`cast(${conversationId} as text)`)}, ${kind}, ${ref},
        cast(${at} as bigint) - n * 1000 from numbers`.execute(tx.db)
    await (tx.dialect === "sqlite"
      ? sql`${numbers} insert into search_words (rowid, words) select ${sql.lit(base)} + n, ${words.join(" ")} from numbers`
      : sql`${numbers} insert into search_words (account_id, entry, words)
          select ${accountId}, ${sql.lit(base)} + n, array_to_tsvector(${[...new Set(words)]}::text[]) from numbers`
    ).execute(tx.db)
    entry += last - first
  }
  if (tx.dialect === "postgres")
    await sql`select setval(pg_get_serial_sequence('search_entries', 'entry'), ${entry})`.execute(tx.db)
}
