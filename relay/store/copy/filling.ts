import { SECOND } from "../../../shared/words/time.ts"
import { type Copied, copyRows, type Verified, verifyCopy } from "./copy.ts"
import { DERIVED, rebuildDerived } from "./derived.ts"
import { FILLED_FROM, MARKS } from "./marks.ts"
import { CopyRefused } from "./place.ts"
import type { Target } from "./places.ts"
import type { Reader } from "./side.ts"

/** Relays sign every 5 s (relay/work/sign-of-life.ts); one that missed two does not run. */
const SIGN_AGE = 15 * SECOND

/** Which store a database is being filled from; null when it is not. */
export const filledFrom = async ({ db }: Pick<Target, "db">): Promise<string | null> => {
  const query = db.selectFrom("relay_secrets").select("value").where("name", "=", FILLED_FROM)
  return (await query.executeTakeFirst())?.value ?? null
}

/**
 * Marks a database as being filled from a store, so that no relay starts on it before that is done.
 * Throws CopyRefused if it is somebody's: it has accounts of its own, or a relay runs on it.
 */
export const beginFilling = async (target: Target, from: string, now: number): Promise<void> => {
  const before = await filledFrom(target)
  if (before === from) return
  if (before !== null) {
    throw new CopyRefused(
      "That database is being filled from another store: finish that, or name an empty database.",
    )
  }
  const account = await target.db.selectFrom("accounts").select("name").limit(1).executeTakeFirst()
  if (account) {
    throw new CopyRefused(
      `That database has accounts already (“${account.name}”): name an empty one, so that nobody's data is written over.`,
    )
  }
  const sign = await target.db
    .selectFrom("relays")
    .select((eb) => eb.fn.max("seen_at").as("at"))
    .executeTakeFirst()
  if (sign?.at != null && now - sign.at < SIGN_AGE) {
    throw new CopyRefused("A relay runs on that database: end it first.")
  }
  const mark = { name: FILLED_FROM, value: from, created_at: now }
  await target.db.insertInto("relay_secrets").values(mark).execute()
}

/** Makes the database hold what the reader gives; what it has already is not written again. */
export const fill = (target: Target, from: Reader): Promise<Copied> =>
  copyRows({ from, readTo: target.read, writeTo: target.writer, marks: MARKS, derived: DERIVED })

/** Both sides counted and summed; throws if they differ. Then what the database works out is made. */
export const checkFilled = async (target: Target, from: Reader): Promise<Verified[]> => {
  const verified = await verifyCopy({ from, readTo: target.read, marks: MARKS, derived: DERIVED })
  await rebuildDerived(target)
  return verified
}

/** The database may be used. */
export const endFilling = async ({ db }: Pick<Target, "db">): Promise<void> => {
  await db.deleteFrom("relay_secrets").where("name", "=", FILLED_FROM).execute()
}
