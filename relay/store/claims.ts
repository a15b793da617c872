import type { AccountId, DeliveryId, MailId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { DeliveryRow } from "./tables-mail.ts"

/** Claims on queued mails: a `sending` row belongs to its owner until the lease ends. */

/** Who is to send a mail, and until when nobody else does. */
export interface ClaimTerms {
  owner: string
  until: Millis
}

/** Columns of a row that waits. */
export const UNCLAIMED = { state: "queued", claimed_by: null, claimed_until: null } as const

/** Columns of a row that is being sent. */
export const claimed = ({ owner, until }: ClaimTerms) =>
  ({ state: "sending", claimed_by: owner, claimed_until: until }) as const

/** Claims mails that are due, for an owner until the lease ends, oldest due first. */
export const claimDue = async (
  tx: Tx,
  owner: string,
  until: Millis,
  limit: number,
): Promise<DeliveryRow[]> => {
  const due = await dueKeys(tx, { now: tx.now, limit })
  const rows: DeliveryRow[] = []
  for (const { account_id, id } of due.rows) {
    const { rows: some } = await claimRow(tx, { account_id, id, owner, until })
    rows.push(...some)
  }
  return rows
}

const dueKeys = prepared((db, { now, limit }: { now: Millis; limit: number }, dialect) => {
  const due = db
    .selectFrom("deliveries")
    .select(["account_id", "id"])
    .where("next_at", "<=", now)
    .where("state", "=", "queued")
    .orderBy("next_at")
    .limit(limit)
  return dialect === "postgres" ? due.forUpdate().skipLocked() : due
})

/** Until it is settled a mail has a next time: here that of the end of the lease, out of the way of what is due. */
const claimRow = prepared(
  (db, { account_id, id, owner, until }: Pick<DeliveryRow, "account_id" | "id"> & ClaimTerms) =>
    db
      .updateTable("deliveries")
      .set((eb) => ({
        state: "sending",
        claimed_by: owner,
        claimed_until: until,
        next_at: until,
        attempts: eb("attempts", "+", 1),
      }))
      .where("account_id", "=", account_id)
      .where("id", "=", id)
      .returningAll(),
)

/** When the next mail is due or the next lease ends. */
export const nextMailAt = async (tx: Tx): Promise<Millis | null> => {
  const { rows } = await nextRow(tx, {})
  return rows[0]?.next_at ?? null
}

const nextRow = prepared((db) =>
  db
    .selectFrom("deliveries")
    .select("next_at")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .orderBy("created_at")
    .limit(1),
)

/** Gives back what an owner claimed and never settled: it is due again at once. */
export const giveBackStale = async (tx: Tx): Promise<number> => {
  const { numAffectedRows } = await endLeases(tx, { now: tx.now })
  return Number(numAffectedRows ?? 0)
}

const endLeases = prepared((db, { now }: { now: Millis }) =>
  db
    .updateTable("deliveries")
    .set({ state: "queued", claimed_by: null, claimed_until: null, next_at: now })
    .where("state", "=", "sending")
    // While it is claimed, that is the end of the claim; and there is an index of next times.
    .where("next_at", "<=", now),
)

/** What a mail that was taken by the next server was sent under, and that server's answer. */
export interface Delivered {
  accountId: AccountId
  id: DeliveryId
  attempt: number
  server: string
  answer: string
}

/**
 * Settles a mail that was delivered, in one statement, under the claim it was sent with. Null, and nothing is
 * changed, if that claim is not the owner's any more; else the mail it passes on, if it is one of those.
 */
export const settleDelivered = async (
  tx: Tx,
  owner: string,
  delivered: Delivered,
): Promise<{ mailId: MailId | null; address: string } | null> => {
  const { rows } = await settleRow(tx, { ...delivered, owner, at: tx.now })
  return rows[0] ? { mailId: rows[0].mail_id, address: rows[0].to_address } : null
}

const settleRow = prepared((db, given: Delivered & { owner: string; at: Millis }) =>
  db
    .updateTable("deliveries")
    .set({
      state: "delivered",
      next_at: null,
      claimed_by: null,
      claimed_until: null,
      outcome: null,
      answer: given.answer,
      server: given.server,
      settled_at: given.at,
    })
    .where("account_id", "=", given.accountId)
    .where("id", "=", given.id)
    .where("state", "=", "sending")
    .where("claimed_by", "=", given.owner)
    .where("attempts", "=", given.attempt)
    .returning(["mail_id", "to_address"]),
)

/** Holds a claim on for longer, if it is still the owner's. */
export const renewClaim = async (
  tx: Tx,
  owner: string,
  claim: Pick<Delivered, "accountId" | "id" | "attempt">,
  until: Millis,
): Promise<boolean> => {
  const { numAffectedRows } = await renewRow(tx, { ...claim, owner, until })
  return Number(numAffectedRows ?? 0) > 0
}

const renewRow = prepared((db, given: Pick<Delivered, "accountId" | "id" | "attempt"> & ClaimTerms) =>
  db
    .updateTable("deliveries")
    .set({ claimed_until: given.until, next_at: given.until })
    .where("account_id", "=", given.accountId)
    .where("id", "=", given.id)
    .where("state", "=", "sending")
    .where("claimed_by", "=", given.owner)
    .where("attempts", "=", given.attempt),
)

/** Gives a mail back that was claimed and never begun: it is due at `dueAt`, and the try does not count. */
export const giveBack = async (
  tx: Tx,
  owner: string,
  claim: Pick<Delivered, "accountId" | "id" | "attempt">,
  dueAt: Millis,
): Promise<void> => {
  await giveBackRow(tx, { ...claim, owner, dueAt })
}

const giveBackRow = prepared(
  (db, given: Pick<Delivered, "accountId" | "id" | "attempt"> & { owner: string; dueAt: Millis }) =>
    db
      .updateTable("deliveries")
      .set((eb) => ({
        state: "queued",
        claimed_by: null,
        claimed_until: null,
        next_at: given.dueAt,
        attempts: eb("attempts", "-", 1),
      }))
      .where("account_id", "=", given.accountId)
      .where("id", "=", given.id)
      .where("state", "=", "sending")
      .where("claimed_by", "=", given.owner)
      .where("attempts", "=", given.attempt),
)
