import type { DestinationView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import type { DeliveryOutcome, DeliveryResult } from "../../shared/words/outcomes.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { countsAgainst, isToOurPeople, keepsFailing } from "../rules/destination-health.ts"
import { isVerified } from "../store/addresses.ts"
import {
  destinationFailed,
  destinationsDelivered,
  destinationsOf,
  failingDestinations,
  findDestination,
  saveFallback,
} from "../store/destinations.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow, DestinationRow } from "../store/tables-mail.ts"
import type { AgentRow, RedirectRow } from "../store/tables-people.ts"
import { agentsOfAccount, groupsOfAccount } from "../store/team.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { allowedTargets } from "./redirects.ts"

/** How the addresses fare that notices, forwards and codes go to, and what stands in for one that fails. */

/**
 * A try's result, or a report about it: how its address fares. `final`: the mail has failed with it. Locks no
 * account; an address that works and worked costs no write.
 */
export const noteHealth = async (
  tx: Tx,
  row: Pick<DeliveryRow, "account_id" | "kind" | "to_address">,
  result: DeliveryResult,
  final: boolean,
): Promise<void> => {
  const { account_id: accountId, kind, to_address: address } = row
  switch (result.kind) {
    case "captured":
      return
    case "delivered":
      if (isToOurPeople(kind)) await destinationsDelivered(tx, accountId, [address])
      return
    case "deferred":
    case "failed": {
      const { outcome, answer, server } = result
      if (countsAgainst(kind, outcome))
        await destinationFailed(tx, accountId, address, { outcome, answer, server, final })
    }
  }
}

/** Whose mail goes to an address: of agents by destination or redirect, of inboxes. */
export interface Users {
  agents: { id: AgentId; name: string }[]
  inboxes: string[]
}

/** More than this are not counted one by one. */
const MOST_FAILING = 10_000

/** How many addresses of all accounts keep failing, for operators. */
export const countFailing = async (tx: Tx, _: Record<string, never>): Promise<{ failing: number }> => ({
  failing: (await failingDestinations(tx, MOST_FAILING)).filter(keepsFailing).length,
})

/** Every address that mail of the account goes to now, and whose it is. */
export const usersOf = async (tx: Tx, accountId: AccountId): Promise<Map<string, Users>> => {
  const users = new Map<string, Users>()
  const at = (address: string): Users => {
    const known = users.get(address) ?? { agents: [], inboxes: [] }
    users.set(address, known)
    return known
  }
  const agents = (await agentsOfAccount(tx, accountId)).filter((agent) => agent.removed_at === null)
  const groups = await groupsOfAccount(tx, accountId)
  const add = (agent: AgentRow | undefined, address: string): void => {
    if (agent && !at(address).agents.some(({ id }) => id === agent.id))
      at(address).agents.push({ id: agent.id, name: agent.name })
  }
  for (const agent of agents) add(agent, agent.address)
  const inboxName = (row: RedirectRow): string | undefined =>
    row.owner_kind === "account" ? "" : groups.find((group) => group.id === row.owner_id)?.name
  for (const row of await redirectsOf(tx, accountId)) {
    if (row.owner_kind === "agent")
      add(
        agents.find((agent) => agent.id === row.owner_id),
        row.address,
      )
    const name = row.owner_kind === "agent" ? undefined : inboxName(row)
    if (name !== undefined) at(row.address).inboxes.push(name)
  }
  return users
}

const viewOf = (address: string, users: Users, row: DestinationRow | undefined): DestinationView => ({
  address,
  agents: users.agents,
  inboxes: users.inboxes,
  failing: row !== undefined && keepsFailing(row),
  failures: row?.failures ?? 0,
  failingSince: row?.failing_since ?? null,
  lastFailure:
    row?.failing_since == null
      ? null
      : {
          outcome: (row.outcome ?? "unknown") as DeliveryOutcome,
          answer: row.answer ?? "",
          server: row.server,
          at: row.last_at,
        },
  deliveredAt: row?.delivered_at ?? null,
  fallback:
    row?.fallback == null
      ? null
      : { address: row.fallback, setBy: row.fallback_by ?? "", setAt: row.fallback_at ?? row.last_at },
})

/** Every address that mail of the account goes to: those that keep failing first. `targets`: what may be a fallback. */
export const listDestinations = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ destinations: DestinationView[]; targets: string[] }> => {
  await enter(tx, accountId)
  const rows = new Map((await destinationsOf(tx, accountId)).map((row) => [row.address, row]))
  const destinations = [...(await usersOf(tx, accountId))].map(([address, users]) =>
    viewOf(address, users, rows.get(address)),
  )
  const rank = ({ failing, failingSince }: DestinationView): number =>
    failing ? 0 : failingSince === null ? 2 : 1
  destinations.sort((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address))
  return { destinations, targets: await allowedTargets(tx, accountId) }
}

/** How one address fares; what an agent is shown of their own. */
export const destinationView = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
): Promise<DestinationView> =>
  viewOf(address, { agents: [], inboxes: [] }, await findDestination(tx, accountId, address))

/**
 * Sets (null: takes away) the address that gets notices along with one that keeps failing; it ends by itself with
 * the first mail that arrives there. `agentId`: who does it, who is not an admin for their own destination only;
 * null: the operator. Refusals: `not-found` for an address that no mail goes to, `forbidden`,
 * `bad-input` for the same address or one of the relay, `unverified`.
 */
export const setFallback = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId | null; address: string; fallback: string | null },
): Promise<DestinationView> => {
  const { accountId, agentId, address, fallback } = given
  await enter(tx, accountId)
  const users = (await usersOf(tx, accountId)).get(address)
  if (!users) throw new Refusal("not-found", `no mail of this account goes to ${address}`)
  const agent = (await agentsOfAccount(tx, accountId)).find(({ id }) => id === agentId)
  if (agentId !== null && agent?.role !== "admin" && agent?.address !== address)
    throw new Refusal("forbidden", `${address} is not your address: an admin can set a fallback for it`)
  if (fallback !== null) await refuseFallback(tx, accountId, address, fallback)
  await saveFallback(tx, accountId, address, {
    fallback,
    fallback_by: fallback === null ? null : (agent?.name ?? "operator"),
    fallback_at: fallback === null ? null : tx.now,
  })
  return viewOf(address, users, await findDestination(tx, accountId, address))
}

const refuseFallback = async (
  tx: Tx,
  accountId: AccountId,
  address: string,
  fallback: string,
): Promise<void> => {
  if (fallback === address)
    throw new Refusal("bad-input", `${fallback} is the address that keeps failing: choose another`)
  await refuseOwnAddress(tx, fallback)
  if (await isVerified(tx, accountId, fallback)) return
  if (!(await allowedTargets(tx, accountId)).includes(fallback))
    throw new Refusal(
      "unverified",
      `nobody has shown yet to read mail at ${fallback}: have a code sent there and confirm it first`,
      { address: fallback },
    )
}
