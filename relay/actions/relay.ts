import type { Millis } from "../../shared/words/time.ts"
import { afterGap, gapEndsAt, RELAY_GAP } from "../rules/presence.ts"
import { moveDue } from "../store/conversations.ts"
import { deviceFacts, devicesOfAccount, saveDeviceFacts } from "../store/devices.ts"
import { forgetRelays, lastSign, relaysSilentSince, saveMailDomain, saveSign } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { accountsAfter, holdAccount } from "../store/team.ts"
import { moveWaiting } from "../store/verdicts.ts"
import { tabsOfRelays } from "../store/visitors.ts"
import { settleAccount } from "./settle.ts"
import { closeTab } from "./visitors.ts"

/** Accounts made good for in one page. */
const PAGE = 500

/** The rule for a gap in one account: who was there is held, what falls due meanwhile moves to the end. */
const bridge = async (tx: Tx, account: AccountRow, sign: Millis): Promise<void> => {
  await tx.lock(account.id)
  const until = gapEndsAt(tx.now, account.grace_ms)
  await holdAccount(tx, account.id, until)
  for (const device of await devicesOfAccount(tx, account.id)) {
    const facts = deviceFacts(device)
    const next = afterGap(facts, sign, tx.now, account.grace_ms)
    if (next !== facts) await saveDeviceFacts(tx, account.id, device.id, next)
  }
  await settleAccount(tx, account.id)
  await moveWaiting(tx, account.id, until)
  await moveDue(tx, account.id, until)
}

/** If no relay was up for more than 45 s, makes good for it in every account. The gap's length, 0 if none. */
const bridgeGap = async (tx: Tx): Promise<Millis> => {
  const sign = await lastSign(tx)
  if (sign === null || tx.now - sign <= RELAY_GAP) return 0
  let after = ""
  for (;;) {
    const accounts = await accountsAfter(tx, after, PAGE)
    for (const account of accounts) await bridge(tx, account, sign)
    if (accounts.length < PAGE) return tx.now - sign
    after = accounts[accounts.length - 1]!.id
  }
}

/** Tabs closed in one sign of life: it has to be short, or the sign comes too late for the other relays. */
const SWEPT = 200

/**
 * Tabs of relays that are gone are closed as of now, and those relays forgotten with the last of them. Most
 * of what a dead relay held has come back elsewhere by then.
 */
const sweepRelays = async (tx: Tx, relayId: string): Promise<void> => {
  const silent = (await relaysSilentSince(tx, tx.now - RELAY_GAP)).filter((id) => id !== relayId)
  const tabs = await tabsOfRelays(tx, silent, SWEPT)
  for (const { account_id: accountId, visitor_id: visitorId, tab_id: tabId, relay_id } of tabs) {
    await closeTab(tx, { accountId, visitorId, tabId, relayId: relay_id })
  }
  if (tabs.length === SWEPT) return
  await forgetRelays(tx, silent)
}

/** A relay process starts: gives the length of the time without any relay, if that was a gap. */
export const startRelay = async (
  tx: Tx,
  { relayId, mailDomain }: { relayId: string; mailDomain?: string },
): Promise<{ gapMs: Millis }> => {
  const gapMs = await bridgeGap(tx)
  await saveSign(tx, relayId)
  if (mailDomain) await saveMailDomain(tx, mailDomain)
  await sweepRelays(tx, relayId)
  return { gapMs }
}

/** A relay's sign of life. A machine that slept notices here that it did. */
export const signRelay = async (tx: Tx, { relayId }: { relayId: string }): Promise<void> => {
  await bridgeGap(tx)
  await saveSign(tx, relayId)
  await sweepRelays(tx, relayId)
}

/** A relay goes down in order: its last sign is now. */
export const stopRelay = async (tx: Tx, { relayId }: { relayId: string }): Promise<void> => {
  await saveSign(tx, relayId)
}
