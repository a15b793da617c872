import type { AccountId, VisitorId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { IdentityRow } from "./tables-box.ts"

/** Who visitors are, as pages say it. */

export const findIdentity = (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
): Promise<IdentityRow | undefined> =>
  tx.db
    .selectFrom("identities")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("visitor_id", "=", visitorId)
    .executeTakeFirst()

/** What is said now takes the place of what was said before. */
export const saveIdentity = async (tx: Tx, row: IdentityRow): Promise<void> => {
  const { said, signed, at } = row
  await tx.db
    .insertInto("identities")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["account_id", "visitor_id"]).doUpdateSet({ said, signed, at }),
    )
    .execute()
}
