import type { AccountId, WebhookId } from "../../shared/words/ids.ts"
import { isEmpty } from "./accounts.ts"
import type { Tx } from "./store.ts"
import type { WebhookRow } from "./tables-record.ts"

/** Where accounts are told of what happens. An account has a few; the relay as many as accounts have together. */

export const webhooksOf = (tx: Tx, accountId: AccountId): Promise<WebhookRow[]> =>
  tx.db
    .selectFrom("webhooks")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute()

export const findWebhook = (tx: Tx, accountId: AccountId, id: WebhookId): Promise<WebhookRow | undefined> =>
  tx.db
    .selectFrom("webhooks")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

export const insertWebhook = async (tx: Tx, row: WebhookRow): Promise<void> => {
  await tx.db.insertInto("webhooks").values(row).execute()
}

export const saveWebhook = async (
  tx: Tx,
  accountId: AccountId,
  id: WebhookId,
  change: Partial<Omit<WebhookRow, "account_id" | "id">>,
): Promise<void> => {
  if (isEmpty(change)) return
  await tx.db
    .updateTable("webhooks")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

export const deleteWebhook = async (tx: Tx, accountId: AccountId, id: WebhookId): Promise<void> => {
  await tx.db.deleteFrom("webhooks").where("account_id", "=", accountId).where("id", "=", id).execute()
}

/** Rows read at a time. */
const PAGE = 500

/** Accounts with webhooks that have not been told of everything that happened: of these, or of all (null). */
export const accountsToTell = async (tx: Tx, among: readonly AccountId[] | null): Promise<AccountId[]> => {
  if (among !== null) {
    if (among.length === 0) return []
    const rows = await tx.db
      .selectFrom("webhooks")
      .select(["account_id", "cursor"])
      .where("account_id", "in", among)
      .execute()
    return behindOf(tx, rows)
  }
  const found: AccountId[] = []
  for (let after = "" as AccountId; ; ) {
    const rows = await tx.db
      .selectFrom("webhooks")
      .select(["account_id", "cursor"])
      .where("account_id", ">", after)
      .orderBy("account_id")
      .limit(PAGE)
      .execute()
    found.push(...(await behindOf(tx, rows)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return [...new Set(found)]
    after = last.account_id
  }
}

const behindOf = async (
  tx: Tx,
  rows: readonly Pick<WebhookRow, "account_id" | "cursor">[],
): Promise<AccountId[]> => {
  const ids = [...new Set(rows.map((row) => row.account_id))]
  if (ids.length === 0) return []
  const accounts = await tx.db
    .selectFrom("accounts")
    .select(["id", "event_seq"])
    .where("id", "in", ids)
    .execute()
  return accounts
    .filter(({ id, event_seq }) => rows.some((row) => row.account_id === id && row.cursor < event_seq))
    .map(({ id }) => id)
}
