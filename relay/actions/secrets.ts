import { BOUNCE_SECRET, type BounceKeys, makeBounceKeys, readBounceKeys } from "../mail/bounce-token.ts"
import { findSecret, keepSecret, secretOf } from "../store/secrets.ts"
import type { Tx } from "../store/store.ts"

/** A secret of the relay, made once: the first to ask stores what it made, everybody gets what is stored. */
export const readSecret = async (
  tx: Tx,
  { name, make }: { name: string; make: string },
): Promise<{ value: string }> => {
  await keepSecret(tx, name, make)
  return { value: await secretOf(tx, name) }
}

/** The keys of our envelope senders, made when they are first asked for. Throws when they cannot be read. */
export const bounceKeys = async (tx: Tx): Promise<BounceKeys> => {
  const kept = await findSecret(tx, BOUNCE_SECRET)
  if (kept !== null) return readBounceKeys(kept)
  const { value } = await readSecret(tx, { name: BOUNCE_SECRET, make: makeBounceKeys(tx.now) })
  return readBounceKeys(value)
}
