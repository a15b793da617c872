import type { Tx } from "../store/store.ts"

/** A secret of the relay, made once: the first to ask stores what it made, everybody gets what is stored. */
export const readSecret = async (
  tx: Tx,
  { name, make }: { name: string; make: string },
): Promise<{ value: string }> => {
  await tx.db
    .insertInto("relay_secrets")
    .values({ name, value: make, created_at: tx.now })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute()
  const row = await tx.db
    .selectFrom("relay_secrets")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow()
  return { value: row.value }
}
