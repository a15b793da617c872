import { DkimVerifier } from "mailauth/lib/dkim/dkim-verifier.js"
import type { ParsedHeader } from "mailauth/lib/tools.js"
import type { Millis } from "../../../shared/words/time.ts"
import { parsedHeader } from "../parsed-header.ts"
import type { Resolve } from "../resolver.ts"
import { eachSlice } from "../slices.ts"
import { bodyOf } from "../split.ts"
import { keyCache } from "./public-keys.ts"

/** Signatures looked at, from the top: each costs a hash of the body, a question and a verification. */
export const MAX_SIGNATURES = 10

/** Bytes of one signature field; real ones stay under 2 kB. Its h= is looked up in all fields, name by name. */
const MAX_SIGNATURE_BYTES = 8 * 1024

/** Blanks in a row in a signature; real ones fold with some. The library takes the square of them to read it. */
const COSTLY_BLANKS = /[ \t\r\n]{100}/

const SIGNATURE_FIELDS = new Set([
  "dkim-signature",
  "arc-seal",
  "arc-message-signature",
  "arc-authentication-results",
])

/** RFC 8301 3.2. */
const MIN_KEY_BITS = 1024

/**
 * Verifies what signatures a mail has (DKIM, and the newest ARC set's), at the moment `now`, at most ten.
 * The mail is handed over as header and body: the library's own way, a stream that looks at each byte of the header
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
  await verifier.messageHeaders(affordable(parsedHeader(raw)))
  await eachSlice(bodyOf(raw), (slice) => verifier.nextChunk(slice))
  await verifier.finalChunk()
  return verifier
}

/** What would cost too much to be read as a signature is a field like any other: nothing is proven by it. */
const affordable = ({ parsed, original }: ParsedHeader): ParsedHeader => ({
  original,
  parsed: parsed.map((field) =>
    SIGNATURE_FIELDS.has(field.key ?? "") && isCostly(field.line) ? { ...field, key: "" } : field,
  ),
})

const isCostly = (line: Buffer): boolean =>
  line.length > MAX_SIGNATURE_BYTES || COSTLY_BLANKS.test(line.toString("latin1"))

class BoundedVerifier extends DkimVerifier {
  #looked = 0

  override prepareSignature(signature: Parameters<DkimVerifier["prepareSignature"]>[0]): void {
    super.prepareSignature(signature)
    if (signature.type === "DKIM" && ++this.#looked > MAX_SIGNATURES) signature.skip = "too many signatures"
  }
}
