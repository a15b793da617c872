import { sql } from "kysely"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"

/** What happens by itself in an account, and when next; null: nothing of the kind. */
export interface Moments {
  /** A presence changes, or what accounts.changes_at stands for. */
  settle: Millis | null
  /** A batch falls due. */
  due: Millis | null
  /** A conversation may count as missed. */
  missed: Millis | null
  /** The "we're busy" bot looks. */
  bot: Millis | null
}

const earliest = (...moments: (Millis | null)[]): Millis | null => {
  const known = moments.filter((moment) => moment !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** The next moments of an account, in one statement; each is the head of an index. */
export const nextMoments = async (tx: Tx, accountId: AccountId): Promise<Moments> => {
  const [row] = (await momentsBy(tx, { accountId })).rows
  if (!row) return { settle: null, due: null, missed: null, bot: null }
  return {
    settle: earliest(row.changes_at, row.presence),
    due: row.due,
    missed: row.missed,
    bot: row.bot,
  }
}

const momentsBy = prepared((db, { accountId }: { accountId: AccountId }) => {
  const first = (table: "devices" | "conversations", column: string) =>
    sql<Millis | null>`(select ${sql.ref(column)} from ${sql.table(table)}
      where account_id = ${accountId} and ${sql.ref(column)} is not null order by ${sql.ref(column)} limit 1)`
  return db
    .selectFrom("accounts")
    .select([
      "changes_at",
      first("devices", "changes_at").as("presence"),
      first("conversations", "due_at").as("due"),
      first("conversations", "missed_due_at").as("missed"),
      first("conversations", "bot_due_at").as("bot"),
    ])
    .where("id", "=", accountId)
})

type Column = "due_at" | "missed_due_at" | "bot_due_at"

/** Accounts of the first `limit` rows due, and when the next one is (now, if more may wait behind the page). */
interface Due {
  accounts: AccountId[]
  nextAt: Millis | null
}

const dueOf = (rows: { account_id: AccountId; at: Millis | null }[], now: Millis, limit: number): Due => ({
  accounts: rows.filter((row) => row.at! <= now).map((row) => row.account_id),
  nextAt: rows.find((row) => row.at! > now)?.at ?? (rows.length === limit ? now : null),
})

const conversationsDue = async (tx: Tx, column: Column, limit: number): Promise<Due> =>
  dueOf(
    await tx.db
      .selectFrom("conversations")
      .select(["account_id", sql.ref<Millis | null>(column).as("at")])
      .where(column, "is not", null)
      .orderBy(column)
      .limit(limit)
      .execute(),
    tx.now,
    limit,
  )

const presencesDue = async (tx: Tx, limit: number): Promise<Due> =>
  dueOf(
    await tx.db
      .selectFrom("devices")
      .select(["account_id", "changes_at as at"])
      .where("changes_at", "is not", null)
      .orderBy("changes_at")
      .limit(limit)
      .execute(),
    tx.now,
    limit,
  )

const accountsChanging = async (tx: Tx, limit: number): Promise<Due> =>
  dueOf(
    await tx.db
      .selectFrom("accounts")
      .select(["id as account_id", "changes_at as at"])
      .where("changes_at", "is not", null)
      .orderBy("changes_at")
      .limit(limit)
      .execute(),
    tx.now,
    limit,
  )

const together = (all: readonly Due[]): Due => ({
  accounts: [...new Set(all.flatMap((due) => due.accounts))],
  nextAt: earliest(...all.map((due) => due.nextAt)),
})

/** Accounts in which a presence, hours or a status change by themselves at or before now. */
export const accountsToSettle = async (tx: Tx, limit: number): Promise<Due> =>
  together([await presencesDue(tx, limit), await accountsChanging(tx, limit)])

/** Accounts in which something is to be decided: batches, missed conversations, the bot. */
export const accountsToJudge = async (tx: Tx, limit: number): Promise<Due> =>
  together([
    await conversationsDue(tx, "due_at", limit),
    await conversationsDue(tx, "missed_due_at", limit),
    await conversationsDue(tx, "bot_due_at", limit),
  ])

/** When the batch that waits longest was or is due; null: none waits. */
export const oldestDueAt = async (tx: Tx): Promise<Millis | null> => {
  const due = await tx.db
    .selectFrom("conversations")
    .select((eb) => eb.fn.min("due_at").as("at"))
    .where("due_at", "is not", null)
    .executeTakeFirst()
  return due?.at ?? null
}
