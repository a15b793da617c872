import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import {
  DKIM_SECRET,
  type DkimKey,
  type DkimKeyState,
  type DkimKeys,
  type DkimPair,
  dkimRecord,
  KEPT_PUBLISHED,
  readDkimKeys,
  retire,
  rotate,
  stateOf,
  writeDkimKeys,
} from "../mail/dkim-keys.ts"
import { changeSecret, findSecret, holdSecret, keepSecret, secretOf } from "../store/secrets.ts"
import type { Tx } from "../store/store.ts"

/** A key as people may see it: without its secret part. */
export interface DkimKeyView {
  selector: string
  algorithm: DkimKey["algorithm"]
  state: DkimKeyState
  madeAt: Millis
  signsFrom: Millis
  retiresAt: Millis | null
  /** When its record may be removed; null while that is not known. */
  publishedUntil: Millis | null
  /** Value of its TXT record. */
  record: string
}

const view = (key: DkimKey, now: Millis): DkimKeyView => {
  const { pem: _, ...rest } = key
  const publishedUntil = key.retiresAt === null ? null : key.retiresAt + KEPT_PUBLISHED
  return { ...rest, state: stateOf(key, now), publishedUntil, record: dkimRecord(key) }
}

const views = ({ keys }: DkimKeys, now: Millis): DkimKeyView[] =>
  keys.map((key) => view(key, now)).filter(({ state }) => state !== "gone")

/**
 * The relay's DKIM keys, secret parts too; `make` is kept if there are none yet (`makeDkimKeys`). Refusal
 * `not-found` where there are none and none are given.
 */
export const readSigningKeys = async (tx: Tx, { make }: { make: string | null }): Promise<DkimKeys> => {
  if (make !== null) await keepSecret(tx, DKIM_SECRET, make)
  const kept = await findSecret(tx, DKIM_SECRET)
  if (kept === null) throw new Refusal("not-found", "there are no DKIM keys yet: the first start makes them")
  return readDkimKeys(kept)
}

/** Keys whose records are to be published, oldest first. */
export const listDkimKeys = async (tx: Tx, _: Record<string, never>): Promise<DkimKeyView[]> =>
  views(readDkimKeys(await secretOf(tx, DKIM_SECRET)), tx.now)

/** New keys, which sign after `overlapMs`; those that sign now cease then. */
export const rotateDkimKeys = async (
  tx: Tx,
  { pair, overlapMs }: { pair: DkimPair; overlapMs: Millis },
): Promise<DkimKeyView[]> => {
  const keys = rotate(readDkimKeys(await holdSecret(tx, DKIM_SECRET)), pair, tx.now, overlapMs)
  await changeSecret(tx, DKIM_SECRET, writeDkimKeys(keys))
  return views(keys, tx.now)
}

/** Ends the signing of a key now, and with `withdraw` its record too. */
export const retireDkimKey = async (
  tx: Tx,
  { selector, withdraw }: { selector: string; withdraw: boolean },
): Promise<DkimKeyView[]> => {
  const keys = retire(readDkimKeys(await holdSecret(tx, DKIM_SECRET)), selector, withdraw, tx.now)
  await changeSecret(tx, DKIM_SECRET, writeDkimKeys(keys))
  return views(keys, tx.now)
}
