import { type Kysely, sql } from "kysely"
import type { AccountId, ConversationId, VisitorId } from "../../shared/words/ids.ts"
import { type Wanted, wordsOf } from "../../shared/words/search-words.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { Tables } from "./tables.ts"
import type { SearchEntryRow } from "./tables-search.ts"

/**
 * What can be found, kept in step by the statements that store it, in the same transaction. Words are folded by
 * us (shared/words/search-words.ts), so that both databases find the same; each is stored with a sign of its
 * account before it, so that a search reads what the account has and not what the relay has.
 * On SQLite `search_words` is an FTS5 table without contents (https://sqlite.org/fts5.html#contentless_tables),
 * on PostgreSQL it has a tsvector under a GIN index. What is deleted from `search_entries`, by itself or with its
 * conversation, goes from there too: by a trigger, and by a foreign key.
 */
export interface Searchable {
  db: Kysely<Tables>
  dialect: Tx["dialect"]
}

/** Accounts with the same sign only share lists of numbers: every search asks for the account as well. */
const signOf = (accountId: AccountId): string => accountId.slice(-5)

/** Makes an entry and its words. A text without words is none. */
export const addEntry = async (
  { db, dialect }: Searchable,
  entry: Omit<SearchEntryRow, "entry">,
  text: string,
): Promise<void> => {
  const words = [...new Set(wordsOf(text).map(({ word }) => word))]
  if (words.length === 0) return
  const signed = words.map((word) => signOf(entry.account_id) + word)
  const added = db.insertInto("search_entries").values(entry as SearchEntryRow)
  if (dialect === "sqlite") {
    const { entry: number } = await added.returning("entry").executeTakeFirstOrThrow()
    await sql`insert into search_words (rowid, words) values (${number}, ${signed.join(" ")})`.execute(db)
    return
  }
  await sql`with added as (${added.returning(["account_id", "entry"])})
    insert into search_words (account_id, entry, words)
    select account_id, entry, array_to_tsvector(${signed}::text[]) from added`.execute(db)
}

/** Name and address of the visitor, as they are now, in each of their conversations or in one. */
export const indexVisitor = async (
  tx: Searchable,
  accountId: AccountId,
  visitorId: VisitorId,
  at: Millis,
  only?: ConversationId,
): Promise<void> => {
  const visitor = await tx.db
    .selectFrom("visitors")
    .select(["name", "address"])
    .where("account_id", "=", accountId)
    .where("id", "=", visitorId)
    .executeTakeFirst()
  const ids =
    only === undefined
      ? await tx.db
          .selectFrom("conversations")
          .select("id")
          .where("account_id", "=", accountId)
          .where("visitor_id", "=", visitorId)
          .execute()
      : [{ id: only }]
  const text = [visitor?.name, visitor?.address].filter((words) => words != null).join(" ")
  for (const { id } of ids) {
    await tx.db
      .deleteFrom("search_entries")
      .where("account_id", "=", accountId)
      .where("conversation_id", "=", id)
      .where("kind", "=", "visitor")
      .execute()
    await addEntry(tx, { account_id: accountId, conversation_id: id, kind: "visitor", ref: "", at }, text)
  }
}

/** The newest entries that have all that is wanted, before an entry (null: from the newest on). */
export const findEntries = async (
  tx: Tx,
  accountId: AccountId,
  wanted: Wanted,
  page: { before: number | null; limit: number },
): Promise<SearchEntryRow[]> => {
  const sign = signOf(accountId)
  const before = page.before ?? Number.MAX_SAFE_INTEGER
  const { rows } = await (tx.dialect === "sqlite"
    ? sql<SearchEntryRow>`select search_entries.* from search_words
        join search_entries on search_entries.entry = search_words.rowid
        where search_words match ${ftsQuery(sign, wanted)} and search_words.rowid < ${before}
          and search_entries.account_id = ${accountId}
        order by search_words.rowid desc limit ${page.limit}`
    : sql<SearchEntryRow>`select search_entries.* from search_words
        join search_entries using (account_id, entry)
        where search_words.account_id = ${accountId} and search_words.words @@ ${tsQuery(sign, wanted)}::tsquery
          and search_words.entry < ${before}
        order by search_words.entry desc limit ${page.limit}`
  ).execute(tx.db)
  return rows
}

/** In FTS5's words: each one a string (our words hold letters and digits only), the last with a star. */
const ftsQuery = (sign: string, { words, begins }: Wanted): string =>
  [...words.map((word) => `"${sign}${word}"`), ...(begins === null ? [] : [`"${sign}${begins}" *`])].join(
    " AND ",
  )

/** The same for PostgreSQL. */
const tsQuery = (sign: string, { words, begins }: Wanted): string =>
  [...words.map((word) => `'${sign}${word}'`), ...(begins === null ? [] : [`'${sign}${begins}':*`])].join(
    " & ",
  )

/** Names of the files of a message `m`, in their order; null: it has none. */
export const fileNames = sql<
  string | null
>`(select string_agg(a.name, ' · ' order by a.position) from attachments as "a"
  where a.account_id = m.account_id and a.conversation_id = m.conversation_id and a.seq = m.seq)`

/** The texts of entries, by their numbers. */
export const textsOf = async (
  tx: Tx,
  accountId: AccountId,
  entries: readonly SearchEntryRow[],
): Promise<Map<number, string>> => {
  const numbers = entries.map(({ entry }) => entry)
  if (numbers.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom("search_entries as e")
    .innerJoin("conversations as c", (join) =>
      join.onRef("c.account_id", "=", "e.account_id").onRef("c.id", "=", "e.conversation_id"),
    )
    .innerJoin("visitors as v", (join) =>
      join.onRef("v.account_id", "=", "c.account_id").onRef("v.id", "=", "c.visitor_id"),
    )
    .leftJoin("messages as m", (join) =>
      join
        .onRef("m.account_id", "=", "e.account_id")
        .onRef("m.conversation_id", "=", "e.conversation_id")
        .on("m.seq", "=", sql<number>`case e.kind when 'message' then cast(e.ref as integer) end`),
    )
    .leftJoin("inbound_mails as i", (join) =>
      join
        .onRef("i.account_id", "=", "e.account_id")
        .on("i.id", "=", sql<never>`case e.kind when 'subject' then e.ref end`),
    )
    .select(["e.entry", "e.kind", "m.text", fileNames.as("files"), "i.subject", "v.name", "v.address"])
    .where("e.account_id", "=", accountId)
    .where("e.entry", "in", numbers)
    .execute()
  return new Map(
    rows.map((row) => [
      Number(row.entry),
      row.kind === "message"
        ? [row.text, row.files].filter(Boolean).join(" · ")
        : row.kind === "subject"
          ? (row.subject ?? "")
          : [row.name, row.address].filter((words) => words !== null).join(" · "),
    ]),
  )
}
