import { getARChain } from "mailauth/lib/arc/index.js"
import type { Millis } from "../../shared/words/time.ts"
import type { AuthResult } from "./auth-result.ts"
import { type DkimKeys, signingKeys } from "./dkim-keys.ts"
import { readParts, sealField, signatureField } from "./signature.ts"

/** Who seals, and when. The key's record is that of our DKIM (RFC 8617 4.1). */
export interface Sealer {
  domain: string
  keys: DkimKeys
  now: Millis
}

/** RFC 8617 4.2.1. */
const MAX_SETS = 50

/** What RFC 8617 4.1.2 wants signed and what is worth it; no ARC field and no Authentication-Results may be. */
const SIGNED =
  "DKIM-Signature:Delivered-To:From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:" +
  "Content-Transfer-Encoding:In-Reply-To:References:List-Id:List-Unsubscribe:List-Unsubscribe-Post:List-Post"

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
): Promise<string> => {
  const cv = auth.arc.result
  const key = signingKeys(keys, now).find(({ algorithm }) => algorithm === "rsa")
  if ((cv !== "none" && cv !== "pass") || key === undefined) return ""
  const parts = await readParts(raw)
  const chain = cv === "none" ? [] : getARChain(parts.header, { strict: true }) || []
  if (chain.length >= MAX_SETS) return ""
  const instance = chain.length + 1
  const signing = { key, domain, now }
  const signature = signatureField(parts, SIGNED, signing, instance)
  if (signature === null) return ""
  const told = `ARC-Authentication-Results: i=${instance}; ${results}\r\n`
  const set = { instance, cv, results: told, signature }
  return `${sealField(chain.map(fieldsOfSet), set, signing)}${signature}${told}`
}

const fieldsOfSet = (set: ChainEntry): Buffer[] =>
  [set["arc-authentication-results"], set["arc-message-signature"], set["arc-seal"]].map(
    (field) => (field as { original: Buffer } | undefined)?.original ?? Buffer.alloc(0),
  )

type ChainEntry = Exclude<ReturnType<typeof getARChain>, false>[number]
