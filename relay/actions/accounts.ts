import { type AccountId, type AgentId, newId, type SiteId } from "../../shared/words/ids.ts"
import type { InboxMode, Language, Plan } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"
import { allAccounts, insertAccount, lockSetUp, saveAccount } from "../store/accounts.ts"
import type { Tx } from "../store/store.ts"
import type { Switch } from "../store/tables.ts"
import { createAgent } from "./agents.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { settleAccount } from "./settle.ts"
import { createSite } from "./sites.ts"

export interface AccountView {
  id: AccountId
  name: string
  language: Language
  zone: string
  plan: Plan
  graceMs: Millis
  waitMs: Millis
  offlineNotices: boolean
  inboxAddress: string | null
  inboxMode: InboxMode
}

/** Longest grace and wait (rules.md, "Offline notice"). */
const LONGEST: Millis = 10 * MINUTE

const checkTime = (name: string, length: Millis | undefined): void => {
  if (length === undefined || (length >= 0 && length <= LONGEST)) return
  throw new Refusal("bad-input", `${name} is ${length / 1000} s: give 0 to ${LONGEST / 1000} s`)
}

export const checkZone = (zone: string | undefined): void => {
  if (zone === undefined) return
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone })
  } catch {
    throw new Refusal("bad-input", `“${zone}” is no time zone: give an IANA name such as Europe/Prague`)
  }
}

const asSwitch = (on: boolean): Switch => (on ? 1 : 0)

export const createAccount = async (
  tx: Tx,
  given: { name: string; language: Language; zone: string; graceMs: Millis; waitMs: Millis; plan?: Plan },
): Promise<{ accountId: AccountId }> => {
  checkTime("grace", given.graceMs)
  checkTime("wait", given.waitMs)
  checkZone(given.zone)
  const id = newId("account")
  await insertAccount(tx, {
    id,
    name: given.name,
    language: given.language,
    zone: given.zone,
    // A self-hosted account is pro unless its operator sets another.
    plan: given.plan ?? "pro",
    grace_ms: given.graceMs,
    wait_ms: given.waitMs,
    offline_notices: 1,
    offline_notices_at: tx.now,
    missed_notices: 1,
    inbox_address: null,
    inbox_mode: "along-with",
    event_seq: 0,
    hold_until: null,
    created_at: tx.now,
  })
  return { accountId: id }
}

/** Changes what is given of an account; new times hold for what begins to fade or count from now on. */
export const setAccount = async (
  tx: Tx,
  given: {
    accountId: AccountId
    graceMs?: Millis
    waitMs?: Millis
    offlineNotices?: boolean
    inboxAddress?: string | null
    inboxMode?: InboxMode
  },
): Promise<void> => {
  checkTime("grace", given.graceMs)
  checkTime("wait", given.waitMs)
  await refuseOwnAddress(tx, given.inboxAddress)
  const account = await enter(tx, given.accountId)
  const switched =
    given.offlineNotices !== undefined && asSwitch(given.offlineNotices) !== account.offline_notices
  await saveAccount(tx, account.id, {
    ...(given.graceMs === undefined ? {} : { grace_ms: given.graceMs }),
    ...(given.waitMs === undefined ? {} : { wait_ms: given.waitMs }),
    ...(switched ? { offline_notices: asSwitch(given.offlineNotices!), offline_notices_at: tx.now } : {}),
    ...(given.inboxAddress === undefined ? {} : { inbox_address: given.inboxAddress }),
    ...(given.inboxMode === undefined ? {} : { inbox_mode: given.inboxMode }),
  })
  await settleAccount(tx, account.id)
}

export const listAccounts = async (tx: Tx, _: Record<string, never>): Promise<AccountView[]> =>
  (await allAccounts(tx)).map((row) => ({
    id: row.id,
    name: row.name,
    language: row.language,
    zone: row.zone,
    plan: row.plan,
    graceMs: row.grace_ms,
    waitMs: row.wait_ms,
    offlineNotices: row.offline_notices === 1,
    inboxAddress: row.inbox_address,
    inboxMode: row.inbox_mode,
  }))

/** First run: the company, its first agent (admin) and its site, all or nothing. */
export const setUp = async (
  tx: Tx,
  given: {
    company: string
    agent: { name: string; address: string; language: Language; zone: string }
    site: { name: string; origins: string[] }
    graceMs: Millis
    waitMs: Millis
  },
): Promise<{ accountId: AccountId; agentId: AgentId; siteId: SiteId; siteKey: string }> => {
  await lockSetUp(tx)
  if ((await allAccounts(tx)).length > 0) {
    throw new Refusal(
      "already-set-up",
      "this relay is set up already: sign in to the desk with the first agent's address",
    )
  }
  const { language, zone } = given.agent
  const { graceMs, waitMs } = given
  const { accountId } = await createAccount(tx, { name: given.company, language, zone, graceMs, waitMs })
  const { agentId } = await createAgent(tx, { accountId, role: "admin", ...given.agent })
  const { siteId, siteKey } = await createSite(tx, { accountId, language, ...given.site })
  return { accountId, agentId, siteId, siteKey }
}
