import type { PersonView } from "../../shared/protocol/record-views.ts"
import type { Actor } from "../../shared/words/changes.ts"
import { type AccountId, isId, type VisitorId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { verifiedAddresses } from "../store/addresses.ts"
import { emitAll } from "../store/events.ts"
import { erasePersonRows, findPerson, type PersonRows, visitorsByAddress } from "../store/persons.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import { agentsOfAccount } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { writeDown } from "./record.ts"
import { tellWebhooks } from "./webhook-messages.ts"

/** A visitor's data: what there is of it, and that it goes. Agents': erase-agent.ts; copies of it: export.ts. */

/** Addresses of the team: mail to them is about others too. */
const ourAddresses = async (tx: Tx, accountId: AccountId): Promise<Set<string>> =>
  new Set([
    ...(await agentsOfAccount(tx, accountId)).map(({ address }) => address),
    ...(await redirectsOf(tx, accountId)).map(({ address }) => address),
    ...(await verifiedAddresses(tx, accountId)).map(({ address }) => address),
  ])

/** Whose data is meant: a visitor's id, or an address that visitors left or wrote from. */
export type Whose = { visitorId: VisitorId } | { address: string }

/** Reads whom a person means: an address, or an id. Refusal `bad-input`. */
export const whoseOf = (text: string): Whose => {
  const given = text.trim()
  if (isId("visitor", given)) return { visitorId: given }
  if (given.includes("@")) return { address: given.toLowerCase() }
  throw new Refusal("bad-input", `“${given}” is neither an address nor the id of a visitor (vi_…)`)
}

/** Everything that is stored of a visitor. Refusal `not-found` where that is nothing. */
export const loadPerson = async (tx: Tx, accountId: AccountId, whose: Whose): Promise<PersonRows> => {
  const ours = await ourAddresses(tx, accountId)
  const one = "visitorId" in whose ? await findVisitor(tx, accountId, whose.visitorId) : undefined
  const visitors =
    "address" in whose ? await visitorsByAddress(tx, accountId, whose.address) : one ? [one] : []
  const person = await findPerson(tx, accountId, visitors, "address" in whose ? [whose.address] : [], ours)
  const { conversations, deliveries, mails, aside } = person
  if (visitors.length + conversations.length + deliveries.length + mails.length + aside.length === 0)
    throw new Refusal(
      "not-found",
      `nothing is stored of ${"address" in whose ? whose.address : whose.visitorId}`,
    )
  return person
}

/** The same for people to look at. */
export const viewOfPerson = async (tx: Tx, accountId: AccountId, person: PersonRows): Promise<PersonView> => {
  const sites = await sitesOfAccount(tx, accountId)
  return {
    kind: "visitor",
    visitors: person.visitors.map((row) => ({
      id: row.id,
      name: row.name,
      address: row.address,
      site: sites.find(({ id }) => id === row.site_id)?.name ?? "",
      since: row.created_at,
    })),
    agent: null,
    addresses: person.addresses,
    conversations: person.conversations.length,
    messages: person.messages,
    mails: person.deliveries.length + person.mails.length + person.aside.length,
    attachments: person.attachments,
    bytes: person.bytes,
  }
}

/** What is stored of a visitor, and would go: changes nothing. */
export const readPerson = async (
  tx: Tx,
  { accountId, whose }: { accountId: AccountId; whose: Whose },
): Promise<PersonView> => {
  await enter(tx, accountId)
  return viewOfPerson(tx, accountId, await loadPerson(tx, accountId, whose))
}

/** What the log says of it: how much, and nothing of whose. */
export const countsOf = (view: PersonView) =>
  (["visitors", "conversations", "messages", "mails", "attachments"] as const)
    .map((field) => ({ field, from: field === "visitors" ? view.visitors.length : view[field], to: 0 }))
    .filter(({ from }) => from > 0)

/**
 * Erases a visitor: who they are, their conversations with all that was said in them, mails, attachments, verdicts,
 * what is queued. Screens hear that the conversations are gone, webhooks that they are to erase theirs. What agents
 * wrote of them in conversations with others stays.
 */
export const erasePerson = async (
  tx: Tx,
  { accountId, whose, actor }: { accountId: AccountId; whose: Whose; actor?: Actor },
): Promise<PersonView> => {
  await enter(tx, accountId)
  const person = await loadPerson(tx, accountId, whose)
  const view = await viewOfPerson(tx, accountId, person)
  await erasePersonRows(tx, accountId, person, await ourAddresses(tx, accountId))
  const conversations = person.conversations.map(({ id }) => id)
  await emitAll(
    tx,
    accountId,
    conversations.map((conversationId) => ({
      kind: "conversation" as const,
      conversationId,
      state: "closed" as const,
      why: "erased" as const,
    })),
  )
  await tellWebhooks(tx, accountId, "visitor.erased", {
    visitors: person.visitors.map(({ id }) => id),
    conversations,
  })
  const erased = { kind: "person", thing: "visitor", name: null, deed: "erased" } as const
  await writeDown(tx, accountId, actor, [{ ...erased, fields: countsOf(view) }])
  return view
}
