import type { AccountId, MailId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { MailRow } from "./tables.ts"

/** Mails on their way through, each stored once for all its deliveries. */

export const insertMail = async (tx: Tx, row: MailRow): Promise<void> => {
  await tx.db.insertInto("mails").values(row).execute()
}

/** The bytes of a mail as it goes out; null once it was swept. */
export const rawOfMail = async (tx: Tx, accountId: AccountId, id: MailId): Promise<Buffer | null> => {
  const row = await tx.db
    .selectFrom("mails")
    .select("raw")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()
  return row?.raw ?? null
}
