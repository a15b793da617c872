import type { AccountId } from "../../shared/words/ids.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import { removeBouncesBefore } from "../store/bounces.ts"
import { removeChangesBefore } from "../store/changes.ts"
import { removeMailsBefore } from "../store/mails.ts"
import { removeSendersToldBefore } from "../store/senders-told.ts"
import type { Tx } from "../store/store.ts"
import { oldestEvents, sweepEvents, sweptTo } from "../store/sweeps.ts"
import { accountsAfter } from "../store/team.ts"
import { removeSettledBefore } from "../store/webhook-queue.ts"

/** Accounts that one turn looks at. */
const ACCOUNTS = 100

/** The oldest events of an account that are older than `before`, at most `limit`, and where sweeping goes on. */
const oldOf = async (tx: Tx, accountId: AccountId, before: Millis, limit: number) => {
  const after = await sweptTo(tx, accountId)
  const rows = await oldestEvents(tx, accountId, after, limit)
  const young = rows.findIndex((row) => row.at >= before)
  return { after, old: young === -1 ? rows : rows.slice(0, young) }
}

/** Sweeps at most `limit` events of an account under its lock: the second of two relays finds them gone. */
const sweepAccount = async (tx: Tx, accountId: AccountId, before: Millis, limit: number): Promise<number> => {
  await tx.lock(accountId)
  const { after, old } = await oldOf(tx, accountId, before, limit)
  const to = old.at(-1)?.seq
  if (to === undefined) return 0
  const last = new Map(
    old.flatMap(({ subject, seq }): [string, number][] => (subject === null ? [] : [[subject, seq]])),
  )
  return sweepEvents(tx, accountId, { after, to }, last)
}

/**
 * Removes events older than `keepMs` from the first account after `after` (by id, "" for the first) that has
 * any: at most `limit` of them, so that nobody waits for it long. `next`: where to go on, at once; null when
 * all accounts are done. Verdicts, messages and mails are not events, and stay.
 */
export const sweepHistory = async (
  tx: Tx,
  { keepMs, after, limit }: { keepMs: Millis; after: AccountId | ""; limit: number },
): Promise<{ removed: number; next: AccountId | "" | null }> => {
  const before = tx.now - keepMs
  const accounts = await accountsAfter(tx, after, ACCOUNTS)
  let done = after
  for (const { id } of accounts) {
    const { old } = await oldOf(tx, id, before, 1)
    // Not past this account: there may be more.
    if (old.length > 0) return { removed: await sweepAccount(tx, id, before, limit), next: done }
    done = id
  }
  return { removed: 0, next: accounts.length < ACCOUNTS ? null : done }
}

/** A report that a forwarded mail bounced finds its sender for so long; mails themselves are tried for four days. */
const MAILS_KEPT: Millis = 30 * DAY

/** How often a sender was told is counted by the day (relay/rules/delivery-report.ts). */
const TOLD_KEPT: Millis = 2 * DAY

/**
 * Removes what mails on their way leave behind and is of no use any more, at most `limit` of each: forwarded mails
 * older than a report about them can be, with no delivery of them under way or held; reports as old as that; how often
 * senders were told of failures. `more`: there may be more of some. Locks nothing.
 */
export const sweepMails = async (
  tx: Tx,
  { limit }: { limit: number },
): Promise<{ removed: number; more: boolean }> => {
  const counts = [
    await removeMailsBefore(tx, tx.now - MAILS_KEPT, limit),
    await removeBouncesBefore(tx, tx.now - MAILS_KEPT, limit),
    await removeSendersToldBefore(tx, tx.now - TOLD_KEPT, limit),
  ]
  return { removed: counts.reduce((sum, count) => sum + count, 0), more: counts.includes(limit) }
}

/** What went to webhooks is looked at for so long, and can be sent again. */
const WEBHOOKS_KEPT: Millis = 30 * DAY

/**
 * Removes what is too old of the record of some accounts after `after` (by id, "" for the first): changes older than
 * `changesMs`, and what was settled with webhooks. `next`: where to go on; null when all accounts are done.
 */
export const sweepRecord = async (
  tx: Tx,
  { changesMs, after }: { changesMs: Millis; after: AccountId | "" },
): Promise<{ next: AccountId | null }> => {
  const accounts = await accountsAfter(tx, after, ACCOUNTS)
  for (const { id } of accounts) {
    await removeChangesBefore(tx, id, tx.now - changesMs)
    await removeSettledBefore(tx, id, tx.now - WEBHOOKS_KEPT)
  }
  return { next: accounts.length < ACCOUNTS ? null : (accounts.at(-1)?.id ?? null) }
}
