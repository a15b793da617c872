import type { MailNameView } from "../../shared/protocol/settings-views.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { faultOfName, isReserved, numbered, slugOf } from "../../shared/words/mail-names.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { lookUp } from "../store/directory.ts"
import {
  deleteName,
  insertName,
  type NameOwner,
  nameKey,
  namesOf,
  namesOfAccount,
} from "../store/mail-names.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { MailNameRow } from "../store/tables-mail.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { agentsOfAccount, groupsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"
import { bumpSettings } from "./settings-version.ts"

/** Names at the mail domain: mail to an agent's is forwarded, mail to the others' becomes a conversation. */

/** Names that an account may have; each is an address that strangers can write to. */
const MAX_NAMES = 1_000

const FALLBACK = { agent: "agent", group: "group", account: "inbox" } as const

type Home = Pick<AccountRow, "id" | "mail_domain">

const isTaken = async (tx: Tx, name: string, domain: string | null): Promise<boolean> =>
  isReserved(name) || (await lookUp(tx, "mail-name", nameKey(name, domain))) !== undefined

/** A number that is free, found by doubling and halving: as one domain may have thousands of Annas. */
const freeNumber = async (taken: (n: number) => Promise<boolean>): Promise<number> => {
  let free = 1
  while (await taken(free)) free *= 2
  let low = free >> 1
  while (free - low > 1) {
    const middle = (low + free) >> 1
    if (await taken(middle)) low = middle
    else free = middle
  }
  return free
}

/** Gives an owner a name made of what they are called, with a number if others have it. */
export const giveName = (tx: Tx, account: Home, owner: NameOwner, called: string): Promise<string> =>
  giveNumbered(tx, account, owner, slugFor(owner, called))

const slugFor = ({ kind }: NameOwner, called: string): string =>
  kind === "account" ? FALLBACK.account : slugOf(called, FALLBACK[kind])

const giveNumbered = async (tx: Tx, account: Home, owner: NameOwner, slug: string): Promise<string> => {
  for (;;) {
    const n = await freeNumber((n) => isTaken(tx, numbered(slug, n), account.mail_domain))
    const name = numbered(slug, n)
    if (await insertName(tx, rowOf(tx, account.id, owner, name, ""), account.mail_domain)) return name
  }
}

const rowOf = (
  tx: Tx,
  accountId: AccountId,
  { kind, id }: NameOwner,
  name: string,
  by: string,
): MailNameRow => ({
  account_id: accountId,
  name,
  owner_kind: kind,
  owner_id: id,
  made_by: by,
  made_at: tx.now,
})

/** Somebody has left: mail to their names is refused from now on, and others can have them. */
export const takeNamesFrom = async (tx: Tx, account: Home, owner: NameOwner): Promise<void> => {
  for (const { name } of await namesOf(tx, account.id, owner))
    await deleteName(tx, account.id, name, account.mail_domain)
}

/** A group is gone: who writes to it reaches the account's inbox. */
export const leaveNamesToInbox = async (tx: Tx, account: Home, owner: NameOwner): Promise<void> => {
  const rows = await namesOf(tx, account.id, owner)
  await takeNamesFrom(tx, account, owner)
  for (const row of rows)
    await insertName(tx, { ...row, owner_kind: "account", owner_id: account.id }, account.mail_domain)
}

/**
 * The names go to another domain of the account's (null: the relay's). A name that the relay gave gets its
 * number anew; one that an admin chose moves as it is. Refusal `already-exists` if somebody has it there.
 */
export const moveNames = async (tx: Tx, account: Home, to: string | null): Promise<void> => {
  const rows = await namesOfAccount(tx, account.id)
  for (const { name } of rows) await deleteName(tx, account.id, name, account.mail_domain)
  const chosen = rows.filter((row) => row.made_by !== "")
  for (const row of chosen) {
    if (await insertName(tx, row, to)) continue
    const there = to ?? (await mailDomain(tx))
    throw new Refusal(
      "already-exists",
      `${row.name}@${there} is another account's address: remove the name ${row.name} first, or choose another domain`,
    )
  }
  const called = await namesOfOwners(tx, account)
  for (const row of rows.filter((one) => one.made_by === "")) {
    const owner = { kind: row.owner_kind, id: row.owner_id }
    const slug = slugFor(owner, called(owner) ?? "")
    // What has no number of ours stays as it is, also when its owner is called otherwise by now.
    const isNumbered = new RegExp(`^${slug}-\\d+$`).test(row.name)
    if (!isNumbered && (await insertName(tx, row, to))) continue
    await giveNumbered(tx, { id: account.id, mail_domain: to }, owner, isNumbered ? slug : row.name)
  }
}

/** What owners of names are called; undefined for who is not there any more. */
const namesOfOwners = async (tx: Tx, account: Pick<AccountRow, "id">) => {
  const agents = await agentsOfAccount(tx, account.id)
  const groups = await groupsOfAccount(tx, account.id)
  return ({ kind, id }: NameOwner): string | undefined => {
    switch (kind) {
      case "account":
        return FALLBACK.account
      case "group":
        return groups.find((group) => group.id === id)?.name
      case "agent":
        return agents.find((agent) => agent.id === id && agent.removed_at === null)?.name
    }
  }
}

/** The names of an account, with whose they are and the whole addresses. */
export const listMailNames = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ domain: string; own: boolean; names: MailNameView[] }> => {
  const account = await enter(tx, accountId)
  const domain = account.mail_domain ?? (await mailDomain(tx))
  const called = await namesOfOwners(tx, account)
  return {
    domain,
    own: account.mail_domain !== null,
    names: (await namesOfAccount(tx, accountId)).map((row) => ({
      name: row.name,
      address: `${row.name}@${domain}`,
      owner: { kind: row.owner_kind, id: row.owner_id },
      ownerName:
        row.owner_kind === "account"
          ? account.name
          : (called({ kind: row.owner_kind, id: row.owner_id }) ?? ""),
      madeBy: row.made_by === "" ? null : row.made_by,
      madeAt: row.made_at,
    })),
  }
}

