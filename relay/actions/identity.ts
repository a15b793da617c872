import { createHmac, timingSafeEqual } from "node:crypto"
import type { Identity } from "../../shared/words/identity.ts"
import type { AccountId, VisitorId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { readIdentity, type SignatureProof } from "../rules/identity.ts"
import { findIdentity, saveIdentity } from "../store/identities.ts"
import { findSiteBox } from "../store/site-boxes.ts"
import type { Tx } from "../store/store.ts"
import { findVisitor } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { setContact } from "./visitors.ts"

/**
 * The page says who its visitor is. Name and address become the visitor's, unless they have given another
 * address themselves; an unsigned word does not take the place of a signed one. Gives what holds now.
 */
export const introduceVisitor = async (
  tx: Tx,
  given: { accountId: AccountId; visitorId: VisitorId; said: string; signature: string | null },
): Promise<{ address: string | null; name: string | null }> => {
  const { accountId, visitorId } = given
  // what is signed and what is not may come at once, over two sockets
  await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  if (!visitor) throw new Refusal("not-found", "this visitor is not known any more")
  const site = await findSiteBox(tx, accountId, visitor.site_id)
  const proof = proofOf(given, site?.identity_key ?? null)
  const identity = readIdentity(given.said, proof, tx.now)
  const signed = proof === "right"
  const before = await findIdentity(tx, accountId, visitorId)
  const now = { address: visitor.address, name: visitor.name }
  if (before?.signed === 1 && !signed) return now
  const said = JSON.stringify(identity)
  if (before?.said === said && before.signed === Number(signed)) return now
  await saveIdentity(tx, {
    account_id: accountId,
    visitor_id: visitorId,
    said,
    signed: signed ? 1 : 0,
    at: tx.now,
  })
  const theirs = before ? (JSON.parse(before.said) as Identity).address : null
  const typed = visitor.address !== null && visitor.address !== theirs
  return setContact(tx, {
    accountId,
    visitorId,
    address: typed ? null : identity.address,
    name: identity.name,
  })
}

const proofOf = (
  { said, signature }: { said: string; signature: string | null },
  key: string | null,
): SignatureProof => {
  if (signature === null) return "none"
  if (key === null) return "no-key"
  const right = createHmac("sha256", key).update(said).digest()
  const given = Buffer.from(signature, "hex")
  return given.length === right.length && timingSafeEqual(given, right) ? "right" : "wrong"
}

/** What is known of a visitor by their page; null: nothing. */
export const identityOf = async (
  tx: Tx,
  accountId: AccountId,
  visitorId: VisitorId,
): Promise<(Identity & { signed: boolean }) | null> => {
  const row = await findIdentity(tx, accountId, visitorId)
  return row ? { ...(JSON.parse(row.said) as Identity), signed: row.signed === 1 } : null
}
