import { type AccountId, type AgentId, type MailId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import type { Forward } from "../mail/content.ts"
import { ownDomain } from "../store/accounts.ts"
import type { ClaimTerms } from "../store/claims.ts"
import { insertMail } from "../store/mails.ts"
import { enqueueAll, type NewDelivery } from "../store/outbox.ts"
import { redirectOf } from "../store/redirects.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import { findAgentRow } from "../store/team.ts"
import type { Claim } from "./deliveries.ts"
import { isOwnAddress } from "./own-address.ts"

export type { ClaimTerms } from "../store/claims.ts"

/** Mail to agents' names, on its way to where they read. */

/** How long it is tried to be delivered (mail.md, "Sending"). */
const FORWARD_LIFE: Millis = 4 * DAY

/** An agent's name that the mail was written to. */
export interface ForwardTo {
  accountId: AccountId
  agentId: AgentId
  /** `anna@chat.example` */
  address: string
}

export interface ForwardedMail {
  envelopeFrom: string
  /** The one address of the From field; null if there are none or several. */
  from: string | null
  messageId: string
  subject: string
  /** A program wrote it, or it came through a list. */
  automatic: boolean
  auth: AuthResult | null
  /** As it goes out: with what the relay puts on top. */
  raw: Uint8Array
}

/** Whose mail goes to which addresses now, each address once an account, with the names that brought it there. */
interface Destination {
  accountId: AccountId
  agentId: AgentId
  address: string
  names: string[]
}

/** Where an agent's mail goes now: the destination, the redirect instead, or both. */
const addressesOf = async (tx: Tx, { accountId, agentId }: ForwardTo): Promise<string[]> => {
  const agent = await findAgentRow(tx, accountId, agentId)
  if (agent?.active !== 1) return []
  const redirect = await redirectOf(tx, accountId, "agent", agentId)
  if (!redirect) return [agent.address]
  return redirect.mode === "instead-of" ? [redirect.address] : [agent.address, redirect.address]
}

/**
 * Takes a mail to agents' names: it is stored once for each account, with one delivery for each address it goes
 * to, however many of its names lead there. Takes no lock. `loops`: the destinations left out because they are
 * addresses of this relay, where the mail would come back. With `claim` the deliveries are that relay's from the
 * start, and `claims` is what it needs to send them, but for the bytes, which it has. Refusals: `redirect-loop` if no other is left,
 * `not-found` if nobody of them is there any more.
 */
export const acceptForward = async (
  tx: Tx,
  { mail, to, claim = null }: { mail: ForwardedMail; to: readonly ForwardTo[]; claim?: ClaimTerms | null },
): Promise<{ destinations: number; loops: string[]; claims: Claim[] }> => {
  const destinations = new Map<string, Destination>()
  const loops: string[] = []
  for (const one of to) {
    for (const address of await addressesOf(tx, one)) {
      // What one account does is no other's to see, even where both lead to one address.
      const key = `${one.accountId} ${address.toLowerCase()}`
      const known = destinations.get(key)
      if (known) known.names.push(one.address)
      else if (await isOwnAddress(tx, address)) loops.push(address)
      else
        destinations.set(key, {
          accountId: one.accountId,
          agentId: one.agentId,
          address,
          names: [one.address],
        })
    }
  }
  if (destinations.size === 0) {
    if (loops.length === 0) throw new Refusal("not-found", "nobody of these takes mail any more")
    throw new Refusal("redirect-loop", `${loops.join(", ")} is an address of this relay itself`)
  }
  const byAccount = Map.groupBy(destinations.values(), ({ accountId }) => accountId)
  const claims: Claim[] = []
  for (const [accountId, some] of byAccount) {
    const queued = await storeForward(tx, accountId, mail, some, claim)
    if (claim === null) continue
    const domain = (await ownDomain(tx, accountId)) ?? (await mailDomain(tx))
    claims.push(...queued.map((one) => claimOf(tx, one, domain)))
  }
  return { destinations: destinations.size, loops, claims }
}

const storeForward = async (
  tx: Tx,
  accountId: AccountId,
  mail: ForwardedMail,
  destinations: readonly Destination[],
  claim: ClaimTerms | null,
): Promise<Queued[]> => {
  const mailId = newId("mail")
  await insertMail(tx, {
    account_id: accountId,
    id: mailId,
    envelope_from: mail.envelopeFrom,
    from_address: mail.from,
    message_id: mail.messageId,
    subject: mail.subject,
    auth: mail.auth && JSON.stringify(mail.auth),
    raw: Buffer.from(mail.raw.buffer, mail.raw.byteOffset, mail.raw.byteLength),
    at: tx.now,
  })
  const queued = destinations.map((destination) => deliveryOf(tx, mail, mailId, destination))
  await enqueueAll(
    tx,
    queued.map(({ content, ...row }) => ({ ...row, content: JSON.stringify(content) })),
    claim,
  )
  return queued
}

/** A row of the queue, with its content as it is read. */
type Queued = Omit<NewDelivery, "content"> & { content: Forward }

/** What `claimDeliveries` would say of a mail that was claimed as it was queued. */
const claimOf = (tx: Tx, queued: Queued, domain: string): Claim => ({
  accountId: queued.account_id,
  id: queued.id,
  kind: queued.kind,
  toAddress: queued.to_address,
  messageId: queued.message_id,
  content: queued.content,
  domain,
  raw: null,
  attempts: 1,
  createdAt: tx.now,
  givesUpAt: queued.gives_up_at,
})

const deliveryOf = (tx: Tx, mail: ForwardedMail, mailId: MailId, to: Destination): Queued => {
  const { from, subject, messageId } = mail
  const content: Forward = {
    kind: "forward",
    mailId,
    names: [...new Set(to.names)],
    from,
    subject,
    ...(mail.automatic && { automatic: true }),
  }
  return {
    account_id: to.accountId,
    id: newId("delivery"),
    kind: "forward",
    conversation_id: null,
    agent_id: to.agentId,
    to_address: to.address,
    message_id: messageId,
    content,
    mail_id: mailId,
    gives_up_at: tx.now + FORWARD_LIFE,
  }
}
