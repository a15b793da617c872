import type { AccountId, ConversationId, DeviceId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { PushRow } from "./tables-push.ts"

/** What is to be pushed, and what was; states: tables-push.ts. A claim is the owner's until `next_at`. */

/** Names a row. */
export type PushKey = Pick<PushRow, "account_id" | "conversation_id" | "device_id">

/** The claim that a push was tried under. */
export type PushClaim = PushKey & { owner: string; attempt: number }

export const pushesOf = (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId | "",
): Promise<PushRow[]> =>
  tx.db
    .selectFrom("pushes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .execute()

/**
 * Plans a push, in place of what was planned for the same device and conversation before. Tries are counted on: a
 * claim is known by their number, and one of what was there before may still come to be settled.
 */
export const planPush = async (
  tx: Tx,
  push: Pick<
    PushRow,
    "account_id" | "conversation_id" | "device_id" | "agent_id" | "kind" | "seq" | "next_at" | "gives_up_at"
  >,
): Promise<void> => {
  const fresh = { ...push, over: 0 as const, sent_at: null, claimed_by: null }
  await tx.db
    .insertInto("pushes")
    .values({ ...fresh, attempts: 0 })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "conversation_id", "device_id"]).doUpdateSet(fresh),
    )
    .execute()
}

/** What a device was told already goes for this message, too. */
export const noteNewer = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  seq: number,
): Promise<void> => {
  await tx.db
    .updateTable("pushes")
    .set({ seq })
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("kind", "=", "message")
    .execute()
}

export const removePush = async (tx: Tx, key: PushKey): Promise<void> => {
  await tx.db
    .deleteFrom("pushes")
    .where("account_id", "=", key.account_id)
    .where("conversation_id", "=", key.conversation_id)
    .where("device_id", "=", key.device_id)
    .execute()
}

/** A device is told nothing more. */
export const removePushesTo = async (tx: Tx, accountId: AccountId, deviceId: DeviceId): Promise<void> => {
  await tx.db
    .deleteFrom("pushes")
    .where("account_id", "=", accountId)
    .where("device_id", "=", deviceId)
    .execute()
}

/** The only way a push changes once it is planned. */
export const stepPush = async (
  tx: Tx,
  key: PushKey,
  change: Partial<
    Pick<PushRow, "kind" | "over" | "attempts" | "next_at" | "sent_at" | "claimed_by" | "gives_up_at">
  >,
): Promise<void> => {
  await tx.db
    .updateTable("pushes")
    .set(change)
    .where("account_id", "=", key.account_id)
    .where("conversation_id", "=", key.conversation_id)
    .where("device_id", "=", key.device_id)
    .execute()
}

/** Claims pushes whose moment has come, those of a claim that ended too, for an owner until `until`. */
export const claimPushesDue = async (
  tx: Tx,
  owner: string,
  until: Millis,
  limit: number,
): Promise<PushRow[]> => {
  const query = tx.db
    .selectFrom("pushes")
    .selectAll()
    .where("next_at", "<=", tx.now)
    .orderBy("next_at")
    .limit(limit)
  const due = await (tx.dialect === "postgres" ? query.forUpdate().skipLocked() : query).execute()
  for (const row of due) {
    Object.assign(row, { claimed_by: owner, next_at: until, attempts: row.attempts + 1 })
    await stepPush(tx, row, { claimed_by: owner, next_at: until, attempts: row.attempts })
  }
  return due
}

/** A push under the claim it was tried with; undefined if that claim is not the owner's any more. */
export const heldPush = async (tx: Tx, claim: PushClaim): Promise<PushRow | undefined> => {
  const query = tx.db
    .selectFrom("pushes")
    .selectAll()
    .where("account_id", "=", claim.account_id)
    .where("conversation_id", "=", claim.conversation_id)
    .where("device_id", "=", claim.device_id)
    .where("claimed_by", "=", claim.owner)
    .where("attempts", "=", claim.attempt)
  return (tx.dialect === "postgres" ? query.forUpdate() : query).executeTakeFirst()
}

/** When the next push is due or the next claim ends; null: none is planned. */
export const nextPushAt = async (tx: Tx): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("pushes")
    .select("next_at")
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? null
}
