import { DkimVerifier } from "mailauth/lib/dkim/dkim-verifier.js"
import { parseHeaders } from "mailauth/lib/tools.js"
import type { Millis } from "../../../shared/words/time.ts"
import type { Resolve } from "../resolver.ts"
import { bodyOf, headerOf } from "../split.ts"
import { keyCache } from "./public-keys.ts"

/** Signatures looked at, from the top: each costs a hash of the body, a question and a verification. */
export const MAX_SIGNATURES = 10

/** Bytes of one signature field; real ones stay under 2 kB. Its h= is looked up in all fields, name by name. */
const MAX_SIGNATURE_BYTES = 8 * 1024

/** RFC 8301 3.2. */
const MIN_KEY_BITS = 1024

/**
 * Verifies what signatures a mail has (DKIM, and the newest ARC set's), at the moment `now`, at most ten.
 * The mail is handed over in two pieces: the library's own way, a stream that looks at each byte of the header
 * in turn, takes three times as long.
 */
export const verifySignatures = async (
  raw: Buffer,
  sender: string,
  resolve: Resolve,
  now: Millis,
): Promise<DkimVerifier> => {
  const verifier = new BoundedVerifier({
    resolver: resolve as (name: string, type: string) => Promise<unknown>,
    sender,
    curTime: new Date(now),
    strict: true,
    minBitLength: MIN_KEY_BITS,
  })
  verifier.keyCache = keyCache(verifier.resolver)
  verifier.arc.keyCache = verifier.keyCache
  await verifier.messageHeaders(parseHeaders(headerOf(raw)))
  await verifier.nextChunk(bodyOf(raw))
  await verifier.finalChunk()
  return verifier
}

class BoundedVerifier extends DkimVerifier {
  #looked = 0

  override prepareSignature(signature: Parameters<DkimVerifier["prepareSignature"]>[0]): void {
    super.prepareSignature(signature)
    if (signature.type === "DKIM" && ++this.#looked > MAX_SIGNATURES) signature.skip = "too many signatures"
    if ((signature.original?.length ?? 0) > MAX_SIGNATURE_BYTES) signature.skip = "too long"
  }
}
