import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { accountsToJudge, accountsToSettle } from "../store/moments.ts"
import type { Tx } from "../store/store.ts"
import { findAccountRow } from "../store/team.ts"
import { catchUp, isGap } from "./enter.ts"

/** The decision loop's turns: what happens by itself, in the accounts where something is due. */

const catchUpIn = async (tx: Tx, accounts: readonly AccountId[], atMost: number): Promise<number> => {
  let judged = 0
  // In the order of their ids, as every action that locks several accounts does.
  for (const accountId of [...accounts].sort()) {
    await tx.lock(accountId)
    const account = await findAccountRow(tx, accountId)
    if (account) judged += await catchUp(tx, account, atMost - judged)
  }
  return judged
}

/** After a gap nothing may be judged before `signRelay` has made good for it. */
const RETRY_AFTER_GAP: Millis = 250

/** Presences that change by themselves (silence, the end of fading), hours, statuses. `nextAt`: when to come back. */
export const changePresences = async (
  tx: Tx,
  { limit }: { limit: number },
): Promise<{ changed: number; nextAt: Millis | null }> => {
  if (await isGap(tx)) return { changed: 0, nextAt: tx.now + RETRY_AFTER_GAP }
  const { accounts, nextAt } = await accountsToSettle(tx, limit)
  await catchUpIn(tx, accounts, limit)
  return { changed: accounts.length, nextAt }
}

/** Batches that are due, missed conversations, the bot. `nextAt`: when the next one is. */
export const judgeDue = async (
  tx: Tx,
  { limit }: { limit: number },
): Promise<{ judged: number; nextAt: Millis | null }> => {
  if (await isGap(tx)) return { judged: 0, nextAt: tx.now + RETRY_AFTER_GAP }
  const { accounts, nextAt } = await accountsToJudge(tx, limit)
  const judged = await catchUpIn(tx, accounts, limit)
  return { judged, nextAt: judged >= limit ? tx.now : nextAt }
}
