import type { Tx } from "./store.ts"

/** What the relay keeps for itself: keys that are made once, or exchanged now and then. */

/** Keeps a secret if there is none of this name yet. */
export const keepSecret = async (tx: Tx, name: string, value: string): Promise<void> => {
  await tx.db
    .insertInto("relay_secrets")
    .values({ name, value, created_at: tx.now })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute()
}

/** Keeps a value under this name, in place of what was there. */
export const saveSecret = async (tx: Tx, name: string, value: string): Promise<void> => {
  await tx.db
    .insertInto("relay_secrets")
    .values({ name, value, created_at: tx.now })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute()
}

/** A secret, or null if it was never made. */
export const findSecret = async (tx: Tx, name: string): Promise<string | null> => {
  const query = tx.db.selectFrom("relay_secrets").select("value").where("name", "=", name)
  return (await query.executeTakeFirst())?.value ?? null
}

export const secretOf = async (tx: Tx, name: string): Promise<string> => {
  const query = tx.db.selectFrom("relay_secrets").select("value").where("name", "=", name)
  return (await query.executeTakeFirstOrThrow()).value
}

/** A secret that is to be changed: nobody else changes it until the end of the transaction. */
export const holdSecret = async (tx: Tx, name: string): Promise<string> => {
  const query = tx.db.selectFrom("relay_secrets").select("value").where("name", "=", name)
  return (await (tx.dialect === "postgres" ? query.forUpdate() : query).executeTakeFirstOrThrow()).value
}

export const changeSecret = async (tx: Tx, name: string, value: string): Promise<void> => {
  await tx.db.updateTable("relay_secrets").set({ value }).where("name", "=", name).execute()
}
