import type { AccountId, DeviceId } from "../../shared/words/ids.ts"
import type { Presence } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { DeviceFacts } from "../rules/presence.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { DeviceRow } from "./tables-people.ts"

/** The facts of a stored device that rules/presence.ts judges. */
export const deviceFacts = (row: DeviceRow): DeviceFacts => ({
  state: row.state,
  intervalMs: row.interval_ms,
  beatAt: row.beat_at,
  seenAt: row.seen_at,
  endedAt: row.ended_at,
  heldUntil: row.held_until,
  // What nothing arrives at reaches nobody. A tab is told things by push, and reachable by none.
  push: row.kind === "phone" && row.push !== null && row.push_failed_at === null,
  leaseEndedAt: row.lease_ended_at,
  tellsIdle: row.tells_idle === 1,
  usedAt: row.used_at,
  presumedIdleAt: row.presumed_idle_at,
})

export const findDevice = (tx: Tx, accountId: AccountId, id: DeviceId): Promise<DeviceRow | undefined> =>
  tx.db
    .selectFrom("devices")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst()

/** A device whose facts are to be changed: no beat goes by until the end of the transaction. */
export const holdDevice = (tx: Tx, accountId: AccountId, id: DeviceId): Promise<DeviceRow | undefined> => {
  const query = tx.db
    .selectFrom("devices")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("id", "=", id)
  return (tx.dialect === "postgres" ? query.forUpdate() : query).executeTakeFirst()
}

const devicesBy = prepared((db, { accountId }: { accountId: AccountId }) =>
  db
    .selectFrom("devices")
    .selectAll()
    .where("account_id", "=", accountId)
    // A device that was signed out still fades.
    .where((eb) => eb.or([eb("revoked_at", "is", null), eb("presence", "!=", "gone")]))
    .orderBy("id"),
)

export const devicesOfAccount = async (tx: Tx, accountId: AccountId): Promise<DeviceRow[]> =>
  (await devicesBy(tx, { accountId })).rows

export const saveDeviceFacts = async (
  tx: Tx,
  accountId: AccountId,
  id: DeviceId,
  facts: DeviceFacts,
  more: {
    boot_id?: string
    seq?: number
    last_used_at?: Millis
    changes_at?: Millis | null
    revoked_at?: Millis
    push?: string | null
    push_at?: Millis | null
    push_failed_at?: Millis | null
    push_failure?: DeviceRow["push_failure"]
    push_answer?: string | null
  } = {},
): Promise<void> => {
  await tx.db
    .updateTable("devices")
    .set({
      state: facts.state,
      interval_ms: facts.intervalMs,
      beat_at: facts.beatAt,
      seen_at: facts.seenAt,
      ended_at: facts.endedAt,
      held_until: facts.heldUntil,
      lease_ended_at: facts.leaseEndedAt,
      tells_idle: facts.tellsIdle ? 1 : 0,
      used_at: facts.usedAt,
      presumed_idle_at: facts.presumedIdleAt,
      ...more,
    })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/**
 * Saves the presence that follows from the facts in `device`. False if a beat has gone by since they were
 * read (`prolongPresence` does not wait for the account's lock): they have to be judged anew.
 */
export const savePresence = async (
  tx: Tx,
  device: DeviceRow,
  presence: Presence,
  changesAt: Millis | null,
): Promise<boolean> => {
  const result = await tx.db
    .updateTable("devices")
    .set({ presence, changes_at: changesAt })
    .where("account_id", "=", device.account_id)
    .where("id", "=", device.id)
    .where("seq", "=", device.seq)
    .where("boot_id", "=", device.boot_id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** A notice went out that had waited for these phones and fell due at `at`: they are looked at anew from then on. */
export const endLeases = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly DeviceId[],
  at: Millis,
): Promise<void> => {
  await tx.db
    .updateTable("devices")
    .set({ lease_ended_at: at, changes_at: at })
    .where("account_id", "=", accountId)
    .where("id", "in", ids)
    .execute()
}

/**
 * A beat that changes nothing but its time: one statement, without the account's lock. False if the device
 * is not one that was, and still is, present (then the beat is more than that).
 */
export const prolongPresence = async (
  tx: Tx,
  accountId: AccountId,
  id: DeviceId,
  beat: { bootId: string; seq: number; intervalMs: Millis; tellsIdle?: boolean; used?: boolean },
  changesAt: Millis,
): Promise<boolean> => {
  const result = await tx.db
    .updateTable("devices")
    .set({
      beat_at: tx.now,
      seen_at: tx.now,
      seq: beat.seq,
      interval_ms: beat.intervalMs,
      changes_at: changesAt,
      last_used_at: tx.now,
      ...(beat.used ? { used_at: tx.now } : {}),
    })
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .where("presence", "=", "present")
    .where("state", "=", "active")
    .where("ended_at", "is", null)
    .where("revoked_at", "is", null)
    .where("changes_at", ">", tx.now)
    .where("boot_id", "=", beat.bootId)
    .where("seq", "<", beat.seq)
    // Who tells otherwise than before has other moments to look at.
    .where("tells_idle", "=", beat.tellsIdle === false ? 0 : 1)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
