import type { OfficeHours } from "../../shared/words/hours.ts"
import { type AccountId, type AgentId, newId, type SiteId } from "../../shared/words/ids.ts"
import type { Language, Plan } from "../../shared/words/nouns.ts"
import { planHas } from "../../shared/words/plans.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type BusyTexts, changeBusyTexts, checkTime, checkZone } from "../rules/settings.ts"
import {
  allAccounts,
  asSwitch,
  firstAccounts,
  firstSiteKey,
  insertAccount,
  lockSetUp,
  saveAccount,
} from "../store/accounts.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { createAgent } from "./agents.ts"
import { enter } from "./enter.ts"
import { checkMailDomain, moveToDomain } from "./mail-domains.ts"
import { giveName } from "./mail-names.ts"
import { busyTextsOf, checkedHours, hoursOf } from "./settings-columns.ts"
import { bumpSettings, changesNothing, sameSettings } from "./settings-version.ts"
import { settleAll } from "./settle-all.ts"
import { createSite } from "./sites.ts"

export interface AccountListing {
  id: AccountId
  name: string
  language: Language
  zone: string
  plan: Plan
  graceMs: Millis
  waitMs: Millis
  offlineNotices: boolean
  missedNotices: boolean
  /** Null: always open. */
  hours: OfficeHours | null
  /** Of its own; null: that of the relay. */
  mailDomain: string | null
  version: number
}

export const createAccount = async (
  tx: Tx,
  given: { name: string; language: Language; zone: string; graceMs: Millis; waitMs: Millis; plan?: Plan },
): Promise<{ accountId: AccountId }> => {
  checkTime("grace", given.graceMs)
  checkTime("wait", given.waitMs)
  const zone = checkZone(given.zone)
  const id = newId("account")
  const account: AccountRow = {
    id,
    name: given.name,
    language: given.language,
    zone,
    // A self-hosted account is pro unless its operator sets another.
    plan: given.plan ?? "pro",
    grace_ms: given.graceMs,
    wait_ms: given.waitMs,
    offline_notices: 1,
    offline_notices_at: tx.now,
    missed_notices: 1,
    missed_notices_at: tx.now,
    hours: null,
    busy_texts: null,
    version: 1,
    changes_at: null,
    event_seq: 0,
    hold_until: null,
    mail_domain: null,
    created_at: tx.now,
  }
  await insertAccount(tx, account)
  await giveName(tx, account, { kind: "account", id }, account.name)
  return { accountId: id }
}

interface AccountChange {
  name?: string
  language?: Language
  zone?: string
  graceMs?: Millis
  waitMs?: Millis
  offlineNotices?: boolean
  missedNotices?: boolean
  /** Null: always open. */
  hours?: OfficeHours | null
  /** By language; an empty text takes the catalogue's again. */
  busyTexts?: BusyTexts
  plan?: Plan
  /** Mail domain of its own; null: that of the relay. */
  mailDomain?: string | null
}

/**
 * Changes what is given of an account. New times hold at once, also for whoever is fading and for what counts
 * already: a message's due time is its t0 and the wait as it is set now. Hours are kept where the plan has
 * none, and are ignored until it has.
 */
export const setAccount = async (
  tx: Tx,
  { accountId, version, ...change }: { accountId: AccountId; version?: number } & AccountChange,
): Promise<{ version: number }> => {
  checkTime("grace", change.graceMs)
  checkTime("wait", change.waitMs)
  const zone = checkZone(change.zone)
  const hours = checkedHours(change.hours, "the account")
  const domain = checkMailDomain(change.mailDomain)
  const account = await enter(tx, accountId)
  if (changesNothing(change)) return { version: await sameSettings(tx, accountId, version) }
  const bumped = await bumpSettings(tx, accountId, version)
  if (domain !== undefined && domain !== account.mail_domain) await moveToDomain(tx, account, domain)
  const offline = asSwitch(change.offlineNotices)
  const missed = asSwitch(change.missedNotices)
  const texts = change.busyTexts && changeBusyTexts(busyTextsOf(account), change.busyTexts)
  await saveAccount(tx, accountId, {
    name: change.name,
    language: change.language,
    zone,
    grace_ms: change.graceMs,
    wait_ms: change.waitMs,
    hours,
    plan: change.plan,
    ...(texts && { busy_texts: Object.keys(texts).length === 0 ? null : JSON.stringify(texts) }),
    ...(offline !== undefined &&
      offline !== account.offline_notices && { offline_notices: offline, offline_notices_at: tx.now }),
    ...(missed !== undefined &&
      missed !== account.missed_notices && { missed_notices: missed, missed_notices_at: tx.now }),
  })
  const regrouped =
    change.plan !== undefined && planHas(change.plan, "groups") !== planHas(account.plan, "groups")
  await settleAll(tx, account, { regrouped, moved: regrouped })
  return { version: bumped }
}

/**
 * What one who comes to the relay for the first time has to know: whether it is set up, whether it is one company's
 * alone, and the tag of its first site, for the demo page. Costs the same however many accounts there are.
 */
export const readFirst = async (
  tx: Tx,
  _: Record<string, never>,
): Promise<{ accounts: "none" | "one" | "more"; siteKey: string | null }> => {
  const [first, second] = await firstAccounts(tx, 2)
  if (first === undefined) return { accounts: "none", siteKey: null }
  return { accounts: second ? "more" : "one", siteKey: await firstSiteKey(tx, first.id) }
}

export const listAccounts = async (tx: Tx, _: Record<string, never>): Promise<AccountListing[]> =>
  (await allAccounts(tx)).map((row) => ({
    id: row.id,
    name: row.name,
    language: row.language,
    zone: row.zone,
    plan: row.plan,
    graceMs: row.grace_ms,
    waitMs: row.wait_ms,
    offlineNotices: row.offline_notices === 1,
    missedNotices: row.missed_notices === 1,
    hours: hoursOf(row),
    mailDomain: row.mail_domain,
    version: row.version,
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
  if ((await firstAccounts(tx, 1)).length > 0) {
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
