import type { AccountId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { RELAY_GAP } from "../rules/presence.ts"
import { batchesDue, conversationsAt } from "../store/conversations.ts"
import { type Moments, nextMoments } from "../store/moments.ts"
import { lastSign } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { findAccountRow } from "../store/team.ts"
import { letBotLook } from "./bot.ts"
import { judgeBatches } from "./judge.ts"
import { judgeMissed } from "./missed.ts"
import { loadPeople } from "./people.ts"
import { settleAccount } from "./settle.ts"

/** Whether no relay has been up for long enough that silence says nothing about the agents. */
export const isGap = async (tx: Tx): Promise<boolean> => {
  const sign = await lastSign(tx)
  return sign !== null && tx.now - sign > RELAY_GAP
}

/** Batches judged in one go before presence is looked at again. */
const CHUNK = 250

const NEVER = Number.POSITIVE_INFINITY

/** Looks at the conversations that may have been missed, or that the bot is to look at, up to a moment. */
const lookAt = async (
  tx: Tx,
  account: AccountRow,
  what: "missed_due_at" | "bot_due_at",
  until: Millis,
): Promise<number> => {
  const people = await loadPeople(tx, account)
  const conversations = await conversationsAt(tx, account.id, what, until)
  for (const conversation of conversations) {
    await (what === "missed_due_at" ? judgeMissed : letBotLook)(tx, people, conversation)
  }
  return conversations.length
}

/**
 * The next thing that was to happen. At the same moment a batch comes first (somebody who is there only from
 * its due time on comes too late), then whoever comes and goes, then what is judged by who is there.
 */
const step = async (tx: Tx, account: AccountRow, next: Moments): Promise<number> => {
  const { settle, due, missed, bot } = next
  const first = Math.min(settle ?? NEVER, due ?? NEVER, missed ?? NEVER, bot ?? NEVER)
  if (due === first) {
    const people = await loadPeople(tx, account)
    const until = Math.min(settle ?? NEVER, missed ?? NEVER, bot ?? NEVER, tx.now)
    const batches = await batchesDue(tx, account.id, until, CHUNK)
    await judgeBatches(tx, people, batches)
    return batches.length
  }
  if (settle === first) {
    await settleAccount(tx, account.id, settle)
    return 0
  }
  return lookAt(tx, account, missed === first ? "missed_due_at" : "bot_due_at", first)
}

/**
 * What was to happen by itself up to now happens first, in its order: a device falls silent, a fading one
 * is gone, hours close, a batch falls due. So it makes no difference how late the loop is that watches for
 * it. `atMost`: about how many conversations, so that a loop's turn does not keep everybody else waiting.
 */
export const catchUp = async (
  tx: Tx,
  account: AccountRow,
  atMost = Number.POSITIVE_INFINITY,
): Promise<number> => {
  let judged = 0
  while (judged < atMost) {
    const next = await nextMoments(tx, account.id)
    if (Object.values(next).every((moment: Millis | null) => moment === null || moment > tx.now))
      return judged
    judged += await step(tx, account, next)
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
