import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { DeliveryRow, ProbeRow } from "./tables-mail.ts"

/** Trial mails that admins send to see what becomes of them. */

export const insertProbe = async (tx: Tx, row: ProbeRow): Promise<void> => {
  await tx.db.insertInto("probes").values(row).execute()
}

/** How many an account has sent since a moment. */
export const probesSince = async (tx: Tx, accountId: AccountId, since: Millis): Promise<number> => {
  const row = await tx.db
    .selectFrom("probes")
    .select((eb) => eb.fn.countAll().as("n"))
    .where("account_id", "=", accountId)
    .where("at", ">", since)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

export type ProbeState = Pick<
  DeliveryRow,
  | "to_address"
  | "state"
  | "attempts"
  | "next_at"
  | "outcome"
  | "answer"
  | "server"
  | "note"
  | "bounced_at"
  | "settled_at"
> &
  ProbeRow

/** The last ones of an account and how their mails fare, newest first. */
export const newestProbes = async (tx: Tx, accountId: AccountId, limit: number): Promise<ProbeState[]> => {
  const probes = await tx.db
    .selectFrom("probes")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("at", "desc")
    .limit(limit)
    .execute()
  if (probes.length === 0) return []
  const ids: DeliveryId[] = probes.map(({ id }) => id)
  const mails = await tx.db
    .selectFrom("deliveries")
    .select([
      "id",
      "to_address",
      "state",
      "attempts",
      "next_at",
      "outcome",
      "answer",
      "server",
      "note",
      "bounced_at",
      "settled_at",
    ])
    .where("account_id", "=", accountId)
    .where("id", "in", ids)
    .execute()
  const byId = new Map(mails.map((mail) => [mail.id, mail]))
  return probes.flatMap((probe) => {
    const mail = byId.get(probe.id)
    return mail === undefined ? [] : [{ ...mail, ...probe }]
  })
}
