import type { AccountId, DeliveryId, MailId } from "../../shared/words/ids.ts"
import { type Delivered, giveBack, renewClaim, settleDelivered } from "../store/claims.ts"
import { destinationsDelivered } from "../store/destinations.ts"
import { emptyDelivered } from "../store/mails.ts"
import type { Tx } from "../store/store.ts"

/** Mail that is only passed on, after the way out: many in one action, without locks and events. */

/**
 * Settles mails passed on that the next servers took, each under the claim it was sent with; the bytes of a
 * mail that has arrived everywhere go. `ended`: those whose claim was not the relay's any more.
 */
export const settleForwards = async (
  tx: Tx,
  { relayId, delivered }: { relayId: string; delivered: readonly Delivered[] },
): Promise<{ ended: DeliveryId[] }> => {
  const ended: DeliveryId[] = []
  const mails = new Map<MailId, AccountId>()
  const reached = new Map<AccountId, Set<string>>()
  for (const one of delivered) {
    const settled = await settleDelivered(tx, relayId, one)
    if (!settled) {
      ended.push(one.id)
      continue
    }
    reached.set(one.accountId, (reached.get(one.accountId) ?? new Set()).add(settled.address))
    if (settled.mailId !== null) mails.set(settled.mailId, one.accountId)
  }
  // In one order, as each is locked.
  for (const [mailId, accountId] of [...mails].sort()) await emptyDelivered(tx, accountId, mailId)
  for (const [accountId, addresses] of reached) await destinationsDelivered(tx, accountId, [...addresses])
  return { ended }
}

/** Holds the claims of mails on that are still being sent; `held`: those that are the relay's until `until` now. */
export const renewDeliveries = async (
  tx: Tx,
  given: {
    relayId: string
    claims: readonly Pick<Delivered, "accountId" | "id" | "attempt">[]
    until: number
  },
): Promise<{ held: DeliveryId[] }> => {
  const held: DeliveryId[] = []
  for (const claim of given.claims) {
    if (await renewClaim(tx, given.relayId, claim, given.until)) held.push(claim.id)
  }
  return { held }
}

/** Gives mails back that a relay claimed and did not begin with; `dueAt`: when they are to be tried. */
export const giveBackDeliveries = async (
  tx: Tx,
  given: {
    relayId: string
    claims: readonly Pick<Delivered, "accountId" | "id" | "attempt">[]
    dueAt: number
  },
): Promise<void> => {
  for (const claim of given.claims) await giveBack(tx, given.relayId, claim, given.dueAt)
}
