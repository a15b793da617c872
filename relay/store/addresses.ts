import type { AccountId, AgentId, DeliveryId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Tx } from "./store.ts"
import type { AddressCodeRow, VerifiedAddressRow } from "./tables-people.ts"

/** Addresses that somebody of an account has shown to read, and the codes by which they do. */

export const verifiedAddresses = (tx: Tx, accountId: AccountId): Promise<VerifiedAddressRow[]> =>
  tx.db
    .selectFrom("verified_addresses")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("address")
    .execute()

export const isVerified = async (tx: Tx, accountId: AccountId, address: string): Promise<boolean> => {
  const row = await tx.db
    .selectFrom("verified_addresses")
    .select("address")
    .where("account_id", "=", accountId)
    .where("address", "=", address)
    .executeTakeFirst()
  return row !== undefined
}

/** The first to show it stays the one who did. */
export const addVerified = async (tx: Tx, row: VerifiedAddressRow): Promise<void> => {
  await tx.db
    .insertInto("verified_addresses")
    .values(row)
    .onConflict((conflict) => conflict.columns(["account_id", "address"]).doNothing())
    .execute()
}

export const removeVerified = async (tx: Tx, accountId: AccountId, address: string): Promise<void> => {
  await tx.db
    .deleteFrom("verified_addresses")
    .where("account_id", "=", accountId)
    .where("address", "=", address)
    .execute()
}

export const insertAddressCode = async (tx: Tx, row: AddressCodeRow): Promise<void> => {
  await tx.db.insertInto("address_codes").values(row).execute()
}

/** The codes of an account that were asked for after a moment, newest first: some tens at most. */
export const addressCodesSince = (tx: Tx, accountId: AccountId, after: Millis): Promise<AddressCodeRow[]> =>
  tx.db
    .selectFrom("address_codes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("created_at", ">", after)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute()

/** What a code is for: an agent's destination (whatever address), or an address as target of redirects. */
export type CodePurpose = { agentId: AgentId } | { address: string }

const forPurpose = (tx: Tx, accountId: AccountId, purpose: CodePurpose) => {
  const codes = tx.db.selectFrom("address_codes").selectAll().where("account_id", "=", accountId)
  return "agentId" in purpose
    ? codes.where("purpose", "=", "destination").where("agent_id", "=", purpose.agentId)
    : codes.where("purpose", "=", "redirect").where("address", "=", purpose.address)
}

/** The only code that counts: the newest. */
export const newestAddressCode = (
  tx: Tx,
  accountId: AccountId,
  purpose: CodePurpose,
): Promise<AddressCodeRow | undefined> =>
  forPurpose(tx, accountId, purpose).orderBy("created_at", "desc").limit(1).executeTakeFirst()

/** The ids of the codes for one purpose, which are those of the mails that brought them. */
export const addressCodesFor = async (
  tx: Tx,
  accountId: AccountId,
  purpose: CodePurpose,
): Promise<DeliveryId[]> =>
  (await forPurpose(tx, accountId, purpose).execute()).map((row) => row.id as DeliveryId)

export const saveAddressCode = async (
  tx: Tx,
  accountId: AccountId,
  id: string,
  change: Partial<Pick<AddressCodeRow, "tries" | "used_at">>,
): Promise<void> => {
  await tx.db
    .updateTable("address_codes")
    .set(change)
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .execute()
}

/** Codes older than this are of no more use to anybody. */
export const forgetAddressCodes = async (tx: Tx, accountId: AccountId, before: Millis): Promise<void> => {
  await tx.db
    .deleteFrom("address_codes")
    .where("account_id", "=", accountId)
    .where("created_at", "<", before)
    .execute()
}
