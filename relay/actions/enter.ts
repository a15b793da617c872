import type { AccountId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { RELAY_GAP } from "../rules/presence.ts"
import { batchesDue, nextDue } from "../store/conversations.ts"
import { nextPresenceChange } from "../store/devices.ts"
import { lastSign } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables.ts"
import { findAccountRow } from "../store/team.ts"
import { judgeBatches } from "./judge.ts"
import { loadPeople } from "./people.ts"
import { settleAccount } from "./settle.ts"

/** Whether no relay has been up for long enough that silence says nothing about the agents. */
export const isGap = async (tx: Tx): Promise<boolean> => {
  const sign = await lastSign(tx)
  return sign !== null && tx.now - sign > RELAY_GAP
}

/** Batches judged in one go before presence is looked at again. */
const CHUNK = 250

/**
 * What was to happen by itself up to now happens first, in its order: a device falls silent, a fading one
 * is gone, a batch falls due. So it makes no difference how late the loop is that watches for it.
 * `atMost`: about how many batches, so that a loop's turn does not keep everybody else waiting.
 */
export const catchUp = async (
  tx: Tx,
  account: AccountRow,
  atMost = Number.POSITIVE_INFINITY,
): Promise<number> => {
  let judged = 0
  while (judged < atMost) {
    const presence = await nextPresenceChange(tx, account.id)
    const due = await nextDue(tx, account.id)
    if (presence !== null && presence <= tx.now && (due === null || presence <= due)) {
      await settleAccount(tx, account.id, presence)
      continue
    }
    if (due === null || due > tx.now) return judged
    const people = await loadPeople(tx, account)
    const until = presence === null ? tx.now : Math.min(presence - 1, tx.now)
    const batches = await batchesDue(tx, account.id, until, CHUNK)
    await judgeBatches(tx, people, batches)
    judged += batches.length
  }
  return judged
}

/**
 * The way into every action on an account: locks it, lets happen what was due, gives the account's row.
 * After a gap nothing is made up for here: the loop's next turn does that by the rule for it (relay.ts).
 */
export const enter = async (tx: Tx, accountId: AccountId): Promise<AccountRow> => {
  await tx.lock(accountId)
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  if (!(await isGap(tx))) await catchUp(tx, account)
  return account
}
