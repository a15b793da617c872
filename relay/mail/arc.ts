import { createSeal, getARChain } from "mailauth/lib/arc/index.js"
import { RelaxedHash } from "mailauth/lib/dkim/body/relaxed.js"
import { parseHeaders } from "mailauth/lib/tools.js"
import type { Millis } from "../../shared/words/time.ts"
import type { AuthResult } from "./auth-result.ts"
import { type DkimKeys, signingKeys } from "./dkim-keys.ts"
import { bodyOf, headerOf } from "./split.ts"

/** Who seals, and when. The key's record is that of our DKIM (RFC 8617 4.1). */
export interface Sealer {
  domain: string
  keys: DkimKeys
  now: Millis
}

/**
 * The ARC set (RFC 8617 4.1) that goes on top of a mail, with its last line end: what we found out about the mail
 * is told on, under our name. `results`: the value of our Authentication-Results.
 *
 * Empty where sealing would say nothing: the chain it came with is broken (its reader sees that as we did), cannot
 * be checked for now, or is full at 50 sets; or there is no From, without which nothing can be signed.
 * RSA, as verifiers know no other (RFC 8617 4.1.3 leaves Ed25519 for later).
 */
export const arcSet = async (
  raw: Buffer,
  auth: AuthResult,
  results: string,
  { domain, keys, now }: Sealer,
): Promise<Buffer> => {
  const cv = auth.arc.result
  const key = signingKeys(keys, now).find(({ algorithm }) => algorithm === "rsa")
  if ((cv !== "none" && cv !== "pass") || key === undefined) return Buffer.alloc(0)
  const headers = parseHeaders(headerOf(raw))
  const body = new RelaxedHash("sha256")
  body.update(bodyOf(raw))
  const { headers: set, errors } = await createSeal(false, {
    headers,
    arc: { chain: getARChain(headers, { strict: true }) },
    seal: {
      signingDomain: domain,
      selector: key.selector,
      privateKey: key.pem,
      cv,
      authResults: results,
      signTime: new Date(now),
      bodyHash: body.digest("base64"),
    },
    strict: true,
  })
  const fault = errors?.map(({ err }) => err).find(({ code }) => !NOTHING_TO_SEAL.has(code ?? ""))
  if (fault) throw fault
  return set.length === 0 ? Buffer.alloc(0) : Buffer.from(`${set.join("\r\n")}\r\n`)
}

/** No From; a chain that is full. Everything else is a fault of ours. */
const NOTHING_TO_SEAL = new Set(["ENOFROM", "EINVALIDINSTANCE", "EARCCHAINFAILED"])
