import { domainToASCII } from "node:url"
import type { AccountId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { ownDomains, saveAccount } from "../store/accounts.ts"
import { verifiedAddresses } from "../store/addresses.ts"
import { enterKey, lookUp, removeKey } from "../store/directory.ts"
import { redirectsOf } from "../store/redirects.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { agentsOfAccount } from "../store/team.ts"
import { moveNames } from "./mail-names.ts"

/** Mail domains that accounts have of their own, beside the relay's. */

/** Room for a reply token before the @ in the 254 octets of an address. */
const DOMAIN = /^(?=.{4,189}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/

/** A mail domain as it is kept: lowercase, IDN in its xn-- form. Refusal `bad-input` for what is none. */
export const checkMailDomain = (given: string | null | undefined): string | null | undefined => {
  if (given === null || given === undefined) return given
  const domain = domainToASCII(given.trim().replace(/\.$/, ""))
  if (DOMAIN.test(domain) && !/\.\d+$/.test(domain)) return domain
  throw new Refusal("bad-input", `“${given}” is not a mail domain: write it like chat.shop.example`)
}

/** The mail domain that mails of an account go out from: its own, else the relay's. */
export const domainsOfAccounts = async (
  tx: Tx,
  ids: readonly AccountId[],
): Promise<(id: AccountId) => string> => {
  const relays = await mailDomain(tx)
  const own = await ownDomains(tx, ids)
  return (id) => own.get(id) ?? relays
}

/** Whose own domain it is; null: nobody's. `domain` is lowercase ASCII. */
export const accountOfDomain = async (tx: Tx, domain: string): Promise<AccountId | null> =>
  (await lookUp(tx, "mail-domain", domain))?.account_id ?? null

/**
 * Gives an account another mail domain (null: the relay's); its names move with it. Refusals: `bad-input` for
 * the relay's own or one where people of the account have their mailboxes, `already-exists` for another's.
 */
export const moveToDomain = async (tx: Tx, account: AccountRow, domain: string | null): Promise<void> => {
  if (domain !== null) {
    if (domain === (await mailDomain(tx)).toLowerCase())
      throw new Refusal(
        "bad-input",
        `${domain} is the mail domain of the relay itself: give the account another, or “none” to use the relay's`,
      )
    await refuseMailboxDomain(tx, account.id, domain)
    await enterKey(
      tx,
      { kind: "mail-domain", key: domain, account_id: account.id, target: account.id },
      `${domain} is another account's mail domain: choose another, such as a subdomain of yours`,
    )
  }
  if (account.mail_domain !== null) await removeKey(tx, "mail-domain", account.mail_domain)
  await moveNames(tx, account, domain)
  await saveAccount(tx, account.id, { mail_domain: domain })
}

/** Mail to a mailbox there would come here instead, and nobody would get it. */
const refuseMailboxDomain = async (tx: Tx, accountId: AccountId, domain: string): Promise<void> => {
  const agents = (await agentsOfAccount(tx, accountId)).filter((agent) => agent.removed_at === null)
  const used = [
    ...agents.map((agent) => agent.address),
    ...(await redirectsOf(tx, accountId)).map((redirect) => redirect.address),
    ...(await verifiedAddresses(tx, accountId)).map((verified) => verified.address),
  ]
  const there = used.find((address) => address.toLowerCase().endsWith(`@${domain}`))
  if (there === undefined) return
  throw new Refusal(
    "bad-input",
    `people of this account read their mail at ${domain} (${there}), so it cannot also be the relay's: use a subdomain, such as chat.${domain}`,
  )
}
