import path from "node:path"
import { sql } from "kysely"
import { actions as product } from "../../relay/actions/index.ts"
import { openSqlite } from "../../relay/store/sqlite.ts"
import type { Store, Tx } from "../../relay/store/store.ts"
import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { multiply } from "./multiply.ts"

/** The product's actions, and what a benchmark fills its tables with. */

const PIECE = 5000

/**
 * Copies a conversation under the numbers `from` to `to`, each with a batch that counts; the one of number n
 * falls due n seconds after `dueAt`: open batches as far as indexes and the decision loop go.
 */
const copyOpen = async (
  tx: Tx,
  given: { accountId: AccountId; conversationId: ConversationId; from: number; to: number; dueAt: Millis },
): Promise<void> => {
  const row = await tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", given.accountId)
    .where("id", "=", given.conversationId)
    .executeTakeFirstOrThrow()
  const columns = Object.keys(row)
  const names = sql.join(columns.map((column) => sql.ref(column)))
  for (let start = given.from; start < given.to; start += PIECE) {
    const values = columns.map((column) =>
      column === "id"
        ? sql`${given.conversationId} || '-' || n`
        : column === "due_at"
          ? sql`cast(${given.dueAt} as bigint) + n * 1000`
          : column === "batch"
            ? sql`'counting'`
            : sql.ref(column),
    )
    const last = Math.min(start + PIECE, given.to)
    await sql`with recursive numbers(n) as (
        select ${sql.lit(start)} union all select n + 1 from numbers where n + 1 < ${sql.lit(last)}
      )
      insert into conversations (${names})
      select ${sql.join(values)} from conversations, numbers
      where account_id = ${given.accountId} and id = ${given.conversationId}`.execute(tx.db)
  }
}

/** Lets the batches of an account fall due in groups: `size` at `first`, the next ones `every` ms later. */
const spreadDue = async (
  tx: Tx,
  given: { accountId: AccountId; first: Millis; size: number; every: Millis },
): Promise<void> => {
  const rows = await tx.db
    .selectFrom("conversations")
    .select("id")
    .where("account_id", "=", given.accountId)
    .where("batch", "=", "counting")
    .orderBy("id")
    .execute()
  for (const [index, { id }] of rows.entries()) {
    await tx.db
      .updateTable("conversations")
      .set({ due_at: given.first + Math.floor(index / given.size) * given.every })
      .where("account_id", "=", given.accountId)
      .where("id", "=", id)
      .execute()
  }
}

/** As the sweeps and a database's own upkeep have it after a while. */
const analyze = async (tx: Tx): Promise<void> => {
  await (tx.dialect === "postgres" ? sql`analyze` : sql`pragma optimize`).execute(tx.db)
}

export const actions = { ...product, copyOpen, spreadDue, multiply, analyze }
export type BenchActions = typeof actions

/** The embedded store in a folder, with these actions. */
export const openBench = (data: string): Promise<Store<BenchActions>> =>
  openSqlite<BenchActions>({ file: path.join(data, "porchlight.db"), actionsUrl: new URL(import.meta.url) })
