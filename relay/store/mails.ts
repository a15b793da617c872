import type { AccountId, MailId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { inChunks } from "./chunks.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { MailRow } from "./tables-mail.ts"

/** Mails on their way through, each stored once for all its deliveries. */

const insertRow = prepared((db, row: MailRow) =>
  db.insertInto("mails").values({
    account_id: row.account_id,
    id: row.id,
    envelope_from: row.envelope_from,
    from_address: row.from_address,
    message_id: row.message_id,
    subject: row.subject,
    auth: row.auth,
    raw: row.raw,
    at: row.at,
  }),
)

export const insertMail = async (tx: Tx, row: MailRow): Promise<void> => {
  await insertRow(tx, row)
}

/** What is known of a mail, without its bytes. */
export const findMail = (
  tx: Tx,
  accountId: AccountId,
  id: MailId,
): Promise<Omit<MailRow, "raw"> | undefined> =>
  tx.db
    .selectFrom("mails")
    .select(["account_id", "id", "envelope_from", "from_address", "message_id", "subject", "auth", "at"])
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

const rawById = prepared((db, { accountId, id }: { accountId: AccountId; id: MailId }) =>
  db.selectFrom("mails").select("raw").where("account_id", "=", accountId).where("id", "=", id),
)

/** The bytes of a mail as it goes out; null once they are not needed any more. */
export const rawOfMail = async (tx: Tx, accountId: AccountId, id: MailId): Promise<Buffer | null> => {
  const raw = (await rawById(tx, { accountId, id })).rows[0]?.raw
  return raw && raw.length > 0 ? raw : null
}

/**
 * Takes the bytes out of a mail that has arrived everywhere; what it was is still known. Of two relays that settle its
 * last deliveries at a time, the second waits for the first, and sees what it settled.
 */
export const emptyDelivered = async (tx: Tx, accountId: AccountId, id: MailId): Promise<void> => {
  if (tx.dialect === "postgres") await lockRow(tx, { accountId, id })
  await emptyRow(tx, { accountId, id, nothing: Buffer.alloc(0) })
}

const lockRow = prepared((db, { accountId, id }: { accountId: AccountId; id: MailId }) =>
  db.selectFrom("mails").select("id").where("account_id", "=", accountId).where("id", "=", id).forUpdate(),
)

const emptyRow = prepared(
  (db, { accountId, id, nothing }: { accountId: AccountId; id: MailId; nothing: Buffer }) =>
    db
      .updateTable("mails")
      .set({ raw: nothing })
      .where("account_id", "=", accountId)
      .where("id", "=", id)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("deliveries")
              .select("deliveries.id")
              .where("deliveries.account_id", "=", accountId)
              .where("deliveries.mail_id", "=", id)
              .where("deliveries.state", "!=", "delivered"),
          ),
        ),
      ),
)

/**
 * Removes at most `limit` mails that came before a moment, oldest first, but for those of which a delivery is
 * still under way or held. Gives how many went.
 */
export const removeMailsBefore = async (tx: Tx, before: Millis, limit: number): Promise<number> => {
  const old = await tx.db
    .selectFrom("mails")
    .select(["mails.account_id", "mails.id"])
    .where("mails.at", "<", before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("deliveries")
            .select("deliveries.id")
            .whereRef("deliveries.account_id", "=", "mails.account_id")
            .whereRef("deliveries.mail_id", "=", "mails.id")
            .where("deliveries.state", "in", ["queued", "sending", "held"]),
        ),
      ),
    )
    .orderBy("mails.at")
    .limit(limit)
    .execute()
  for (const [accountId, rows] of Map.groupBy(old, (row) => row.account_id)) {
    for (const some of inChunks(rows.map(({ id }) => id)))
      await tx.db.deleteFrom("mails").where("account_id", "=", accountId).where("id", "in", some).execute()
  }
  return old.length
}