/**
 * Gives an agent, a group or the account's inbox a further name. Refusals: `bad-input` for what is reserved or
 * no name, `already-exists`, `not-found` for an owner that is not of the account. Having it already changes
 * nothing.
 */
export const addMailName = async (
  tx: Tx,
  given: { accountId: AccountId; by: string; version?: number; name: string; owner: NameOwner },
): Promise<{ name: string; address: string; version: number }> => {
  const account = await enter(tx, given.accountId)
  const { owner } = given
  const name = given.name.trim().toLowerCase()
  const fault = faultOfName(name)
  if (fault) throw new Refusal("bad-input", fault, { name })
  const called = await namesOfOwners(tx, account)
  if (called(owner) === undefined || (owner.kind === "account" && owner.id !== account.id))
    throw new Refusal("not-found", `there is no ${owner.kind} ${owner.id}`)
  const domain = account.mail_domain ?? (await mailDomain(tx))
  const address = `${name}@${domain}`
  const rows = await namesOfAccount(tx, account.id)
  const own = rows.find((row) => row.name === name)
  if (own?.owner_kind === owner.kind && own.owner_id === owner.id)
    return { name, address, version: account.version }
  if (own) {
    const whose = called({ kind: own.owner_kind, id: own.owner_id })
    throw new Refusal(
      "already-exists",
      `${address} belongs to ${own.owner_kind === "account" ? "the inbox" : `“${whose ?? own.owner_id}”`} already: remove it there first`,
    )
  }
  if (rows.length >= MAX_NAMES)
    throw new Refusal("too-many", `an account can have ${MAX_NAMES} names: remove some first`)
  const version = await bumpSettings(tx, account.id, given.version)
  if (!(await insertName(tx, rowOf(tx, account.id, owner, name, given.by), account.mail_domain)))
    throw new Refusal(
      "already-exists",
      `${address} is another account's address: choose another name, or give this account a mail domain of its own`,
    )
  return { name, address, version }
}

/** Takes a name away: mail to it is refused from now on. Refusal `not-found` if the account has no such name. */
export const removeMailName = async (
  tx: Tx,
  given: { accountId: AccountId; version?: number; name: string },
): Promise<{ version: number }> => {
  const account = await enter(tx, given.accountId)
  const name = given.name.trim().toLowerCase()
  const row = (await namesOfAccount(tx, account.id)).find((one) => one.name === name)
  if (!row)
    throw new Refusal("not-found", `this account has no name ${name}: “porchlight mail-name list” shows all`)
  const version = await bumpSettings(tx, account.id, given.version)
  await deleteName(tx, account.id, name, account.mail_domain)
  return { version }
}
