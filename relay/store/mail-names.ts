import type { AccountId } from "../../shared/words/ids.ts"
import type { MailNameOwner } from "../../shared/words/nouns.ts"
import { lookUp } from "./directory.ts"
import type { Tx } from "./store.ts"
import type { MailNameRow } from "./tables-mail.ts"

/**
 * Names at mail domains. The directory has `name@domain`, and `name@` at the relay's own domain, whatever that
 * is: so another domain of the relay moves nothing.
 */

/** The key of a name at an account's own domain, or (null) at the relay's. */
export const nameKey = (name: string, domain: string | null): string => `${name}@${domain ?? ""}`

const targetOf = (kind: MailNameOwner, id: string): string => `${kind}:${id}`

export interface NameOwner {
  kind: MailNameOwner
  id: string
}

/** Whose a name is. */
export const findName = async (
  tx: Tx,
  name: string,
  domain: string | null,
): Promise<({ accountId: AccountId } & NameOwner) | null> => {
  const entry = await lookUp(tx, "mail-name", nameKey(name, domain))
  if (!entry) return null
  const colon = entry.target.indexOf(":")
  return {
    accountId: entry.account_id,
    kind: entry.target.slice(0, colon) as MailNameOwner,
    id: entry.target.slice(colon + 1),
  }
}

/** Names of an account, its groups and agents, by name. */
export const namesOfAccount = (tx: Tx, accountId: AccountId): Promise<MailNameRow[]> =>
  tx.db.selectFrom("mail_names").selectAll().where("account_id", "=", accountId).orderBy("name").execute()

export const namesOf = (tx: Tx, accountId: AccountId, owner: NameOwner): Promise<MailNameRow[]> =>
  tx.db
    .selectFrom("mail_names")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("owner_kind", "=", owner.kind)
    .where("owner_id", "=", owner.id)
    .orderBy("made_at")
    .orderBy("name")
    .execute()

/** Enters a name at a domain (null: the relay's); false, and nothing is changed, if somebody has it. */
export const insertName = async (tx: Tx, row: MailNameRow, domain: string | null): Promise<boolean> => {
  const entered = await tx.db
    .insertInto("directory")
    .values({
      kind: "mail-name",
      key: nameKey(row.name, domain),
      account_id: row.account_id,
      target: targetOf(row.owner_kind, row.owner_id),
    })
    .onConflict((conflict) => conflict.columns(["kind", "key"]).doNothing())
    .executeTakeFirst()
  if ((entered.numInsertedOrUpdatedRows ?? 0n) === 0n) return false
  await tx.db.insertInto("mail_names").values(row).execute()
  return true
}

export const deleteName = async (
  tx: Tx,
  accountId: AccountId,
  name: string,
  domain: string | null,
): Promise<void> => {
  await tx.db
    .deleteFrom("directory")
    .where("kind", "=", "mail-name")
    .where("key", "=", nameKey(name, domain))
    .execute()
  await tx.db.deleteFrom("mail_names").where("account_id", "=", accountId).where("name", "=", name).execute()
}
