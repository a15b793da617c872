import type { AccountId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { bumpVersion } from "../store/accounts.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import { findAccountRow } from "../store/team.ts"

/** Whether nothing is to be changed: then the version stays, and nobody hears of it. */
export const changesNothing = (change: object): boolean =>
  Object.values(change).every((value) => value === undefined)

/** The version as it is, for a change of nothing; `expected` as with `bumpSettings`. */
export const sameSettings = async (tx: Tx, accountId: AccountId, expected?: number): Promise<number> => {
  const version = (await findAccountRow(tx, accountId))?.version ?? 0
  if (expected !== undefined && version !== expected) throw stale(version)
  return version
}

const stale = (version: number | undefined): Refusal =>
  new Refusal("stale", "somebody else changed the settings meanwhile: look at them again first", { version })

/**
 * To be called with every change of the settings of an account, its groups, sites and team: their version
 * grows, and screens hear of it. `expected`: the version that the change was made on; Refusal `stale`, with
 * the current one, if it is another. Gives the new one. Under the account's lock.
 */
export const bumpSettings = async (tx: Tx, accountId: AccountId, expected?: number): Promise<number> => {
  if (expected !== undefined) {
    const version = (await findAccountRow(tx, accountId))?.version
    if (version !== expected) throw stale(version)
  }
  const version = await bumpVersion(tx, accountId)
  await emit(tx, accountId, { kind: "settings", version })
  return version
}
