import type { UnsubscribeView } from "../../shared/protocol/views.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { readUnsubscribeToken } from "../mail/bounce-token.ts"
import { saveAgent } from "../store/accounts.ts"
import { destinationsOf, saveFallback } from "../store/destinations.ts"
import { emit } from "../store/events.ts"
import { findDeliveryAnywhere } from "../store/outbox.ts"
import { redirectsOf, removeRedirect } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow, RedirectRow } from "../store/tables-people.ts"
import { type Users, usersOf } from "./destination-health.ts"
import { enter } from "./enter.ts"
import { loadPeople, type People } from "./people.ts"
import { unreachedOf } from "./reach.ts"
import { recording } from "./record.ts"
import { bounceKeys } from "./secrets.ts"
import { bumpSettings } from "./settings-version.ts"

/**
 * "Switch these mails off": the link in a notice, and what mail programs do by themselves (RFC 8058). It stops
 * notices of both kinds to the one address that the notice went to, and nothing else.
 */

interface Stop {
  account: AccountRow
  people: People
  address: string
  /** Whose own destination it is, with notices on. */
  agents: AgentRow[]
  /** Ways by which notices are sent on there. */
  redirects: RedirectRow[]
  /** Addresses whose fallback it is, and whose they are. */
  fallbacks: { of: string; sentOn: UnsubscribeView["sentOn"] }[]
}

const load = async (tx: Tx, token: string): Promise<Stop> => {
  const id = readUnsubscribeToken(token.toLowerCase(), await bounceKeys(tx))
  const delivery = id === null ? undefined : await findDeliveryAnywhere(tx, id)
  if (!delivery) throw unknownLink()
  const account = await enter(tx, delivery.account_id)
  const people = await loadPeople(tx, account)
  const address = delivery.to_address
  return {
    account,
    people,
    address,
    agents: people.agents.filter(
      (agent) => agent.address === address && agent.active === 1 && hasNotices(agent),
    ),
    redirects: (await redirectsOf(tx, account.id)).filter(
      (row) => row.address === address && ownerName(people, row) !== null,
    ),
    fallbacks: await fallbacksOf(tx, account, address),
  }
}

const fallbacksOf = async (tx: Tx, account: AccountRow, address: string): Promise<Stop["fallbacks"]> => {
  const rows = (await destinationsOf(tx, account.id)).filter((row) => row.fallback === address)
  const users = rows.length === 0 ? new Map<string, Users>() : await usersOf(tx, account.id)
  return rows.flatMap((row) => {
    const of = users.get(row.address)
    if (!of) return []
    const agents = of.agents.map(({ name }) => ({ kind: "agent" as const, name }))
    const inboxes = of.inboxes.map((name) =>
      name === "" ? { kind: "account" as const, name: account.name } : { kind: "group" as const, name },
    )
    return [{ of: row.address, sentOn: [...agents, ...inboxes] }]
  })
}

const unknownLink = (): Refusal =>
  new Refusal(
    "not-found",
    "this link leads nowhere: use the one in the newest mail, or your profile in the desk",
  )

const hasNotices = (agent: AgentRow): boolean => agent.offline_notices === 1 || agent.missed_notices === 1

/** Null for an owner that is gone: nothing is sent on for them. */
const ownerName = (people: People, row: RedirectRow): string | null => {
  switch (row.owner_kind) {
    case "account":
      return people.account.name
    case "group":
      return people.groups.find((group) => group.id === row.owner_id)?.name ?? null
    case "agent":
      return people.agents.find((agent) => agent.id === row.owner_id)?.name ?? null
  }
}

const viewOf = async (tx: Tx, stop: Stop): Promise<UnsubscribeView> => ({
  account: stop.account.name,
  address: stop.address,
  agents: stop.agents.map((agent) => agent.name),
  sentOn: [
    ...stop.redirects.map((row) => ({ kind: row.owner_kind, name: ownerName(stop.people, row) ?? "" })),
    ...stop.fallbacks.flatMap(({ sentOn }) => sentOn),
  ],
  unreached: await unreachedOf(tx, stop.people),
})

/** What the token of a notice would switch off; nothing left to: it is off. Refusal `not-found`. */
export const readUnsubscribe = async (tx: Tx, { token }: { token: string }): Promise<UnsubscribeView> =>
  viewOf(tx, await load(tx, token))

/**
 * Switches off notices of both kinds to the address that the notice went to: the agents' own switches whose
 * destination it is, and redirects, general inboxes and fallbacks that lead there. Again changes nothing. What it gives
 * says who would get notices now: nobody, for those `unreached`.
 */
export const unsubscribe = async (tx: Tx, { token }: { token: string }): Promise<UnsubscribeView> => {
  const stop = await load(tx, token)
  const { address } = stop
  await recording(tx, stop.account.id, { way: "mail", address }, () => switchOff(tx, stop))
  return viewOf(tx, await load(tx, token))
}

const switchOff = async (tx: Tx, stop: Stop): Promise<void> => {
  const accountId = stop.account.id
  for (const agent of stop.agents) {
    await saveAgent(tx, accountId, agent.id, {
      ...(agent.offline_notices === 1 && { offline_notices: 0, offline_notices_at: tx.now }),
      ...(agent.missed_notices === 1 && { missed_notices: 0, missed_notices_at: tx.now }),
    })
    await emit(tx, accountId, { kind: "team", agentId: agent.id })
  }
  for (const row of stop.redirects) await removeRedirect(tx, accountId, row.owner_kind, row.owner_id)
  for (const { of } of stop.fallbacks)
    await saveFallback(tx, accountId, of, { fallback: null, fallback_by: null, fallback_at: null })
  if (stop.agents.length + stop.redirects.length > 0) await bumpSettings(tx, accountId)
}
