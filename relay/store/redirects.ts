import type { AccountId } from "../../shared/words/ids.ts"
import type { RedirectOwner } from "../../shared/words/nouns.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { RedirectRow } from "./tables-people.ts"

/** Where mail of agents goes besides or instead, and the general inboxes of groups and the account. */

/** Those of the account, its groups and its agents, those that are gone among them. */
export const redirectsOf = (tx: Tx, accountId: AccountId): Promise<RedirectRow[]> =>
  tx.db
    .selectFrom("redirects")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("owner_kind")
    .orderBy("owner_id")
    .execute()

/** One an owner: the new one takes the place of the one before. */
export const saveRedirect = async (tx: Tx, row: RedirectRow): Promise<void> => {
  const { address, mode, set_by, set_at } = row
  await tx.db
    .insertInto("redirects")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "owner_kind", "owner_id"])
        .doUpdateSet({ address, mode, set_by, set_at }),
    )
    .execute()
}

export const removeRedirect = async (
  tx: Tx,
  accountId: AccountId,
  kind: RedirectOwner,
  ownerId: string,
): Promise<void> => {
  await tx.db
    .deleteFrom("redirects")
    .where("account_id", "=", accountId)
    .where("owner_kind", "=", kind)
    .where("owner_id", "=", ownerId)
    .execute()
}

/** Of one owner. */
export const redirectOf = async (
  tx: Tx,
  accountId: AccountId,
  kind: RedirectOwner,
  ownerId: string,
): Promise<RedirectRow | undefined> => (await byOwner(tx, { accountId, kind, ownerId })).rows[0]

const byOwner = prepared((db, owner: { accountId: AccountId; kind: RedirectOwner; ownerId: string }) =>
  db
    .selectFrom("redirects")
    .selectAll()
    .where("account_id", "=", owner.accountId)
    .where("owner_kind", "=", owner.kind)
    .where("owner_id", "=", owner.ownerId),
)
