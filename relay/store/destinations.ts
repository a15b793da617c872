import type { AccountId } from "../../shared/words/ids.ts"
import { HOUR, type Millis } from "../../shared/words/time.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { DestinationRow } from "./tables-mail.ts"

/**
 * How the addresses fare that we write to. A row is made by the first failure: an address that always worked
 * has none, and costs none.
 */

export const destinationsOf = (tx: Tx, accountId: AccountId): Promise<DestinationRow[]> =>
  tx.db
    .selectFrom("destinations")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("address")
    .execute()

export const findDestination = (
  tx: Tx,
  accountId: AccountId,
  address: string,
): Promise<DestinationRow | undefined> =>
  tx.db
    .selectFrom("destinations")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("address", "=", address)
    .executeTakeFirst()

/** How addresses fare that failed last, of all accounts; at most so many, those that fail for longest first. */
export const failingDestinations = (
  tx: Tx,
  limit: number,
): Promise<Pick<DestinationRow, "failures" | "failing_since" | "last_at">[]> =>
  tx.db
    .selectFrom("destinations")
    .select(["failures", "failing_since", "last_at"])
    .where("failing_since", "is not", null)
    .orderBy("failing_since")
    .limit(limit)
    .execute()

/** Moments of delivery are kept to the hour: a busy address is not written for each of its mails. */
const EXACTNESS: Millis = HOUR

/** Mails arrived at these addresses: whatever was wrong is over. Changes only rows that there are. */
export const destinationsDelivered = async (
  tx: Tx,
  accountId: AccountId,
  addresses: readonly string[],
): Promise<void> => {
  const { now } = tx
  for (const address of addresses) await arrived(tx, { accountId, address, now, before: now - EXACTNESS })
}

const arrived = prepared(
  (db, given: { accountId: AccountId; address: string; now: Millis; before: Millis }) =>
    db
      .updateTable("destinations")
      .set({
        failures: 0,
        failing_since: null,
        outcome: null,
        answer: null,
        server: null,
        delivered_at: given.now,
      })
      .where("account_id", "=", given.accountId)
      .where("address", "=", given.address)
      .where((eb) =>
        eb.or([
          eb("failing_since", "is not", null),
          eb("delivered_at", "is", null),
          eb("delivered_at", "<", given.before),
        ]),
      ),
)

/** A try failed; `final`: the mail has failed with it. */
export const destinationFailed = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
  said: Pick<DestinationRow, "outcome" | "answer" | "server"> & { final: boolean },
): Promise<void> => {
  const { final, ...last } = said
  const more = final ? 1 : 0
  await tx.db
    .insertInto("destinations")
    .values({
      account_id: accountId,
      address,
      ...NO_FALLBACK,
      ...last,
      failures: more,
      failing_since: tx.now,
      last_at: tx.now,
      delivered_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "address"]).doUpdateSet((eb) => ({
        ...last,
        failures: eb("destinations.failures", "+", more),
        failing_since: eb.fn.coalesce("destinations.failing_since", eb.val(tx.now)),
        last_at: tx.now,
      })),
    )
    .execute()
}

const NO_FALLBACK = { fallback: null, fallback_by: null, fallback_at: null }

/** Where notices go besides while mail to an address keeps failing; null for nowhere. */
export const saveFallback = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
  fallback: Pick<DestinationRow, "fallback" | "fallback_by" | "fallback_at">,
): Promise<void> => {
  await tx.db
    .insertInto("destinations")
    .values({
      account_id: accountId,
      address,
      failures: 0,
      failing_since: null,
      outcome: null,
      answer: null,
      server: null,
      last_at: tx.now,
      delivered_at: null,
      ...fallback,
    })
    .onConflict((conflict) => conflict.columns(["account_id", "address"]).doUpdateSet(fallback))
    .execute()
}

/** Nothing is known any more of how an address fares. */
export const removeDestination = async (tx: Tx, accountId: AccountId, address: string): Promise<void> => {
  await tx.db
    .deleteFrom("destinations")
    .where("account_id", "=", accountId)
    .where("address", "=", address)
    .execute()
}
