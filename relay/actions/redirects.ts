import type { RedirectView, UnreachedView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, GroupId } from "../../shared/words/ids.ts"
import type { InboxMode, RedirectOwner } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type RedirectAgent, redirectLoop } from "../rules/redirects.ts"
import { addVerified, isVerified, removeVerified, verifiedAddresses } from "../store/addresses.ts"
import { destinationsOf } from "../store/destinations.ts"
import { redirectsOf, removeRedirect, saveRedirect } from "../store/redirects.ts"
import { agentsEverSignedIn } from "../store/sign-in.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow, RedirectRow } from "../store/tables-people.ts"
import { agentsOfAccount, groupsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { loadPeople } from "./people.ts"
import { unreachedOf } from "./reach.ts"
import { bumpSettings } from "./settings-version.ts"

/** Second addresses: an agent's redirect, and the general inboxes of groups and the account. */

export interface Owner {
  kind: RedirectOwner
  id: string
}

export const redirectView = (row: RedirectRow): RedirectView => ({
  owner: { kind: row.owner_kind, id: row.owner_id },
  address: row.address,
  mode: row.mode,
  setBy: row.set_by,
  setAt: row.set_at,
})

/** The agents of an account that are not removed, as redirects see them. */
export const asRedirectAgents = (
  agents: readonly AgentRow[],
  redirects: readonly RedirectRow[],
): RedirectAgent[] =>
  agents
    .filter((agent) => agent.removed_at === null)
    .map(({ id, name, address }) => {
      const own = redirects.find((row) => row.owner_kind === "agent" && row.owner_id === id)
      return { id, name, address, redirect: own?.address ?? null }
    })

/** `Ada → Ben → Ada`. */
export const saidLoop = (names: readonly string[]): string => names.join(" → ")

const refuseUnknown = async (tx: Tx, account: AccountRow, owner: Owner): Promise<void> => {
  const known = await isOwner(tx, account, owner)
  if (!known) throw new Refusal("not-found", `there is no ${owner.kind} ${owner.id}`)
}

const isOwner = async (tx: Tx, account: AccountRow, { kind, id }: Owner): Promise<boolean> => {
  switch (kind) {
    case "account":
      return id === account.id
    case "group":
      return (await groupsOfAccount(tx, account.id)).some((group) => group.id === (id as GroupId))
    case "agent":
      return (await agentsOfAccount(tx, account.id)).some(
        (agent) => agent.id === (id as AgentId) && agent.removed_at === null,
      )
  }
}

/**
 * Active agents who have shown to read their destination: they signed in with a code that went there, or
 * confirmed it by one. Redirects may go to theirs without another code.
 */
const confirmedAgents = async (tx: Tx, accountId: AccountId): Promise<AgentRow[]> => {
  const signedIn = await agentsEverSignedIn(tx, accountId)
  return (await agentsOfAccount(tx, accountId)).filter(
    (agent) => agent.active === 1 && (agent.address_at !== null || signedIn.has(agent.id)),
  )
}

/** Addresses that redirects may go to, sorted. */
export const allowedTargets = async (tx: Tx, accountId: AccountId): Promise<string[]> => {
  const verified = (await verifiedAddresses(tx, accountId)).map((row) => row.address)
  const own = (await confirmedAgents(tx, accountId)).map((agent) => agent.address)
  return [...new Set([...verified, ...own])].sort()
}

/** An agent's destination that a redirect goes to counts as verified from then on, also when they leave it. */
const refuseUnverified = async (tx: Tx, accountId: AccountId, address: string): Promise<void> => {
  if (await isVerified(tx, accountId, address)) return
  const agent = (await confirmedAgents(tx, accountId)).find((one) => one.address === address)
  if (!agent)
    throw new Refusal(
      "unverified",
      `nobody has shown yet to read mail at ${address}: have a code sent there and confirm it first`,
      { address },
    )
  await addVerified(tx, { account_id: accountId, address, verified_by: agent.name, verified_at: tx.now })
}

const refuseLoop = async (
  tx: Tx,
  accountId: AccountId,
  owner: Owner,
  address: string,
  redirects: readonly RedirectRow[],
): Promise<void> => {
  if (owner.kind !== "agent") return
  const agents = asRedirectAgents(await agentsOfAccount(tx, accountId), redirects)
  const loop = redirectLoop(agents, owner.id as AgentId, address)
  if (!loop) return
  const why =
    loop.length === 2
      ? `${address} is ${loop[0]}'s own destination: a redirect goes to another address`
      : `mail would go round, ${saidLoop(loop)}: choose another address, or switch off one of these redirects`
  throw new Refusal("redirect-loop", why, { loop })
}

/**
 * Sets, changes or (null) switches off where mail of an agent, a group or the account goes besides or instead.
 * `by`: name of who sets it. Switching off is always possible. Refusals: `not-found` for an owner that is not
 * of the account, `bad-input` for an address of the relay, `unverified`, `redirect-loop`. Gives the settings'
 * version; nothing changes, that neither, when it is so already.
 */
export const setRedirect = async (
  tx: Tx,
  {
    accountId,
    by,
    owner,
    redirect,
  }: {
    accountId: AccountId
    by: string
    owner: Owner
    redirect: { address: string; mode: InboxMode } | null
  },
): Promise<{ version: number }> => {
  const account = await enter(tx, accountId)
  await refuseUnknown(tx, account, owner)
  const redirects = await redirectsOf(tx, accountId)
  const before = redirects.find((row) => row.owner_kind === owner.kind && row.owner_id === owner.id)
  if (before?.address === redirect?.address && before?.mode === redirect?.mode)
    return { version: account.version }
  if (redirect === null) {
    await removeRedirect(tx, accountId, owner.kind, owner.id)
    return { version: await bumpSettings(tx, accountId) }
  }
  await refuseOwnAddress(tx, redirect.address)
  await refuseLoop(tx, accountId, owner, redirect.address, redirects)
  await refuseUnverified(tx, accountId, redirect.address)
  await saveRedirect(tx, {
    account_id: accountId,
    owner_kind: owner.kind,
    owner_id: owner.id,
    address: redirect.address,
    mode: redirect.mode,
    set_by: by,
    set_at: tx.now,
  })
  return { version: await bumpSettings(tx, accountId) }
}

/**
 * Redirects may not go to an address any more until it is confirmed anew. Refusals: `not-found` for one that was
 * not confirmed, `bad-input` while mail goes there.
 */
export const forgetAddress = async (
  tx: Tx,
  { accountId, address }: { accountId: AccountId; address: string },
): Promise<{ version: number }> => {
  const account = await enter(tx, accountId)
  if (!(await isVerified(tx, accountId, address)))
    throw new Refusal("not-found", `${address} is none of the confirmed addresses`)
  const { redirects } = await listRedirects(tx, { accountId })
  const used = redirects.filter((redirect) => redirect.address === address).length
  if (used > 0) {
    const them = used === 1 ? "a redirect or general inbox goes" : `${used} redirects or general inboxes go`
    throw new Refusal("bad-input", `${them} to ${address}: switch that off first`, { used })
  }
  const failing = (await destinationsOf(tx, accountId)).find((row) => row.fallback === address)
  if (failing)
    throw new Refusal("bad-input", `${address} is the fallback of ${failing.address}: take that away first`)
  await removeVerified(tx, account.id, address)
  return { version: await bumpSettings(tx, accountId) }
}

/** The redirects of an account, what they may go to, and whose notices reach nobody with them as they are. */
export const listRedirects = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ redirects: RedirectView[]; verified: string[]; unreached: UnreachedView[] }> => {
  const account = await enter(tx, accountId)
  const redirects: RedirectView[] = []
  for (const row of await redirectsOf(tx, accountId)) {
    const view = redirectView(row)
    // Not those of who was removed, and of groups that are gone: they take nobody's mail.
    if (await isOwner(tx, account, view.owner)) redirects.push(view)
  }
  return {
    redirects,
    verified: await allowedTargets(tx, accountId),
    unreached: await unreachedOf(tx, await loadPeople(tx, account)),
  }
}
