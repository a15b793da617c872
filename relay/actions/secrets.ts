import {
  BOUNCE_SECRET,
  type BounceKeys,
  makeBounceKeys,
  readBounceKeys,
  rotatedBounceKeys,
} from "../mail/bounce-token.ts"
import { changeSecret, findSecret, holdSecret, keepSecret, secretOf } from "../store/secrets.ts"
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

/** A new key for envelope senders from now on; `forget`: those before it count no more. Gives how many are known. */
export const rotateBounceKeys = async (
  tx: Tx,
  { forget }: { forget: boolean },
): Promise<{ known: number }> => {
  await keepSecret(tx, BOUNCE_SECRET, makeBounceKeys(tx.now))
  const rotated = rotatedBounceKeys(await holdSecret(tx, BOUNCE_SECRET), tx.now, forget)
  await changeSecret(tx, BOUNCE_SECRET, rotated)
  return { known: readBounceKeys(rotated).keys.length }
}
