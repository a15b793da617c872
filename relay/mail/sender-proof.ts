import { domainToASCII } from "node:url"
import type { SenderProof } from "../../shared/words/mail-proof.ts"
import type { AuthResult } from "./auth-result.ts"

/**
 * What vouches for `from`, the one address of the From field; null: nobody looked. It is only for this address: a mail
 * whose From was read in two ways vouches for nobody.
 */
export const senderProof = (auth: AuthResult | null, from: string | null): SenderProof | null => {
  if (auth === null) return null
  const isOfFrom = from !== null && domainToASCII(domainOf(from)) === auth.dmarc.domain
  if (auth.aligned && isOfFrom) {
    const signature = auth.dkim.find(({ result, aligned }) => result === "pass" && aligned)
    if (signature?.domain) return { by: "dkim", domain: signature.domain }
    if (auth.spf.domain) return { by: "spf", domain: auth.spf.domain }
  }
  return { by: auth.temporary ? "open" : "nothing" }
}

/** Of a row of the store, where the result is kept as JSON. */
export const keptProof = (row: { auth: string | null; from_address: string | null }): SenderProof | null =>
  senderProof(row.auth === null ? null : (JSON.parse(row.auth) as AuthResult), row.from_address)

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1)
