import type { Millis } from "../../shared/words/time.ts"
import { arcSet } from "./arc.ts"
import type { AuthResult } from "./auth-result.ts"
import { authResults, withoutForgedResults } from "./auth-results.ts"
import type { DkimKeys } from "./dkim-keys.ts"
import { needsRewrite, rewriteFrom } from "./from-rewrite.ts"
import { joinShared } from "./shared-bytes.ts"
import { signMail } from "./sign.ts"

export interface ForwardGiven {
  /** Our Received field, with its line end. */
  trace: Buffer
  /** What was found out about the mail; null: nothing was looked at. */
  auth: AuthResult | null
  /** The relay's mail domain: name of our results, domain of our signatures. */
  domain: string
  keys: DkimKeys
  /** Address at a mail domain of ours for mails whose From cannot stay; null: it stays, come what may. */
  rewriteTo: string | null
  now: Millis
}

/**
 * A mail as it is sent on (mail.md, "Sending"). On top, in this order: ARC set, Authentication-Results (RFC 8601 5:
 * above other trace fields), `trace`. Taken out: Authentication-Results that claim to be ours. Where DMARC would
 * stop it, From is rewritten, and the mail signed by us. Everything else, the body above all, is the same bytes, so
 * that the sender's signatures stay valid.
 *
 * Never fails for what is in the mail; throws when no key of ours can sign.
 */
export const prepareForward = async (raw: Buffer, given: ForwardGiven): Promise<Buffer> => {
  const { trace, auth, domain, keys, rewriteTo, now } = given
  const honest = withoutForgedResults(raw, domain)
  if (auth === null) return joinShared([trace, honest])
  const passable =
    rewriteTo !== null && needsRewrite(auth) ? await rewrite(honest, rewriteTo, keys, now) : honest
  const results = authResults(auth, domain)
  const seal = await arcSet(passable, auth, results, { domain, keys, now })
  return joinShared([Buffer.from(`${seal}Authentication-Results: ${results}\r\n`), trace, passable])
}

/** From becomes an address of ours, and its domain vouches for it. */
const rewrite = (raw: Buffer, address: string, keys: DkimKeys, now: Millis): Promise<Buffer> => {
  const domain = address.slice(address.lastIndexOf("@") + 1)
  return signMail(rewriteFrom(raw, address, domain), keys, domain, now)
}
