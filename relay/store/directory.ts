import { Refusal } from "../../shared/words/refusals.ts"
import { prepared } from "./prepared.ts"
import type { Tx } from "./store.ts"
import type { DirectoryRow } from "./tables-relay.ts"

const byKey = prepared((db, { kind, key }: Pick<DirectoryRow, "kind" | "key">) =>
  db.selectFrom("directory").selectAll().where("kind", "=", kind).where("key", "=", key),
)

/** Finds the account that a key from outside belongs to; a key is unique on the relay. */
export const lookUp = async (
  tx: Tx,
  kind: DirectoryRow["kind"],
  key: string,
): Promise<DirectoryRow | undefined> => (await byKey(tx, { kind, key })).rows[0]

/** Enters a key. Refusal `already-exists`, with this message, if somebody has it. */
export const enterKey = async (tx: Tx, row: DirectoryRow, taken: string): Promise<void> => {
  const result = await tx.db
    .insertInto("directory")
    .values(row)
    .onConflict((conflict) => conflict.columns(["kind", "key"]).doNothing())
    .executeTakeFirst()
  if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) throw new Refusal("already-exists", taken)
}

export const removeKey = async (tx: Tx, kind: DirectoryRow["kind"], key: string): Promise<void> => {
  await tx.db.deleteFrom("directory").where("kind", "=", kind).where("key", "=", key).execute()
}
